//! What is remembered of what happened: masked, and never a code.

use serde::{Deserialize, Serialize};

use crate::{Masked, Method, SignInKey, Timestamp};

/// One line of the activity log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// When.
    #[serde(rename = "t")]
    pub at: Timestamp,
    /// What happened.
    #[serde(rename = "k")]
    pub kind: EntryKind,
    /// By which method.
    #[serde(rename = "m", default, skip_serializing_if = "Option::is_none")]
    pub method: Option<Method>,
    /// To which destination, masked.
    #[serde(rename = "to", default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Masked>,
    /// In which sign-in.
    #[serde(rename = "si", default, skip_serializing_if = "Option::is_none")]
    pub sign_in: Option<SignInKey>,
    /// Who did it, where it was not the user, and why.
    #[serde(rename = "by", default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
}

/// What can happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EntryKind {
    /// A code was judged right.
    CodeAccepted,
    /// A code was judged wrong.
    CodeWrong,
    /// A right code came after its time.
    CodeExpired,
    /// A right code came a second time.
    CodeReused,
    /// The sign-in ended: too many wrong codes.
    SignInDead,
    /// The user has to wait: too many wrong codes.
    Locked,
    /// What the user has bound stopped working until a reset: too many wrong codes.
    Disabled,
    /// A code was asked for and charged.
    CodeRequested,
    /// The provider took the message.
    CodeSent,
    /// The message was surely not sent.
    CodeNotSent,
    /// Nobody knows whether the message was sent.
    CodeUnknown,
    /// An authenticator was bound.
    Enrolled,
    /// The user got in without a second step: the policy does not ask for one.
    NotRequired,
    /// The user got in without a second step: a remembered skip.
    Skipped,
    /// The user chose to skip.
    OptedOut,
    /// There is no way in for this user.
    Denied,
    /// The user wants to enrol after a skip.
    OptedIn,
    /// Email was made the default.
    DefaultSet,
    /// Email is no longer the default.
    DefaultUnset,
    /// The contact record was changed.
    ContactChanged,
    /// What the user had bound was removed.
    Reset,
}

impl EntryKind {
    /// The entry of this kind, with nothing else to say.
    pub const fn at(self, at: Timestamp) -> Entry {
        Entry { at, kind: self, method: None, to: None, sign_in: None, by: None }
    }
}

impl Entry {
    /// By this method.
    #[must_use]
    pub fn by_method(self, method: Method) -> Self {
        Self { method: Some(method), ..self }
    }

    /// To this destination.
    #[must_use]
    pub fn to(self, to: Option<Masked>) -> Self {
        Self { to, ..self }
    }

    /// In this sign-in.
    #[must_use]
    pub fn within(self, sign_in: SignInKey) -> Self {
        Self { sign_in: Some(sign_in), ..self }
    }

    /// By this admin, for this reason.
    #[must_use]
    pub fn done_by(self, by: String) -> Self {
        Self { by: Some(by), ..self }
    }
}
