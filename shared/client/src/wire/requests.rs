// Made from the OpenAPI document by infra/clients/types. Change nothing here.

use super::words::*;
use serde::Serialize;

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ActorRequest {
    pub id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organization: Option<String>,
    pub role: ActorRole,
}

impl ActorRequest {
    pub fn new(id: String, role: ActorRole) -> Self {
        Self { id, role, organization: None }
    }
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ChallengeRequest {
    pub method: MethodName,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

impl ChallengeRequest {
    pub fn new(method: MethodName) -> Self {
        Self { method, text: None }
    }
}

#[derive(Clone, Default, PartialEq, Serialize)]
pub struct ConfirmRequest {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub passkey: Option<MadePasskey>,
}
unprintable!(ConfirmRequest);

#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct ContactRecord {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub changed_by: Option<ChangedByName>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub display_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email_verified: Option<bool>,
    pub id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub locale: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organization: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub password_changed: Option<PasswordChangeFields>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct ContextFields {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ip: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_agent: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct EnrolmentRequest {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub again: Option<AgainName>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    pub method: MethodName,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub replaces: Option<String>,
}

impl EnrolmentRequest {
    pub fn new(method: MethodName) -> Self {
        Self { method, again: None, email: None, name: None, phone: None, replaces: None }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct MadePasskey {
    pub algorithm: i64,
    pub authenticator_data: String,
    pub client_data_json: String,
    pub id: String,
    pub public_key: String,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct OptInRequest {
    pub confirm: bool,
    pub id: String,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PasswordChangeFields {
    pub at: i64,
    pub by: PasswordProofName,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ResetRequest {
    pub actor: ActorRequest,
    pub confirm: bool,
    pub id: String,
    pub reason: String,
}

#[derive(Clone, Default, PartialEq, Serialize)]
pub struct ResultRequest {
    pub result_code: String,
}
unprintable!(ResultRequest);

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SettingsRequest {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub authenticator: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub browser: Option<String>,
    pub change: SettingsChangeName,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

impl SettingsRequest {
    pub fn new(change: SettingsChangeName) -> Self {
        Self { change, authenticator: None, browser: None, name: None }
    }
}

#[derive(Clone, PartialEq, Serialize)]
pub struct SignInRequest {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub acr: Option<AcrName>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub browser_token: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub context: Option<ContextFields>,
    pub event: EventName,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_age: Option<u32>,
    pub nonce: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub return_url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ticket: Option<String>,
    pub user: UserFields,
}
unprintable!(SignInRequest);

impl SignInRequest {
    pub fn new(event: EventName, nonce: String, user: UserFields) -> Self {
        Self {
            event,
            nonce,
            user,
            acr: None,
            browser_token: None,
            code: None,
            context: None,
            max_age: None,
            return_url: None,
            text: None,
            ticket: None,
        }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct UsedPasskey {
    pub authenticator_data: String,
    pub client_data_json: String,
    pub id: String,
    pub signature: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_handle: Option<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct UserFields {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub display_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email_verified: Option<bool>,
    pub id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub locale: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organization: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
}

#[derive(Clone, Default, PartialEq, Serialize)]
pub struct VerifyRequest {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub method: Option<MethodName>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub passkey: Option<UsedPasskey>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remember_browser: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub set_default: Option<DefaultMethod>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}
unprintable!(VerifyRequest);
