use portcullis_domain::{
    Code, Email, Malformed, TypedPhone,
    sign_in::enrol::{AppKey, Enrol},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::MethodName;
use crate::{Problem, qr_svg};

/// Starts an enrolment. A number or an address goes into the field of its method only.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EnrolmentRequest {
    /// The method to enrol.
    pub method: MethodName,
    /// The number, for `sms`.
    #[serde(default)]
    pub phone: Option<String>,
    /// The address, for `email`.
    #[serde(default)]
    pub email: Option<String>,
}

impl EnrolmentRequest {
    /// Parses the destination, which must belong to the method.
    pub fn into_command(self) -> Result<Enrol, Malformed> {
        match (self.method, self.phone, self.email) {
            (MethodName::AuthenticatorApp, None, None) => Ok(Enrol::App),
            (MethodName::Sms, Some(phone), None) => Ok(Enrol::Sms(TypedPhone::new(phone))),
            (MethodName::Email, None, Some(email)) => Ok(Enrol::Email(Email::parse(&email)?)),
            (MethodName::AuthenticatorApp, ..) => Err(Malformed {
                what: "phone and email",
                why: "must be left out for authenticator_app",
            }),
            (MethodName::Sms, ..) => Err(Malformed {
                what: "phone",
                why: "is needed for sms, and email must be left out",
            }),
            (MethodName::Email, ..) => Err(Malformed {
                what: "email",
                why: "is needed for email, and phone must be left out",
            }),
        }
    }
}

/// The data that the user needs to continue.
#[derive(Serialize, ToSchema)]
#[serde(untagged)]
pub enum EnrolmentStarted {
    /// A secret for an authenticator app.
    App(AppEnrolment),
    /// A code that was sent.
    Delivered(DeliveredEnrolment),
}

/// The key for an authenticator app; the same until it is confirmed.
#[derive(Serialize, ToSchema)]
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

/// A code that was sent to the destination that is being enrolled.
#[derive(Serialize, ToSchema)]
pub struct DeliveredEnrolment {
    /// The masked destination.
    pub to: String,
    /// `sent`, or `unknown` if the provider did not answer in time.
    pub delivery: &'static str,
    /// Unix time at which the code expires.
    pub expires_at: i64,
    /// Unix time from which another code can be requested.
    pub resend_after: i64,
}

/// Confirms what is being enrolled.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ConfirmRequest {
    /// The code as the user typed it.
    #[schema(example = "123456")]
    pub code: String,
}

impl ConfirmRequest {
    /// Parses the code. An entry that is not six digits is no guess, and not counted.
    pub fn into_code(self) -> Result<Code, Malformed> {
        Code::parse(&self.code)
    }
}
