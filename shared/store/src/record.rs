//! The one shape of every write: what was read with its version is written under the condition that
//! it still has it.

use portcullis_domain::WriteId;

use crate::{Store, StoreError};

/// The outcome of a write under a condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WriteOutcome<S = ()> {
    /// It is in the table, and this is the state it left; perhaps its first reply was lost.
    Written(S),
    /// Another write came first.
    Conflict,
}

impl WriteOutcome {
    /// The same outcome, with the state that the write left.
    pub(crate) fn leaving<S>(self, after: impl FnOnce() -> S) -> WriteOutcome<S> {
        match self {
            Self::Written(()) => WriteOutcome::Written(after()),
            Self::Conflict => WriteOutcome::Conflict,
        }
    }
}

/// An item of the table, or several, as the key of a change.
pub trait Record: Sync {
    /// The state a decision sees, with the version that the next write replaces.
    type Snapshot: Send + Sync;
    /// The change a decision writes.
    type Change: Send;

    fn read(
        &self,
        store: &Store,
    ) -> impl Future<Output = Result<Self::Snapshot, StoreError>> + Send;

    /// Writes a change, if the table still has what was read.
    fn write(
        &self,
        store: &Store,
        before: &Self::Snapshot,
        change: Self::Change,
        write: WriteId,
    ) -> impl Future<Output = Result<WriteOutcome<Self::Snapshot>, StoreError>> + Send;
}
