// Made from the OpenAPI document by infra/clients/types. Change nothing here.

use super::words::*;
use serde::Serialize;

/// An admin of the portal.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ActorRequest {
    /// The portal's user id of the admin.
    pub id: String,
    /// The admin's organisation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organization: Option<String>,
    /// The reach of the admin's rights.
    pub role: ActorRole,
}

/// Requests a code.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ChallengeRequest {
    /// The method.
    pub method: MethodName,
}

/// Confirms what is being enrolled.
#[derive(Clone, Default, PartialEq, Serialize)]
pub struct ConfirmRequest {
    /// The code as the user typed it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// In place of a code: what the browser returned for a new passkey.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub passkey: Option<MadePasskey>,
}
unprintable!(ConfirmRequest);

/// The whole contact record of a user.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct ContactRecord {
    /// The person who changed the record.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub changed_by: Option<ChangedByName>,
    /// The name shown to people, cut to 128 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub display_name: Option<String>,
    /// One email address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// True if the portal has verified the address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email_verified: Option<bool>,
    /// The portal's own immutable id, 1 to 256 bytes, compared byte for byte.
    pub id: String,
    /// The language to write in, as a tag such as `en`, `nl-NZ` or `en_US`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub locale: Option<String>,
    /// The customer company the user belongs to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organization: Option<String>,
    /// Tells that the user's password was changed, so that what the old one began ends: open
    /// sign-ins and known browsers, and the lock of browsers that never got in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub password_changed: Option<PasswordChangeFields>,
    /// A phone number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
}

/// The device of the user.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct ContextFields {
    /// The address that the request to the portal came from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ip: Option<String>,
    /// The `User-Agent` header of the request to the portal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_agent: Option<String>,
}

/// Starts an enrolment.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct EnrolmentRequest {
    /// For `sms` and `email`, in place of a number or an address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub again: Option<AgainName>,
    /// The address, for `email`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// The method to enrol.
    pub method: MethodName,
    /// The name to give it, 1 to 32 characters on one line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The number, for `sms`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// In a sign-in whose event is `manage`: the id of the authenticator that is removed when
    /// this one is confirmed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub replaces: Option<String>,
}

/// A passkey that was made: what `navigator.credentials.create()` returned.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct MadePasskey {
    /// The result of `response.getPublicKeyAlgorithm()`.
    pub algorithm: i64,
    /// The result of `response.getAuthenticatorData()`.
    pub authenticator_data: String,
    /// `response.clientDataJSON`.
    pub client_data_json: String,
    /// `id`.
    pub id: String,
    /// The result of `response.getPublicKey()`.
    pub public_key: String,
}

/// Confirms "Enable MFA".
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct OptInRequest {
    /// Must be `true`: the user was asked and confirmed.
    pub confirm: bool,
    /// The portal's id of the user.
    pub id: String,
}

/// A change of the password in the portal.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PasswordChangeFields {
    /// Unix time of the change.
    pub at: i64,
    /// The way the user proved the right to it.
    pub by: PasswordProofName,
}

/// Resets a user.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ResetRequest {
    /// The admin.
    pub actor: ActorRequest,
    /// Must be `true`: the admin was asked and confirmed.
    pub confirm: bool,
    /// The portal's id of the user to reset.
    pub id: String,
    /// The reason, for the activity log: 1 to 200 bytes on one line.
    pub reason: String,
}

/// Redeems the code that the browser brought back.
#[derive(Clone, Default, PartialEq, Serialize)]
pub struct ResultRequest {
    /// The `result_code` of the return URL.
    pub result_code: String,
}
unprintable!(ResultRequest);

/// Changes the settings, after a proof in the same sign-in.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SettingsRequest {
    /// The id of the authenticator that is removed or renamed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub authenticator: Option<String>,
    /// The change.
    pub change: SettingsChangeName,
    /// Its new name, 1 to 32 characters on one line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

/// Opens a sign-in, after the portal has checked the password.
#[derive(Clone, PartialEq, Serialize)]
pub struct SignInRequest {
    /// The portal's own screens: the last `browser_token` this browser was given, from its
    /// HttpOnly cookie.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub browser_token: Option<String>,
    /// The portal's own screens: the code of the user's authenticator app, if the portal asks
    /// for it together with the password.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// The device of the user, as the portal saw it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub context: Option<ContextFields>,
    /// The event that brought the user here.
    pub event: EventName,
    /// 16 to 64 printable ASCII characters, random for each sign-in.
    pub nonce: String,
    /// Redirect mode: one of the portal's return URLs, exactly as registered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub return_url: Option<String>,
    /// The `ticket` of a mailed link to enrol again.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ticket: Option<String>,
    /// The user who signs in.
    pub user: UserFields,
}
unprintable!(SignInRequest);

/// The use of a passkey: what `navigator.credentials.get()` returned.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct UsedPasskey {
    /// `response.authenticatorData`.
    pub authenticator_data: String,
    /// `response.clientDataJSON`.
    pub client_data_json: String,
    /// `id`.
    pub id: String,
    /// `response.signature`.
    pub signature: String,
    /// `response.userHandle`, if it is not null.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_handle: Option<String>,
}

/// A user in a sign-in.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct UserFields {
    /// The name shown to people, cut to 128 characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub display_name: Option<String>,
    /// One email address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// True if the portal has verified the address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email_verified: Option<bool>,
    /// The portal's own immutable id, 1 to 256 bytes, compared byte for byte.
    pub id: String,
    /// The language to write in, as a tag such as `en`, `nl-NZ` or `en_US`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub locale: Option<String>,
    /// The customer company the user belongs to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organization: Option<String>,
    /// A phone number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
}

/// One guess, or the use of a passkey.
#[derive(Clone, Default, PartialEq, Serialize)]
pub struct VerifyRequest {
    /// The code as the user typed it: six digits, a recovery code or a bypass code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// The method it is checked against.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub method: Option<MethodName>,
    /// In place of a code: what the browser returned for a passkey.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub passkey: Option<UsedPasskey>,
    /// Make this the default if the code is right.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub set_default: Option<DefaultMethod>,
}
unprintable!(VerifyRequest);
