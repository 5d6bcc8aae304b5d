//! Notices of a change: they go to every destination known before it.

use crate::{Act, Model, history::HOUR};

/// The kinds of entries that cause a notice, each with words of that notice.
pub const NOTICE_KINDS: [(&str, &str); 12] = [
    ("enrolled", "A new way to sign in was set up"),
    ("opted_out", "The second step of your account was skipped"),
    ("default_set", "will now always be sent by email"),
    ("default_unset", "are no longer always sent by email"),
    ("contact_changed", "The contact details of your account were changed"),
    ("reset", "Your second step was reset"),
    ("bypass_issued", "A bypass code was issued"),
    ("erased", "Your account was erased"),
    ("authenticator_removed", "A way to sign in was removed"),
    ("recovery_codes_made", "New recovery codes were made"),
    ("recovery_code_used", "A recovery code was used"),
    ("frozen", "Sign-in to your account was stopped"),
];

/// A kind and a destination, in lower case.
pub type Notice = (&'static str, String);

impl Model {
    /// Returns every known destination of the user, in lower case.
    pub(crate) fn destinations(&self) -> Vec<String> {
        let phone = self.contact.phone.clone().filter(|_| self.known);
        let bound = self.bound.iter().filter(|bound| bound.method.is_sent());
        let bound = bound.map(|bound| bound.of.clone());
        let all = self.verified().cloned().into_iter().chain(phone).chain(bound);
        let mut all: Vec<String> = all.map(|to| to.to_ascii_lowercase()).collect();
        all.sort();
        all.dedup();
        all
    }

    pub(crate) fn take_and_notify(&mut self, act: &Act) -> crate::Answer {
        let (before, old) = (self.destinations(), self.addresses_of_a_day());
        self.caused.clear();
        let answer = self.take(act);
        let after = self.destinations();
        for kind in std::mem::take(&mut self.caused) {
            if !NOTICE_KINDS.iter().any(|(sent, _)| *sent == kind) {
                continue;
            }
            let is_told = kind != "enrolled" && kind != "recovery_codes_made";
            let new = after.iter().filter(|to| is_told && !before.contains(to));
            let whom = before.iter().chain(new);
            let told: Vec<String> = whom.cloned().collect();
            self.issue_links(kind, &old, &before);
            let first = told.iter().filter(|to| self.goes_at_once(kind, to));
            let first: Vec<_> = first.map(|to| (kind, to.clone(), self.now)).collect();
            self.sent_at_once.extend(first);
            self.notices.extend(told.into_iter().map(|to| (kind, to)));
        }
        answer
    }

    /// Returns true for the first notice of its kind to a destination within an hour, which waits
    /// for no other.
    pub(crate) fn goes_at_once(&self, kind: &str, to: &str) -> bool {
        let is_recent = |(known, of, at): &(&str, String, i64)| {
            *known == kind && of == to && self.now - at < HOUR
        };
        !self.sent_at_once.iter().any(is_recent)
    }

    pub fn notices(&self) -> Vec<Notice> {
        let mut sent = self.notices.clone();
        sent.sort();
        sent
    }
}
