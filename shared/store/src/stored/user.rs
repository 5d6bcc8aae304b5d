//! A user, without what the projection has of one, and what stays of one who was erased.
//!
//! New data of a user becomes a member here, of a sign-in, or of something bound: a capital letter
//! begins the name of what must be known, see [`portcullis_domain::UnknownMembers`]. A new kind of
//! thing that guards the door, such as a method or a saved default, becomes a number in the
//! projection's list of what is bound. A new choice is never written where an old one stood.

use portcullis_domain::{
    DestinationHash, KeyVersion, Malformed, PortalId, SecretMac, SignIn, Timestamp, User,
    user::{
        Bypass, DestinationCheck, EmailDefault, LinkOnly, Mark, PasswordChange, PasswordProof,
        Proof, RecoveryCodes, Ticket, Tombstone,
    },
};
use serde::{Deserialize, Serialize};

use super::{
    acted::StoredActed,
    bound::{self, StoredBound},
    contact::StoredContact,
    deliveries::StoredDeliveries,
    destination_check::StoredDestinationCheck,
    failures::{StoredCounts, StoredFailures},
    grace::StoredGraceState,
    listed::StoredListed,
    members::members,
    number::Number,
    recovery_codes::StoredRecoveryCodes,
    remembered::StoredActivity,
    sign_in::StoredSignIn,
    trusted_browser::StoredTrust,
    value::{Moment, Text},
};
use crate::Listed;

members! {
    /// A user's state, and the last writes.
    pub(crate) struct StoredUser {
        "e" epoch: u32,
        "c" contact: StoredContact,
        "i" address_since: Option<Moment>,
        "ia" new_address_at: Option<Moment>,
        "ix" address_taken_at: Option<Moment>,
        /// In the order of the projection's list.
        "b" bound: Vec<StoredBound>,
        "o" opt_out: Option<Moment>,
        "d" email_default: Option<(Moment, Text<DestinationHash>)>,
        "g" declined_second_way: Option<u32>,
        "gp" declined_passkey: Option<u32>,
        "r" reset_at: Option<Moment>,
        "F" frozen_at: Option<Moment>,
        "L" link_only_to: Option<StoredLinkOnly>,
        "x" disabled_at: Option<Moment>,
        "y" sessions_not_before: Option<Moment>,
        "s" sign_ins: Vec<StoredSignIn>,
        "f" failures: StoredFailures,
        "n" opened: StoredCounts,
        "m" sent: StoredCounts,
        "h" password_change: Option<StoredPasswordChange>,
        "v" proofs: Vec<StoredProof>,
        "dv" deliveries: StoredDeliveries,
        "t" ticket: Option<StoredSecret>,
        "p" bypass: Option<StoredSecret>,
        "j" recovery_codes: Option<StoredRecoveryCodes>,
        "l" wrong_recovery_codes: StoredCounts,
        "tb" trusted_browsers: StoredTrust,
        "q" destination_check: Option<StoredDestinationCheck>,
        "a" activity: StoredActivity,
        "k" acted: StoredActed,
        "w" writes: String,
    }
}

impl StoredUser {
    /// Returns the form of a user after these writes.
    pub(crate) fn of(user: &User, writes: String) -> Self {
        let User {
            portal: _,
            id: _,
            epoch,
            contact,
            address_since,
            new_address_at,
            address_taken_at,
            authenticators,
            opt_out,
            email_default,
            declined_second_way,
            declined_passkey,
            reset_at,
            frozen_at,
            link_only_to,
            grace: _,
            reminded_at: _,
            disabled_at,
            sessions_not_before,
            sign_ins,
            failures,
            opened,
            sent,
            proofs,
            deliveries,
            password_change,
            ticket,
            bypass,
            recovery_codes,
            wrong_recovery_codes,
            trusted_browsers,
            destination_check,
            activity,
            acted,
            unknown_bound,
            unknown,
        } = user;
        let known = authenticators.iter().map(StoredBound::from);
        let others = unknown_bound.iter().map(|bound| StoredBound::Unknown(bound.value.clone()));
        Self {
            epoch: *epoch,
            contact: contact.into(),
            address_since: address_since.map(Moment::from),
            new_address_at: new_address_at.map(Moment::from),
            address_taken_at: address_taken_at.map(Moment::from),
            bound: known.chain(others).collect(),
            opt_out: opt_out.map(|mark| mark.at.into()),
            email_default: email_default.map(|default| (default.at.into(), Text(default.to))),
            declined_second_way: *declined_second_way,
            declined_passkey: *declined_passkey,
            reset_at: reset_at.map(Moment::from),
            frozen_at: frozen_at.map(Moment::from),
            link_only_to: link_only_to.map(StoredLinkOnly::from),
            disabled_at: disabled_at.map(Moment::from),
            sessions_not_before: sessions_not_before.map(Moment::from),
            sign_ins: sign_ins.iter().map(StoredSignIn::from).collect(),
            failures: failures.into(),
            opened: opened.into(),
            sent: sent.into(),
            password_change: password_change.map(StoredPasswordChange::from),
            proofs: proofs.iter().map(StoredProof::from).collect(),
            deliveries: deliveries.as_slice().into(),
            ticket: ticket.map(StoredSecret::from),
            bypass: bypass.map(StoredSecret::from),
            recovery_codes: recovery_codes.map(StoredRecoveryCodes::from),
            wrong_recovery_codes: wrong_recovery_codes.into(),
            trusted_browsers: trusted_browsers.as_slice().into(),
            destination_check: destination_check.as_ref().map(StoredDestinationCheck::from),
            activity: activity.as_slice().into(),
            acted: acted.into(),
            writes,
            unknown: unknown.clone(),
        }
    }

    /// Reads the user, with the portal of the item and what the projection has.
    pub(crate) fn user(self, portal: PortalId, listed: StoredListed) -> Result<User, Malformed> {
        let kinds = listed.kinds();
        let Listed { id, organisation, name: _, mfa_state } = listed.try_into()?;
        if kinds.len() != self.bound.len() {
            return Err(Malformed { what: "what is bound", why: "is not what is listed" });
        }
        let mut user = User::new(portal, id);
        for ((kind, generation), form) in kinds.into_iter().zip(self.bound) {
            match bound::method(kind) {
                Some(method) => user.authenticators.push(form.known(method, generation)?),
                None => user.unknown_bound.push(form.unknown(kind, generation)?),
            }
        }
        let sign_ins = self.sign_ins.into_iter().map(SignIn::try_from);
        let mark = |at: Moment| {
            let generation = mfa_state.skipped.ok_or(UNLISTED)?;
            Ok::<_, Malformed>(Mark { generation, at: at.into() })
        };
        let default = |(at, to): (Moment, Text<DestinationHash>)| {
            let generation = mfa_state.email_default.ok_or(UNLISTED)?;
            let (at, to, replaced) = (at.into(), to.value(), mfa_state.replaced);
            Ok::<_, Malformed>(EmailDefault { generation, at, to, replaced })
        };
        Ok(User {
            epoch: self.epoch,
            address_since: self.address_since.map(Timestamp::from),
            new_address_at: self.new_address_at.map(Timestamp::from),
            address_taken_at: self.address_taken_at.map(Timestamp::from),
            opt_out: self.opt_out.map(mark).transpose()?,
            email_default: self.email_default.map(default).transpose()?,
            declined_second_way: self.declined_second_way,
            declined_passkey: self.declined_passkey,
            reset_at: self.reset_at.map(Timestamp::from),
            frozen_at: self.frozen_at.map(Timestamp::from),
            link_only_to: self.link_only_to.map(LinkOnly::from),
            disabled_at: self.disabled_at.map(Timestamp::from),
            sessions_not_before: self.sessions_not_before.map(Timestamp::from),
            sign_ins: sign_ins.collect::<Result<_, _>>()?,
            failures: self.failures.try_into()?,
            opened: self.opened.into(),
            sent: self.sent.into(),
            password_change: self.password_change.map(PasswordChange::from),
            proofs: self.proofs.into_iter().map(Proof::from).collect(),
            deliveries: self.deliveries.read(),
            ticket: self.ticket.map(Ticket::from),
            bypass: self.bypass.map(Bypass::from),
            recovery_codes: self.recovery_codes.map(RecoveryCodes::from),
            wrong_recovery_codes: self.wrong_recovery_codes.into(),
            trusted_browsers: self.trusted_browsers.read(),
            destination_check: self
                .destination_check
                .map(DestinationCheck::try_from)
                .transpose()?,
            activity: self.activity.into(),
            grace: mfa_state.grace,
            reminded_at: mfa_state.reminded,
            acted: self.acted.into(),
            unknown: self.unknown,
            contact: self.contact.contact(organisation, &mfa_state)?,
            ..user
        })
    }
}

const UNLISTED: Malformed = Malformed { what: "a choice of the user", why: "is not listed" };

/// The moment by the portal's clock, the proof, and the moment we were told.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct StoredPasswordChange(Moment, Number<PasswordProof>, Moment);

impl From<PasswordChange> for StoredPasswordChange {
    fn from(PasswordChange { at, by, told_at }: PasswordChange) -> Self {
        Self(at.into(), Number(by), told_at.into())
    }
}

impl From<StoredPasswordChange> for PasswordChange {
    fn from(StoredPasswordChange(at, by, told_at): StoredPasswordChange) -> Self {
        Self { at: at.into(), by: by.value(), told_at: told_at.into() }
    }
}

/// The hash of the one address that a link may go to after a freeze; `false` if there is none.
#[derive(Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub(super) enum StoredLinkOnly {
    To(Text<DestinationHash>),
    Nowhere(bool),
}

impl From<LinkOnly> for StoredLinkOnly {
    fn from(only: LinkOnly) -> Self {
        match only {
            LinkOnly::To(hash) => Self::To(Text(hash)),
            LinkOnly::Nowhere => Self::Nowhere(false),
        }
    }
}

impl From<StoredLinkOnly> for LinkOnly {
    fn from(stored: StoredLinkOnly) -> Self {
        match stored {
            StoredLinkOnly::To(hash) => Self::To(hash.value()),
            StoredLinkOnly::Nowhere(_) => Self::Nowhere,
        }
    }
}

/// The destination, the UTC day of the last message that used what is kept, and how many did.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
struct StoredProof(Text<DestinationHash>, i64, u8);

impl From<&Proof> for StoredProof {
    fn from(Proof { to, day, sent }: &Proof) -> Self {
        Self(Text(*to), *day, *sent)
    }
}

impl From<StoredProof> for Proof {
    fn from(StoredProof(to, day, sent): StoredProof) -> Self {
        Self { to: to.value(), day, sent }
    }
}

/// The keyed hash of a random secret: the version of its key, the hash, and the moment it expires.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct StoredSecret(u32, Text<SecretMac>, Moment);

impl From<Ticket> for StoredSecret {
    fn from(Ticket { version, mac, expires_at }: Ticket) -> Self {
        Self(version.0, Text(mac), expires_at.into())
    }
}

impl From<StoredSecret> for Ticket {
    fn from(StoredSecret(version, mac, expires_at): StoredSecret) -> Self {
        Self { version: KeyVersion(version), mac: mac.value(), expires_at: expires_at.into() }
    }
}

impl From<Bypass> for StoredSecret {
    fn from(Bypass { version, mac, expires_at }: Bypass) -> Self {
        Self(version.0, Text(mac), expires_at.into())
    }
}

impl From<StoredSecret> for Bypass {
    fn from(StoredSecret(version, mac, expires_at): StoredSecret) -> Self {
        let (version, mac, expires_at) = (KeyVersion(version), mac.value(), expires_at.into());
        Self { version, mac, expires_at }
    }
}

members! {
    /// An erased user. The names are those of a user's members.
    pub(crate) struct StoredTombstone {
        "e" epoch: u32,
        "z" erased_at: Moment,
        "f" failures: StoredFailures,
        "n" opened: StoredCounts,
        "m" sent: StoredCounts,
        "x" disabled_at: Option<Moment>,
        "F" frozen_at: Option<Moment>,
        "L" link_forced: bool,
        "g" was_guarded: bool,
        "gr" grace: Option<StoredGraceState>,
        "w" writes: String,
    }
}

impl StoredTombstone {
    /// Returns the form of a tombstone after these writes.
    pub(crate) fn of(tombstone: &Tombstone, writes: String) -> Self {
        let Tombstone {
            portal: _,
            epoch,
            erased_at,
            failures,
            opened,
            sent,
            disabled_at,
            frozen_at,
            link_forced,
            was_guarded,
            grace,
            unknown,
        } = tombstone;
        Self {
            epoch: *epoch,
            erased_at: (*erased_at).into(),
            failures: failures.into(),
            opened: opened.into(),
            sent: sent.into(),
            disabled_at: disabled_at.map(Moment::from),
            frozen_at: frozen_at.map(Moment::from),
            link_forced: *link_forced,
            was_guarded: *was_guarded,
            grace: StoredGraceState::of(*grace),
            writes,
            unknown: unknown.clone(),
        }
    }

    /// Reads the tombstone, with the portal of the item.
    pub(crate) fn tombstone(self, portal: PortalId) -> Result<Tombstone, Malformed> {
        Ok(Tombstone {
            portal,
            epoch: self.epoch,
            erased_at: self.erased_at.into(),
            failures: self.failures.try_into()?,
            opened: self.opened.into(),
            sent: self.sent.into(),
            disabled_at: self.disabled_at.map(Timestamp::from),
            frozen_at: self.frozen_at.map(Timestamp::from),
            link_forced: self.link_forced,
            was_guarded: self.was_guarded,
            grace: StoredGraceState::state(self.grace),
            unknown: self.unknown,
        })
    }
}
