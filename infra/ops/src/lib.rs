//! Commands for operators: they rotate keys, put failed records of the stream through again, and
//! restore a table.
//! Each shows with `--dry-run` what it would do, and refuses to do what would lose something.

mod alive;
mod error;
mod operator;
mod redrive;
mod reseal;
mod restore;
mod roots;
mod signing;
mod table_clock;
mod versions;

pub use error::OpsError;
pub use operator::{Line, Operator, Run, Say};
pub use table_clock::TableClock;
