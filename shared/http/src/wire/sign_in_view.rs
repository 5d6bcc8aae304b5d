//! The one answer of every call on a sign-in.

use serde::Serialize;
use utoipa::ToSchema;

use super::{AppEnrolment, MethodName};

/// The state of a sign-in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum StatusName {
    /// The user is in; the answer holds the assertion.
    Allowed,
    Challenge,
    Enrol,
    /// A link to enrol again was mailed.
    CheckEmail,
    Denied,
}

/// A sign-in, ready to show. Every call on a sign-in answers it.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = SignInView)]
pub struct SignInAnswer {
    /// The id of the sign-in.
    #[schema(
        example = "si_acme_AWSzbE0G5KUXB7JSuFHx03QAa0nSAKRBsV_po89WZhGQoLk7newqEHOm5n8OXwmllXxllQPG"
    )]
    pub id: String,
    /// The state.
    pub status: StatusName,
    /// The reason, in one word.
    pub reason: &'static str,
    /// Unix time at which it ends.
    pub expires_at: i64,
    /// The options on offer.
    pub options: Vec<OptionView>,
    /// Methods of the policy that cannot be used now.
    pub unavailable: Vec<UnavailableView>,
    /// The user's saved default.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default: Option<MethodName>,
    /// The code that is on its way.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub challenge: Option<ChallengeView>,
    /// The app that is being enrolled.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enrolment: Option<AppEnrolment>,
    /// One sentence to show.
    pub message: String,
    /// The form to show under the sentence. There is none if the user has to choose a link, is in,
    /// or cannot continue.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub input: Option<InputView>,
    /// Links to show; a back end posts a link's `body` to `/v1/sign-ins/{id}/{action}` unchanged.
    pub links: Vec<LinkView>,
    /// True if "Skip for now" is on offer.
    pub skippable: bool,
    /// Redirect mode: the URL to send the browser to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub prompt_url: Option<String>,
    /// The method that let the user in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub method: Option<MethodName>,
    /// The signed answer, once the user is in. In redirect mode only the answer to a result code
    /// has it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub assertion: Option<String>,
    /// The portal's own screens: once a code was right, a token for this browser. Keep it in an
    /// HttpOnly cookie of that browser, never beside the user, and send it with the next sign-in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub browser_token: Option<String>,
}

/// An option on offer.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct OptionView {
    /// The method.
    pub method: MethodName,
    /// The masked destination of a code.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "test*****.co.nz")]
    pub to: Option<String>,
    /// True if the user has bound it.
    pub bound: bool,
}

/// A method of the policy that cannot be used now.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct UnavailableView {
    /// The method.
    pub method: MethodName,
    /// The reason: `no_verified_email`, `no_phone`, `provider_not_set`,
    /// `country_not_allowed`, `changed_password` or `new_address`.
    pub reason: &'static str,
}

/// The part of a path after `/v1/sign-ins/{id}/`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub enum ActionName {
    #[serde(rename = "challenge")]
    Challenge,
    #[serde(rename = "verify")]
    Verify,
    #[serde(rename = "enrolment")]
    Enrolment,
    #[serde(rename = "enrolment/confirm")]
    Confirm,
    #[serde(rename = "skip")]
    Skip,
}

impl ActionName {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Challenge => "challenge",
            Self::Verify => "verify",
            Self::Enrolment => "enrolment",
            Self::Confirm => "enrolment/confirm",
            Self::Skip => "skip",
        }
    }
}

/// The name of the member that a typed text goes into.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum FieldName {
    Code,
    Phone,
    Email,
    /// Nothing is typed: the form is a button.
    None,
}

/// The `autocomplete` attribute of a field in HTML.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum AutocompleteName {
    OneTimeCode,
    Tel,
    Email,
    Off,
}

/// A form to show. A back end posts `body` to `/v1/sign-ins/{id}/{action}`, with the typed text as
/// the member `field`, and that of the box if it was ticked.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct InputView {
    /// The part of the path after `/v1/sign-ins/{id}/`.
    pub action: ActionName,
    /// The name of the member that the typed text goes into; `none` if the form is a button.
    pub field: FieldName,
    /// The words of the field, or of the button.
    #[schema(example = "Security code")]
    pub label: String,
    /// The `autocomplete` attribute of the field in HTML.
    pub autocomplete: AutocompleteName,
    /// The other members to post.
    #[schema(value_type = Object)]
    pub body: serde_json::Value,
    /// A box that the user may tick.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub checkbox: Option<CheckboxView>,
}

/// A box that adds a member to the body of a form if it is ticked.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct CheckboxView {
    /// The name of the member.
    pub name: &'static str,
    /// Its value.
    pub value: &'static str,
    /// The words of the box.
    #[schema(example = "Always use email for multi-factor authentication?")]
    pub label: String,
}

/// A link to show.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct LinkView {
    /// The words of the link.
    pub label: String,
    /// The part of the path after `/v1/sign-ins/{id}/`.
    pub action: ActionName,
    /// The body to post there.
    #[schema(value_type = Object)]
    pub body: serde_json::Value,
}

/// A code that is on its way.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ChallengeView {
    /// The method.
    pub method: MethodName,
    /// The masked destination.
    #[schema(example = "+64*****89")]
    pub to: String,
    /// `sent`, or `unknown` if the provider did not answer in time, and the code may still arrive.
    pub delivery: &'static str,
    /// Unix time at which the code expires.
    pub expires_at: i64,
    /// Unix time from which another code can be requested.
    pub resend_after: i64,
    /// The number of codes that can still be sent in this sign-in.
    pub sends_left: u8,
    /// True if the user may make email the default with this code.
    pub offer_default: bool,
}
