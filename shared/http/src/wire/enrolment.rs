use portcullis_domain::{
    AuthenticatorId, Code, Email, Malformed, RecoveryCode, TypedPhone,
    sign_in::{
        AppKey, MadeCodes, Place,
        enrol::{Enrol, Start},
    },
};
use serde::{Deserialize, Serialize};
use std::fmt;
use utoipa::ToSchema;

use super::{
    MadePasskey, MethodName, PasskeyEnrolment, PasskeyMade, security_settings::parse_name,
};
use crate::{Problem, qr_svg};

/// Starts an enrolment. A number or an address goes into the field of its method only.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EnrolmentRequest {
    /// The method to enrol.
    pub method: MethodName,
    /// The number, for `sms`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// The address, for `email`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// For `sms` and `email`, in place of a number or an address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub again: Option<AgainName>,
    /// The name to give it, 1 to 32 characters on one line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = "Work phone")]
    pub name: Option<String>,
    /// In a sign-in whose event is `manage`: the id of the authenticator that is removed when this
    /// one is confirmed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = "5tGdL2qWc0Y")]
    pub replaces: Option<String>,
}

/// Something that is done again in an enrolment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AgainName {
    /// Send a code once more to the number or address that was entered.
    Code,
    /// Ask for a number or an address: the answer has the form for it.
    Destination,
}

impl EnrolmentRequest {
    /// Returns the request for a method without a destination.
    pub(crate) const fn of(method: MethodName, again: Option<AgainName>) -> Self {
        Self { method, phone: None, email: None, again, name: None, replaces: None }
    }

    /// Returns the request for an app in place of another authenticator.
    pub(crate) fn of_app_instead(replaced: AuthenticatorId) -> Self {
        let replaces = Some(replaced.to_string());
        Self { replaces, ..Self::of(MethodName::AuthenticatorApp, None) }
    }

    /// Parses the destination, which must belong to the method.
    pub fn into_command(self) -> Result<Start, Malformed> {
        let replaces = self.replaces.as_deref().map(AuthenticatorId::parse).transpose()?;
        let name = parse_name(self.name.as_deref())?;
        Ok(Start { enrol: self.into_enrolment()?, place: Place { replaces, name } })
    }

    fn into_enrolment(self) -> Result<Enrol, Malformed> {
        let malformed = |why| Malformed { what: "method", why };
        match (self.method, self.phone, self.email, self.again) {
            (MethodName::AuthenticatorApp, None, None, None) => Ok(Enrol::App),
            (MethodName::Passkey, None, None, None) => Ok(Enrol::Passkey),
            (MethodName::Sms, Some(phone), None, None) => Ok(Enrol::Sms(TypedPhone::new(phone))),
            (MethodName::Email, None, Some(email), None) => Ok(Enrol::Email(Email::parse(&email)?)),
            (MethodName::Sms | MethodName::Email, None, None, Some(AgainName::Code)) => {
                Ok(Enrol::Again(self.method.into()))
            }
            (MethodName::Sms | MethodName::Email, None, None, Some(AgainName::Destination)) => {
                Ok(Enrol::Destination(self.method.into()))
            }
            (MethodName::RecoveryCode, ..) => Err(malformed(
                "must be one that users enrol; recovery codes come with an enrolment",
            )),
            (MethodName::AuthenticatorApp | MethodName::Passkey, ..) => {
                Err(malformed("must come alone if it is authenticator_app or passkey"))
            }
            (MethodName::Sms, ..) => {
                Err(malformed("must come with phone, or with again, and nothing else if it is sms"))
            }
            (MethodName::Email, ..) => Err(malformed(
                "must come with email, or with again, and nothing else if it is email",
            )),
        }
    }
}

/// The key for an authenticator app; the same until it is confirmed.
#[derive(Clone, Serialize, ToSchema)]
pub struct AppEnrolment {
    /// The key in base32, for typing.
    #[schema(example = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")]
    pub secret: String,
    /// The same as a link that phones open in the app.
    pub otpauth_uri: String,
    /// The name of the service, as the app shows it.
    pub issuer: String,
    /// The name of the account, as the app shows it.
    pub account: String,
    /// The link as a QR code, an SVG document.
    pub qr_svg: String,
}

impl fmt::Debug for AppEnrolment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AppEnrolment")
    }
}

impl AppEnrolment {
    /// Makes the link and the QR code of a key.
    pub fn of(key: &AppKey) -> Result<Self, Problem> {
        let (otpauth_uri, secret) =
            portcullis_keys::key_uri(&key.secret, &key.issuer, &key.account)?;
        let qr_svg = qr_svg(&otpauth_uri).map_err(|error| Problem::failed(&error))?;
        let (issuer, account) = (key.issuer.as_str().to_owned(), key.account.clone());
        Ok(Self { secret, otpauth_uri, issuer, account, qr_svg })
    }
}

/// The thing being enrolled: an app by its key, or a passkey by the options for the browser.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(untagged)]
pub enum EnrolmentView {
    App(AppEnrolment),
    Passkey(Box<PasskeyEnrolment>),
}

/// Recovery codes that were just made. They are shown once.
#[derive(Clone, Serialize, ToSchema)]
pub struct RecoveryCodesShown {
    /// The codes, in groups. Each lets the user in once.
    #[schema(example = json!(["K4M2Q-X90AB-7YTRD"]))]
    pub codes: Vec<String>,
    /// True if the policy wants the user to say that they are kept, before you let the user go on.
    pub must_confirm: bool,
}

impl fmt::Debug for RecoveryCodesShown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RecoveryCodesShown")
    }
}

impl From<&MadeCodes> for RecoveryCodesShown {
    fn from(made: &MadeCodes) -> Self {
        let codes = made.codes.iter().map(RecoveryCode::grouped).collect();
        Self { codes, must_confirm: made.must_confirm }
    }
}

/// Confirms what is being enrolled.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ConfirmRequest {
    /// The code as the user typed it.
    #[serde(default)]
    #[schema(example = "123456")]
    pub code: Option<String>,
    /// In place of a code: what the browser returned for a new passkey.
    #[serde(default)]
    pub passkey: Option<MadePasskey>,
}

/// Sends a code.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CodeRequest {
    /// The code as the user typed it.
    #[schema(example = "123456")]
    pub code: String,
}

/// The confirmation of an enrolment, as the rules take it.
#[derive(Debug)]
pub enum Confirmation {
    Code(Code),
    Passkey(Box<PasskeyMade>),
}

impl ConfirmRequest {
    /// Parses the code or the passkey. An entry that is not six digits is no guess, and is not
    /// counted.
    pub fn into_confirmation(self) -> Result<Confirmation, Malformed> {
        match (self.code, self.passkey) {
            (Some(code), None) => Code::parse(&code).map(Confirmation::Code),
            (None, Some(made)) => Ok(Confirmation::Passkey(Box::new(made.read()?))),
            (Some(_), Some(_)) | (None, None) => {
                let why = "must come, or passkey in its place, and not both";
                Err(Malformed { what: "code", why })
            }
        }
    }
}
