//! The one answer of every call on a sign-in.

use portcullis_domain::TransactionText;
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    ChallengeRequest, DefaultMethod, DeliveryName, EnrolmentRequest, EnrolmentView, MethodName,
    Parsed, PasskeyCreationOptions, PasskeyRequestOptions, RecoveryCodesShown,
    SecuritySettingsView, SettingsRequest, UnavailableName,
};

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

/// The reason of a state. Reasons are added, never changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ReasonName {
    Done,
    Skipped,
    Bypass,
    NotRequired,
    /// The browser is trusted, by the proof of an earlier sign-in.
    TrustedBrowser,
    /// The user has time to set something up, and used some of it.
    Grace,
    /// The policy was changed since, and asks for nothing.
    PolicyChanged,
    /// The user has a method to prove who is signing in.
    Usable,
    /// The policy wants an emailed code before the first enrolment.
    EnrolmentProof,
    /// Too many codes were wrong: a recovery code leads to an enrolment.
    RecoveryNeeded,
    /// The policy no longer has the bound method: a code of it, and then an enrolment.
    MethodLeftPolicy,
    NothingBound,
    LinkNeeded,
    SignInDead,
    /// Somebody said that a change was not theirs; an admin has to reset the user.
    Frozen,
    AuthenticatorDisabled,
    NoUsableMethod,
    NoVerifiedEmail,
    /// The portal's policy does not let users change their settings, or nothing is bound while
    /// nobody is asked to enrol.
    NothingToManage,
    /// A step-up, and the user has nothing that is strong enough. `unavailable` names the methods
    /// that would do.
    CannotStepUp,
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
    pub reason: ReasonName,
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
    /// The app or the passkey that is being enrolled.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enrolment: Option<EnrolmentView>,
    /// The portal's own screens: the recovery codes that were made with an enrolment. Only this
    /// sign-in shows them, until its assertion has expired. Show them, and keep none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recovery_codes: Option<RecoveryCodesShown>,
    /// The methods of which a second way in is offered, after a good sign-in by the only one that
    /// is bound. `links` has the offer and the way past it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub second_way: Vec<MethodName>,
    /// True if a passkey is offered, because the user got in by something weaker. `links` has the
    /// offer and the way past it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub passkey_offered: bool,
    /// The user's security settings, while they can be changed: the event is `manage`, and a proof
    /// was given within the last ten minutes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub settings: Option<SecuritySettingsView>,
    /// The text that the user confirms, if it came with the call. Show it first.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "Pay EUR 250.00 to ACME")]
    pub text: Option<String>,
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
    /// The reason.
    pub reason: UnavailableName,
}

/// The name of the member that a typed text goes into.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum FieldName {
    Code,
    Phone,
    Email,
    /// Nothing is typed: a button passes `public_key` to the browser, whose answer is posted as the
    /// member `passkey`.
    Passkey,
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

impl InputView {
    /// The same form with the text that the user confirms among what is posted.
    pub(crate) fn with_text(mut self, text: &TransactionText) -> Self {
        let text = Some(Parsed(text.clone()));
        match &mut self {
            Self::Challenge { body, .. } => body.text = text,
            Self::Verify { body, .. } => body.text = text,
            Self::Enrolment { .. } | Self::Confirm { .. } => {}
        }
        self
    }
}

impl LinkView {
    /// The same link with the text that the user confirms among what is posted.
    pub(crate) fn with_text(mut self, text: &TransactionText) -> Self {
        match &mut self {
            Self::Challenge { body, .. } => body.text = Some(Parsed(text.clone())),
            Self::Enrolment { .. } | Self::Settings { .. } | Self::Skip { .. } => {}
        }
        self
    }
}

/// A form to show. A back end posts `body` to `/v1/sign-ins/{id}/{action}`, with the typed text as
/// the member `field`, and that of the box if it was ticked.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(tag = "action")]
pub enum InputView {
    /// A button that sends a code.
    #[serde(rename = "challenge")]
    Challenge {
        /// The name of the member that the typed text goes into; `none` if the form is a button.
        field: FieldName,
        /// The words of the field, or of the button.
        #[schema(example = "Security code")]
        label: String,
        /// The `autocomplete` attribute of the field in HTML.
        autocomplete: AutocompleteName,
        /// The other members to post.
        body: ChallengeRequest,
    },
    /// A field for a code, or a button that asks for a passkey.
    #[serde(rename = "verify")]
    Verify {
        /// The name of the member that the typed text goes into; `none` if the form is a button.
        field: FieldName,
        /// The words of the field, or of the button.
        #[schema(example = "Security code")]
        label: String,
        /// The `autocomplete` attribute of the field in HTML.
        autocomplete: AutocompleteName,
        /// The other members to post.
        body: VerifyFields,
        /// A box that the user may tick.
        #[serde(skip_serializing_if = "Option::is_none")]
        checkbox: Option<CheckboxView>,
        /// The options for the browser, if a passkey is asked for.
        #[serde(skip_serializing_if = "Option::is_none")]
        public_key: Option<Box<PasskeyRequestOptions>>,
    },
    /// A field for a number or an address, or a button that sets up an app or a passkey.
    #[serde(rename = "enrolment")]
    Enrolment {
        /// The name of the member that the typed text goes into; `none` if the form is a button.
        field: FieldName,
        /// The words of the field, or of the button.
        #[schema(example = "Security code")]
        label: String,
        /// The `autocomplete` attribute of the field in HTML.
        autocomplete: AutocompleteName,
        /// The other members to post.
        body: EnrolmentRequest,
    },
    /// A field for the code that confirms an enrolment, or a button that makes a passkey.
    #[serde(rename = "enrolment/confirm")]
    Confirm {
        /// The name of the member that the typed text goes into; `none` if the form is a button.
        field: FieldName,
        /// The words of the field, or of the button.
        #[schema(example = "Security code")]
        label: String,
        /// The `autocomplete` attribute of the field in HTML.
        autocomplete: AutocompleteName,
        /// The other members to post.
        body: NoFields,
        /// The options for the browser, if a passkey is to be made.
        #[serde(skip_serializing_if = "Option::is_none")]
        public_key: Option<Box<PasskeyCreationOptions>>,
    },
}

/// The members of a guess beside the code.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct VerifyFields {
    /// The method it is checked against.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub method: Option<MethodName>,
    /// The text that the user confirms.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub text: Option<Parsed<TransactionText>>,
}

/// A body without a member.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct NoFields {}

/// The member that a box adds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CheckboxName {
    SetDefault,
    RememberBrowser,
}

/// The value of the member that a box adds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum CheckboxValue {
    Default(DefaultMethod),
    Yes(bool),
}

/// A box that adds a member to the body of a form if it is ticked.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct CheckboxView {
    /// The name of the member.
    pub name: CheckboxName,
    /// Its value, to post as it is.
    #[schema(value_type = serde_json::Value)]
    pub value: CheckboxValue,
    /// The words of the box.
    #[schema(example = "Always use email for multi-factor authentication?")]
    pub label: String,
}

/// A link to show. A back end posts `body` to `/v1/sign-ins/{id}/{action}` unchanged.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(tag = "action", rename_all = "snake_case")]
pub enum LinkView {
    /// Sends a code, or asks for one of the app, for a passkey or for a recovery code.
    Challenge {
        /// The words of the link.
        label: String,
        /// The body to post.
        body: ChallengeRequest,
    },
    /// Enrols a method, or does a part of it again.
    Enrolment {
        /// The words of the link.
        label: String,
        /// The body to post.
        body: EnrolmentRequest,
    },
    /// Changes the user's settings.
    Settings {
        /// The words of the link.
        label: String,
        /// The body to post.
        body: SettingsRequest,
    },
    /// Skips enrolment for now.
    Skip {
        /// The words of the link.
        label: String,
        /// The body to post.
        body: NoFields,
    },
}

/// A code that is on its way.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ChallengeView {
    /// The method.
    pub method: MethodName,
    /// The masked destination.
    #[schema(example = "+64*****89")]
    pub to: String,
    /// The fate of its message; `unknown` if the provider did not answer in time, and the code may
    /// still arrive.
    pub delivery: DeliveryName,
    /// Unix time at which the code expires.
    pub expires_at: i64,
    /// Unix time from which another code can be requested.
    pub resend_after: i64,
    /// The number of codes that can still be sent in this sign-in.
    pub sends_left: u8,
    /// True if the user may make email the default with this code.
    pub offer_default: bool,
}
