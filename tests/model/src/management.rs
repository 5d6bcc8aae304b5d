//! Commands of users, portals and admins outside of a sign-in.

use crate::{
    Answer, Contact, Model, PasswordProof,
    account::HandedOut,
    history::{Fact, MINUTE, Side},
    sign_in::Asked,
};

const UNKNOWN: Answer = Answer::Refused("user_unknown", None);

impl Model {
    pub(crate) fn skip(&mut self, n: usize) -> Answer {
        match self.may_go_on(n) {
            Err(refused) => return refused,
            Ok((_, Asked::Enrolment { or_none: true })) => {}
            Ok(_) => return Answer::Refused("skip_not_allowed", None),
        }
        let (reason, entry) = if self.preset.may_decline() {
            self.skipped = Some(self.generation);
            ("skipped", "opted_out")
        } else {
            self.use_grace();
            ("grace", "grace_used")
        };
        let now = self.now;
        if let Some(sign_in) = self.sign_ins.get_mut(n) {
            sign_in.let_in(now, reason);
        }
        self.note(entry);
        self.shown(n)
    }

    pub(crate) fn opt_in(&mut self) -> Answer {
        if !self.known {
            return UNKNOWN;
        }
        let counts =
            self.enabled && self.preset.may_decline() && self.skipped == Some(self.generation);
        if !counts {
            return Answer::Refused("not_skipped", None);
        }
        self.skipped = None;
        self.note("opted_in");
        Answer::Done
    }

    pub(crate) fn unset_default(&mut self) -> Answer {
        if !self.known {
            return UNKNOWN;
        }
        if self.default.take().is_some() {
            self.note("default_unset");
        }
        Answer::Done
    }

    pub(crate) fn set_contact(&mut self, contact: &Contact) -> Answer {
        let was = self.known.then(|| self.contact.clone());
        self.learn_contact(contact);
        match was {
            None => self.note("contact_added"),
            Some(was) if was != self.contact => self.note("contact_changed"),
            Some(_) => {}
        }
        Answer::Done
    }

    /// Ends what an old password began, and lifts the lock of strangers; once for each newer
    /// change.
    pub(crate) fn change_password(
        &mut self,
        contact: &Contact,
        at: i64,
        by: PasswordProof,
    ) -> Answer {
        let answer = self.set_contact(contact);
        if self.history.password_change().is_some_and(|(_, known, _)| at <= known) {
            return answer;
        }
        let is_locked = self.history.lock_of(Side::Strangers, self.now).is_some();
        if is_locked && self.history.next_lift(self.now).is_none() {
            self.history.add(self.now, Fact::Admitted);
        }
        self.history.add(self.now, Fact::PasswordChanged(at, by));
        self.end_trust();
        self.forget_sign_ins();
        self.note("password_changed");
        answer
    }

    /// Updates the contact record. A verified address keeps its spelling, and an unverified one
    /// never replaces it.
    pub(crate) fn learn_contact(&mut self, given: &Contact) {
        let before = self.verified().cloned();
        let mut kept = given.clone();
        let known = self.contact.email.clone().filter(|_| self.known && self.contact.verified);
        if let (Some(known), Some(new)) = (known, &given.email) {
            let same = known.eq_ignore_ascii_case(new);
            if same || !given.verified {
                kept.verified = given.verified || !same;
                kept.email = Some(known);
            }
        }
        (self.known, self.contact) = (true, kept);
        self.note_address(before.as_ref());
    }

    pub(crate) fn reset(&mut self) -> Answer {
        if !self.known {
            return UNKNOWN;
        }
        self.reset_pending |= self.is_guarded();
        self.grace.is_over |= self.reset_pending;
        self.bound.clear();
        self.end_trust();
        self.forget_sign_ins();
        (self.skipped, self.default, self.disabled) = (None, None, false);
        (self.ticket, self.bypass, self.set, self.frozen) = (None, None, None, false);
        self.passkeys.declined = None;
        self.history.add(self.now, Fact::Reset);
        self.note("reset");
        Answer::Done
    }

    pub(crate) fn is_guarded(&self) -> bool {
        let is_bound = !self.bound.is_empty() || self.default.is_some();
        let begins_again = self.reset_pending || self.link_only.is_some();
        is_bound || self.disabled || self.frozen || begins_again
    }

    pub(crate) fn forget_sign_ins(&mut self) {
        for sign_in in &mut self.sign_ins {
            sign_in.forgotten = true;
            sign_in.pending = None;
        }
    }

    pub(crate) fn unlock(&mut self) -> Answer {
        if !self.known {
            return UNKNOWN;
        }
        if !self.history.is_locked(self.now) {
            return Answer::Done;
        }
        if let Some(until) = self.history.next_lift(self.now) {
            return Answer::Refused("unlock_limit", Some(until - self.now));
        }
        self.history.add(self.now, Fact::Unlocked);
        self.note("unlocked");
        Answer::Done
    }

    pub(crate) fn clear_skip(&mut self) -> Answer {
        if !self.known {
            return UNKNOWN;
        }
        if self.skipped.take().is_some() {
            self.note("skip_cleared");
        }
        Answer::Done
    }

    pub(crate) fn issue_bypass(&mut self) -> Answer {
        if !self.known {
            return UNKNOWN;
        }
        if self.frozen {
            return Answer::Refused("frozen", None);
        }
        if self.disabled {
            return Answer::Refused("authenticator_disabled", None);
        }
        self.bypass = Some(HandedOut { text: None, ends: self.now + 10 * MINUTE });
        self.note("bypass_issued");
        Answer::Done
    }

    /// Erases the user, but keeps the counters, the lock, and the fact that something was bound.
    pub(crate) fn erase(&mut self) -> Answer {
        if !self.known {
            return UNKNOWN;
        }
        self.known = false;
        self.reset_pending |= self.is_guarded();
        self.grace.is_over |= self.reset_pending;
        self.bound.clear();
        self.end_trust();
        self.forget_sign_ins();
        (self.skipped, self.default) = (None, None);
        (self.ticket, self.bypass, self.set) = (None, None, None);
        (self.new_address_at, self.address_since) = (None, None);
        // Nobody knows the address any more.
        self.link_only = self.link_only.as_ref().map(|_| None);
        self.passkeys.declined = None;
        self.history.add(self.now, Fact::Erased);
        self.caused.push("erased");
        self.entries.clear();
        self.proven.clear();
        if let Some(shared) = &mut self.shared {
            shared.held_back.clear();
        }
        Answer::Done
    }

    pub(crate) fn switch(&mut self, on: bool) -> Answer {
        if !self.preset.can_be_switched() {
            return Answer::Refused("policy_locked", None);
        }
        if on && !self.enabled && self.preset.begins_anew() {
            self.generation += 1;
        }
        self.enabled = on;
        Answer::Done
    }
}
