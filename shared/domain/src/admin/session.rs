//! Sessions of admins: opened by the password, of use after the second step, ended by time or at once.

use crate::{Malformed, Nonce, SignInKey, Timestamp, limits, values::id::byte_id};

byte_id!(
    /// SHA-256 of a session's secret.
    SessionHash, 32, "the session"
);

impl SessionHash {
    /// Returns the nonce of the sign-in that a session with this hash awaits: opaque, fresh, and long enough for one.
    ///
    /// # Errors
    /// [`Malformed`] never: every hash is long enough.
    pub fn nonce(&self) -> Result<Nonce, Malformed> {
        let start: String = self.to_string().chars().take(40).collect();
        Nonce::parse(&start)
    }

    /// Returns whether this is the session that began a sign-in.
    pub fn began(&self, nonce: &Nonce) -> bool {
        self.nonce().is_ok_and(|own| own == *nonce)
    }
}

/// One session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AdminSession {
    /// What is kept of its secret.
    pub hash: SessionHash,
    /// When the password was right.
    pub started_at: Timestamp,
    /// The last request, to the minute.
    pub seen_at: Timestamp,
    /// How far it has come.
    pub stage: Stage,
    /// The session that it was before its second step, while a lost reply may be asked for again.
    pub before: Option<Awaiting>,
}

/// A session before its second step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Awaiting {
    /// What is kept of its secret.
    pub hash: SessionHash,
    /// The sign-in of the portal `console` that is the second step.
    pub sign_in: SignInKey,
    /// When it can no longer become active.
    pub until: Timestamp,
}

/// How far a session has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// The second step is open, as this sign-in of the portal `console`.
    AwaitsMfa(SignInKey),
    /// The admin is in.
    Active,
}

impl AdminSession {
    /// When it ends if nothing more is asked.
    pub fn ends_at(&self) -> Timestamp {
        match self.stage {
            Stage::AwaitsMfa(_) => self.started_at.plus(limits::SIGN_IN_SECONDS),
            Stage::Active => self
                .seen_at
                .plus(limits::ADMIN_IDLE_SECONDS)
                .min(self.started_at.plus(limits::ADMIN_SESSION_SECONDS)),
        }
    }

    /// The session before its second step: itself, or what it was until a moment ago.
    pub(super) fn awaiting(&self) -> Option<Awaiting> {
        match self.stage {
            Stage::AwaitsMfa(sign_in) => {
                Some(Awaiting { hash: self.hash, sign_in, until: self.ends_at() })
            }
            Stage::Active => self.before,
        }
    }
}
