//! Sessions of admins: opened by the password, of use after the second step, ended by time or at
//! once.

use crate::{
    Device, FormId, Malformed, Nonce, SignInKey, Timestamp, UnknownMembers, limits,
    values::id::byte_id,
};

byte_id!(
    /// SHA-256 of a session's secret.
    SessionHash, 32, "the session"
);

byte_id!(
    /// The name of a session in a list: the first bytes of its hash, which open nothing and from
    /// which the secret cannot be found.
    SessionId, 12, "the session id"
);

impl SessionHash {
    pub fn id(&self) -> SessionId {
        let [a, b, c, d, e, f, g, h, i, j, k, l, ..] = *self.as_bytes();
        SessionId::new([a, b, c, d, e, f, g, h, i, j, k, l])
    }

    /// Returns the nonce of the sign-in that a session with this hash awaits: opaque, fresh, and
    /// long enough for one.
    pub fn nonce(&self) -> Result<Nonce, Malformed> {
        let start: String = self.to_string().chars().take(40).collect();
        Nonce::parse(&start)
    }

    /// Returns the nonce of another sign-in of an active session with this hash, which a form of
    /// the console asks for: the same form again finds the same sign-in.
    pub fn nonce_of(&self, form: FormId, what_for: SignInFor) -> Result<Nonce, Malformed> {
        Nonce::parse(&format!("{}.{}{form}", self.nonce()?, what_for.letter()))
    }

    /// Returns true if a sign-in with this nonce is one of this session's.
    pub fn began(&self, nonce: &Nonce) -> bool {
        let Ok(own) = self.nonce() else { return false };
        let rest = nonce.as_str().strip_prefix(own.as_str());
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    }
}

/// The purpose of a sign-in within an active session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignInFor {
    /// A fresh second step.
    Proof,
    /// The settings of the admin's own second step.
    Settings,
}

impl SignInFor {
    /// No letter begins the nonces of two purposes.
    const fn letter(self) -> char {
        match self {
            Self::Proof => 'p',
            Self::Settings => 's',
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AdminSession {
    pub hash: SessionHash,
    /// The moment the password was accepted.
    pub started_at: Timestamp,
    /// The last request, to the minute.
    pub seen_at: Timestamp,
    /// The last second step; before the first, the moment the password was accepted.
    pub proved_at: Timestamp,
    pub stage: Stage,
    /// The session that it was before its second step, while a lost reply may be asked for again.
    pub before: Option<Awaiting>,
    pub device: Option<Device>,
    pub unknown: UnknownMembers,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Awaiting {
    pub hash: SessionHash,
    /// The sign-in of the portal `console` that is the second step.
    pub sign_in: SignInKey,
    /// The moment from which it can no longer become active.
    pub until: Timestamp,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// The second step is open, as this sign-in of the portal `console`.
    AwaitsMfa(SignInKey),
    Active,
}

impl AdminSession {
    /// Returns the moment it ends if it is not used again.
    pub fn ends_at(&self) -> Timestamp {
        match self.stage {
            Stage::AwaitsMfa(_) => self.started_at.plus(limits::SIGN_IN_SECONDS),
            Stage::Active => self
                .seen_at
                .plus(limits::ADMIN_IDLE_SECONDS)
                .min(self.started_at.plus(limits::ADMIN_SESSION_SECONDS)),
        }
    }

    pub(super) fn is_open(&self, now: Timestamp) -> bool {
        now < self.ends_at() && !self.unknown.need_a_newer_release()
    }

    /// The session before its second step: itself, or what it was until a moment ago.
    pub(super) fn awaiting(&self) -> Option<Awaiting> {
        if self.unknown.need_a_newer_release() {
            return None;
        }
        match self.stage {
            Stage::AwaitsMfa(sign_in) => {
                Some(Awaiting { hash: self.hash, sign_in, until: self.ends_at() })
            }
            Stage::Active => self.before,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn s30_the_sign_ins_of_a_session_are_its_own_and_of_one_purpose() {
        let [own, other] = [SessionHash::new([1; 32]), SessionHash::new([2; 32])];
        let [one, two] = [FormId::new([3; 12]), FormId::new([4; 12])];
        let of = |form, what_for| own.nonce_of(form, what_for).unwrap();
        let all = [
            own.nonce().unwrap(),
            of(one, SignInFor::Proof),
            of(two, SignInFor::Proof),
            of(one, SignInFor::Settings),
        ];
        for (n, nonce) in all.iter().enumerate() {
            assert!(own.began(nonce) && !other.began(nonce), "{n}");
            assert!(!all.iter().skip(n + 1).any(|next| next == nonce), "{n}");
        }
        let longer = Nonce::parse(&format!("{}A", own.nonce().unwrap().as_str())).unwrap();
        assert!(!own.began(&longer));
    }
}
