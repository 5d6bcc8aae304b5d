//! The notices to one destination of one user.

use portcullis_domain::{
    Locale, Malformed, Timestamp, WriteId,
    user::{EntryKind, Notices, Recipient, Unsent},
};
use serde::{Deserialize, Serialize};

use super::{
    Stored, is_default,
    value::{Name, StoredSealed, Text},
};

#[derive(Serialize, Deserialize)]
pub(crate) struct StoredNotices {
    #[serde(rename = "to", default, skip_serializing_if = "Option::is_none")]
    recipient: Option<StoredRecipient>,
    #[serde(rename = "sent", default, skip_serializing_if = "is_default")]
    at_once: Vec<(Name<EntryKind>, i64)>,
    #[serde(default, skip_serializing_if = "is_default")]
    unsent: Vec<StoredUnsent>,
    #[serde(rename = "ids", default, skip_serializing_if = "is_default")]
    taken: Vec<String>,
}

#[derive(Serialize, Deserialize)]
struct StoredRecipient {
    #[serde(flatten)]
    sealed: StoredSealed,
    #[serde(default, skip_serializing_if = "is_default")]
    locale: Option<Text<Locale>>,
}

#[derive(PartialEq, Serialize, Deserialize)]
struct StoredUnsent {
    #[serde(rename = "k")]
    kind: Name<EntryKind>,
    n: u32,
    newest: i64,
    since: i64,
    due: i64,
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
            at_once: at_once.iter().map(|(kind, at)| (Name(*kind), at.unix())).collect(),
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
            at_once: sent.map(|(kind, at)| (kind.value(), Timestamp::from_unix(at))).collect(),
            unsent: stored.unsent.into_iter().map(Unsent::from).collect(),
            taken: stored.taken,
        })
    }
}

impl From<&Recipient> for StoredRecipient {
    fn from(Recipient { sealed, locale }: &Recipient) -> Self {
        Self { sealed: sealed.into(), locale: locale.clone().map(Text) }
    }
}

impl TryFrom<StoredRecipient> for Recipient {
    type Error = Malformed;

    fn try_from(stored: StoredRecipient) -> Result<Self, Malformed> {
        Ok(Self { sealed: stored.sealed.try_into()?, locale: stored.locale.map(Text::value) })
    }
}

impl From<&Unsent> for StoredUnsent {
    fn from(Unsent { kind, count, newest, since, due, claim }: &Unsent) -> Self {
        Self {
            kind: Name(*kind),
            n: *count,
            newest: newest.unix(),
            since: since.unix(),
            due: due.unix(),
            claim: claim.map(Text),
        }
    }
}

impl From<StoredUnsent> for Unsent {
    fn from(stored: StoredUnsent) -> Self {
        Self {
            kind: stored.kind.value(),
            count: stored.n,
            newest: Timestamp::from_unix(stored.newest),
            since: Timestamp::from_unix(stored.since),
            due: Timestamp::from_unix(stored.due),
            claim: stored.claim.map(Text::value),
        }
    }
}
