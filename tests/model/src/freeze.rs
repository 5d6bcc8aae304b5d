//! Links of notices, "This was not me", and the freeze that one brings.

use crate::{
    Answer, Model,
    history::{DAY, Fact},
};

#[derive(Clone, Debug)]
pub(crate) struct FreezeLink {
    pub(crate) to: String,
    pub(crate) at: i64,
    is_at_once: bool,
    place: usize,
}

impl Model {
    /// Returns the addresses that have been the user's for a day, in lower case.
    pub(crate) fn addresses_of_a_day(&self) -> Vec<String> {
        if !self.known {
            return vec![];
        }
        let is_old = |since: i64| self.now - since >= DAY;
        let verified = self.verified().filter(|_| self.new_address_at.is_none_or(is_old));
        let bound = self.bound.iter().filter(|bound| bound.of.contains('@') && is_old(bound.since));
        let all = verified.into_iter().chain(bound.map(|bound| &bound.of));
        all.map(|to| to.to_ascii_lowercase()).collect()
    }

    /// Issues the links of the notices of a change, to addresses that were old before it.
    pub(crate) fn issue_links(&mut self, kind: &str, old: &[String], before: &[String]) {
        if !self.terms.self_service || !self.known || self.frozen || kind == "erased" {
            return;
        }
        for to in before.iter().filter(|to| old.contains(to)) {
            let (to, at, place) = (to.clone(), self.now, self.history.len());
            let is_at_once = kind == "bypass_issued" && self.goes_at_once(kind, &to);
            self.links.push(FreezeLink { to, at, is_at_once, place });
        }
    }

    pub fn freeze_links(&self) -> Vec<String> {
        self.links.iter().map(|link| link.to.clone()).collect()
    }

    /// Returns the newest link, this many back, that its user has: by mail only one that was sent
    /// at once. The moment of others is known to whoever sends them alone.
    pub(crate) fn link_at_hand(&self, back: usize) -> Option<usize> {
        let by_mail = self.shared.is_some();
        let is_there = |link: &FreezeLink| !by_mail || link.is_at_once;
        let at_hand = self.links.iter().enumerate().rev().filter(|(_, link)| is_there(link));
        at_hand.map(|(place, _)| place).nth(back)
    }

    pub(crate) fn freeze(&mut self, link: usize) -> Answer {
        let dead = Answer::Refused("freeze_link_refused", None);
        let Some(link) = self.links.get(link).cloned() else { return dead };
        // Nobody but a user changes the record here, and what a user drops keeps its links.
        if !self.known || self.now - link.at >= 7 * DAY {
            return dead;
        }
        match self.history.freezes_since(link.place) {
            Some(0) => {}
            Some(1) if self.frozen => return Answer::Done,
            Some(_) | None => return dead,
        }
        self.frozen = true;
        // The address of an earlier freeze stays the one that a link may go to.
        self.link_only.get_or_insert(Some(link.to));
        self.forget_sign_ins();
        self.end_trust();
        (self.ticket, self.bypass, self.set) = (None, None, None);
        self.history.add(self.now, Fact::Frozen);
        self.note("frozen");
        Answer::Done
    }

    pub(crate) fn link_address(&self) -> Option<String> {
        let address = self.verified().filter(|_| !self.holds_address())?;
        match &self.link_only {
            Some(only) => only.clone().filter(|only| only.eq_ignore_ascii_case(address))?,
            None => address.clone(),
        };
        Some(address.clone())
    }

    pub(crate) fn holds_address(&self) -> bool {
        let is_new = |since: i64| self.now - since < DAY;
        self.terms.holds_addresses && self.address_since.is_some_and(is_new)
    }

    /// Notes the moment of a new verified address. The first one of a user who has something to
    /// guard is held like a changed one.
    pub(crate) fn note_address(&mut self, before: Option<&String>) {
        let now = self.now;
        let Some(after) = self.verified() else { return };
        let (is_changed, is_held) = match before {
            Some(before) => {
                let other = !before.eq_ignore_ascii_case(after);
                (other, other)
            }
            None => (true, self.is_guarded()),
        };
        if is_changed {
            self.new_address_at = Some(now);
        }
        if is_held {
            self.address_since = Some(now);
        }
    }
}
