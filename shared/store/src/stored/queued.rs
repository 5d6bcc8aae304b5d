//! Notices on their way through a queue: the form of a message, which lives as long as an item does
//! where a queue keeps it, and which the release before or after may read.

use portcullis_domain::{
    DestinationHash, Locator, Malformed, PortalId,
    user::{FreezeGround, Recipient},
};
use serde::{Deserialize, Serialize};

use super::{activity::StoredEntry, is_default, notices::StoredRecipient, value::Text};
use crate::{Addressee, QueuedNotice, QueuedNotices, Told, UserKey};

/// A message. Its version is read before the rest, by [`Version`].
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct StoredQueued {
    notices: u32,
    portal: Text<PortalId>,
    user: Text<Locator>,
    lines: Vec<StoredQueuedNotice>,
}

/// The version of a message's form, whatever else is in it.
#[derive(Deserialize)]
pub(crate) struct Version {
    pub(crate) notices: u32,
}

/// The version that this release writes, and the newest that it reads.
pub(crate) const OWN: u32 = 1;

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct StoredQueuedNotice {
    id: String,
    entry: StoredEntry,
    /// Left out where the message names nobody: [`Told::AtKnown`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    to: Option<Vec<StoredAddressee>>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct StoredAddressee {
    at: Text<DestinationHash>,
    to: StoredRecipient,
    /// The user's epoch, and if the change took the address away.
    #[serde(rename = "fr", default, skip_serializing_if = "is_default")]
    freeze: Option<(u32, bool)>,
}

impl From<&QueuedNotices> for StoredQueued {
    fn from(QueuedNotices { user_key, notices }: &QueuedNotices) -> Self {
        Self {
            notices: OWN,
            portal: Text(user_key.portal.clone()),
            user: Text(user_key.locator),
            lines: notices.iter().map(StoredQueuedNotice::from).collect(),
        }
    }
}

impl TryFrom<StoredQueued> for QueuedNotices {
    type Error = Malformed;

    fn try_from(stored: StoredQueued) -> Result<Self, Malformed> {
        let user_key = UserKey { portal: stored.portal.value(), locator: stored.user.value() };
        let lines = stored.lines.into_iter();
        let notices = lines.map(QueuedNotice::try_from).collect::<Result<_, _>>()?;
        Ok(Self { user_key, notices })
    }
}

impl From<&QueuedNotice> for StoredQueuedNotice {
    fn from(QueuedNotice { id, entry, told }: &QueuedNotice) -> Self {
        let to = match told {
            Told::At(addressees) => Some(addressees.iter().map(StoredAddressee::from).collect()),
            Told::AtKnown => None,
        };
        Self { id: id.clone(), entry: entry.into(), to }
    }
}

impl TryFrom<StoredQueuedNotice> for QueuedNotice {
    type Error = Malformed;

    fn try_from(stored: StoredQueuedNotice) -> Result<Self, Malformed> {
        let told = match stored.to {
            Some(to) => {
                let addressees = to.into_iter().map(Addressee::try_from);
                Told::At(addressees.collect::<Result<_, _>>()?)
            }
            None => Told::AtKnown,
        };
        Ok(Self { id: stored.id, entry: stored.entry.into(), told })
    }
}

impl From<&Addressee> for StoredAddressee {
    fn from(Addressee { at, recipient, freeze }: &Addressee) -> Self {
        Self {
            at: Text(*at),
            to: recipient.into(),
            freeze: freeze.map(|FreezeGround { epoch, dropped }| (epoch, dropped)),
        }
    }
}

impl TryFrom<StoredAddressee> for Addressee {
    type Error = Malformed;

    fn try_from(stored: StoredAddressee) -> Result<Self, Malformed> {
        Ok(Self {
            at: stored.at.value(),
            recipient: Recipient::try_from(stored.to)?,
            freeze: stored.freeze.map(|(epoch, dropped)| FreezeGround { epoch, dropped }),
        })
    }
}
