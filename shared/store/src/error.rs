//! Failures of the table. A failed condition is none.

use thiserror::Error;

/// Failures of a read or a write. None of them is answered with an acceptance.
#[derive(Debug, Error)]
pub enum StoreError {
    /// The table refused, failed, or did not answer; whether a write landed is not known.
    #[error("{operation} did not succeed")]
    Unavailable {
        operation: &'static str,
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// Some keys were left unread after every retry.
    #[error("some keys were left unread")]
    Unread,
    /// Some items of a batch were left unwritten after every retry.
    #[error("some items were left unwritten")]
    Unwritten,
    /// An item is not what was written; it is never taken for an absent one.
    #[error("the item {kind} does not decode")]
    Undecodable {
        kind: &'static str,
        /// Why, where a parser said so.
        #[source]
        source: Option<serde_json::Error>,
    },
    /// An item holds an authority or a restriction that only a newer release knows, or is of a form
    /// that only one knows: nothing is decided about it.
    #[error("the item {kind} needs a newer release")]
    NewerRelease { kind: &'static str },
    /// An item is missing that must be there.
    #[error("the item {kind} is missing")]
    Missing { kind: &'static str },
    /// Other writers were faster, every time.
    #[error("other writes came first, every time")]
    Contended,
}

impl StoreError {
    pub(crate) fn unavailable<E>(operation: &'static str) -> impl FnOnce(E) -> Self
    where
        E: std::error::Error + Send + Sync + 'static,
    {
        move |source| Self::Unavailable { operation, source: Box::new(source) }
    }
}
