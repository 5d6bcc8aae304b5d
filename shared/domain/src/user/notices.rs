//! The notices to one destination of one user: which are sent at once, and which wait for a digest.
//!
//! A claim precedes each send, so that nobody sends a notice beside another process. What was
//! claimed and not finished is due again a little later, so that nothing is lost with a process.

use super::{Entry, EntryKind, FreezeGround, How};
use crate::{Device, Locale, Sealed, Timestamp, WriteId, limits};

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Notices {
    /// The recipient, kept only while something is unsent.
    pub recipient: Option<Recipient>,
    /// The kinds of which one was sent at once within the hour, with the moment.
    pub at_once: Vec<(EntryKind, Timestamp)>,
    pub unsent: Vec<Unsent>,
    /// The ids of the entries that were taken, newest last.
    pub taken: Vec<String>,
}

/// The recipient of notices, who may be known nowhere else any more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recipient {
    pub sealed: Sealed,
    pub locale: Option<Locale>,
}

/// Notices of one kind that are not known to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unsent {
    pub kind: EntryKind,
    pub count: u32,
    pub newest: Timestamp,
    /// The way in which that one came about.
    pub how: Option<How>,
    /// The device it came from, if that is known.
    pub device: Option<Device>,
    /// The ground on which that one carries a freeze link, if it does.
    pub freeze: Option<FreezeGround>,
    /// The moment at which the first was taken.
    pub since: Timestamp,
    /// The moment from which they are to be sent by whoever sees them.
    pub due: Timestamp,
    /// The write that claimed them, if somebody is sending them now.
    pub claim: Option<WriteId>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Taken {
    /// Nothing: it came before.
    Before,
    /// To send it at once; it is claimed.
    SendNow,
    /// Nothing now: it waits for the digest.
    Waits,
}

/// The notices that one message tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Digest {
    /// Those that change who can get in before all others, and the newest first.
    pub changes: Vec<Unsent>,
    /// The number that a send claimed before and never finished; they may be sent twice.
    pub claimed_before: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unfinished {
    /// It was surely not sent.
    NotSent,
    /// It may have been sent, or must not be sent now: the next try is as late as a digest.
    Later,
}

impl Notices {
    /// Takes an entry: the first of each kind in an hour is sent at once under this claim, all
    /// others wait.
    pub fn take(
        &mut self,
        id: &str,
        entry: &Entry,
        freeze: Option<FreezeGround>,
        recipient: Recipient,
        now: Timestamp,
        claim: WriteId,
    ) -> Taken {
        let kind = entry.kind;
        if self.taken.iter().any(|taken| taken == id) {
            return Taken::Before;
        }
        self.taken.push(id.to_owned());
        let surplus = self.taken.len().saturating_sub(limits::NOTICES_REMEMBERED);
        self.taken.drain(..surplus);
        self.recipient = Some(recipient);
        self.at_once.retain(|(_, sent)| now.since(*sent) < limits::HOUR_SECONDS);
        let (newest, how, device) = (entry.at, entry.how(), entry.device);
        let new = Unsent {
            kind,
            count: 1,
            newest,
            how,
            device,
            freeze,
            since: now,
            due: now,
            claim: None,
        };
        if !self.at_once.iter().any(|(sent, _)| *sent == kind) {
            self.at_once.push((kind, now));
            let due = now.plus(limits::NOTICE_CLAIM_SECONDS);
            self.unsent.push(Unsent { due, claim: Some(claim), ..new });
            return Taken::SendNow;
        }
        let due = now.plus(limits::DIGEST_SECONDS);
        add(&mut self.unsent, Unsent { due, ..new });
        Taken::Waits
    }

    /// Returns the moment from which something is to be sent, if anything is unsent.
    pub fn due(&self) -> Option<Timestamp> {
        self.unsent.iter().map(|unsent| unsent.due).min()
    }

    /// Claims everything for one message, if anything is due; what somebody else is sending now is
    /// left to them.
    pub fn claim_due(&mut self, now: Timestamp, claim: WriteId) -> Option<Digest> {
        if self.due().is_none_or(|due| now < due) {
            return None;
        }
        let all = std::mem::take(&mut self.unsent);
        let (being_sent, left): (Vec<_>, Vec<_>) =
            all.into_iter().partition(|unsent| unsent.claim.is_some() && now < unsent.due);
        let claimed = left.iter().filter(|unsent| unsent.claim.is_some());
        let claimed_before = claimed.map(|unsent| unsent.count).sum();
        let mut changes = vec![];
        let due = now.plus(limits::NOTICE_CLAIM_SECONDS);
        for unsent in left {
            add(&mut changes, Unsent { claim: None, due, ..unsent });
        }
        for change in &mut changes {
            change.claim = Some(claim);
        }
        changes.sort_by_key(|change| {
            (!change.kind.changes_who_gets_in(), std::cmp::Reverse(change.newest))
        });
        self.unsent = [being_sent, changes.clone()].concat();
        Some(Digest { changes, claimed_before })
    }

    /// Takes off what this claim has sent.
    pub fn finish(&mut self, claim: WriteId) {
        self.unsent.retain(|unsent| unsent.claim != Some(claim));
        self.forget_recipient();
    }

    /// Gives back what this claim has not sent, to be tried again. What could not be sent for
    /// [`limits::NOTICE_TRIED_SECONDS`] is given up, and returned.
    pub fn give_back(
        &mut self,
        claim: WriteId,
        now: Timestamp,
        unfinished: Unfinished,
    ) -> Vec<Unsent> {
        let wait = match unfinished {
            Unfinished::NotSent => limits::NOTICE_CLAIM_SECONDS,
            Unfinished::Later => limits::DIGEST_SECONDS,
        };
        let all = std::mem::take(&mut self.unsent);
        let (ours, others): (Vec<_>, Vec<_>) =
            all.into_iter().partition(|unsent| unsent.claim == Some(claim));
        let is_old = |unsent: &Unsent| now.since(unsent.since) >= limits::NOTICE_TRIED_SECONDS;
        let (given_up, tried_again): (Vec<_>, Vec<_>) = ours.into_iter().partition(is_old);
        self.unsent = others;
        for unsent in tried_again {
            add(&mut self.unsent, Unsent { claim: None, due: now.plus(wait), ..unsent });
        }
        self.forget_recipient();
        given_up
    }

    fn forget_recipient(&mut self) {
        if self.unsent.is_empty() {
            self.recipient = None;
        }
    }
}

/// Adds notices to those of their kind that wait too.
fn add(all: &mut Vec<Unsent>, new: Unsent) {
    match all.iter_mut().find(|unsent| unsent.kind == new.kind && unsent.claim.is_none()) {
        Some(waiting) => {
            waiting.count = waiting.count.saturating_add(new.count);
            if waiting.newest <= new.newest {
                (waiting.newest, waiting.how, waiting.device) = (new.newest, new.how, new.device);
            }
            waiting.freeze = new.freeze.or(waiting.freeze);
            waiting.since = waiting.since.min(new.since);
            waiting.due = waiting.due.min(new.due);
        }
        None => all.push(new),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::KeyVersion;
    use EntryKind::{ContactChanged, Enrolled, Locked, Reset};

    const NOW: Timestamp = Timestamp::from_unix(1_800_000_000);

    fn claim(n: u8) -> WriteId {
        WriteId::new([n; 12])
    }

    fn after(minutes: i64) -> Timestamp {
        NOW.plus(minutes * 60)
    }

    fn told(notices: &mut Notices, id: &str, kind: EntryKind, now: Timestamp) -> Taken {
        let sealed = Sealed { version: KeyVersion(1), bytes: vec![1] };
        let recipient = Recipient { sealed, locale: None };
        notices.take(id, &kind.at(now), None, recipient, now, claim(1))
    }

    fn counts(digest: &Digest) -> Vec<(EntryKind, u32)> {
        digest.changes.iter().map(|change| (change.kind, change.count)).collect()
    }

    #[test]
    fn s31_the_first_of_each_kind_in_an_hour_is_sent_at_once_whatever_came_before_it() {
        let mut notices = Notices::default();
        for n in 0..1_000 {
            let wanted = if n == 0 { Taken::SendNow } else { Taken::Waits };
            assert_eq!(told(&mut notices, &format!("a.{n}"), Locked, NOW), wanted);
        }
        for (n, kind) in EntryKind::ALL.iter().filter(|kind| kind.is_notified()).enumerate() {
            let wanted = if *kind == Locked { Taken::Waits } else { Taken::SendNow };
            assert_eq!(told(&mut notices, &format!("b.{n}"), *kind, after(59)), wanted, "{kind:?}");
        }
        assert_eq!(told(&mut notices, "c.0", Locked, after(60)), Taken::SendNow);
        assert_eq!(told(&mut notices, "c.1", Enrolled, after(60)), Taken::Waits);
    }

    #[test]
    fn s25_an_entry_that_comes_again_is_not_counted_again() {
        let mut notices = Notices::default();
        told(&mut notices, "a.0", Reset, NOW);
        told(&mut notices, "a.1", Reset, NOW);
        let before = notices.clone();
        for (id, now) in [("a.0", NOW), ("a.1", NOW), ("a.0", after(120)), ("a.1", after(120))] {
            assert_eq!(told(&mut notices, id, Reset, now), Taken::Before);
            assert_eq!(notices, before);
        }
        for n in 0..limits::NOTICES_REMEMBERED * 2 {
            told(&mut notices, &format!("b.{n}"), Reset, NOW);
        }
        assert_eq!(notices.taken.len(), limits::NOTICES_REMEMBERED);
        let last = format!("b.{}", limits::NOTICES_REMEMBERED * 2 - 1);
        assert_eq!(told(&mut notices, &last, Reset, NOW), Taken::Before, "the newest are kept");
    }

    #[test]
    fn the_rest_is_one_digest_within_the_hour_takeovers_before_the_rest_and_the_newest_first() {
        let mut notices = Notices::default();
        for (n, (kind, minutes)) in [
            (Reset, 0),
            (Locked, 0),
            (ContactChanged, 0),
            (Reset, 1),
            (Reset, 2),
            (ContactChanged, 3),
            (Locked, 4),
        ]
        .into_iter()
        .enumerate()
        {
            if told(&mut notices, &format!("a.{n}"), kind, after(minutes)) == Taken::SendNow {
                notices.finish(claim(1));
            }
        }
        assert_eq!(notices.due(), Some(after(56)));
        assert_eq!(notices.claim_due(after(56).plus(-1), claim(2)), None);
        let digest = notices.claim_due(after(56), claim(2)).unwrap();
        assert_eq!(counts(&digest), [(ContactChanged, 1), (Reset, 2), (Locked, 1)]);
        assert_eq!((digest.claimed_before, digest.changes[1].newest), (0, after(2)));
        assert_eq!(notices.claim_due(after(56), claim(3)), None, "another sweep finds nothing");
        notices.finish(claim(3));
        assert!(notices.recipient.is_some(), "only the claim that sent it finishes it");
        notices.finish(claim(2));
        assert_eq!(
            (notices.unsent.as_slice(), notices.recipient, notices.taken.len()),
            ([].as_slice(), None, 7)
        );
    }

    #[test]
    fn a_claim_that_was_not_finished_is_taken_up_after_five_minutes_with_all_that_waits() {
        let mut notices = Notices::default();
        told(&mut notices, "a.0", Reset, NOW);
        told(&mut notices, "a.1", Reset, after(4));
        assert_eq!(notices.due(), Some(after(5)));
        assert_eq!(notices.claim_due(after(4), claim(2)), None);
        let digest = notices.claim_due(after(5), claim(2)).unwrap();
        assert_eq!((counts(&digest), digest.claimed_before), (vec![(Reset, 2)], 1));
        // The new claim dies too, while somebody sends another kind.
        assert_eq!(told(&mut notices, "a.2", Enrolled, after(9)), Taken::SendNow);
        let digest = notices.claim_due(after(10), claim(3)).unwrap();
        assert_eq!((counts(&digest), digest.claimed_before), (vec![(Reset, 2)], 2));
        notices.finish(claim(1));
        notices.finish(claim(3));
        assert_eq!(notices.unsent, []);
    }

    #[test]
    fn what_was_not_sent_is_tried_again_for_a_day_and_what_may_be_sent_only_with_a_digest() {
        let mut notices = Notices::default();
        told(&mut notices, "a.0", Reset, NOW);
        assert_eq!(notices.give_back(claim(1), NOW, Unfinished::NotSent), []);
        assert_eq!(notices.due(), Some(after(5)));
        notices.claim_due(after(5), claim(2)).unwrap();
        assert_eq!(notices.give_back(claim(2), after(5), Unfinished::Later), []);
        assert_eq!(notices.due(), Some(after(60)));
        let day = 24 * 60;
        notices.claim_due(after(day - 1), claim(3)).unwrap();
        assert_eq!(notices.give_back(claim(3), after(day - 1), Unfinished::NotSent), []);
        assert!(notices.recipient.is_some());
        let digest = notices.claim_due(after(day + 4), claim(4)).unwrap();
        assert_eq!(digest.claimed_before, 0, "each claim was given back");
        let given_up = notices.give_back(claim(4), after(day + 4), Unfinished::NotSent);
        assert_eq!(given_up, digest.changes);
        assert_eq!((notices.due(), notices.recipient), (None, None));
    }
}
