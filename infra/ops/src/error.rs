//! The errors of the commands.

use portcullis_app::CommandError;
use portcullis_domain::Timestamp;
use portcullis_keys::{KeyError, RotationError, RotationRefused};
use portcullis_messages::moment;
use portcullis_store::StoreError;
use thiserror::Error;

/// An error of a command. Nothing is left half done: each step is one write.
#[derive(Debug, Error)]
pub enum OpsError {
    /// The reason for which it was not done. To try again at once does not help.
    #[error("{0}")]
    Refused(String),
    #[error(
        "the keyring was changed by somebody else meanwhile; nothing was written, so run the command again"
    )]
    ChangedMeanwhile,
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Keys(#[from] KeyError),
    #[error(transparent)]
    Command(#[from] CommandError),
    #[error("there are no random bytes")]
    NoRandomBytes,
    #[error("{path} cannot be read")]
    File {
        path: String,
        #[source]
        source: std::io::Error,
    },
}

impl From<RotationRefused> for OpsError {
    fn from(refused: RotationRefused) -> Self {
        let until = refused.until().map(|until| format!("; wait until {}", at(until)));
        Self::Refused(format!("{refused}{}", until.unwrap_or_default()))
    }
}

impl From<RotationError> for OpsError {
    fn from(error: RotationError) -> Self {
        match error {
            RotationError::Refused(refused) => refused.into(),
            RotationError::Keys(error) => error.into(),
        }
    }
}

/// Returns a moment as the transcripts show it.
pub(crate) fn at(moment_of: Timestamp) -> String {
    moment(moment_of.unix())
}
