//! Drills for operators: the rotation of keys, and records of the stream that failed. Each command
//! shows what it would do with `--dry-run`, and refuses what would lose something.

mod alive;
mod error;
mod operator;
mod redrive;
mod reseal;
mod roots;
mod signing;
mod versions;

pub use error::OpsError;
pub use operator::{Line, Operator, Run, Say};
