//! Every way a command can end without doing what was asked.

use thiserror::Error;

use std::net::IpAddr;

use crate::{
    BulkRefusal, Malformed, Method, PortalId, Scope, Timestamp, Unreadable, passkey::NotMet,
};

/// Why a command was refused: facts only. The words for people are found at the edge.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Refusal {
    /// Also if there is no such portal.
    #[error("the API key is refused")]
    KeyRefused,
    /// The key is the portal's, and does not count. The caller is told what that of an unknown key
    /// is told; the reason is for the operator.
    #[error(transparent)]
    KeyLapsed(Box<LapsedKey>),
    #[error("the API key has not the scope {0}")]
    ScopeMissing(Scope),
    #[error(transparent)]
    Malformed(#[from] Malformed),
    #[error(transparent)]
    Policy(#[from] PolicyRefusal),
    #[error(transparent)]
    BulkReset(#[from] BulkRefusal),
    #[error("the user is unknown")]
    UnknownUser,
    #[error("the user id differs in case from the one known")]
    UserIdCase,
    #[error("the sign-in is unknown")]
    UnknownSignIn,
    #[error("the sign-in has expired")]
    SignInExpired,
    #[error("the sign-in is done")]
    SignInDone,
    #[error("the sign-in is dead")]
    SignInDead,
    #[error("too many sign-ins were opened")]
    TooManySignIns { until: Timestamp },
    #[error("the portal has used up its share of this minute")]
    OverShare { until: Timestamp },
    #[error("the user is locked")]
    Locked { kind: LockKind, until: Option<Timestamp> },
    #[error("the user is denied")]
    Denied {
        /// Everything bound is disabled, rather than nothing being usable.
        disabled: bool,
    },
    /// Sign-in is stopped, because somebody said that a change was not theirs.
    #[error("the user is frozen")]
    Frozen,
    /// Nothing but a reset helps a frozen user.
    #[error("the user is frozen until a reset")]
    FrozenUntilReset,
    /// It has expired, or the user was reset, frozen or erased since, or its address is no longer
    /// the user's.
    #[error("the freeze link is refused")]
    FreezeLinkRefused,
    /// Reading the sign-in again tells what comes next.
    #[error("the sign-in asks for another step")]
    AnotherStep,
    #[error("the method {0} is not offered")]
    NotOffered(Method),
    #[error("no code was requested")]
    NoCodeRequested,
    #[error("the code is not accepted")]
    CodeNotAccepted {
        /// The reason; for the portal, never for the user.
        why: WrongCode,
        /// The method it was checked against; none for a bypass code.
        method: Option<Method>,
        /// Guesses left in this sign-in.
        guesses_left: u8,
        until: Option<Timestamp>,
    },
    /// No signature of it was judged; nothing was counted.
    #[error("the passkey is refused: {0}")]
    PasskeyRefused(NotMet),
    #[error("a code was sent moments ago")]
    ResendTooSoon { until: Timestamp },
    #[error("all sends of this sign-in are used")]
    NoSendsLeft,
    #[error("a limit on sending is met")]
    SendLimit {
        until: Timestamp,
        /// The way out other than waiting.
        instead: Instead,
    },
    /// Too many codes outside of a sign-in were sent for the user within a day, or were wrong.
    #[error("no more destinations are checked")]
    ChecksUsedUp { until: Timestamp },
    #[error("messages may not go to that country")]
    CountryNotAllowed,
    #[error("the ticket is refused")]
    TicketRefused,
    #[error("the return URL is not registered")]
    ReturnUrlUnknown,
    #[error("the prompt belongs to another browser")]
    OtherBrowser,
    /// The caller handed over another text than the one that the sign-in has to confirm: none at
    /// all, a different one, or one that it does not have.
    #[error("the text is not the one of the sign-in")]
    TextRefused,
    #[error("the form is not this prompt's")]
    FormRefused,
    #[error("the form was acted on")]
    FormUsed,
    #[error("the result code is refused")]
    ResultRefused,
    #[error("skipping is not allowed")]
    SkipNotAllowed,
    #[error("the recovery codes are not said to be kept")]
    CodesNotKept,
    #[error("nothing was skipped")]
    NotSkipped,
    #[error("email cannot be made the default")]
    DefaultNotAllowed,
    /// The proof that allowed changes is too old, or something ended what it allowed.
    #[error("the settings can no longer be changed")]
    SettingsClosed,
    #[error("the authenticator is unknown")]
    UnknownAuthenticator,
    #[error("there is no room for another authenticator")]
    TooManyAuthenticators,
    /// It is the only way in, and the policy requires one.
    #[error("the last authenticator stays")]
    LastAuthenticator,
    #[error("the portal is unknown")]
    UnknownPortal,
    #[error("the portal's id is taken")]
    PortalIdTaken,
    #[error("the policy is locked")]
    PolicyLocked,
    #[error("the user was unlocked too often")]
    UnlockLimit { until: Timestamp },
    #[error("the portal has four active keys")]
    TooManyKeys,
    #[error("the API key is unknown")]
    UnknownKey,
    #[error("the admin is unknown")]
    UnknownAdmin,
    #[error("the admin's name is taken")]
    AdminNameTaken,
    #[error("the last operator stays")]
    LastOperator,
    #[error("there are too many operators")]
    TooManyOperators,
    #[error("the set-up secret is refused")]
    SetUpSecretRefused,
    #[error("it was changed meanwhile")]
    ChangedMeanwhile,
    #[error("the version that is replaced is not named")]
    VersionUnnamed,
    #[error("the session is refused")]
    SessionRefused,
    #[error("the session awaits its second step")]
    SecondStepMissing,
    #[error("the password must be changed")]
    PasswordMustChange,
    /// A first password has expired, or opened a session before.
    #[error("the first password is over")]
    FirstPasswordOver,
    /// The act asks for the second step again.
    #[error("a fresh proof is needed")]
    ProofNeeded,
    #[error("the actor may not do this")]
    NotPermitted,
    #[error(transparent)]
    Unreadable(#[from] Unreadable),
}

impl Refusal {
    /// Returns the moment from which it makes sense to try again, if waiting helps.
    pub const fn until(&self) -> Option<Timestamp> {
        match self {
            Self::TooManySignIns { until }
            | Self::OverShare { until }
            | Self::ResendTooSoon { until }
            | Self::SendLimit { until, .. }
            | Self::ChecksUsedUp { until }
            | Self::UnlockLimit { until } => Some(*until),
            Self::Locked { until, .. } | Self::CodeNotAccepted { until, .. } => *until,
            Self::KeyRefused
            | Self::KeyLapsed(_)
            | Self::ScopeMissing(_)
            | Self::Malformed(_)
            | Self::Policy(_)
            | Self::BulkReset(_)
            | Self::UnknownUser
            | Self::UserIdCase
            | Self::UnknownSignIn
            | Self::SignInExpired
            | Self::SignInDone
            | Self::SignInDead
            | Self::Denied { .. }
            | Self::Frozen
            | Self::FrozenUntilReset
            | Self::FreezeLinkRefused
            | Self::AnotherStep
            | Self::NotOffered(_)
            | Self::NoCodeRequested
            | Self::PasskeyRefused(_)
            | Self::NoSendsLeft
            | Self::CountryNotAllowed
            | Self::TicketRefused
            | Self::ReturnUrlUnknown
            | Self::OtherBrowser
            | Self::TextRefused
            | Self::FormRefused
            | Self::FormUsed
            | Self::ResultRefused
            | Self::SkipNotAllowed
            | Self::CodesNotKept
            | Self::NotSkipped
            | Self::DefaultNotAllowed
            | Self::SettingsClosed
            | Self::UnknownAuthenticator
            | Self::TooManyAuthenticators
            | Self::LastAuthenticator
            | Self::UnknownPortal
            | Self::PortalIdTaken
            | Self::PolicyLocked
            | Self::TooManyKeys
            | Self::UnknownKey
            | Self::UnknownAdmin
            | Self::AdminNameTaken
            | Self::LastOperator
            | Self::TooManyOperators
            | Self::SetUpSecretRefused
            | Self::ChangedMeanwhile
            | Self::VersionUnnamed
            | Self::SessionRefused
            | Self::SecondStepMissing
            | Self::PasswordMustChange
            | Self::FirstPasswordOver
            | Self::ProofNeeded
            | Self::NotPermitted
            | Self::Unreadable(_) => None,
        }
    }
}

/// A key of a portal that does not count.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("the API key {key} of the portal {portal} {why}")]
pub struct LapsedKey {
    pub portal: PortalId,
    /// The id of the key.
    pub key: String,
    pub why: KeyLapse,
}

/// The reason why a key of a portal does not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum KeyLapse {
    /// Its time is over.
    #[error("has expired")]
    Expired,
    /// It came from an address that is in none of its ranges.
    #[error("came from {}, outside its ranges", from(*.0))]
    OutsideSources(Option<IpAddr>),
    /// It has a limit that only a newer release knows.
    #[error("has a limit that only a newer release knows")]
    NewerRelease,
}

/// Says an address for the operator's log.
fn from(address: Option<IpAddr>) -> String {
    address.map_or_else(|| "an unknown address".to_owned(), |address| address.to_string())
}

/// The reason why a code was not accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WrongCode {
    /// It is no code of this sign-in.
    Wrong,
    /// It was right, and its time is over.
    Expired,
    /// It, or a newer one of the same app, was accepted before.
    Reused,
}

/// The way out for somebody whose message is held back or was not sent, other than waiting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Instead {
    /// Another of the ways on offer.
    AnotherWay,
    /// Another destination for what is being enrolled.
    AnotherDestination,
    /// There is none.
    Nothing,
}

/// The limits that bring a wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LockKind {
    /// Several in a row: a wait that doubles.
    Wait,
    /// Too many within a day.
    Day,
    /// Too many within a month.
    Month,
    /// Too many in a row: until an unlock or a reset.
    InARow,
}

/// Why a policy cannot be saved, in a sentence for the admin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum PolicyRefusal {
    #[error("A policy needs at least one method.")]
    NoMethod,
    #[error("The method {0} is listed twice; list each method once.")]
    MethodTwice(Method),
    #[error(
        "Email when the app is out of reach is for client-facing portals only; set the portal's audience to clients, or forbid it."
    )]
    FallbackForStaff,
    #[error(
        "Opt-out needs a method that users enrol themselves; with destinations from the contact record there is nothing to skip."
    )]
    OptOutOfNothing,
    #[error(
        "grace needs a method that users enrol themselves; with destinations from the contact record there is nothing to set up."
    )]
    GraceOfNothing,
    #[error(
        "Recovery codes need a method that users enrol themselves; with destinations from the contact record there is nothing to lose."
    )]
    RecoveryOfNothing,
    #[error(
        "Recovery codes need self-service, with which users make new ones; set self_service to with_proof, or recovery_codes to off."
    )]
    RecoveryWithoutSelfService,
    #[error(
        "promote needs self_service with_proof: a user who takes the offer adds the passkey in their security settings. Set self_service to with_proof, or promote to false."
    )]
    PromotionWithoutSelfService,
    #[error(
        "remember_browser is not for policies that nobody switches, which ask at every sign-in; set remember_browser to null, or let somebody switch the policy."
    )]
    RememberButEveryTime,
    #[error(
        "after_reset emailed_link needs the portal's enrolment_url, the page the mailed link leads to."
    )]
    LinkWithoutPage,
    #[error(
        "switched_by nobody is for policies that are enabled and required without a grace; enable it and require it, or let somebody switch it."
    )]
    NobodyButNotAlwaysOn,
    #[error(
        "Passkeys are the only method that users set up, and there is no page where they can: the service has no domain of its own, and neither has the portal. Set passkeys in the portal's profile, give the service a domain, or add another method."
    )]
    PasskeysWithoutDomain,
}
