//! Everything about one user's MFA in one portal: the contents of one item.

mod activity;
mod authenticator;
mod bound;
mod bypass;
mod contact;
mod delivery;
mod destination_check;
mod end_trust;
mod failures;
mod find;
mod freeze;
mod freeze_link;
mod grace;
mod in_force;
mod known_browser;
mod locale;
mod notices;
mod passkey;
mod password_change;
mod proof;
mod recovery_codes;
mod reseal;
mod sent_message;
pub(crate) mod sign_in;
mod ticket;
mod token_keys;
mod tombstone;
mod trusted_browser;
mod window;
mod wrong_codes;

pub use activity::{
    By, CheckedBy, CountUnderWay, CountedDay, DayNumbers, Entry, EntryKind, Figure, How,
    MetricEvent, RollUp, Subject, TextCounts,
};
pub use authenticator::{Authenticator, Binding, ClockDrift};
pub use bypass::{Bypass, BypassCode};
pub use contact::contact_entry;
pub(crate) use delivery::destination_of;
pub use delivery::{Delivery, Fate, ReturnReason, Returned};
pub use destination_check::DestinationCheck;
pub use end_trust::Untrusted;
pub use failures::{FailingBrowser, FailureRecord, Failures};
pub use find::{FindKey, UserSearch};
pub use freeze::{FreezeGround, LinkOnly};
pub use freeze_link::{ClaimedFreezeLink, FreezeLink};
pub use grace::{GraceLeft, GraceState};
pub use in_force::InForce;
pub use notices::{Digest, Notices, Recipient, Taken, Unfinished, Unsent};
pub use passkey::{Passkey, PasskeyUse};
pub use password_change::{PasswordChange, PasswordProof};
pub use proof::Proof;
pub use recovery_codes::RecoveryCodes;
pub use reseal::WithdrawnCodes;
pub use sent_message::{ClaimedMessage, MessageKind, SentMessage};
pub use sign_in::SignIn;
pub use ticket::{Ticket, TicketSecret};
pub use token_keys::{TokenKeys, TokenKind};
pub use tombstone::Tombstone;
pub(crate) use trusted_browser::TokenUse;
pub use trusted_browser::TrustedBrowser;
pub use window::{DayCount, HourCount, WindowCount};
pub use wrong_codes::{Lock, WrongCodes};

use crate::{
    Acted, Buckets, Contact, DestinationHash, PortalId, SignInKey, Timestamp, UnknownBound,
    UnknownMembers, UserId, limits,
};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct User {
    /// The portal; it must match the item's key.
    pub portal: PortalId,
    /// The portal's id of the user; it must match the item's key.
    pub id: UserId,
    /// Raised by a reset, a freeze and an erasure, to end what lies elsewhere and carries it.
    pub epoch: u32,
    pub contact: Contact,
    /// The moment a verified address took the place of another, or came to a user with
    /// authenticators.
    pub address_since: Option<Timestamp>,
    /// The moment the verified address became another one, also the first, while it is so new that
    /// its notices carry no freeze link.
    pub new_address_at: Option<Timestamp>,
    /// The moment an admin took an address away, while links of before may be alive.
    pub address_taken_at: Option<Timestamp>,
    /// The authenticators of every generation.
    pub authenticators: Vec<Authenticator>,
    /// The user chose "Skip for now".
    pub opt_out: Option<Mark>,
    /// The user chose "Always use email".
    pub email_default: Option<EmailDefault>,
    /// The use of the time that policies give to set something up.
    pub grace: GraceState,
    /// The generation of the portal in which the user wanted no second way in.
    pub declined_second_way: Option<u32>,
    /// The generation of the portal in which the user wanted no passkey.
    pub declined_passkey: Option<u32>,
    /// The last reminder to set something up, for a day and while nothing is set up.
    pub reminded_at: Option<Timestamp>,
    /// A reset that the user has not enrolled after yet.
    pub reset_at: Option<Timestamp>,
    /// Somebody said by the link of a notice that a change was not theirs: nothing works until a
    /// reset.
    pub frozen_at: Option<Timestamp>,
    /// The one address that a link to enrol again may go to after a freeze, whatever the policy
    /// says. The next confirmed enrolment ends this.
    pub link_only_to: Option<LinkOnly>,
    /// Too many wrong codes in a row: nothing works until a reset.
    pub disabled_at: Option<Timestamp>,
    /// The last reset, freeze or erasure: the portal should end sessions that began earlier.
    pub sessions_not_before: Option<Timestamp>,
    /// Recent sign-ins, oldest first.
    pub sign_ins: Vec<SignIn>,
    pub failures: Failures,
    /// Sign-ins opened this hour.
    pub opened: Buckets<HourCount>,
    /// Messages sent this hour to destinations that are bound or in the contact record.
    pub sent: Buckets<HourCount>,
    /// The destinations that codes got the user in from, newest last.
    pub proofs: Vec<Proof>,
    /// The reports of providers on messages to destinations, the one heard of last at the end.
    pub deliveries: Vec<Delivery>,
    /// The last change of the password that the portal told of.
    pub password_change: Option<PasswordChange>,
    /// A mailed link to enrol again that was not used yet.
    pub ticket: Option<Ticket>,
    /// A bypass code that was not used yet.
    pub bypass: Option<Bypass>,
    /// The last set of recovery codes.
    pub recovery_codes: Option<RecoveryCodes>,
    /// Recovery codes that were wrong today.
    pub wrong_recovery_codes: Buckets<DayCount>,
    /// The browsers in which the user is not asked again for a while, oldest first.
    pub trusted_browsers: Vec<TrustedBrowser>,
    /// The last code that was sent outside of a sign-in, to check a destination.
    pub destination_check: Option<DestinationCheck>,
    /// The last entries of the activity log, oldest first.
    pub activity: Vec<Entry>,
    pub acted: Acted,
    /// Bound things and defaults that only a newer release knows.
    pub unknown_bound: Vec<UnknownBound>,
    pub unknown: UnknownMembers,
}

/// A choice the user made, good for one generation of the portal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    pub generation: u32,
    pub at: Timestamp,
}

/// "Always use email", good for one generation of the portal and for one address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EmailDefault {
    pub generation: u32,
    pub at: Timestamp,
    /// Keyed hash of the address whose codes the user chose.
    pub to: DestinationHash,
    /// The contact record has another verified address now, which guards nothing.
    pub replaced: bool,
}

impl User {
    pub fn new(portal: PortalId, id: UserId) -> Self {
        Self {
            portal,
            id,
            epoch: 0,
            contact: Contact::default(),
            address_since: None,
            new_address_at: None,
            address_taken_at: None,
            authenticators: vec![],
            opt_out: None,
            email_default: None,
            grace: GraceState::NotBegun,
            declined_second_way: None,
            declined_passkey: None,
            reminded_at: None,
            reset_at: None,
            frozen_at: None,
            link_only_to: None,
            disabled_at: None,
            sessions_not_before: None,
            sign_ins: vec![],
            failures: Failures::default(),
            opened: Buckets::default(),
            sent: Buckets::default(),
            proofs: vec![],
            deliveries: vec![],
            password_change: None,
            ticket: None,
            bypass: None,
            recovery_codes: None,
            wrong_recovery_codes: Buckets::default(),
            trusted_browsers: vec![],
            destination_check: None,
            activity: vec![],
            acted: Acted::default(),
            unknown_bound: vec![],
            unknown: UnknownMembers::default(),
        }
    }

    /// The authenticators that count in this generation of the portal.
    pub fn bound(&self, generation: u32) -> impl Iterator<Item = &Authenticator> {
        self.authenticators
            .iter()
            .filter(move |authenticator| authenticator.generation == generation)
    }

    /// Returns true if the user chose to skip, in this generation.
    pub fn has_skipped(&self, generation: u32) -> bool {
        self.opt_out.is_some_and(|mark| mark.generation == generation)
    }

    /// Returns true if nothing is bound, in any generation, and email was not made the default.
    pub fn has_nothing_set_up(&self) -> bool {
        self.authenticators.is_empty()
            && self.unknown_bound.is_empty()
            && self.email_default.is_none()
    }

    /// Returns true if an enrolment needs a proof first, or does after a reset: something was
    /// bound, in any generation, or email was made the default.
    pub fn is_guarded(&self) -> bool {
        !self.has_nothing_set_up()
            || self.disabled_at.is_some()
            || self.reset_at.is_some()
            || self.frozen_at.is_some()
            || self.link_only_to.is_some()
    }

    /// Returns true if nothing can be decided about the user without knowing what a newer release
    /// wrote. A sign-in that is over binds nobody.
    pub fn needs_a_newer_release(&self, now: Timestamp) -> bool {
        let open = self.sign_ins.iter().filter(|sign_in| now < sign_in.expires_at);
        let mut members = open.map(|sign_in| &sign_in.unknown);
        let bound = self.authenticators.iter().map(|authenticator| &authenticator.unknown);
        self.unknown.need_a_newer_release()
            || members.any(UnknownMembers::need_a_newer_release)
            || bound.into_iter().any(UnknownMembers::need_a_newer_release)
    }

    pub fn sign_in(&self, key: SignInKey) -> Option<&SignIn> {
        self.sign_ins.iter().find(|sign_in| sign_in.key == key)
    }

    pub fn sign_in_mut(&mut self, key: SignInKey) -> Option<&mut SignIn> {
        self.sign_ins.iter_mut().find(|sign_in| sign_in.key == key)
    }

    /// Drops what has run out, as every write does.
    pub fn tidy(&mut self, now: Timestamp) {
        self.sign_ins.retain(|sign_in| now < sign_in.expires_at);
        self.failures.tidy(now);
        self.tidy_reports(now);
        self.trusted_browsers.retain(|trusted| now < trusted.until(trusted.days));
        self.bypass = self.bypass.filter(|bypass| bypass.is_good(now));
        self.ticket = self.ticket.filter(|ticket| ticket.is_good(now));
        self.destination_check = self.destination_check.take().filter(|check| now < check.until());
        self.recovery_codes = self.recovery_codes.filter(|codes| codes.epoch == self.epoch);
        self.wrong_recovery_codes.tidy(now);
        let is_recent = |at: &Timestamp| now.since(*at) < limits::REMINDER_SECONDS;
        self.reminded_at = self.reminded_at.filter(is_recent);
        self.acted.tidy(now);
        self.address_since = self.address_since.filter(|_| self.has_new_address(now));
        let is_new = |since: &Timestamp| now.since(*since) < limits::FREEZE_ADDRESS_SECONDS;
        self.new_address_at = self.new_address_at.filter(is_new);
        let is_linked = |since: &Timestamp| now.since(*since) < limits::FREEZE_LINK_SECONDS;
        self.address_taken_at = self.address_taken_at.filter(is_linked);
    }

    pub fn ticket(&self, now: Timestamp) -> Option<&Ticket> {
        self.ticket.as_ref().filter(|ticket| ticket.is_good(now))
    }

    pub fn bypass(&self, now: Timestamp) -> Option<&Bypass> {
        self.bypass.as_ref().filter(|bypass| bypass.is_good(now))
    }

    /// Returns true if the verified address is so new that a policy may hold it.
    pub fn has_new_address(&self, now: Timestamp) -> bool {
        let is_new = |since| now.since(since) < limits::CONTACT_HOLD_SECONDS;
        self.address_since.is_some_and(is_new)
    }

    /// Notes in entries the devices of their sign-ins.
    pub(crate) fn with_devices(&self, entries: Vec<Entry>) -> Vec<Entry> {
        let device = |key| self.sign_in(key).and_then(|sign_in| sign_in.device);
        let noted = |entry: Entry| Entry { device: entry.sign_in.and_then(device), ..entry };
        entries.into_iter().map(noted).collect()
    }

    /// Adds entries to the recent activity, which keeps the last [`limits::ENTRIES_KEPT`], in
    /// short. Forms that are kept take the place of the oldest, one of two forms, so that the item
    /// grows no larger.
    pub fn remember(&mut self, entries: &[Entry]) {
        self.activity.extend(entries.iter().map(|entry| Entry {
            method: entry.method,
            to: entry.to.clone(),
            ..entry.kind.at(entry.at)
        }));
        let kept = limits::ENTRIES_KEPT.saturating_sub(self.acted.len().div_ceil(2));
        let surplus = self.activity.len().saturating_sub(kept);
        self.activity.drain(..surplus);
    }
}
