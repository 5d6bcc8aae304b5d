// Made from the OpenAPI document by infra/clients/types. Change nothing here.

use super::words::*;
use serde::Deserialize;
use serde_json::Value;

#[derive(Clone, Debug, Deserialize, PartialEq)]
pub struct ActivityView {
    pub at: i64,
    pub detail: String,
    pub event: KindName,
    pub sessions_not_before: Option<i64>,
    #[serde(rename = "type")]
    pub kind: String,
}

#[derive(Clone, Deserialize, PartialEq)]
pub struct AppEnrolment {
    pub account: String,
    pub issuer: String,
    pub otpauth_uri: String,
    pub qr_svg: String,
    pub secret: String,
}
unprintable!(AppEnrolment);

#[derive(Clone, Debug, Deserialize, PartialEq)]
pub struct BoundView {
    pub bound_at: i64,
    pub id: String,
    pub method: MethodName,
    pub name: Option<String>,
    pub to: Option<String>,
}

#[derive(Clone, Debug, Deserialize, PartialEq)]
pub struct ChallengeView {
    pub delivery: DeliveryName,
    pub expires_at: i64,
    pub method: MethodName,
    pub offer_default: bool,
    pub resend_after: i64,
    pub sends_left: u32,
    pub to: String,
}

#[derive(Clone, Debug, Deserialize, PartialEq)]
pub struct CheckboxView {
    pub label: String,
    pub name: CheckboxName,
    pub value: Value,
}

#[derive(Clone, Debug, Deserialize, PartialEq)]
pub struct ContactKept {
    pub email: Option<String>,
    pub email_reason: Option<String>,
    pub email_verified: bool,
    pub phone: PhoneKeptName,
    pub phone_reason: Option<String>,
}

#[derive(Clone, Deserialize, PartialEq)]
#[serde(untagged)]
pub enum EnrolmentView {
    AppEnrolment(AppEnrolment),
    PasskeyEnrolment(PasskeyEnrolment),
    Other(Value),
}
unprintable!(EnrolmentView);

#[derive(Clone, Debug, Deserialize, PartialEq)]
pub struct FindingView {
    pub channel: ChannelName,
    pub code: FindingName,
    pub detail: String,
    pub severity: SeverityName,
}

#[derive(Clone, Debug, Deserialize, PartialEq)]
pub struct HealthView {
    pub status: HealthName,
    pub version: String,
}

#[derive(Clone, Debug, Deserialize, PartialEq)]
pub struct InputView {
    pub action: String,
    pub autocomplete: AutocompleteName,
    pub body: Value,
    pub checkbox: Option<CheckboxView>,
    pub field: FieldName,
    pub label: String,
    pub public_key: Option<Value>,
}

#[derive(Clone, Debug, Deserialize, PartialEq)]
pub struct LinkView {
    pub action: String,
    pub body: Value,
    pub label: String,
}

#[derive(Clone, Debug, Deserialize, PartialEq)]
pub struct ManagedAuthenticatorView {
    pub added_at: i64,
    pub bound: bool,
    pub id: String,
    pub label: String,
    pub method: MethodName,
    pub name: Option<String>,
    pub reason: Option<KeptReasonName>,
    pub removable: bool,
    pub to: Option<String>,
}

#[derive(Clone, Debug, Deserialize, PartialEq)]
pub struct OptInDone {
    pub sign_out: bool,
}

#[derive(Clone, Debug, Deserialize, PartialEq)]
pub struct OptionView {
    pub bound: bool,
    pub method: MethodName,
    pub to: Option<String>,
}

#[derive(Clone, Deserialize, PartialEq)]
pub struct PasskeyEnrolment {
    pub passkey: Value,
}
unprintable!(PasskeyEnrolment);

#[derive(Clone, Debug, Deserialize, PartialEq)]
pub struct ProblemDocument {
    pub attempts_left: Option<u32>,
    pub code: ProblemCode,
    pub detail: String,
    #[serde(default)]
    pub findings: Vec<FindingView>,
    #[serde(default)]
    pub options: Vec<OptionView>,
    pub request_id: Option<String>,
    pub retry_after: Option<i64>,
    pub scope: Option<ScopeName>,
    pub sign_in: Option<SignInView>,
    pub status: u32,
    pub support: Option<String>,
    #[serde(rename = "type")]
    pub kind: String,
}

#[derive(Clone, Deserialize, PartialEq)]
pub struct RecoveryCodesShown {
    pub codes: Vec<String>,
    pub must_confirm: bool,
}
unprintable!(RecoveryCodesShown);

#[derive(Clone, Debug, Deserialize, PartialEq)]
pub struct RecoveryCodesView {
    pub left: u32,
    pub made_at: i64,
}

#[derive(Clone, Debug, Deserialize, PartialEq)]
pub struct ResetDone {
    pub had_bound: bool,
    pub link_can_be_mailed: Option<bool>,
}

#[derive(Clone, Debug, Deserialize, PartialEq)]
pub struct SecuritySettingsView {
    pub authenticators: Vec<ManagedAuthenticatorView>,
    pub can_add: Vec<MethodName>,
    pub changes_left: u32,
    pub default: Option<MethodName>,
    pub recovery_codes: Option<RecoveryCodesView>,
    pub trusted_browsers: Vec<TrustedBrowserView>,
    pub until: i64,
}

#[derive(Clone, Deserialize, PartialEq)]
pub struct SignInView {
    pub assertion: Option<String>,
    pub browser_token: Option<String>,
    pub challenge: Option<ChallengeView>,
    pub default: Option<MethodName>,
    pub enrolment: Option<EnrolmentView>,
    pub expires_at: i64,
    pub id: String,
    pub input: Option<InputView>,
    pub links: Vec<LinkView>,
    pub message: String,
    pub method: Option<MethodName>,
    pub options: Vec<OptionView>,
    #[serde(default)]
    pub passkey_offered: bool,
    pub prompt_url: Option<String>,
    pub reason: ReasonName,
    pub recovery_codes: Option<RecoveryCodesShown>,
    #[serde(default)]
    pub second_way: Vec<MethodName>,
    pub settings: Option<SecuritySettingsView>,
    pub skippable: bool,
    pub status: StatusName,
    pub text: Option<String>,
    pub unavailable: Vec<UnavailableView>,
}
unprintable!(SignInView);

#[derive(Clone, Debug, Deserialize, PartialEq)]
pub struct TrustedBrowserView {
    pub id: String,
    pub label: String,
    pub since: i64,
    pub until: i64,
}

#[derive(Clone, Debug, Deserialize, PartialEq)]
pub struct UnavailableView {
    pub method: MethodName,
    pub reason: UnavailableName,
}

#[derive(Clone, Debug, Deserialize, PartialEq)]
pub struct UserErased {
    pub erased: bool,
}

#[derive(Clone, Debug, Deserialize, PartialEq)]
pub struct UserSettingsView {
    pub available: bool,
    pub reason: Option<SettingsDeniedName>,
}

#[derive(Clone, Debug, Deserialize, PartialEq)]
pub struct UserView {
    pub can_opt_in: bool,
    pub default: Option<MethodName>,
    pub methods: Vec<BoundView>,
    #[serde(default)]
    pub phone_rejected: bool,
    pub recovery_codes: Option<RecoveryCodesView>,
    pub sessions_not_before: Option<i64>,
    pub settings: UserSettingsView,
    pub skipped: bool,
    pub status: UserStatusName,
    pub trusted_browsers: Vec<TrustedBrowserView>,
}
