//! Changes of the contact record, and their effects on the user.

use super::{Authenticator, Entry, EntryKind, User};
use crate::{ContactUpdate, Destination, Masked, Method, NotKept, Portal, PortalKeys, Timestamp};

impl User {
    /// Changes the contact record, notes a new address, and looks if the saved default still has
    /// its own.
    pub fn update_contact(
        &mut self,
        update: &ContactUpdate,
        portal: &Portal,
        keys: &dyn PortalKeys,
        now: Timestamp,
    ) -> NotKept {
        let before = self.contact.verified_email().cloned();
        let phone = self.contact.phone.clone();
        let not_kept = self.contact.apply(update, portal.profile.default_country);
        let after = self.contact.verified_email();
        let same = match (&before, after) {
            (Some(before), Some(after)) => before.is_same(after),
            (None, Some(_)) => !self.is_guarded(),
            (Some(_) | None, None) => true,
        };
        if !same {
            self.address_since = Some(now);
        }
        let is_first = before.is_none() && after.is_some();
        if !same || is_first {
            self.new_address_at = Some(now);
        }
        let keeps_address = match (&before, self.contact.verified_email()) {
            (Some(before), Some(after)) => before.is_same(after),
            (None, None) => true,
            (Some(_), None) | (None, Some(_)) => false,
        };
        if !keeps_address {
            self.distrust_directory(Method::Email);
        }
        if phone != self.contact.phone {
            self.distrust_directory(Method::Sms);
        }
        let address = self.contact.verified_email().cloned().map(Destination::Email);
        let hash = address.map(|address| keys.destination_hash(&address));
        if let (Some(default), Some(hash)) = (&mut self.email_default, hash) {
            default.replaced = default.to != hash;
        }
        self.forget_reports(keys);
        not_kept
    }

    /// Returns the address, else the name, else the user's id, as an app lists the account too; all
    /// of them shortened.
    pub fn account(&self) -> Masked {
        match &self.contact.email {
            Some(email) => email.address.masked(),
            None => self.account_without_address(),
        }
    }

    /// Returns the name, else the user's id, for whoever may not see the address.
    pub fn account_without_address(&self) -> Masked {
        let name = self.contact.display_name.as_ref();
        Masked::name(name.map_or(self.id.as_str(), |name| name.as_str()))
    }

    /// Returns every destination that is known to be the user's. Each is told of changes.
    pub fn known_destinations(&self) -> Vec<Destination> {
        let contact = &self.contact;
        let email = contact.verified_email().cloned().map(Destination::Email);
        let phone = contact.phone.clone().map(Destination::Sms);
        let bound = self.authenticators.iter().filter_map(Authenticator::destination);
        let mut all: Vec<Destination> = vec![];
        for to in email.into_iter().chain(phone).chain(bound) {
            if !all.iter().any(|known| known.is_same(&to)) {
                all.push(to);
            }
        }
        all
    }

    /// Returns everywhere the user is told of a change: at every destination known before it, those
    /// that it took away included, and at those known after it; but not at one that was just
    /// enrolled, whoever did that. A reminder goes to the email address alone.
    pub fn notified_destinations(
        kind: EntryKind,
        before: Option<&Self>,
        after: Option<&Self>,
    ) -> Vec<Destination> {
        let mut all = before.map(Self::known_destinations).unwrap_or_default();
        let goes_with_enrolment =
            kind == EntryKind::Enrolled || kind == EntryKind::RecoveryCodesMade;
        let new = after.filter(|_| !goes_with_enrolment);
        for to in new.map(Self::known_destinations).unwrap_or_default() {
            if !all.iter().any(|known| known.is_same(&to)) {
                all.push(to);
            }
        }
        all.retain(|to| match to {
            Destination::Email(_) => true,
            Destination::Sms(_) => !kind.is_reminder(),
        });
        all
    }
}

/// Returns the entry of a changed contact record: users are told if a destination changed.
pub fn contact_entry(before: &User, after: &User, now: Timestamp) -> Entry {
    let (was, is) = (before.known_destinations(), after.known_destinations());
    let same = was.len() == is.len() && was.iter().all(|to| is.iter().any(|now| now.is_same(to)));
    let email = |user: &User| user.contact.email.as_ref().map(|email| email.address.clone());
    if same && email(before) == email(after) {
        EntryKind::DetailsChanged.at(now)
    } else {
        EntryKind::ContactChanged.at(now)
    }
}
