//! Whom a change is told to: everybody who could be reached before it.

use crate::{Act, Method, Model};

/// The kinds of entries that change who can get in, and the words that a user is told of each in.
pub const TOLD: [(&str, &str); 8] = [
    ("enrolled", "A new way to sign in was set up"),
    ("opted_out", "The second step of your account was skipped"),
    ("default_set", "will now always be sent by email"),
    ("default_unset", "are no longer always sent by email"),
    ("contact_changed", "The contact details of your account were changed"),
    ("reset", "Your second step was reset"),
    ("bypass_issued", "A bypass code was issued"),
    ("erased", "Your account was erased"),
];

/// How often one destination is told of one kind within an hour.
pub const TOLD_PER_HOUR: usize = 10;

/// A notice: its kind, and where it went, in small letters.
pub type Notice = (&'static str, String);

impl Model {
    /// Every destination that is known to be the user's, in small letters.
    pub(crate) fn destinations(&self) -> Vec<String> {
        let phone = self.contact.phone.clone().filter(|_| self.known);
        let bound = self.bound.iter().filter(|bound| bound.method != Method::App);
        let bound = bound.map(|bound| bound.of.clone());
        let all = self.verified().cloned().into_iter().chain(phone).chain(bound);
        let mut all: Vec<String> = all.map(|to| to.to_ascii_lowercase()).collect();
        all.sort();
        all.dedup();
        all
    }

    /// Takes a command, and notes whom it has to be told to.
    pub(crate) fn take_and_tell(&mut self, act: &Act) -> crate::Answer {
        let before = self.destinations();
        self.caused.clear();
        let answer = self.take(act);
        let after = self.destinations();
        for kind in std::mem::take(&mut self.caused) {
            if !TOLD.iter().any(|(told, _)| *told == kind) {
                continue;
            }
            let new = after.iter().filter(|to| kind != "enrolled" && !before.contains(to));
            let whom = before.iter().chain(new);
            self.told.extend(whom.map(|to| (kind, to.clone())));
        }
        answer
    }

    /// Every notice so far, in order of kind and destination.
    pub fn told(&self) -> Vec<Notice> {
        let mut told = self.told.clone();
        told.sort();
        told
    }
}
