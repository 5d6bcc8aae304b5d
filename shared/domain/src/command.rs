//! The shape of every command: what it sees, and what it decides.

use crate::{
    AuthenticatorId, Codebook, Portal, Refusal, Settings, SignInKey, Timestamp, TotpSecret, User,
    WriteId, user::Entry,
};

/// What a command sees beside the user.
#[derive(Clone, Copy)]
pub struct Scene<'a> {
    /// The portal, read together with the user.
    pub portal: &'a Portal,
    /// The system's settings, read together with the user.
    pub settings: &'a Settings,
    /// The portal's keys.
    pub keys: &'a dyn Codebook,
    /// The moment of the read.
    pub now: Timestamp,
    /// Random bytes for this decision.
    pub draw: &'a Draw,
}

/// What a command decided: the state to write, the entries it caused, and the answer once that is written.
/// A command that decides to write nothing returns `Err(Refusal)` or [`Decided::unchanged`].
#[derive(Debug)]
pub struct Decided<T> {
    /// The new state; none where there is nothing to write.
    pub user: Option<User>,
    /// What goes to the activity log.
    pub entries: Vec<Entry>,
    /// The kind of outcome, kept beside the write id.
    pub kind: &'static str,
    /// What is answered after the write.
    pub answer: Result<T, Refusal>,
}

impl<T> Decided<T> {
    /// An answer that needs no write.
    pub const fn unchanged(answer: T) -> Self {
        Self { user: None, entries: vec![], kind: "unchanged", answer: Ok(answer) }
    }

    /// The same decision with another form of answer.
    pub fn map<U>(self, form: impl FnOnce(T) -> U) -> Decided<U> {
        Decided {
            user: self.user,
            entries: self.entries,
            kind: self.kind,
            answer: self.answer.map(form),
        }
    }

    /// A new state, with the entries remembered in it.
    pub fn write(
        mut user: User,
        entries: Vec<Entry>,
        kind: &'static str,
        answer: Result<T, Refusal>,
    ) -> Self {
        user.remember(&entries);
        Self { user: Some(user), entries, kind, answer }
    }
}

/// Random bytes for one decision, drawn anew when it is decided again.
#[derive(Clone)]
pub struct Draw {
    /// The id of the write.
    pub write: WriteId,
    /// The key of a sign-in, should one be opened.
    pub sign_in: SignInKey,
    /// The id of an authenticator, should one be made.
    pub authenticator: AuthenticatorId,
    /// The nonce of a seal.
    pub nonce: [u8; 12],
    /// The secret of an authenticator app.
    pub secret: TotpSecret,
}

impl Draw {
    /// How many random bytes one decision needs.
    pub const LEN: usize = 12 + 16 + 8 + 12 + 20;

    /// Cuts random bytes into what a decision may need.
    pub fn new(bytes: &[u8; Self::LEN]) -> Self {
        let (write, rest) = cut(bytes);
        let (sign_in, rest) = cut(rest);
        let (authenticator, rest) = cut(rest);
        let (nonce, rest) = cut(rest);
        let (secret, _) = cut(rest);
        Self {
            write: WriteId::new(write),
            sign_in: SignInKey::new(sign_in),
            authenticator: AuthenticatorId::new(authenticator),
            nonce,
            secret: TotpSecret::new(secret),
        }
    }
}

/// The first `N` bytes and the rest; the lengths above add up, so nothing is ever filled up with zeros.
fn cut<const N: usize>(bytes: &[u8]) -> ([u8; N], &[u8]) {
    bytes.split_first_chunk::<N>().map_or(([0; N], &[]), |(head, rest)| (*head, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_random_byte_is_used_once() {
        let bytes: [u8; Draw::LEN] = std::array::from_fn(|i| u8::try_from(i + 1).unwrap());
        let draw = Draw::new(&bytes);
        let parts = [
            draw.write.as_bytes().as_slice(),
            draw.sign_in.as_bytes(),
            draw.authenticator.as_bytes(),
            &draw.nonce,
            draw.secret.expose(),
        ];
        assert_eq!(parts.concat(), bytes);
    }
}
