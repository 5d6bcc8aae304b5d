//! The outcome of a command, as it is compared: answer, messages and entries.

use crate::Method;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    View(View),
    Sent,
    /// The app will be asked for instead of the saved default.
    AppChosen,
    Secret,
    /// A passkey will be asked for instead; holds the authenticators of the user's.
    PasskeyAsked(Vec<usize>),
    /// A passkey is to be made; holds the authenticators that have one.
    NewPasskey(Vec<usize>),
    /// A code was right; holds the new status of the sign-in.
    Verified(&'static str),
    Done,
    /// Holds the code, and the seconds to wait, if waiting helps.
    Refused(&'static str, Option<i64>),
    /// Holds the code, the guesses left in the sign-in, and the wait before the next one.
    Wrong(&'static str, u8, Option<i64>),
    /// The sign-in has expired or is forgotten; a portal cannot tell which of the two.
    Over,
}

/// A sign-in as a portal sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct View {
    pub status: &'static str,
    pub reason: &'static str,
    /// The methods on offer; true if the user has bound it.
    pub options: Vec<(Method, bool)>,
    pub awaited: Option<Method>,
    pub default: bool,
    pub skippable: bool,
    /// The authenticators of the user's passkeys, if one is asked for.
    pub passkey: Option<Vec<usize>>,
    /// A passkey is offered, because the user got in by something else.
    pub offers_passkey: bool,
}

/// The part of an assertion that says how the user got in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claims {
    pub mfa: &'static str,
    pub acr: &'static str,
    /// An authenticator checked who used its passkey.
    pub user: bool,
    pub synced: Option<bool>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    pub to: String,
    pub secret: String,
}

#[derive(Clone, Debug)]
pub struct Given {
    pub answer: Answer,
    /// Codes and links, oldest first, without notices.
    pub messages: Vec<Message>,
    /// An app's key or a bypass code in the answer.
    pub secret: Option<String>,
    pub recovery_codes: Vec<String>,
    /// The token that a success gave to the browser.
    pub browser_token: Option<String>,
    pub claims: Option<Claims>,
}
