//! Bound things of a user, and the one being enrolled in a sign-in.

use portcullis_domain::{
    AuthenticatorId, AuthenticatorName, Destination, Email, Malformed, Method, UnknownBound,
    sign_in::{Pending, Place},
    user::{Authenticator, Binding, ClockDrift},
};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de, ser};
use serde_json::value::RawValue;

use super::{
    contact::StoredPhone,
    members::{members, nothing_else},
    number::Numbered,
    passkey::StoredPasskey,
    value::{Moment, StoredSealed, Text},
};

members! {
    /// One of secret, address, number and passkey, and what belongs to it. Method and generation of
    /// an authenticator stand in the projection.
    pub(super) struct StoredBinding {
        "i" id: Option<Text<AuthenticatorId>>,
        "t" bound_at: Moment,
        "k" secret: Option<StoredSealed>,
        "l" last_step: u64,
        /// The steps that the phone's clock was ahead.
        "d" drift: u8,
        "m" email: Option<Text<Email>>,
        "p" phone: Option<StoredPhone>,
        "c" passkey: Option<StoredPasskey>,
        /// A passkey is to be made: nothing is known of it but its id.
        "q" awaits_passkey: bool,
        /// The name that the user gave it.
        "n" name: Option<Text<AuthenticatorName>>,
        /// The one that it replaces when it is confirmed.
        "r" replaces: Option<Text<AuthenticatorId>>,
    }
}

impl StoredBinding {
    fn id(&self) -> Result<AuthenticatorId, Malformed> {
        self.id.map(Text::value).ok_or(Malformed { what: "an authenticator", why: "has no id" })
    }

    fn to(to: &Destination) -> Self {
        match to {
            Destination::Email(address) => {
                Self { email: Some(Text(address.clone())), ..Self::default() }
            }
            Destination::Sms(phone) => Self { phone: Some(phone.into()), ..Self::default() },
        }
    }
}

/// An authenticator; one of an unknown kind is the text it was found in.
#[derive(Clone, PartialEq)]
pub(super) enum StoredBound {
    Known(Box<StoredBinding>),
    Unknown(String),
}

impl Serialize for StoredBound {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Known(binding) => binding.serialize(serializer),
            Self::Unknown(found) => {
                let found: &RawValue = serde_json::from_str(found).map_err(ser::Error::custom)?;
                found.serialize(serializer)
            }
        }
    }
}

impl<'de> Deserialize<'de> for StoredBound {
    /// The kind stands elsewhere, so that it is looked into by [`Self::known`] alone.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let found = Box::<RawValue>::deserialize(deserializer).map_err(de::Error::custom)?;
        Ok(Self::Unknown(found.get().to_owned()))
    }
}

impl From<&Authenticator> for StoredBound {
    fn from(authenticator: &Authenticator) -> Self {
        let Authenticator { id, generation: _, bound_at, name, binding, unknown } = authenticator;
        let form = match binding {
            Binding::App { secret, last_step, drift } => StoredBinding {
                secret: Some(secret.into()),
                last_step: *last_step,
                drift: drift.steps(),
                ..StoredBinding::default()
            },
            Binding::Email(address) => StoredBinding::to(&Destination::Email(address.clone())),
            Binding::Sms(phone) => StoredBinding::to(&Destination::Sms(phone.clone())),
            Binding::Passkey(passkey) => {
                StoredBinding { passkey: Some(passkey.into()), ..StoredBinding::default() }
            }
        };
        let (id, bound_at) = (Some(Text(*id)), (*bound_at).into());
        let (name, unknown) = (name.clone().map(Text), unknown.clone());
        Self::Known(Box::new(StoredBinding { id, bound_at, name, unknown, ..form }))
    }
}

impl StoredBound {
    pub(super) fn known(self, method: Method, generation: u32) -> Result<Authenticator, Malformed> {
        let damaged = Malformed { what: "an authenticator", why: "is not one of its method" };
        let form = match self {
            Self::Known(form) => *form,
            Self::Unknown(found) => serde_json::from_str(&found).map_err(|_| damaged)?,
        };
        let (id, bound_at) = (form.id()?, form.bound_at.into());
        let StoredBinding {
            secret, last_step, drift, email, phone, passkey, name, unknown, ..
        } = form;
        let name = name.map(Text::value);
        let binding = match (secret, email, phone, passkey) {
            (Some(secret), None, None, None) => {
                let drift = ClockDrift::from_steps(drift)?;
                Binding::App { secret: secret.try_into()?, last_step, drift }
            }
            (None, Some(address), None, None) => Binding::Email(address.value()),
            (None, None, Some(phone), None) => Binding::Sms(phone.try_into()?),
            (None, None, None, Some(passkey)) => Binding::Passkey(passkey.try_into()?),
            _ => return Err(damaged),
        };
        let authenticator = Authenticator { id, generation, bound_at, name, binding, unknown };
        if authenticator.method() == method { Ok(authenticator) } else { Err(damaged) }
    }

    /// Keeps one of an unknown kind as it was found.
    pub(super) fn unknown(self, kind: u16, generation: u32) -> Result<UnknownBound, Malformed> {
        match self {
            Self::Unknown(value) => Ok(UnknownBound { kind, generation, value }),
            Self::Known(_) => Err(Malformed { what: "an authenticator", why: "was not read" }),
        }
    }
}

/// Returns the method of a kind by its number, if it is known.
pub(super) fn method(kind: u16) -> Option<Method> {
    Method::from_number(kind)
}

impl From<&Pending> for StoredBinding {
    fn from(pending: &Pending) -> Self {
        let Place { replaces, name } = pending.place();
        let (id, form) = match pending {
            Pending::App { id, secret, place: _ } => {
                (id, Self { secret: Some(secret.into()), ..Self::default() })
            }
            Pending::Destination { id, to, place: _ } => (id, Self::to(to)),
            Pending::Passkey { id, place: _ } => {
                (id, Self { awaits_passkey: true, ..Self::default() })
            }
        };
        let (replaces, name) = (replaces.map(Text), name.clone().map(Text));
        Self { id: Some(Text(*id)), replaces, name, ..form }
    }
}

impl TryFrom<StoredBinding> for Pending {
    type Error = Malformed;

    fn try_from(stored: StoredBinding) -> Result<Self, Malformed> {
        let id = stored.id()?;
        nothing_else(&stored.unknown)?;
        let (replaces, name) = (stored.replaces.map(Text::value), stored.name.map(Text::value));
        let place = Place { replaces, name };
        match (stored.secret, stored.email, stored.phone, stored.awaits_passkey) {
            (Some(secret), None, None, false) => {
                Ok(Self::App { id, secret: secret.try_into()?, place })
            }
            (None, None, None, true) => Ok(Self::Passkey { id, place }),
            (None, Some(address), None, false) => {
                Ok(Self::Destination { id, to: Destination::Email(address.value()), place })
            }
            (None, None, Some(phone), false) => {
                Ok(Self::Destination { id, to: Destination::Sms(phone.try_into()?), place })
            }
            _ => Err(Malformed { what: "an enrolment", why: "is of no method" }),
        }
    }
}
