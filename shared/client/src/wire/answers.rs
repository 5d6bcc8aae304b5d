// Made from the OpenAPI document by infra/clients/types. Change nothing here.

use super::words::*;
use serde::Deserialize;
use serde_json::Value;

/// One entry of a user's activity.
#[derive(Clone, Debug, Deserialize, PartialEq)]
pub struct ActivityView {
    /// Unix time, in seconds.
    pub at: i64,
    /// A sentence on the event, for people.
    pub detail: String,
    /// The kind of event, for programs.
    pub event: KindName,
    /// Unix time before which sessions of the user are to end, if it ends any.
    pub sessions_not_before: Option<i64>,
    /// The kind of entry, for people.
    #[serde(rename = "type")]
    pub kind: String,
}

/// The key for an authenticator app.
#[derive(Clone, Deserialize, PartialEq)]
pub struct AppEnrolment {
    /// The name of the account, as the app shows it.
    pub account: String,
    /// The name of the service, as the app shows it.
    pub issuer: String,
    /// The same as a link that phones open in the app.
    pub otpauth_uri: String,
    /// The link as a QR code, an SVG document.
    pub qr_svg: String,
    /// The key in base32, for typing.
    pub secret: String,
}
unprintable!(AppEnrolment);

/// An authenticator.
#[derive(Clone, Debug, Deserialize, PartialEq)]
pub struct BoundView {
    /// Unix time at which it was bound.
    pub bound_at: i64,
    /// Its id.
    pub id: String,
    /// Its method.
    pub method: MethodName,
    /// The name that the user gave it, if there is one.
    pub name: Option<String>,
    /// The masked destination of its codes.
    pub to: Option<String>,
}

/// A code that is on its way.
#[derive(Clone, Debug, Deserialize, PartialEq)]
pub struct ChallengeView {
    /// The fate of its message.
    pub delivery: DeliveryName,
    /// Unix time at which the code expires.
    pub expires_at: i64,
    /// The method.
    pub method: MethodName,
    /// True if the user may make email the default with this code.
    pub offer_default: bool,
    /// Unix time from which another code can be requested.
    pub resend_after: i64,
    /// The number of codes that can still be sent in this sign-in.
    pub sends_left: u32,
    /// The masked destination.
    pub to: String,
}

/// A box that adds a member to the body of a form if it is ticked.
#[derive(Clone, Debug, Deserialize, PartialEq)]
pub struct CheckboxView {
    /// The words of the box.
    pub label: String,
    /// The name of the member.
    pub name: CheckboxName,
    /// Its value.
    pub value: DefaultMethod,
}

/// The parts of a contact record that were kept.
#[derive(Clone, Debug, Deserialize, PartialEq)]
pub struct ContactKept {
    /// The address, masked.
    pub email: Option<String>,
    /// The reason why the record has another address than the one sent.
    pub email_reason: Option<String>,
    /// True if codes may go to the address.
    pub email_verified: bool,
    /// The fate of the number.
    pub phone: PhoneKeptName,
    /// The reason why the number was rejected.
    pub phone_reason: Option<String>,
}

/// The thing being enrolled: an app by its key, or a passkey by the options for the browser.
#[derive(Clone, Debug, Deserialize, PartialEq)]
#[serde(untagged)]
pub enum EnrolmentView {
    AppEnrolment(AppEnrolment),
    PasskeyEnrolment(PasskeyEnrolment),
}

/// A finding about a channel.
#[derive(Clone, Debug, Deserialize, PartialEq)]
pub struct FindingView {
    /// The channel.
    pub channel: ChannelName,
    /// A stable name.
    pub code: FindingName,
    /// The finding, and what to do about it.
    pub detail: String,
    /// `blocks` if no message can be sent, `limits` if some can, `unchecked` if only a test
    /// message can show it.
    pub severity: SeverityName,
}

/// The health of the service.
#[derive(Clone, Debug, Deserialize, PartialEq)]
pub struct HealthView {
    /// Always `ok`: anything else is a problem.
    pub status: HealthName,
}

/// A form to show.
#[derive(Clone, Debug, Deserialize, PartialEq)]
pub struct InputView {
    /// The end of the path to post to.
    pub action: String,
    /// The `autocomplete` attribute of the field in HTML.
    pub autocomplete: AutocompleteName,
    /// The members to post.
    pub body: Value,
    /// A box that the user may tick.
    pub checkbox: Option<CheckboxView>,
    /// The name of the member that the typed text goes into.
    pub field: FieldName,
    /// The words of the field, or of the button.
    pub label: String,
    /// The options for the browser, if a passkey is to be made.
    pub public_key: Option<Value>,
}

/// A link to show.
#[derive(Clone, Debug, Deserialize, PartialEq)]
pub struct LinkView {
    /// The end of the path to post to.
    pub action: String,
    /// The members to post.
    pub body: Value,
    /// The words of the link.
    pub label: String,
}

/// An authenticator in the user's settings.
#[derive(Clone, Debug, Deserialize, PartialEq)]
pub struct ManagedAuthenticatorView {
    /// Unix time at which it was bound.
    pub added_at: i64,
    /// Always `true`: what is not confirmed yet is in `enrolment` or `challenge`.
    pub bound: bool,
    /// Its id.
    pub id: String,
    /// The name to show: the user's own, or one made of the method and the day.
    pub label: String,
    /// Its method.
    pub method: MethodName,
    /// The name that the user gave it, if there is one.
    pub name: Option<String>,
    /// The reason why it cannot be removed.
    pub reason: Option<KeptReasonName>,
    /// True if it can be removed.
    pub removable: bool,
    /// The masked destination of its codes.
    pub to: Option<String>,
}

/// The skip is cleared.
#[derive(Clone, Debug, Deserialize, PartialEq)]
pub struct OptInDone {
    /// True if the portal has to sign the user out.
    pub sign_out: bool,
}

/// An option on offer.
#[derive(Clone, Debug, Deserialize, PartialEq)]
pub struct OptionView {
    /// True if the user has bound it.
    pub bound: bool,
    /// The method.
    pub method: MethodName,
    /// The masked destination of a code.
    pub to: Option<String>,
}

/// The options for the passkey that is being enrolled.
#[derive(Clone, Deserialize, PartialEq)]
pub struct PasskeyEnrolment {
    /// The options for the browser.
    pub passkey: Value,
}
unprintable!(PasskeyEnrolment);

/// The body of every answer that is not a success.
#[derive(Clone, Debug, Deserialize, PartialEq)]
pub struct ProblemDocument {
    /// Wrong codes left in this sign-in.
    pub attempts_left: Option<u32>,
    /// Stable, for programs.
    pub code: ProblemCode,
    /// One plain sentence or two for the person, saying what to do next.
    pub detail: String,
    /// The providers' findings about settings that cannot be used.
    #[serde(default)]
    pub findings: Vec<FindingView>,
    /// The other ways on offer, where one failed.
    #[serde(default)]
    pub options: Vec<OptionView>,
    /// The id of the request, for questions about it.
    pub request_id: Option<String>,
    /// Seconds until it makes sense to try again.
    pub retry_after: Option<i64>,
    /// The scope that the API key has not, and the call needs.
    pub scope: Option<ScopeName>,
    /// Calls on a sign-in: the sign-in as it stands, without anything secret.
    pub sign_in: Option<SignInView>,
    /// The HTTP status.
    pub status: u32,
    /// The portal's sentence on support.
    pub support: Option<String>,
    /// A URN that ends in the code.
    #[serde(rename = "type")]
    pub kind: String,
}

/// Recovery codes that were just made.
#[derive(Clone, Deserialize, PartialEq)]
pub struct RecoveryCodesShown {
    /// The codes, in groups.
    pub codes: Vec<String>,
    /// True if the policy wants the user to say that they are kept, before you let the user go
    /// on.
    pub must_confirm: bool,
}
unprintable!(RecoveryCodesShown);

/// The recovery codes of a user.
#[derive(Clone, Debug, Deserialize, PartialEq)]
pub struct RecoveryCodesView {
    /// The number of codes that were not used yet.
    pub left: u32,
    /// Unix time at which they were made.
    pub made_at: i64,
}

/// The report of a reset.
#[derive(Clone, Debug, Deserialize, PartialEq)]
pub struct ResetDone {
    /// True if an authenticator was removed.
    pub had_bound: bool,
    /// Present if the user needs a link to enrol again: true if the next sign-in can mail it.
    pub link_can_be_mailed: Option<bool>,
}

/// The user's security settings, while they can be changed.
#[derive(Clone, Debug, Deserialize, PartialEq)]
pub struct SecuritySettingsView {
    /// The authenticators, the oldest first.
    pub authenticators: Vec<ManagedAuthenticatorView>,
    /// The methods that can be added with `POST /v1/sign-ins/{id}/enrolment`.
    pub can_add: Vec<MethodName>,
    /// The number of changes that can still be made with this proof.
    pub changes_left: u32,
    /// The saved default.
    pub default: Option<MethodName>,
    /// The recovery codes, if there are any.
    pub recovery_codes: Option<RecoveryCodesView>,
    /// Unix time from which another proof is needed.
    pub until: i64,
}

/// A sign-in, ready to show.
#[derive(Clone, Deserialize, PartialEq)]
pub struct SignInView {
    /// The signed answer, once the user is in.
    pub assertion: Option<String>,
    /// The portal's own screens: once a code was right, a token for this browser.
    pub browser_token: Option<String>,
    /// The code that is on its way.
    pub challenge: Option<ChallengeView>,
    /// The user's saved default.
    pub default: Option<MethodName>,
    /// The app or the passkey that is being enrolled.
    pub enrolment: Option<EnrolmentView>,
    /// Unix time at which it ends.
    pub expires_at: i64,
    /// The id of the sign-in.
    pub id: String,
    /// The form to show under the sentence.
    pub input: Option<InputView>,
    /// Links to show.
    pub links: Vec<LinkView>,
    /// One sentence to show.
    pub message: String,
    /// The method that let the user in.
    pub method: Option<MethodName>,
    /// The options on offer.
    pub options: Vec<OptionView>,
    /// True if a passkey is offered, because the user got in by something weaker.
    #[serde(default)]
    pub passkey_offered: bool,
    /// Redirect mode: the URL to send the browser to.
    pub prompt_url: Option<String>,
    /// The reason, in one word.
    pub reason: ReasonName,
    /// The portal's own screens: the recovery codes that were made with an enrolment.
    pub recovery_codes: Option<RecoveryCodesShown>,
    /// The methods of which a second way in is offered, after a good sign-in by the only one
    /// that is bound.
    #[serde(default)]
    pub second_way: Vec<MethodName>,
    /// The user's security settings, while they can be changed: the event is `manage`, and a
    /// proof was given within the last ten minutes.
    pub settings: Option<SecuritySettingsView>,
    /// True if "Skip for now" is on offer.
    pub skippable: bool,
    /// The state.
    pub status: StatusName,
    /// Methods of the policy that cannot be used now.
    pub unavailable: Vec<UnavailableView>,
}
unprintable!(SignInView);

/// A method of the policy that cannot be used now.
#[derive(Clone, Debug, Deserialize, PartialEq)]
pub struct UnavailableView {
    /// The method.
    pub method: MethodName,
    /// The reason.
    pub reason: UnavailableName,
}

/// The user is erased.
#[derive(Clone, Debug, Deserialize, PartialEq)]
pub struct UserErased {
    /// Always `true`.
    pub erased: bool,
}

/// The way for the user to change what is bound: a sign-in whose event is `manage`.
#[derive(Clone, Debug, Deserialize, PartialEq)]
pub struct UserSettingsView {
    /// True if `POST /v1/sign-ins` with the event `manage` leads to the user's settings now.
    pub available: bool,
    /// The reason, if it does not.
    pub reason: Option<SettingsDeniedName>,
}

/// The methods a user has bound, and the answer of the next sign-in.
#[derive(Clone, Debug, Deserialize, PartialEq)]
pub struct UserView {
    /// True if "Enable MFA" can be offered.
    pub can_opt_in: bool,
    /// The saved default.
    pub default: Option<MethodName>,
    /// The methods bound in this generation of the portal.
    pub methods: Vec<BoundView>,
    /// True if the last number given could not be kept.
    #[serde(default)]
    pub phone_rejected: bool,
    /// The recovery codes.
    pub recovery_codes: Option<RecoveryCodesView>,
    /// Unix time of the last reset or erasure, if there was one: end the user's own sessions
    /// that began before it.
    pub sessions_not_before: Option<i64>,
    /// The way to the user's own security settings.
    pub settings: UserSettingsView,
    /// True if the user skipped, and the skip counts now.
    pub skipped: bool,
    /// The answer of the next sign-in.
    pub status: UserStatusName,
}
