//! The notices to one destination of one user.

use portcullis_domain::{
    Locale, Malformed, WriteId,
    user::{EntryKind, FreezeGround, How, Notices, Recipient, Unsent},
};
use serde::{Deserialize, Serialize};

use super::{
    Stored,
    device::StoredDevice,
    is_default,
    number::Number,
    value::{Moment, StoredSealed, Text},
};

#[derive(Serialize, Deserialize)]
pub(crate) struct StoredNotices {
    #[serde(rename = "to", default, skip_serializing_if = "Option::is_none")]
    recipient: Option<StoredRecipient>,
    #[serde(rename = "sent", default, skip_serializing_if = "is_default")]
    at_once: Vec<(Number<EntryKind>, Moment)>,
    #[serde(default, skip_serializing_if = "is_default")]
    unsent: Vec<StoredUnsent>,
    #[serde(rename = "ids", default, skip_serializing_if = "is_default")]
    taken: Vec<String>,
}

/// The sealed destination, and the language.
#[derive(Serialize, Deserialize)]
pub(super) struct StoredRecipient(StoredSealed, Option<Text<Locale>>);

#[derive(PartialEq, Serialize, Deserialize)]
struct StoredUnsent {
    #[serde(rename = "k")]
    kind: Number<EntryKind>,
    n: u32,
    newest: Moment,
    since: Moment,
    due: Moment,
    #[serde(rename = "h", default, skip_serializing_if = "is_default")]
    how: Option<Number<How>>,
    #[serde(rename = "on", default, skip_serializing_if = "is_default")]
    device: Option<StoredDevice>,
    /// The user's epoch, and if the change took the address away.
    #[serde(rename = "fr", default, skip_serializing_if = "is_default")]
    freeze: Option<(u32, bool)>,
    #[serde(rename = "by", default, skip_serializing_if = "is_default")]
    claim: Option<Text<WriteId>>,
}

impl Stored for Notices {
    type Form = StoredNotices;
}

impl From<&Notices> for StoredNotices {
    fn from(Notices { recipient, at_once, unsent, taken }: &Notices) -> Self {
        Self {
            recipient: recipient.as_ref().map(StoredRecipient::from),
            at_once: at_once.iter().map(|(kind, at)| (Number(*kind), (*at).into())).collect(),
            unsent: unsent.iter().map(StoredUnsent::from).collect(),
            taken: taken.clone(),
        }
    }
}

impl TryFrom<StoredNotices> for Notices {
    type Error = Malformed;

    fn try_from(stored: StoredNotices) -> Result<Self, Malformed> {
        let sent = stored.at_once.into_iter();
        Ok(Self {
            recipient: stored.recipient.map(Recipient::try_from).transpose()?,
            at_once: sent.map(|(kind, at)| (kind.value(), at.into())).collect(),
            unsent: stored.unsent.into_iter().map(Unsent::from).collect(),
            taken: stored.taken,
        })
    }
}

impl From<&Recipient> for StoredRecipient {
    fn from(Recipient { sealed, locale }: &Recipient) -> Self {
        Self(sealed.into(), locale.clone().map(Text))
    }
}

impl TryFrom<StoredRecipient> for Recipient {
    type Error = Malformed;

    fn try_from(stored: StoredRecipient) -> Result<Self, Malformed> {
        let StoredRecipient(sealed, locale) = stored;
        Ok(Self { sealed: sealed.try_into()?, locale: locale.map(Text::value) })
    }
}

impl From<&Unsent> for StoredUnsent {
    fn from(
        Unsent { kind, count, newest, how, device, freeze, since, due, claim }: &Unsent,
    ) -> Self {
        Self {
            kind: Number(*kind),
            n: *count,
            newest: (*newest).into(),
            since: (*since).into(),
            due: (*due).into(),
            how: how.map(Number),
            device: device.map(StoredDevice::from),
            freeze: freeze.map(|FreezeGround { epoch, dropped }| (epoch, dropped)),
            claim: claim.map(Text),
        }
    }
}

impl From<StoredUnsent> for Unsent {
    fn from(stored: StoredUnsent) -> Self {
        Self {
            kind: stored.kind.value(),
            count: stored.n,
            newest: stored.newest.into(),
            since: stored.since.into(),
            due: stored.due.into(),
            how: stored.how.map(Number::value),
            device: stored.device.and_then(StoredDevice::device),
            freeze: stored.freeze.map(|(epoch, dropped)| FreezeGround { epoch, dropped }),
            claim: stored.claim.map(Text::value),
        }
    }
}
