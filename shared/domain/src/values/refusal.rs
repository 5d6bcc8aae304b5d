//! Every way a command can end without doing what was asked.

use thiserror::Error;

use crate::{Malformed, Method, Timestamp, Unreadable};

/// Why a command was refused. Facts only; the words for people are the edge's.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Refusal {
    /// The API key is not one of the portal's, has expired or was revoked, or there is no such
    /// portal.
    #[error("the API key is refused")]
    KeyRefused,
    /// A value in the request is not what it must be.
    #[error(transparent)]
    Malformed(#[from] Malformed),
    /// The policy cannot be saved.
    #[error(transparent)]
    Policy(#[from] PolicyRefusal),
    /// There is no such user.
    #[error("the user is unknown")]
    UnknownUser,
    /// The user is known under an id that differs in case only.
    #[error("the user id differs in case from the one known")]
    UserIdCase,
    /// There is no such sign-in, or it ended long ago.
    #[error("the sign-in is unknown")]
    UnknownSignIn,
    /// The sign-in's time is over.
    #[error("the sign-in has expired")]
    SignInExpired,
    /// The user is in already.
    #[error("the sign-in is done")]
    SignInDone,
    /// The sign-in ended after too many wrong codes.
    #[error("the sign-in is dead")]
    SignInDead,
    /// Too many sign-ins were opened for this user.
    #[error("too many sign-ins were opened")]
    TooManySignIns {
        /// The moment the next can be opened.
        until: Timestamp,
    },
    /// Too many wrong codes: nothing is judged for a while.
    #[error("the user is locked")]
    Locked {
        /// The limit that was reached.
        kind: LockKind,
        /// The moment it ends by itself; none if it does not.
        until: Option<Timestamp>,
    },
    /// There is no way in for this user.
    #[error("the user is denied")]
    Denied {
        /// Everything bound is disabled, rather than nothing being usable.
        disabled: bool,
    },
    /// The state of the sign-in does not allow this step; reading it again tells what comes next.
    #[error("the sign-in asks for another step")]
    AnotherStep,
    /// The method is not on offer in this sign-in.
    #[error("the method {0} is not offered")]
    NotOffered(Method),
    /// No code was asked for, so there is nothing to compare with.
    #[error("no code was requested")]
    NoCodeRequested,
    /// The code was judged, counted, and is not accepted.
    #[error("the code is not accepted")]
    CodeNotAccepted {
        /// The reason; for the portal, never for the user.
        why: WrongCode,
        /// The method it was checked against; none for a bypass code.
        method: Option<Method>,
        /// Tries left in this sign-in.
        attempts_left: u8,
        /// The moment the next guess is checked, if there is a wait.
        until: Option<Timestamp>,
    },
    /// A code was sent moments ago.
    #[error("a code was sent moments ago")]
    ResendTooSoon {
        /// The moment another can be sent.
        until: Timestamp,
    },
    /// No more codes can be sent in this sign-in.
    #[error("all sends of this sign-in are used")]
    NoSendsLeft,
    /// Too many codes were sent: to this user, to the destination, or in all.
    #[error("a limit on sending is met")]
    SendLimit {
        /// The moment sending is possible again.
        until: Timestamp,
        /// The way out other than waiting.
        instead: Instead,
    },
    /// Messages may not go to that country.
    #[error("messages may not go to that country")]
    CountryNotAllowed,
    /// The ticket of a link is another's, was spent, or has expired.
    #[error("the ticket is refused")]
    TicketRefused,
    /// The portal has no such return URL.
    #[error("the return URL is not registered")]
    ReturnUrlUnknown,
    /// The prompt was opened by another browser first.
    #[error("the prompt belongs to another browser")]
    OtherBrowser,
    /// The form was not made by this sign-in's prompt.
    #[error("the form is not this prompt's")]
    FormRefused,
    /// A form of the console was acted on before.
    #[error("the form was acted on")]
    FormUsed,
    /// The result code is another sign-in's, or was redeemed.
    #[error("the result code is refused")]
    ResultRefused,
    /// Skipping is not allowed here.
    #[error("skipping is not allowed")]
    SkipNotAllowed,
    /// Nothing that counts was skipped.
    #[error("nothing was skipped")]
    NotSkipped,
    /// Email cannot be made the default here.
    #[error("email cannot be made the default")]
    DefaultNotAllowed,
    /// There is no such portal, or it is another's.
    #[error("the portal is unknown")]
    UnknownPortal,
    /// There is, or was, a portal of that id.
    #[error("the portal's id is taken")]
    PortalIdTaken,
    /// Nobody switches this policy, and whoever replaces it has to say so.
    #[error("the policy is locked")]
    PolicyLocked,
    /// An admin unlocked this user too often within a month.
    #[error("the user was unlocked too often")]
    UnlockLimit {
        /// The moment it is possible again.
        until: Timestamp,
    },
    /// A portal has two active API keys already.
    #[error("the portal has two active keys")]
    TooManyKeys,
    /// There is no such API key.
    #[error("the API key is unknown")]
    UnknownKey,
    /// There is no such admin.
    #[error("the admin is unknown")]
    UnknownAdmin,
    /// There is, or was, an admin of that name.
    #[error("the admin's name is taken")]
    AdminNameTaken,
    /// Nobody would be left who can do everything.
    #[error("the last operator stays")]
    LastOperator,
    /// There are as many operators as there can be.
    #[error("there are too many operators")]
    TooManyOperators,
    /// The set-up secret is wrong, or was used.
    #[error("the set-up secret is refused")]
    SetUpSecretRefused,
    /// The version to be replaced was changed since it was read.
    #[error("it was changed meanwhile")]
    ChangedMeanwhile,
    /// The change does not say which version it replaces.
    #[error("the version that is replaced is not named")]
    VersionUnnamed,
    /// The session is none, or has ended.
    #[error("the session is refused")]
    SessionRefused,
    /// The session awaits its second step.
    #[error("the session awaits its second step")]
    SecondStepMissing,
    /// The password was made by somebody else and has to be changed first.
    #[error("the password must be changed")]
    PasswordMustChange,
    /// The actor may not do this to this user.
    #[error("the actor may not do this")]
    NotPermitted,
    /// A key is missing or a sealed secret does not open.
    #[error(transparent)]
    Unreadable(#[from] Unreadable),
}

impl Refusal {
    /// Returns the moment from which it makes sense to try again, if waiting helps.
    pub const fn until(&self) -> Option<Timestamp> {
        match self {
            Self::TooManySignIns { until }
            | Self::ResendTooSoon { until }
            | Self::SendLimit { until, .. }
            | Self::UnlockLimit { until } => Some(*until),
            Self::Locked { until, .. } | Self::CodeNotAccepted { until, .. } => *until,
            Self::KeyRefused
            | Self::Malformed(_)
            | Self::Policy(_)
            | Self::UnknownUser
            | Self::UserIdCase
            | Self::UnknownSignIn
            | Self::SignInExpired
            | Self::SignInDone
            | Self::SignInDead
            | Self::Denied { .. }
            | Self::AnotherStep
            | Self::NotOffered(_)
            | Self::NoCodeRequested
            | Self::NoSendsLeft
            | Self::CountryNotAllowed
            | Self::TicketRefused
            | Self::ReturnUrlUnknown
            | Self::OtherBrowser
            | Self::FormRefused
            | Self::FormUsed
            | Self::ResultRefused
            | Self::SkipNotAllowed
            | Self::NotSkipped
            | Self::DefaultNotAllowed
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
            | Self::NotPermitted
            | Self::Unreadable(_) => None,
        }
    }
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
    Row,
}

/// Why a policy cannot be saved, in a sentence for the admin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum PolicyRefusal {
    /// There would be no way in.
    #[error("A policy needs at least one method.")]
    NoMethod,
    /// The same method twice.
    #[error("The method {0} is listed twice; list each method once.")]
    MethodTwice(Method),
    /// Fallback for staff.
    #[error(
        "Email when the app is out of reach is for client-facing portals only; set the portal's audience to clients, or forbid it."
    )]
    FallbackForStaff,
    /// Nothing to opt out of.
    #[error(
        "Opt-out needs a method that users enrol themselves; with destinations from the contact record there is nothing to skip."
    )]
    OptOutOfNothing,
    /// A link to nowhere.
    #[error(
        "after_reset emailed_link needs the portal's enrolment_url, the page the mailed link leads to."
    )]
    LinkWithoutPage,
    /// Locked in a state that is not locked.
    #[error(
        "switched_by nobody is for policies that are enabled and required; enable it and require it, or let somebody switch it."
    )]
    NobodyButNotAlwaysOn,
}
