//! The types of requests and answers. Every moment is in whole seconds since the Unix epoch.

pub mod admin;
mod device;
mod enrolment;
mod names;
mod parsed;
mod passkey;
mod reset;
mod security_settings;
mod service;
mod sign_in;
mod sign_in_view;
mod trusted_browsers;
mod users;

pub use device::DeviceView;
pub use enrolment::{
    AgainName, AppEnrolment, CodeRequest, ConfirmRequest, Confirmation, EnrolmentRequest,
    EnrolmentView, RecoveryCodesShown,
};
pub use names::{
    AcrName, ChangedByName, ConsequenceName, DeliveryName, EventName, FindingName, GroundName,
    KindName, PasskeyUseName, PresetName, ReadyItemName, ReadyStateName, SeverityName,
    UnavailableName,
};
pub use passkey::{
    MadePasskey, PasskeyCreationOptions, PasskeyEnrolment, PasskeyForm, PasskeyMade, PasskeyProof,
    PasskeyRequestOptions, UsedPasskey,
};
pub use reset::{ActorRequest, ActorRole, ResetDone, ResetRequest, confirmed, reason};
pub use security_settings::{
    KeptReasonName, ManagedAuthenticatorView, SecuritySettingsView, SettingsChangeName,
    SettingsCommand, SettingsDeniedName, SettingsRequest, UserSettingsView,
};
pub use service::{HealthName, HealthView, KeySetView, SigningKeyView};
pub use sign_in::{
    ChallengeRequest, ContextFields, DefaultMethod, MethodName, Proof, ProofForm, ResultRequest,
    SignInRequest, VerifyRequest,
};
pub use sign_in_view::{
    AutocompleteName, ChallengeView, CheckboxName, CheckboxValue, CheckboxView, FieldName,
    InputView, LinkView, NoFields, OptionView, ReasonName, SignInAnswer, StatusName,
    UnavailableView, VerifyFields,
};
pub use trusted_browsers::TrustedBrowserView;
pub use users::{
    ActivityView, BoundView, ContactKept, ContactRecord, OptInDone, OptInRequest,
    PasswordChangeFields, PasswordProofName, PhoneKeptName, RecoveryCodesView, UserErased,
    UserFields, UserStatusName, UserView,
};

pub use parsed::Parsed;

use serde::{Deserialize, Deserializer};

/// Distinguishes an absent field from one that is `null`.
fn nullable<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<Option<T>>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}
