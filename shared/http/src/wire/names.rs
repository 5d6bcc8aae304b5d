//! Choices of the domain by their names, as they are on the wire and in the OpenAPI document.

use portcullis_domain::{
    Named,
    account::ChangedBy,
    decision::{PasskeyState, SendOutcome},
    dry_run::Consequence,
    policy::Preset,
    settings::{FindingCode, ReadyItem, ReadyState, Severity},
    sign_in::{Acr, Event, Ground, UnavailableReason},
    user::EntryKind,
};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{ObjectBuilder, RefOr, Schema, Type},
};

/// Declares the names of a domain type's choices, which are the domain's own.
macro_rules! names {
    ($($(#[doc = $doc:literal])+ $name:ident of $type:ty;)*) => {
        $($(#[doc = $doc])+
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub struct $name(pub $type);

        impl $name {
            pub fn as_str(self) -> &'static str {
                self.0.name()
            }
        }

        impl From<$type> for $name {
            fn from(choice: $type) -> Self {
                Self(choice)
            }
        }

        impl From<$name> for $type {
            fn from(name: $name) -> Self {
                name.0
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.0.name())
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                choice(deserializer).map(Self)
            }
        }

        impl PartialSchema for $name {
            fn schema() -> RefOr<Schema> {
                schema::<$type>(concat!($($doc),+).trim())
            }
        }

        impl ToSchema for $name {})*
    };
}

names! {
    /// The kind of an entry of the activity log, for programs. Kinds are added, never changed.
    KindName of EntryKind;
    /// The person who changed a contact record: the user, unless it says `admin`.
    ChangedByName of ChangedBy;
    /// The event that brought the user here.
    EventName of Event;
    /// The least that a step-up takes: a code that is sent, a code of an app, or a passkey. A
    /// stronger proof does as well.
    AcrName of Acr;
    /// The proof before a change, in the sign-in that made it.
    GroundName of Ground;
    /// A change for a user if a policy were saved.
    ConsequenceName of Consequence;
    /// The use of a user's passkeys: none of them, or one at least can be used; those that there
    /// are can be copied to other devices, which the policy refuses; or all were made for a domain
    /// that is not in force.
    PasskeyUseName of PasskeyState;
    /// A policy to start from.
    PresetName of Preset;
    /// The reason why a method of the policy cannot be used now.
    UnavailableName of UnavailableReason;
    /// The fate of a message: the provider took it, refused it, or did not answer in time, so that
    /// it may still arrive.
    DeliveryName of SendOutcome;
    /// A finding about settings. Names are added, never changed.
    FindingName of FindingCode;
    /// The effect of a finding on sending.
    SeverityName of Severity;
    /// A thing that sending needs.
    ReadyItemName of ReadyItem;
    /// The answer to one line: `unknown` if the provider could not be asked, or has no way to ask.
    ReadyStateName of ReadyState;
}

fn choice<'de, T: Named, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let name = String::deserialize(deserializer)?;
    // The words of serde for a choice that it knows, without the value.
    let unknown = || {
        let names: Vec<_> = T::ALL.iter().map(|choice| format!("`{}`", choice.name())).collect();
        D::Error::custom(format!("unknown variant, expected one of {}", names.join(", ")))
    };
    T::from_name(&name).ok_or_else(unknown)
}

fn schema<T: Named>(description: &str) -> RefOr<Schema> {
    ObjectBuilder::new()
        .schema_type(Type::String)
        .description(Some(description))
        .enum_values(Some(T::ALL.iter().map(|choice| choice.name())))
        .build()
        .into()
}
