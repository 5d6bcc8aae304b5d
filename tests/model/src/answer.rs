//! What is compared: the answer, the messages that left, and what was written down.

use crate::Method;

/// The answer to one command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// A sign-in as it stands.
    View(View),
    /// A code is on its way.
    Sent,
    /// The app will be asked for instead of the saved default.
    AppChosen,
    /// An app's secret is shown.
    Secret,
    /// A code was right; where the sign-in stands now.
    Verified(&'static str),
    /// It is done, or there was nothing to do.
    Done,
    /// Refused; when to come back, in seconds, where waiting helps.
    Refused(&'static str, Option<i64>),
    /// A guess was judged and not accepted: why, how many are left in the sign-in, and the wait before the next.
    Wrong(&'static str, u8, Option<i64>),
    /// The sign-in's time is over, or it is forgotten: a portal cannot rely on which of the two it is told.
    Over,
}

/// What a portal is shown of a sign-in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct View {
    /// Where it stands.
    pub status: &'static str,
    /// Why, in one word.
    pub reason: &'static str,
    /// The ways on offer, each with whether the user has bound it.
    pub options: Vec<(Method, bool)>,
    /// The method a code is awaited by.
    pub awaited: Option<Method>,
    /// Email is the saved default.
    pub default: bool,
    /// "Skip for now" is on offer.
    pub skippable: bool,
}

/// A message that left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// Where it went.
    pub to: String,
    /// The code or ticket in it.
    pub secret: String,
}

/// What the product did about one command.
#[derive(Clone, Debug)]
pub struct Given {
    /// The answer.
    pub answer: Answer,
    /// The messages that left meanwhile, oldest first; notices are not among them.
    pub messages: Vec<Message>,
    /// A secret that the answer itself held: an app's key, or a bypass code.
    pub secret: Option<String>,
}
