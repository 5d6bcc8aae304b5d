//! Why a command did not do what was asked.

use portcullis_domain::{Locale, Refusal, Timestamp, sign_in::MethodOption};
use portcullis_keys::KeyError;
use portcullis_store::StoreError;
use thiserror::Error;

/// A command that ended without doing what was asked, with how to tell it to whoever asked.
#[derive(Debug, Error)]
#[error("{cause}")]
pub struct CommandError {
    /// What happened.
    #[source]
    pub cause: Cause,
    /// The language of the user, if the portal let the caller in.
    pub locale: Option<Locale>,
    /// How the portal's users get help, likewise.
    pub support: Option<String>,
}

/// What happened.
#[derive(Debug, Error)]
pub enum Cause {
    /// The rules refused it.
    #[error("{refusal}")]
    Refused {
        /// Why.
        refusal: Refusal,
        /// Seconds until it makes sense to try again.
        retry_after: Option<i64>,
    },
    /// The message was surely not sent.
    #[error("the message was not sent")]
    NotSent {
        /// The other ways on offer.
        others: Vec<MethodOption>,
    },
    /// The table failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The keys failed.
    #[error(transparent)]
    Keys(#[from] KeyError),
    /// The system gave no random bytes.
    #[error("there are no random bytes")]
    RngUnavailable,
}

impl CommandError {
    /// Says that the rules refused it, at this moment.
    pub fn refused(refusal: Refusal, now: Timestamp) -> Self {
        let retry_after = refusal.until().map(|until| until.since(now));
        Cause::Refused { refusal, retry_after }.into()
    }

    /// Returns true if the rules refused it for this reason.
    pub fn is_refused(&self, why: &Refusal) -> bool {
        matches!(&self.cause, Cause::Refused { refusal, .. } if refusal == why)
    }
}

impl<E: Into<Cause>> From<E> for CommandError {
    fn from(cause: E) -> Self {
        Self { cause: cause.into(), locale: None, support: None }
    }
}
