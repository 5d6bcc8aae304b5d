//! One sign-in: one try of one user to get in after the password.

use serde::{Deserialize, Serialize};

use crate::{
    AuthenticatorId, Destination, DestinationHash, KeyVersion, Method, Nonce, Purpose, Sealed,
    SignInKey, Timestamp, budget, portal::ReturnTo,
};

/// One sign-in, kept in its user's item. Short names: an item is billed by the kilobyte.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignIn {
    /// The random part of its id.
    #[serde(rename = "k")]
    pub key: SignInKey,
    /// What the portal sent along.
    #[serde(rename = "no")]
    pub nonce: Nonce,
    /// What brought the user here.
    #[serde(rename = "ev", default, skip_serializing_if = "Event::is_login")]
    pub event: Event,
    /// When it ends.
    #[serde(rename = "x")]
    pub expires_at: Timestamp,
    /// How far it has come.
    #[serde(rename = "st")]
    pub progress: Progress,
    /// Where the hosted prompt sends the browser back to; none where the portal shows its own screens.
    #[serde(rename = "r", default, skip_serializing_if = "Option::is_none")]
    pub return_to: Option<ReturnTo>,
    /// The key its prompt's secrets are derived under, from the moment a browser opened it.
    #[serde(rename = "b", default, skip_serializing_if = "Option::is_none")]
    pub browser: Option<KeyVersion>,
    /// The portal has fetched the result.
    #[serde(rename = "f", default, skip_serializing_if = "Option::is_none")]
    pub fetched: Option<Fetched>,
    /// The user chose the app where email would go at once.
    #[serde(rename = "ca", default, skip_serializing_if = "std::ops::Not::not")]
    pub chose_app: bool,
    /// Wrong codes in it.
    #[serde(rename = "w", default)]
    pub wrong: u8,
    /// Codes sent in it.
    #[serde(rename = "se", default)]
    pub sends: u8,
    /// When the last code was sent.
    #[serde(rename = "ls", default, skip_serializing_if = "Option::is_none")]
    pub last_send: Option<Timestamp>,
    /// Codes issued in it, over all methods and destinations; never restarts.
    #[serde(rename = "n", default)]
    pub issued: u16,
    /// The last codes issued, at most [`budget::GOOD_CODES`].
    #[serde(rename = "ch", default, skip_serializing_if = "Vec::is_empty")]
    pub challenges: Vec<Challenge>,
    /// What is being enrolled, until confirmed.
    #[serde(rename = "p", default, skip_serializing_if = "Option::is_none")]
    pub pending: Option<Pending>,
}

/// What brought the user here.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Event {
    /// An ordinary sign-in.
    #[default]
    #[serde(rename = "l")]
    Login,
    /// Accepting an invitation.
    #[serde(rename = "i")]
    Invitation,
}

impl Event {
    /// Returns true if it is the ordinary one, which is not stored.
    pub fn is_login(&self) -> bool {
        *self == Self::Login
    }

    /// Its word in assertions.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Login => "login",
            Self::Invitation => "invitation",
        }
    }
}

/// When a portal fetched a result first, and with which of its keys.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fetched {
    /// When.
    #[serde(rename = "at")]
    pub at: Timestamp,
    /// The id of the API key.
    #[serde(rename = "k")]
    pub key: String,
}

/// How far a sign-in has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Progress {
    /// Nothing was accepted yet.
    Open,
    /// What stood before an enrolment was passed: the code of a method that left the policy, or a bypass code.
    MayEnrol,
    /// The user is in.
    Done(Acceptance),
    /// Too many wrong codes.
    Dead,
}

/// On what ground a user got in; the content of the assertion.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Acceptance {
    /// When.
    #[serde(rename = "at")]
    pub at: Timestamp,
    /// What was done.
    #[serde(rename = "f")]
    pub mfa: Mfa,
    /// By which method, where one was used.
    #[serde(rename = "m", default, skip_serializing_if = "Option::is_none")]
    pub method: Option<Method>,
    /// The role of that method.
    #[serde(rename = "r", default, skip_serializing_if = "Option::is_none")]
    pub role: Option<Role>,
    /// The portal's generation at that moment.
    #[serde(rename = "g")]
    pub generation: u32,
}

/// What a method is on offer for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// The user has bound it, and the policy has it.
    Bound,
    /// The user has bound it or made it the default, and the policy no longer has it.
    Old,
    /// The contact record has a destination for it.
    Directory,
    /// It stands in for the app.
    Fallback,
    /// It can be enrolled.
    Enrol,
}

impl Role {
    /// Returns true if the user has bound the method, or made it the default.
    pub const fn is_bound(self) -> bool {
        match self {
            Self::Bound | Self::Old => true,
            Self::Directory | Self::Fallback | Self::Enrol => false,
        }
    }
}

/// What was done about the second step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mfa {
    /// A code was accepted.
    Done,
    /// The user had chosen to skip.
    Skipped,
    /// The policy did not ask.
    NotRequired,
    /// A bypass code of an admin was accepted.
    Bypass,
}

/// One code that was issued. The code itself is never stored: it is derived from this.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Challenge {
    /// Which code of the sign-in.
    pub n: u16,
    /// The key it is derived under.
    #[serde(rename = "v")]
    pub version: KeyVersion,
    /// By which method it went.
    #[serde(rename = "m")]
    pub method: Method,
    /// What it is good for.
    #[serde(rename = "p", default, skip_serializing_if = "Purpose::is_sign_in")]
    pub purpose: Purpose,
    /// Keyed hash of where it went: a changed destination kills it.
    #[serde(rename = "d")]
    pub destination: DestinationHash,
    /// When it stops being good.
    #[serde(rename = "x")]
    pub expires_at: Timestamp,
}

/// What is being enrolled.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Pending {
    /// An authenticator app.
    App {
        /// The id it will have.
        id: AuthenticatorId,
        /// Its secret, sealed.
        secret: Sealed,
    },
    /// A destination of the user's own.
    Destination {
        /// The id it will have.
        id: AuthenticatorId,
        /// Where the code goes.
        to: Destination,
    },
}

impl Pending {
    /// The method it will be.
    pub const fn method(&self) -> Method {
        match self {
            Self::App { .. } => Method::AuthenticatorApp,
            Self::Destination { to, .. } => to.method(),
        }
    }
}

impl SignIn {
    /// Returns true if the portal can still get its assertion, or the user still try.
    pub fn is_open(&self) -> bool {
        match self.progress {
            Progress::Open | Progress::MayEnrol => true,
            Progress::Done(_) | Progress::Dead => false,
        }
    }

    /// Ends it with the user in, which kills every code of it. A result can be fetched for a while also where the sign-in's
    /// time is nearly over.
    pub(crate) fn finish(&mut self, acceptance: Acceptance) {
        self.challenges.clear();
        self.pending = None;
        self.progress = Progress::Done(acceptance);
        if self.return_to.is_some() {
            self.expires_at = self.expires_at.max(acceptance.at.plus(budget::RESULT_SECONDS));
        }
    }

    /// Wrong codes left before it is dead.
    pub const fn attempts_left(&self) -> u8 {
        budget::WRONG_PER_SIGN_IN.saturating_sub(self.wrong)
    }

    /// Codes that can still be sent in it.
    pub const fn sends_left(&self) -> u8 {
        budget::SENDS_PER_SIGN_IN.saturating_sub(self.sends)
    }

    /// When another code can be sent.
    pub fn resend_after(&self) -> Option<Timestamp> {
        self.last_send.map(|at| at.plus(budget::RESEND_SECONDS))
    }
}
