//! A user, and what stays of one who was erased.

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD as BASE64URL};
use portcullis_domain::{
    AuthenticatorId, DestinationHash, DestinationMark, Email, KeyVersion, Malformed, PortalId,
    SecretMac, SignIn, Timestamp, User, UserId,
    user::{Authenticator, Binding, Bypass, EmailDefault, Entry, Mark, Proof, Ticket, Tombstone},
};
use serde::{Deserialize, Serialize};

use super::{
    Stored,
    acted::StoredActed,
    activity::Remembered,
    contact::{StoredContact, StoredPhone},
    failures::{StoredCount, StoredFailures},
    is_default,
    sign_in::StoredSignIn,
    value::{StoredSealed, Text},
};

#[derive(Serialize, Deserialize)]
pub(crate) struct StoredUser {
    portal: Text<PortalId>,
    id: Text<UserId>,
    #[serde(default, skip_serializing_if = "is_default")]
    contact: StoredContact,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    authenticators: Vec<StoredAuthenticator>,
    #[serde(default, skip_serializing_if = "is_default")]
    opt_out: Option<StoredMark>,
    #[serde(default, skip_serializing_if = "is_default")]
    email_default: Option<StoredDefault>,
    #[serde(default, skip_serializing_if = "is_default")]
    reset_at: Option<i64>,
    #[serde(default, skip_serializing_if = "is_default")]
    disabled_at: Option<i64>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    sign_ins: Vec<StoredSignIn>,
    #[serde(default, skip_serializing_if = "is_default")]
    failures: StoredFailures,
    #[serde(default, skip_serializing_if = "is_default")]
    opened: StoredCount,
    #[serde(default, skip_serializing_if = "is_default")]
    sent: StoredCount,
    #[serde(rename = "pr", default, skip_serializing_if = "Vec::is_empty")]
    proofs: Vec<StoredProof>,
    #[serde(default, skip_serializing_if = "is_default")]
    ticket: Option<StoredTicket>,
    #[serde(default, skip_serializing_if = "is_default")]
    bypass: Option<StoredBypass>,
    #[serde(default, skip_serializing_if = "is_default")]
    activity: Vec<Remembered>,
    #[serde(default, skip_serializing_if = "is_default")]
    acted: StoredActed,
}

impl Stored for User {
    type Form = StoredUser;
}

impl From<&User> for StoredUser {
    fn from(user: &User) -> Self {
        let User {
            portal,
            id,
            contact,
            authenticators,
            opt_out,
            email_default,
            reset_at,
            disabled_at,
            sign_ins,
            failures,
            opened,
            sent,
            proofs,
            ticket,
            bypass,
            activity,
            acted,
        } = user;
        Self {
            portal: Text(portal.clone()),
            id: Text(id.clone()),
            contact: contact.into(),
            authenticators: authenticators.iter().map(StoredAuthenticator::from).collect(),
            opt_out: opt_out.map(StoredMark::from),
            email_default: email_default.map(StoredDefault::from),
            reset_at: reset_at.map(Timestamp::unix),
            disabled_at: disabled_at.map(Timestamp::unix),
            sign_ins: sign_ins.iter().map(StoredSignIn::from).collect(),
            failures: failures.into(),
            opened: (*opened).into(),
            sent: (*sent).into(),
            proofs: proofs.iter().map(StoredProof::from).collect(),
            ticket: ticket.map(StoredTicket::from),
            bypass: bypass.map(StoredBypass::from),
            activity: activity.iter().map(Remembered::from).collect(),
            acted: acted.into(),
        }
    }
}

impl TryFrom<StoredUser> for User {
    type Error = Malformed;

    fn try_from(stored: StoredUser) -> Result<Self, Malformed> {
        let authenticators = stored.authenticators.into_iter().map(Authenticator::try_from);
        let sign_ins = stored.sign_ins.into_iter().map(SignIn::try_from);
        let proofs = stored.proofs.into_iter().map(Proof::try_from);
        Ok(Self {
            portal: stored.portal.value(),
            id: stored.id.value(),
            contact: stored.contact.try_into()?,
            authenticators: authenticators.collect::<Result<_, _>>()?,
            opt_out: stored.opt_out.map(Mark::from),
            email_default: stored.email_default.map(EmailDefault::from),
            reset_at: stored.reset_at.map(Timestamp::from_unix),
            disabled_at: stored.disabled_at.map(Timestamp::from_unix),
            sign_ins: sign_ins.collect::<Result<_, _>>()?,
            failures: stored.failures.into(),
            opened: stored.opened.into(),
            sent: stored.sent.into(),
            proofs: proofs.collect::<Result<_, _>>()?,
            ticket: stored.ticket.map(Ticket::from),
            bypass: stored.bypass.map(Bypass::from),
            activity: stored.activity.into_iter().map(Entry::from).collect(),
            acted: stored.acted.into(),
        })
    }
}

#[derive(Serialize, Deserialize)]
struct StoredAuthenticator {
    id: Text<AuthenticatorId>,
    #[serde(rename = "g")]
    generation: u32,
    #[serde(rename = "at")]
    bound_at: i64,
    #[serde(flatten)]
    binding: StoredBinding,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum StoredBinding {
    App { secret: StoredSealed, last_step: u64 },
    Email(Text<Email>),
    Sms(StoredPhone),
}

impl From<&Authenticator> for StoredAuthenticator {
    fn from(Authenticator { id, generation, bound_at, binding }: &Authenticator) -> Self {
        Self {
            id: Text(*id),
            generation: *generation,
            bound_at: bound_at.unix(),
            binding: match binding {
                Binding::App { secret, last_step } => {
                    StoredBinding::App { secret: secret.into(), last_step: *last_step }
                }
                Binding::Email(address) => StoredBinding::Email(Text(address.clone())),
                Binding::Sms(phone) => StoredBinding::Sms(phone.into()),
            },
        }
    }
}

impl TryFrom<StoredAuthenticator> for Authenticator {
    type Error = Malformed;

    fn try_from(stored: StoredAuthenticator) -> Result<Self, Malformed> {
        Ok(Self {
            id: stored.id.value(),
            generation: stored.generation,
            bound_at: Timestamp::from_unix(stored.bound_at),
            binding: match stored.binding {
                StoredBinding::App { secret, last_step } => {
                    Binding::App { secret: secret.try_into()?, last_step }
                }
                StoredBinding::Email(address) => Binding::Email(address.value()),
                StoredBinding::Sms(phone) => Binding::Sms(phone.try_into()?),
            },
        })
    }
}

/// The destination's mark, the day in four bytes and the count in one, as base64url.
#[derive(Serialize, Deserialize)]
#[serde(transparent)]
struct StoredProof(String);

impl From<&Proof> for StoredProof {
    fn from(Proof { to, day, sent }: &Proof) -> Self {
        let day = u32::try_from(*day).unwrap_or_default().to_be_bytes();
        Self(BASE64URL.encode([to.as_bytes().as_slice(), &day, &[*sent]].concat()))
    }
}

impl TryFrom<StoredProof> for Proof {
    type Error = Malformed;

    fn try_from(stored: StoredProof) -> Result<Self, Malformed> {
        let damaged = Malformed { what: "a proof", why: "is damaged" };
        let bytes = BASE64URL.decode(stored.0).map_err(|_| damaged)?;
        let (to, rest) = bytes.split_first_chunk().ok_or(damaged)?;
        let (day, rest) = rest.split_first_chunk().ok_or(damaged)?;
        let [sent] = rest else { return Err(damaged) };
        let (to, day) = (DestinationMark::new(*to), i64::from(u32::from_be_bytes(*day)));
        Ok(Self { to, day, sent: *sent })
    }
}

#[derive(PartialEq, Serialize, Deserialize)]
struct StoredMark {
    #[serde(rename = "g")]
    generation: u32,
    at: i64,
}

impl From<Mark> for StoredMark {
    fn from(Mark { generation, at }: Mark) -> Self {
        Self { generation, at: at.unix() }
    }
}

impl From<StoredMark> for Mark {
    fn from(stored: StoredMark) -> Self {
        Self { generation: stored.generation, at: Timestamp::from_unix(stored.at) }
    }
}

#[derive(PartialEq, Serialize, Deserialize)]
struct StoredDefault {
    #[serde(rename = "g")]
    generation: u32,
    at: i64,
    #[serde(rename = "d")]
    to: Text<DestinationHash>,
    #[serde(rename = "x", default, skip_serializing_if = "is_default")]
    replaced: bool,
}

impl From<EmailDefault> for StoredDefault {
    fn from(EmailDefault { generation, at, to, replaced }: EmailDefault) -> Self {
        Self { generation, at: at.unix(), to: Text(to), replaced }
    }
}

impl From<StoredDefault> for EmailDefault {
    fn from(stored: StoredDefault) -> Self {
        Self {
            generation: stored.generation,
            at: Timestamp::from_unix(stored.at),
            to: stored.to.value(),
            replaced: stored.replaced,
        }
    }
}

#[derive(PartialEq, Serialize, Deserialize)]
struct StoredTicket {
    #[serde(rename = "v")]
    version: u32,
    #[serde(rename = "h")]
    mac: Text<SecretMac>,
    #[serde(rename = "x")]
    expires_at: i64,
}

impl From<Ticket> for StoredTicket {
    fn from(Ticket { version, mac, expires_at }: Ticket) -> Self {
        Self { version: version.0, mac: Text(mac), expires_at: expires_at.unix() }
    }
}

impl From<StoredTicket> for Ticket {
    fn from(stored: StoredTicket) -> Self {
        Self {
            version: KeyVersion(stored.version),
            mac: stored.mac.value(),
            expires_at: Timestamp::from_unix(stored.expires_at),
        }
    }
}

#[derive(PartialEq, Serialize, Deserialize)]
struct StoredBypass {
    #[serde(rename = "v")]
    version: u32,
    #[serde(rename = "h")]
    mac: Text<SecretMac>,
    #[serde(rename = "x")]
    expires_at: i64,
    #[serde(rename = "w", default, skip_serializing_if = "is_default")]
    wrong: u8,
}

impl From<Bypass> for StoredBypass {
    fn from(Bypass { version, mac, expires_at, wrong }: Bypass) -> Self {
        Self { version: version.0, mac: Text(mac), expires_at: expires_at.unix(), wrong }
    }
}

impl From<StoredBypass> for Bypass {
    fn from(stored: StoredBypass) -> Self {
        Self {
            version: KeyVersion(stored.version),
            mac: stored.mac.value(),
            expires_at: Timestamp::from_unix(stored.expires_at),
            wrong: stored.wrong,
        }
    }
}

#[derive(Serialize, Deserialize)]
pub(crate) struct StoredTombstone {
    portal: Text<PortalId>,
    erased_at: i64,
    #[serde(default, skip_serializing_if = "is_default")]
    failures: StoredFailures,
    #[serde(default, skip_serializing_if = "is_default")]
    opened: StoredCount,
    #[serde(default, skip_serializing_if = "is_default")]
    sent: StoredCount,
    #[serde(default, skip_serializing_if = "is_default")]
    disabled_at: Option<i64>,
    #[serde(default, skip_serializing_if = "is_default")]
    was_guarded: bool,
}

impl Stored for Tombstone {
    type Form = StoredTombstone;
}

impl From<&Tombstone> for StoredTombstone {
    fn from(tombstone: &Tombstone) -> Self {
        let Tombstone { portal, erased_at, failures, opened, sent, disabled_at, was_guarded } =
            tombstone;
        Self {
            portal: Text(portal.clone()),
            erased_at: erased_at.unix(),
            failures: failures.into(),
            opened: (*opened).into(),
            sent: (*sent).into(),
            disabled_at: disabled_at.map(Timestamp::unix),
            was_guarded: *was_guarded,
        }
    }
}

impl TryFrom<StoredTombstone> for Tombstone {
    type Error = Malformed;

    fn try_from(stored: StoredTombstone) -> Result<Self, Malformed> {
        Ok(Self {
            portal: stored.portal.value(),
            erased_at: Timestamp::from_unix(stored.erased_at),
            failures: stored.failures.into(),
            opened: stored.opened.into(),
            sent: stored.sent.into(),
            disabled_at: stored.disabled_at.map(Timestamp::from_unix),
            was_guarded: stored.was_guarded,
        })
    }
}
