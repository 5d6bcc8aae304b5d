//! Why a command did not do what was asked.

use portcullis_domain::{
    Locale, Refusal,
    sign_in::{MethodOption, SignInView},
};
use portcullis_keys::KeyError;
use portcullis_store::StoreError;
use thiserror::Error;

/// A command that did not do what was asked, with what it takes to tell the caller.
#[derive(Debug, Error)]
#[error("the command did not do what was asked")]
pub struct CommandError {
    #[source]
    pub cause: Cause,
    /// Seconds until it makes sense to try again, if a rule says so.
    pub retry_after: Option<i64>,
    /// The language of the user, if the portal let the caller in.
    pub locale: Option<Locale>,
    /// The portal's sentence on support, likewise.
    pub support: Option<String>,
    /// The sign-in that the command was about, likewise, if it is still running.
    pub sign_in: Option<Box<SignInView>>,
}

#[derive(Debug, Error)]
pub enum Cause {
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The message was surely not sent.
    #[error("the message was not sent")]
    NotSent { others: Vec<MethodOption> },
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Keys(#[from] KeyError),
    /// The system gave no random bytes.
    #[error("there are no random bytes")]
    RngUnavailable,
}

impl Cause {
    pub(crate) const fn refusal(&self) -> Option<&Refusal> {
        match self {
            Self::Refused(refusal) => Some(refusal),
            Self::NotSent { .. } | Self::Store(_) | Self::Keys(_) | Self::RngUnavailable => None,
        }
    }
}

impl CommandError {
    pub fn is_refused(&self, why: &Refusal) -> bool {
        self.cause.refusal() == Some(why)
    }
}

impl<E: Into<Cause>> From<E> for CommandError {
    fn from(cause: E) -> Self {
        Self { cause: cause.into(), retry_after: None, locale: None, support: None, sign_in: None }
    }
}
