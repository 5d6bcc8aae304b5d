use thiserror::Error;

use crate::Malformed;

/// The step that the answer of a browser or an authenticator did not pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum NotMet {
    #[error("the passkey is none that this user has here")]
    CredentialUnknown,
    #[error("the user handle is another user's")]
    UserHandle,
    #[error("the client data is of the other ceremony")]
    Type,
    #[error("the challenge is not this sign-in's")]
    Challenge,
    #[error("the page's origin is not on the list")]
    Origin,
    #[error("the page lay in a frame of another origin")]
    CrossOrigin,
    #[error("the client data names a page around the one that asked")]
    TopOrigin,
    #[error("the authenticator was asked for another RP id")]
    RpIdHash,
    #[error("nobody touched the authenticator")]
    UserPresent,
    #[error("the authenticator did not verify the user")]
    UserVerified,
    #[error("a passkey that cannot be backed up says that it is")]
    BackupFlags,
    #[error("the passkey's eligibility for backup is another than at its registration")]
    BackupEligibilityChanged,
    #[error("the policy refuses passkeys that can be synced")]
    Synced,
    #[error("the algorithm was not offered")]
    Algorithm,
    #[error("the public key is not one that signatures can be checked with")]
    Key,
    #[error("the credential id is empty or too long to be kept")]
    CredentialId,
    #[error("the user has this passkey already")]
    AlreadyRegistered,
    #[error(transparent)]
    Malformed(#[from] Malformed),
    #[error("the signature is wrong")]
    Signature,
    #[error("the authenticator's counter went back, so a copy of it may exist")]
    Counter,
}

impl NotMet {
    /// Returns true if it costs one of the tries of its sign-in.
    ///
    /// A signature that was judged does. All else is refused before anybody looks at it, and tells
    /// nothing that the browser was not told: the challenge, the domain, the ids of the passkeys.
    pub const fn costs_a_try(self) -> bool {
        match self {
            Self::Signature | Self::Counter => true,
            Self::CredentialUnknown
            | Self::UserHandle
            | Self::Type
            | Self::Challenge
            | Self::Origin
            | Self::CrossOrigin
            | Self::TopOrigin
            | Self::RpIdHash
            | Self::UserPresent
            | Self::UserVerified
            | Self::BackupFlags
            | Self::BackupEligibilityChanged
            | Self::Synced
            | Self::Algorithm
            | Self::Key
            | Self::CredentialId
            | Self::AlreadyRegistered
            | Self::Malformed(_) => false,
        }
    }
}
