//! The readers of problems: a portal shows its user what is written for users, and nothing else.

use super::ProblemCode;

/// The person that the `detail` of a problem is written for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reader {
    /// The user: it is in the user's language, and says what to do next.
    User,
    /// The people who write the portal, or the admin who made the call.
    Caller,
}

impl Reader {
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::Caller => "caller",
        }
    }
}

impl ProblemCode {
    pub(super) const fn reader(self) -> Reader {
        match self {
            Self::Unavailable
            | Self::NewerRelease
            | Self::DeliveryFailed
            | Self::Conflict
            | Self::SignInUnknown
            | Self::SignInExpired
            | Self::SignInDone
            | Self::SignInDead
            | Self::TooManySignIns
            | Self::OverShare
            | Self::Locked
            | Self::AuthenticatorDisabled
            | Self::Frozen
            | Self::NoUsableMethod
            | Self::AnotherStep
            | Self::CodesNotKept
            | Self::MethodNotOffered
            | Self::NoCodeRequested
            | Self::CodeWrong
            | Self::CodeExpired
            | Self::CodeReused
            | Self::PasskeyRefused
            | Self::ResendTooSoon
            | Self::NoSendsLeft
            | Self::SendLimit
            | Self::CountryNotAllowed
            | Self::TicketRefused
            | Self::FreezeLinkRefused
            | Self::OtherBrowser
            | Self::FormRefused
            | Self::SkipNotAllowed
            | Self::DefaultNotAllowed
            | Self::SettingsClosed
            | Self::AuthenticatorUnknown
            | Self::TooManyAuthenticators
            | Self::LastAuthenticator => Reader::User,
            Self::BadRequest
            | Self::NotJson
            | Self::TooLarge
            | Self::UnknownRoute
            | Self::MethodNotAllowed
            | Self::KeyRefused
            | Self::Scope
            | Self::PolicyRefused
            | Self::UserUnknown
            | Self::UserIdCase
            | Self::ChecksUsedUp
            | Self::ReportRefused
            | Self::ReturnUrlRefused
            | Self::OidcNeedsDomain
            | Self::ResultRefused
            | Self::NotSkipped
            | Self::NotPermitted
            | Self::PortalUnknown
            | Self::PortalIdTaken
            | Self::PolicyLocked
            | Self::UnlockLimit
            | Self::TooManyKeys
            | Self::KeyUnknown
            | Self::AdminUnknown
            | Self::AdminNameTaken
            | Self::LastOperator
            | Self::BulkResetRefused
            | Self::TooManyOperators
            | Self::SessionRefused
            | Self::SecondStepMissing
            | Self::PasswordRefused
            | Self::TooManyPasswords
            | Self::PasswordMustChange
            | Self::FirstPasswordOver
            | Self::ProofNeeded
            | Self::SetUpSecretRefused
            | Self::SettingsRefused
            | Self::NoDestination
            | Self::ChangedMeanwhile
            | Self::FormUsed
            | Self::IfMatchMissing => Reader::Caller,
        }
    }
}
