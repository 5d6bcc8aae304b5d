use portcullis_domain::{
    Destination, Email, KeyVersion, Malformed, Purpose, SignInKey, Timestamp,
    user::DestinationCheck,
};
use serde::{Deserialize, Serialize};

use super::{
    contact::StoredPhone,
    number::Number,
    value::{Moment, Text},
};

/// Key, version of the code's key, epoch, purpose, address or number, the moments at which the code
/// expires and the counts began, codes sent, and wrong ones.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct StoredDestinationCheck(
    Text<SignInKey>,
    u32,
    u32,
    Number<Purpose>,
    StoredDestination,
    Moment,
    Moment,
    u8,
    u8,
);

#[derive(Clone, PartialEq, Serialize, Deserialize)]
enum StoredDestination {
    #[serde(rename = "m")]
    Email(Text<Email>),
    #[serde(rename = "p")]
    Sms(StoredPhone),
}

impl From<&DestinationCheck> for StoredDestinationCheck {
    fn from(check: &DestinationCheck) -> Self {
        let DestinationCheck { key, version, epoch, purpose, to, expires_at, since, sends, wrong } =
            check;
        let to = match to {
            Destination::Email(address) => StoredDestination::Email(Text(address.clone())),
            Destination::Sms(phone) => StoredDestination::Sms(phone.into()),
        };
        let (expires_at, since) = ((*expires_at).into(), (*since).into());
        let (key, purpose) = (Text(*key), Number(*purpose));
        Self(key, version.0, *epoch, purpose, to, expires_at, since, *sends, *wrong)
    }
}

impl TryFrom<StoredDestinationCheck> for DestinationCheck {
    type Error = Malformed;

    fn try_from(stored: StoredDestinationCheck) -> Result<Self, Malformed> {
        let StoredDestinationCheck(
            key,
            version,
            epoch,
            purpose,
            to,
            expires_at,
            since,
            sends,
            wrong,
        ) = stored;
        let to = match to {
            StoredDestination::Email(address) => Destination::Email(address.value()),
            StoredDestination::Sms(phone) => Destination::Sms(phone.try_into()?),
        };
        Ok(Self {
            key: key.value(),
            version: KeyVersion(version),
            epoch,
            purpose: purpose.value(),
            to,
            expires_at: Timestamp::from(expires_at),
            since: Timestamp::from(since),
            sends,
            wrong,
        })
    }
}
