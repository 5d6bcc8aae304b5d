//! The part of a user that must hold again after a backup is restored: what ended, what was used
//! and what is locked. There is nothing personal in it, and nothing that opens anything.
//!
//! Each member can only make an older state of the user stricter. So the order of records and
//! their repetition do not matter, and a record that is missing takes nothing away from the others.

use super::{
    FailingBrowser, FailureRecord, Failures, GraceState, LinkOnly, PasswordChange, Tombstone, User,
    WindowCount, WrongCodes,
};
use crate::{
    AuthenticatorId, Buckets, Destination, DestinationHash, OrganisationId, Timestamp,
    UnknownMembers, limits, limits::WrongCodeLimits,
};

/// The part of a user that is in force after a write, and has to be so again after a restore.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InForce {
    /// The epoch, the counters and the locks. Its moment is that of the write.
    pub holds: Tombstone,
    /// The user was erased by this write.
    pub is_erased: bool,
    /// The authenticators that were left: an older one that is not among them was removed.
    pub bound: Vec<AuthenticatorId>,
    pub link_only_to: Option<LinkOnly>,
    pub reset_at: Option<Timestamp>,
    /// A saved default of before is still in force.
    pub has_default: bool,
    /// A skip of before is still in force.
    pub has_opted_out: bool,
    pub sessions_not_before: Option<Timestamp>,
    pub password_change: Option<PasswordChange>,
    /// Keyed hashes of the destinations that the write took out of the contact record.
    pub dropped: Vec<DestinationHash>,
    /// The organisation that the user left by the write.
    pub left: Option<OrganisationId>,
}

impl InForce {
    /// Returns what is in force after a write at this moment.
    pub fn of(
        before: Option<&User>,
        after: &User,
        hash: &dyn Fn(&Destination) -> DestinationHash,
        at: Timestamp,
    ) -> Self {
        let kept = after.reachable();
        let is_dropped = |to: &Destination| !kept.iter().any(|other| other.is_same(to));
        let dropped = before.map(User::reachable).unwrap_or_default();
        let dropped = dropped.into_iter().filter(is_dropped).map(|to| hash(&to)).collect();
        let organisation = before.and_then(|before| before.contact.organisation.clone());
        Self {
            holds: Tombstone {
                epoch: after.epoch,
                unknown: UnknownMembers::default(),
                ..Tombstone::of(after.clone(), at)
            },
            is_erased: false,
            bound: after.authenticators.iter().map(|bound| bound.id).collect(),
            link_only_to: after.link_only_to,
            reset_at: after.reset_at,
            has_default: after.email_default.is_some(),
            has_opted_out: after.opt_out.is_some(),
            sessions_not_before: after.sessions_not_before,
            password_change: after.password_change,
            dropped,
            left: organisation.filter(|left| after.contact.organisation.as_ref() != Some(left)),
        }
    }

    /// Returns what is in force after an erasure.
    pub fn erased(tombstone: &Tombstone) -> Self {
        Self {
            holds: Tombstone { unknown: UnknownMembers::default(), ..tombstone.clone() },
            is_erased: true,
            bound: vec![],
            link_only_to: tombstone.link_forced.then_some(LinkOnly::Nowhere),
            reset_at: None,
            has_default: false,
            has_opted_out: false,
            sessions_not_before: Some(tombstone.erased_at),
            password_change: None,
            dropped: vec![],
            left: None,
        }
    }

    /// Returns true if a user of this epoch was erased by it. One who came again has a later epoch.
    pub const fn erases(&self, user: &User) -> bool {
        self.is_erased && user.epoch < self.holds.epoch
    }

    /// Returns what is left of an erased user, or of one who is not in the backup: the counters
    /// and locks of both.
    pub fn on_tombstone(&self, known: Option<&Tombstone>) -> Tombstone {
        let Some(known) = known else { return self.holds.clone() };
        let record = &self.holds;
        let (older, newer) =
            if known.epoch < record.epoch { (known, record) } else { (record, known) };
        let is_same = older.epoch == newer.epoch;
        let or_older =
            |one: Option<Timestamp>, other: Option<Timestamp>| one.or(other.filter(|_| is_same));
        Tombstone {
            portal: known.portal.clone(),
            epoch: newer.epoch,
            erased_at: known.erased_at.max(record.erased_at),
            failures: stricter_failures(&known.failures, &record.failures),
            opened: later(known.opened, record.opened),
            sent: later(known.sent, record.sent),
            disabled_at: or_older(newer.disabled_at, older.disabled_at),
            frozen_at: or_older(newer.frozen_at, older.frozen_at),
            link_forced: known.link_forced || record.link_forced,
            was_guarded: known.was_guarded || record.was_guarded,
            grace: stricter_grace(known.grace, record.grace),
            unknown: known.unknown.clone(),
        }
    }

    /// Puts it in force again for a user of a backup.
    pub fn on_user(&self, mut user: User, hash: &dyn Fn(&Destination) -> DestinationHash) -> User {
        let (holds, at) = (&self.holds, self.holds.erased_at);
        if user.epoch < holds.epoch {
            user.epoch = holds.epoch;
            user.disabled_at = holds.disabled_at;
            user.frozen_at = holds.frozen_at;
            user.link_only_to = self.link_only_to;
            user.reset_at = self.reset_at;
            user.recovery_codes = None;
            user.end_trust();
            // A freeze leaves what is bound until the reset.
            if holds.frozen_at.is_none() {
                user.unknown_bound.clear();
            }
        } else if user.epoch == holds.epoch {
            user.disabled_at = user.disabled_at.or(holds.disabled_at);
            user.frozen_at = user.frozen_at.or(holds.frozen_at);
        }
        user.authenticators.retain(|one| one.bound_at > at || self.bound.contains(&one.id));
        user.email_default = user.email_default.filter(|mark| self.has_default || mark.at > at);
        user.opt_out = user.opt_out.filter(|mark| self.has_opted_out || mark.at > at);
        user.sign_ins.retain(|sign_in| sign_in.key.opened_at() > at);
        let is_later = |end: Timestamp, seconds: i64| end.plus(-seconds) > at;
        user.ticket = user.ticket.filter(|one| is_later(one.expires_at, limits::TICKET_SECONDS));
        user.bypass = user.bypass.filter(|one| is_later(one.expires_at, limits::BYPASS_SECONDS));
        user.sessions_not_before = user.sessions_not_before.max(self.sessions_not_before);
        let known = user.password_change.map(|change| change.at);
        if let Some(change) = self.password_change.filter(|change| Some(change.at) > known) {
            user.password_change = Some(change);
            user.end_trust();
        }
        let is_dropped = |to: &Destination| self.dropped.contains(&hash(to));
        user.contact.email = user
            .contact
            .email
            .take()
            .filter(|known| !is_dropped(&Destination::Email(known.address.clone())));
        let phone = user.contact.phone.take();
        user.contact.phone = phone.filter(|phone| !is_dropped(&Destination::Sms(phone.clone())));
        let organisation = user.contact.organisation.take();
        user.contact.organisation = organisation.filter(|known| self.left.as_ref() != Some(known));
        user.failures = stricter_failures(&user.failures, &holds.failures);
        (user.opened, user.sent) = (later(user.opened, holds.opened), later(user.sent, holds.sent));
        user.grace = stricter_grace(user.grace, holds.grace);
        if holds.was_guarded && !user.is_guarded() {
            // What guarded the door is lost with the backup: whoever enrols is as after a reset.
            (user.reset_at, user.grace) = (Some(at), GraceState::Over);
        }
        user
    }
}

impl User {
    /// Returns the destinations of the contact record that codes go to.
    fn reachable(&self) -> Vec<Destination> {
        let email = self.contact.verified_email().cloned().map(Destination::Email);
        let phone = self.contact.phone.clone().map(Destination::Sms);
        email.into_iter().chain(phone).collect()
    }
}

/// Counts of two states of one window, or those of the later one.
fn later<const SECONDS: i64>(
    one: Buckets<WindowCount<SECONDS>>,
    other: Buckets<WindowCount<SECONDS>>,
) -> Buckets<WindowCount<SECONDS>> {
    let of = |one: WindowCount<SECONDS>, other: WindowCount<SECONDS>| {
        let (start, count) = one.since_start().max(other.since_start());
        WindowCount::from_start(start, count)
    };
    Buckets { known: of(one.known, other.known), strangers: of(one.strangers, other.strangers) }
}

fn stricter_grace(one: GraceState, other: GraceState) -> GraceState {
    match (one, other) {
        (GraceState::NotBegun, state) | (state, GraceState::NotBegun) => state,
        (GraceState::Over, _) | (_, GraceState::Over) => GraceState::Over,
        (
            GraceState::Begun { since, sign_ins },
            GraceState::Begun { since: other, sign_ins: others },
        ) => GraceState::Begun { since: since.min(other), sign_ins: sign_ins.max(others) },
    }
}

fn stricter_failures(one: &Failures, other: &Failures) -> Failures {
    let (one, other) = (FailureRecord::from(one), FailureRecord::from(other));
    let of = limits::WRONG_CODES;
    let codes = Buckets {
        known: stricter_codes(one.codes.known, other.codes.known, &of.known),
        strangers: stricter_codes(one.codes.strangers, other.codes.strangers, &of.strangers),
    };
    let mut failing: Vec<FailingBrowser> = one.failing;
    for browser in other.failing {
        match failing.iter_mut().find(|known| known.id == browser.id) {
            Some(known) if known.wrong < browser.wrong => *known = browser,
            Some(_) => {}
            None => failing.push(browser),
        }
    }
    failing.sort_by_key(|browser| browser.since);
    let surplus = failing.len().saturating_sub(limits::FAILING_BROWSERS_KEPT);
    failing.drain(..surplus);
    let lifts = united(one.lifts, other.lifts, limits::LIFTS_PER_MONTH);
    FailureRecord { codes, lifts, failing }.into()
}

fn stricter_codes(one: WrongCodes, other: WrongCodes, limits: &WrongCodeLimits) -> WrongCodes {
    let mut days = one.days;
    for (day, count) in other.days {
        match days.iter_mut().find(|(known, _)| *known == day) {
            Some((_, known)) => *known = (*known).max(count),
            None => days.push((day, count)),
        }
    }
    days.sort_unstable();
    WrongCodes {
        in_a_row: one.in_a_row.max(other.in_a_row),
        recent: united(one.recent, other.recent, limits.per_day),
        days,
    }
}

/// Moments of two states, each as often as the state that has it more often, and at most so many
/// of the last.
fn united(mut one: Vec<Timestamp>, other: Vec<Timestamp>, most: usize) -> Vec<Timestamp> {
    let times = |of: &[Timestamp], at: &Timestamp| of.iter().filter(|known| *known == at).count();
    for at in &other {
        if times(&one, at) < times(&other, at) {
            one.push(*at);
        }
    }
    one.sort_unstable();
    let surplus = one.len().saturating_sub(most);
    one.drain(..surplus);
    one
}
