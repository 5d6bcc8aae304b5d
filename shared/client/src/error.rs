//! The errors. The text of each is a sentence to show to the user.

use crate::wire::{ProblemDocument, SignInView};
use std::fmt;

const AGAIN: &str = "This sign-in was not started in this browser. Sign in again.";
const LATE: &str = "This sign-in took too long. Sign in again.";

/// The code of an error that this library finds by itself.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum OwnCode {
    Unavailable,
    Refused,
    AssertionRefused,
    NoPending,
    PendingRefused,
    PendingOver,
    OtherBrowser,
    WrongStep,
    Left,
    Over,
    Dead,
    Locked,
    Denied,
    CheckEmail,
}

impl OwnCode {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Unavailable => "unavailable",
            Self::Refused => "refused",
            Self::AssertionRefused => "assertion_refused",
            Self::NoPending => "no_pending",
            Self::PendingRefused => "pending_refused",
            Self::PendingOver => "pending_over",
            Self::OtherBrowser => "other_browser",
            Self::WrongStep => "wrong_step",
            Self::Left => "left",
            Self::Over => "over",
            Self::Dead => "dead",
            Self::Locked => "locked",
            Self::Denied => "denied",
            Self::CheckEmail => "check_email",
        }
    }

    /// The sentence for the user. `Options::sentences` replaces it, in the portal's language.
    pub fn sentence(self) -> &'static str {
        match self {
            Self::Unavailable => "We cannot check that it is you right now. Try again in a moment.",
            Self::Refused => {
                "Something went wrong with this sign-in. Sign in again, or ask for help."
            }
            Self::AssertionRefused => "You are not signed in. Sign in again.",
            Self::NoPending | Self::PendingRefused | Self::OtherBrowser | Self::WrongStep => AGAIN,
            Self::PendingOver | Self::Over => LATE,
            Self::Left => "You are not signed in.",
            Self::Dead => "Too many codes were wrong. Sign in again.",
            Self::Locked => "Too many codes were wrong. Try again later.",
            Self::Denied => "You cannot sign in at the moment. Ask for help.",
            Self::CheckEmail => "Open the link in the email that was sent to you.",
        }
    }

    /// Reads the `error` that a browser brought back from the prompt.
    pub(crate) fn left_by(word: &str) -> Self {
        let known = [Self::Over, Self::Dead, Self::Locked, Self::Denied, Self::CheckEmail];
        known.into_iter().find(|code| code.as_str() == word).unwrap_or(Self::Left)
    }
}

/// A failure of a call or a check. While there is one, nobody is in.
#[derive(Debug)]
pub enum Error {
    /// The service refused the call. The problem document may hold the sign-in as it stands. Its
    /// `detail` is the sentence if it is one for users; otherwise it is for the log.
    Refused { sentence: String, problem: Box<ProblemDocument> },
    /// There was no answer, or none that can be understood. The call may have been carried out.
    Unavailable(Box<Unavailable>),
    /// The browser does not hold the pending value of the sign-in that it wants to finish.
    Pending { code: OwnCode, sentence: String },
    /// The browser came back from the prompt without a result.
    NotSignedIn { code: OwnCode, sentence: String },
    /// The assertion is not one for this portal, user and sign-in. The cause is for the log.
    Assertion { sentence: String, cause: AssertionFault },
}

/// A call that was not answered.
#[derive(Debug)]
pub struct Unavailable {
    pub sentence: String,
    /// The HTTP status, if there was an answer.
    pub status: Option<u16>,
    /// Seconds until it makes sense to try again.
    pub retry_after: Option<i64>,
    /// The sign-in as it stands, if it could be read afterwards.
    pub sign_in: Option<SignInView>,
    pub cause: Option<reqwest::Error>,
}

/// The reason why an assertion is refused.
#[derive(Debug, thiserror::Error)]
pub enum AssertionFault {
    #[error("it is no JWT of this service")]
    Jwt(#[from] jsonwebtoken::errors::Error),
    #[error("its key is not one of the service")]
    UnknownKey,
    #[error("it is for several portals")]
    SeveralPortals,
    #[error("it is not valid now")]
    NotNow,
    #[error("it is of another sign-in")]
    AnotherSignIn,
    #[error("it is for another event")]
    AnotherEvent,
    #[error("its proof is weaker than the one that was asked for")]
    TooWeak,
    #[error("it is for another text")]
    AnotherText,
    #[error("its proof is older than was asked for")]
    TooOld,
    #[error("it does not say what was done")]
    NothingDone,
    #[error("nothing is expected of it")]
    NothingExpected,
}

impl Error {
    /// Returns the sentence to show to the user.
    pub fn sentence(&self) -> &str {
        match self {
            Self::Unavailable(unavailable) => &unavailable.sentence,
            Self::Refused { sentence, .. }
            | Self::Pending { sentence, .. }
            | Self::NotSignedIn { sentence, .. }
            | Self::Assertion { sentence, .. } => sentence,
        }
    }

    /// Returns the code, which is stable. Treat one that you do not know as any other.
    pub fn code(&self) -> &str {
        match self {
            Self::Refused { problem, .. } => problem.code.as_str(),
            Self::Unavailable(_) => OwnCode::Unavailable.as_str(),
            Self::Pending { code, .. } | Self::NotSignedIn { code, .. } => code.as_str(),
            Self::Assertion { .. } => OwnCode::AssertionRefused.as_str(),
        }
    }

    /// Returns the sign-in as it stands, to show under the sentence.
    pub fn sign_in(&self) -> Option<&SignInView> {
        match self {
            Self::Refused { problem, .. } => problem.sign_in.as_ref(),
            Self::Unavailable(unavailable) => unavailable.sign_in.as_ref(),
            Self::Pending { .. } | Self::NotSignedIn { .. } | Self::Assertion { .. } => None,
        }
    }

    /// Returns the seconds until it makes sense to try again.
    pub fn retry_after(&self) -> Option<i64> {
        match self {
            Self::Refused { problem, .. } => problem.retry_after,
            Self::Unavailable(unavailable) => unavailable.retry_after,
            Self::Pending { .. } | Self::NotSignedIn { .. } | Self::Assertion { .. } => None,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.sentence())
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Unavailable(unavailable) => unavailable.cause.as_ref().map(|cause| cause as _),
            Self::Assertion { cause, .. } => Some(cause),
            Self::Refused { .. } | Self::Pending { .. } | Self::NotSignedIn { .. } => None,
        }
    }
}
