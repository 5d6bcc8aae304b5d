//! The types of requests and answers. Every moment is in whole seconds since the Unix epoch.

pub mod admin;
mod device;
mod enrolment;
mod parsed;
mod reset;
mod sign_in;
mod sign_in_view;
mod users;

pub use device::DeviceView;
pub use enrolment::{AgainName, AppEnrolment, ConfirmRequest, EnrolmentRequest};
pub use reset::{ActorRequest, ActorRole, ResetDone, ResetRequest, confirmed, reason};
pub use sign_in::{
    ChallengeRequest, ContextFields, DefaultMethod, EventName, MethodName, ResultRequest,
    SignInRequest, VerifyRequest,
};
pub use sign_in_view::{
    ActionName, AutocompleteName, ChallengeView, CheckboxView, FieldName, InputView, LinkView,
    OptionView, SignInAnswer, StatusName, UnavailableView,
};
pub use users::{
    ActivityView, BoundView, ContactKept, ContactRecord, OptInDone, OptInRequest,
    PasswordChangeFields, PasswordProofName, UserErased, UserFields, UserView,
};

pub use parsed::{KindName, Parsed};

use serde::{Deserialize, Deserializer};

/// Distinguishes an absent field from one that is `null`.
fn nullable<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<Option<T>>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}
