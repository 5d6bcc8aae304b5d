//! A line of the journal: what one write changed that a restored backup must not bring back.

use portcullis_domain::{
    AuthenticatorId, DestinationHash, Locator, Malformed, Named, OrganisationId, PortalId,
    Settings, Timestamp,
    account::journal::JournalRecord,
    admin::{Admin, Roster},
    portal::PortalSalt,
    user::{EntryKind, InForce, LinkOnly, PasswordChange},
};
use serde::{Deserialize, Serialize};

use super::{
    Stored,
    admin::{StoredAdmin, StoredRoster},
    is_default,
    listed::StoredListedPortal,
    members::members,
    portal::StoredPortal,
    settings::StoredSettings,
    user::{StoredLinkOnly, StoredPasswordChange, StoredTombstone},
    value::{Moment, Text},
};
use crate::{JournalLine, JournalSubject, ListedPortal, UserKey};

/// The version of the lines that this release writes, and the last one that it reads.
const VERSION: u32 = 1;

/// One line. Of the members after `kinds`, those of one subject are there.
#[derive(Serialize, Deserialize)]
pub(crate) struct StoredJournalLine {
    /// The version of the form.
    v: u32,
    /// Unix time of the write, in seconds.
    at: i64,
    /// The sequence number of the record in the table's stream.
    sequence: String,
    /// The entries of the write, for people.
    kinds: Vec<String>,
    #[serde(default, skip_serializing_if = "is_default")]
    portal: Option<Text<PortalId>>,
    #[serde(default, skip_serializing_if = "is_default")]
    locator: Option<Text<Locator>>,
    #[serde(default, skip_serializing_if = "is_default")]
    user: Option<StoredInForce>,
    #[serde(default, skip_serializing_if = "is_default")]
    state: Option<StoredPortal>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    listed: Option<StoredListedPortal>,
    #[serde(default, skip_serializing_if = "is_default")]
    settings: Option<StoredSettings>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    admin: Option<StoredAdmin>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    roster: Option<StoredRoster>,
    #[serde(default, skip_serializing_if = "is_default")]
    keyring: Option<Vec<String>>,
}

impl Stored for JournalLine {
    type Form = StoredJournalLine;
}

impl From<&JournalLine> for StoredJournalLine {
    fn from(JournalLine { at, sequence, kinds, subject }: &JournalLine) -> Self {
        let mut line = Self {
            v: VERSION,
            at: at.unix(),
            sequence: sequence.clone(),
            kinds: kinds.iter().map(|kind| kind.name().to_owned()).collect(),
            portal: None,
            locator: None,
            user: None,
            state: None,
            listed: None,
            settings: None,
            admin: None,
            roster: None,
            keyring: None,
        };
        match subject {
            JournalSubject::User(UserKey { portal, locator }, in_force) => {
                (line.portal, line.locator) = (Some(Text(portal.clone())), Some(Text(*locator)));
                line.user = Some(in_force.into());
            }
            JournalSubject::Portal(id, portal) => {
                line.portal = Some(Text(id.clone()));
                line.state = portal.as_deref().map(|portal| StoredPortal::from(portal).saltless());
                line.listed = portal.as_deref().map(|portal| (&ListedPortal::of(portal)).into());
            }
            JournalSubject::Settings(settings) => line.settings = Some((&**settings).into()),
            JournalSubject::Admin(locator, admin, roster) => {
                line.locator = Some(Text(*locator));
                line.admin = Some((&**admin).into());
                line.roster = roster.as_ref().map(StoredRoster::from);
            }
            JournalSubject::Keyring(words) => line.keyring = Some(words.clone()),
        }
        line
    }
}

impl TryFrom<StoredJournalLine> for JournalLine {
    type Error = Malformed;

    fn try_from(line: StoredJournalLine) -> Result<Self, Malformed> {
        if line.v != VERSION {
            return Err(Malformed { what: "a line of the journal", why: "needs a newer release" });
        }
        let no_subject = Malformed { what: "a line of the journal", why: "has no subject" };
        let portal = line.portal.map(Text::value);
        let locator = line.locator.map(Text::value);
        let subject = if let Some(in_force) = line.user {
            let portal = portal.ok_or(no_subject)?;
            let user_key = UserKey { portal: portal.clone(), locator: locator.ok_or(no_subject)? };
            JournalSubject::User(user_key, Box::new(in_force.in_force(portal)?))
        } else if let Some(admin) = line.admin {
            let roster = line.roster.map(Roster::try_from).transpose()?;
            let admin = Admin::try_from(admin)?;
            JournalSubject::Admin(locator.ok_or(no_subject)?, Box::new(admin), roster)
        } else if let Some(settings) = line.settings {
            JournalSubject::Settings(Box::new(Settings::try_from(settings)?))
        } else if let Some(words) = line.keyring {
            JournalSubject::Keyring(words)
        } else {
            let id = portal.ok_or(no_subject)?;
            let portal = match (line.state, line.listed) {
                (Some(state), Some(listed)) => {
                    let listed = ListedPortal::try_from(listed)?;
                    let portal = state.salted(PortalSalt::new([0; 16]));
                    Some(Box::new(portal.portal(id.clone(), listed)?))
                }
                (None, None) => None,
                (Some(_), None) | (None, Some(_)) => return Err(no_subject),
            };
            JournalSubject::Portal(id, portal)
        };
        let kinds = line.kinds.iter().filter_map(|name| EntryKind::from_name(name)).collect();
        let (at, sequence) = (Timestamp::from_unix(line.at), line.sequence);
        Ok(Self { at, sequence, kinds, subject })
    }
}

impl JournalSubject {
    /// Returns the subject of a record about an item with this key.
    pub(crate) fn of(key: JournalKey, record: JournalRecord) -> Option<Self> {
        match (key, record) {
            (JournalKey::User(key), JournalRecord::User(in_force)) => {
                Some(Self::User(key, in_force))
            }
            (JournalKey::Portal(id), JournalRecord::Portal(portal)) => {
                Some(Self::Portal(id, Some(portal)))
            }
            (JournalKey::Portal(id), JournalRecord::DeletedPortal) => Some(Self::Portal(id, None)),
            (JournalKey::System, JournalRecord::Settings(settings)) => {
                Some(Self::Settings(settings))
            }
            (JournalKey::System, JournalRecord::Keyring(words)) => Some(Self::Keyring(words)),
            (JournalKey::Admin(locator), JournalRecord::Admin(admin, roster)) => {
                Some(Self::Admin(locator, admin, roster))
            }
            (
                JournalKey::User(_)
                | JournalKey::Portal(_)
                | JournalKey::System
                | JournalKey::Admin(_),
                JournalRecord::User(_)
                | JournalRecord::Portal(_)
                | JournalRecord::DeletedPortal
                | JournalRecord::Settings(_)
                | JournalRecord::Keyring(_)
                | JournalRecord::Admin(..),
            ) => None,
        }
    }
}

/// The key of an item that the journal keeps something of.
pub(crate) enum JournalKey {
    User(UserKey),
    Portal(PortalId),
    Admin(Locator),
    /// An item of which there is one.
    System,
}

members! {
    struct StoredInForce {
        "h" holds: StoredTombstone,
        "E" erased: bool,
        "b" bound: Vec<Text<AuthenticatorId>>,
        "L" link_only_to: Option<StoredLinkOnly>,
        "r" reset_at: Option<Moment>,
        "d" has_default: bool,
        "o" has_opted_out: bool,
        "y" sessions_not_before: Option<Moment>,
        "p" password_change: Option<StoredPasswordChange>,
        "q" dropped: Vec<Text<DestinationHash>>,
        "g" left: Option<Text<OrganisationId>>,
    }
}

impl From<&Box<InForce>> for StoredInForce {
    fn from(in_force: &Box<InForce>) -> Self {
        let InForce {
            holds,
            is_erased,
            bound,
            link_only_to,
            reset_at,
            has_default,
            has_opted_out,
            sessions_not_before,
            password_change,
            dropped,
            left,
        } = &**in_force;
        Self {
            holds: StoredTombstone::of(holds, String::new()),
            erased: *is_erased,
            bound: bound.iter().copied().map(Text).collect(),
            link_only_to: link_only_to.map(StoredLinkOnly::from),
            reset_at: reset_at.map(Moment::from),
            has_default: *has_default,
            has_opted_out: *has_opted_out,
            sessions_not_before: sessions_not_before.map(Moment::from),
            password_change: password_change.map(StoredPasswordChange::from),
            dropped: dropped.iter().copied().map(Text).collect(),
            left: left.clone().map(Text),
            unknown: Default::default(),
        }
    }
}

impl StoredInForce {
    fn in_force(self, portal: PortalId) -> Result<InForce, Malformed> {
        if self.unknown.need_a_newer_release() {
            return Err(Malformed { what: "a line of the journal", why: "needs a newer release" });
        }
        Ok(InForce {
            holds: self.holds.tombstone(portal)?,
            is_erased: self.erased,
            bound: self.bound.into_iter().map(Text::value).collect(),
            link_only_to: self.link_only_to.map(LinkOnly::from),
            reset_at: self.reset_at.map(Timestamp::from),
            has_default: self.has_default,
            has_opted_out: self.has_opted_out,
            sessions_not_before: self.sessions_not_before.map(Timestamp::from),
            password_change: self.password_change.map(PasswordChange::from),
            dropped: self.dropped.into_iter().map(Text::value).collect(),
            left: self.left.map(Text::value),
        })
    }
}
