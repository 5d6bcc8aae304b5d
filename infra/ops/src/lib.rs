//! Commands for operators: they rotate keys, put failed records of the stream through again, and
//! restore a table.
//! Each shows with `--dry-run` what it would do, and refuses to do what would lose something.

mod alive;
mod error;
mod fail_over;
mod index_users;
mod operator;
mod redrive;
mod reseal;
mod restore;
mod rewrap;
mod roots;
mod signing;
mod table_clock;
mod versions;
mod waiting_notices;
mod withdraw_root;

pub use error::OpsError;
pub use fail_over::{FailOver, OldRegion};
pub use operator::{Line, Operator, Run, Say};
pub use table_clock::TableClock;
