//! The shape of every command: what it sees, and what it decides.

use crate::{
    AuthenticatorId, Destination, Email, FullWindow, Locale, Portal, PortalKeys, RecoverySetId,
    Refusal, Settings, TextHash, Timestamp, TotpSecret, TransactionText, User, UserId, WriteId,
    decision::WriteKind,
    passkey::{RelyingParty, ServiceAddress},
    portal::ShownBy,
    user::{Entry, LinkOnly, SignIn, Tombstone},
};

/// Everything a command sees beside the user.
#[derive(Clone, Copy)]
pub struct DecisionContext<'a> {
    /// The portal, read together with the user.
    pub portal: &'a Portal,
    /// The system's settings, read together with the user.
    pub settings: &'a Settings,
    pub service: &'a ServiceAddress,
    pub keys: &'a dyn PortalKeys,
    /// The moment of the decision, right after the read.
    pub now: Timestamp,
    pub random_bytes: &'a RandomBytes,
    pub tombstone: Option<&'a Tombstone>,
    /// The window of a full cap that holds back the message of this decision, if one does.
    pub full: Option<FullWindow>,
    /// The language that the caller's browser asks for.
    pub asked_language: Option<&'a Locale>,
    /// The text that the caller hands over, for the user to confirm.
    pub text: Option<&'a TransactionText>,
}

impl DecisionContext<'_> {
    pub fn locale(&self, user: &User) -> Option<Locale> {
        self.portal.locale_for(Some(user)).or(self.asked_language).cloned()
    }

    /// Returns the party that passkeys are made for and used with on these pages; `None` if there
    /// is none.
    pub fn relying_party(&self, shown_by: ShownBy) -> Option<RelyingParty> {
        self.portal.relying_party(self.settings, self.service, shown_by)
    }

    /// Returns the hash of the text that the caller hands over.
    pub fn text_hash(&self) -> Option<TextHash> {
        self.text.map(|text| TextHash::new(self.keys.hash(text.as_str().as_bytes())))
    }

    /// Returns the text that the user of a sign-in confirms; `None` if there is none to confirm.
    ///
    /// # Errors
    /// [`Refusal::TextRefused`] if the caller does not hand over that text.
    pub fn text_of(&self, sign_in: &SignIn) -> Result<Option<&TransactionText>, Refusal> {
        let is_its_own = self.text_hash() == sign_in.text;
        if is_its_own { Ok(self.text) } else { Err(Refusal::TextRefused) }
    }

    pub fn holds_address(&self, user: &User) -> bool {
        self.portal.policy.contact_hold && user.has_new_address(self.now)
    }

    /// Returns the address that a link to enrol again may go to. A policy may hold a new one; after
    /// a freeze it is only the one of [`User::link_only_to`], so that whoever changed the contact
    /// record meanwhile gets no link.
    pub fn link_address<'a>(&self, user: &'a User) -> Option<&'a Email> {
        let address = user.contact.verified_email().filter(|_| !self.holds_address(user))?;
        let hash = || self.keys.destination_hash(&Destination::Email(address.clone()));
        match user.link_only_to {
            None => Some(address),
            Some(LinkOnly::To(only)) => (hash() == only).then_some(address),
            Some(LinkOnly::Nowhere) => None,
        }
    }

    /// A user nothing is known of: new, or erased before, which clears no counter.
    pub fn newcomer(&self, id: UserId) -> User {
        match self.tombstone {
            Some(tombstone) => tombstone.revive(id),
            None => User::new(self.portal.id.clone(), id),
        }
    }
}

#[derive(Clone, Debug)]
pub enum UserState {
    Known(Box<User>),
    Erased(Box<Tombstone>),
}

/// The decision of a command: the change to write, if there is one, and the answer after the write.
///
/// A refusal that writes nothing is the `Err(Refusal)` of the command itself. One that is written
/// first, such as that of a wrong code, is made by [`Decision::refuse_and_write`].
#[derive(Debug)]
pub struct Decision<T> {
    pub change: Option<StateChange>,
    pub answer: Result<T, Refusal>,
}

/// A user's new state, and the entries of the activity log that its write causes.
#[derive(Clone, Debug)]
pub struct StateChange {
    pub state: UserState,
    pub entries: Vec<Entry>,
    pub kind: WriteKind,
}

impl<T> Decision<T> {
    pub const fn unchanged(answer: T) -> Self {
        Self { change: None, answer: Ok(answer) }
    }

    pub fn map<U>(self, form: impl FnOnce(T) -> U) -> Decision<U> {
        Decision { change: self.change, answer: self.answer.map(form) }
    }

    /// The same decision after another whose state it went on from, in one write.
    #[must_use]
    pub fn preceded_by(mut self, entries: Vec<Entry>) -> Self {
        if let Some(change) = &mut self.change {
            change.entries.splice(0..0, entries);
        }
        self
    }

    /// Writes a user's new state, and then gives this answer.
    pub fn write(user: User, entries: Vec<Entry>, kind: WriteKind, answer: T) -> Self {
        Self { change: Some(StateChange::of(user, entries, kind)), answer: Ok(answer) }
    }

    /// Writes a user's new state, and then refuses.
    pub fn refuse_and_write(
        user: User,
        entries: Vec<Entry>,
        kind: WriteKind,
        refusal: Refusal,
    ) -> Self {
        Self { change: Some(StateChange::of(user, entries, kind)), answer: Err(refusal) }
    }

    /// Erases a user, of whom nothing but counters stays.
    pub fn erase(tombstone: Tombstone, entry: Entry, answer: T) -> Self {
        let state = UserState::Erased(Box::new(tombstone));
        let (entries, kind) = (vec![entry], WriteKind::Erased);
        Self { change: Some(StateChange { state, entries, kind }), answer: Ok(answer) }
    }
}

impl StateChange {
    /// A new state, with the entries remembered in it. Those of a sign-in say on which device. Once
    /// something is set up, no reminder is remembered.
    fn of(mut user: User, entries: Vec<Entry>, kind: WriteKind) -> Self {
        let entries = user.with_devices(entries);
        user.remember(&entries);
        user.reminded_at = user.reminded_at.filter(|_| user.has_nothing_set_up());
        Self { state: UserState::Known(Box::new(user)), entries, kind }
    }
}

/// Random bytes for one decision, drawn anew when it is decided again.
#[derive(Clone)]
pub struct RandomBytes {
    pub write: WriteId,
    pub sign_in: [u8; 16],
    pub authenticator: AuthenticatorId,
    pub nonce: [u8; 12],
    pub secret: TotpSecret,
    pub bypass: [u8; 10],
    pub ticket: [u8; 16],
    pub recovery_set: RecoverySetId,
}

impl RandomBytes {
    pub const LEN: usize = 12 + 16 + 8 + 12 + 20 + 10 + 16 + 8;

    pub fn new(bytes: &[u8; Self::LEN]) -> Self {
        let (write, rest) = cut(bytes);
        let (sign_in, rest) = cut(rest);
        let (authenticator, rest) = cut(rest);
        let (nonce, rest) = cut(rest);
        let (secret, rest) = cut(rest);
        let (bypass, rest) = cut(rest);
        let (ticket, rest) = cut(rest);
        let (recovery_set, _) = cut(rest);
        Self {
            write: WriteId::new(write),
            sign_in,
            authenticator: AuthenticatorId::new(authenticator),
            nonce,
            secret: TotpSecret::new(secret),
            bypass,
            ticket,
            recovery_set: RecoverySetId::new(recovery_set),
        }
    }
}

/// The first `N` bytes and the rest; the lengths above add up, so nothing is ever filled up with
/// zeros.
fn cut<const N: usize>(bytes: &[u8]) -> ([u8; N], &[u8]) {
    bytes.split_first_chunk::<N>().map_or(([0; N], &[]), |(head, rest)| (*head, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_random_byte_is_used_once() {
        let bytes: [u8; RandomBytes::LEN] = std::array::from_fn(|i| u8::try_from(i + 1).unwrap());
        let random_bytes = RandomBytes::new(&bytes);
        let parts = [
            random_bytes.write.as_bytes().as_slice(),
            &random_bytes.sign_in,
            random_bytes.authenticator.as_bytes(),
            &random_bytes.nonce,
            random_bytes.secret.expose(),
            &random_bytes.bypass,
            &random_bytes.ticket,
            random_bytes.recovery_set.as_bytes(),
        ];
        assert_eq!(parts.concat(), bytes);
    }
}
