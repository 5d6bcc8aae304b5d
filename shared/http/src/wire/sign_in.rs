use portcullis_domain::{
    BrowserToken, Code, Device, Malformed, Method, Nonce, SecretMac, TransactionText, UserId,
    sign_in::{
        Acr, Event, MaxAge, Remember,
        open::Open,
        verify::{Guess, Typed},
    },
    user::TicketSecret,
};
use serde::{Deserialize, Deserializer, Serialize};
use utoipa::ToSchema;

use super::{AcrName, EventName, Parsed, PasskeyProof, UsedPasskey, UserFields};
use crate::form;

/// A method to prove who is signing in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum MethodName {
    AuthenticatorApp,
    Email,
    Sms,
    Passkey,
    /// A code that the user was shown once. It cannot be enrolled.
    RecoveryCode,
}

impl From<Method> for MethodName {
    fn from(method: Method) -> Self {
        match method {
            Method::AuthenticatorApp => Self::AuthenticatorApp,
            Method::Email => Self::Email,
            Method::Sms => Self::Sms,
            Method::Passkey => Self::Passkey,
            Method::RecoveryCode => Self::RecoveryCode,
        }
    }
}

impl From<MethodName> for Method {
    fn from(name: MethodName) -> Self {
        match name {
            MethodName::AuthenticatorApp => Self::AuthenticatorApp,
            MethodName::Email => Self::Email,
            MethodName::Sms => Self::Sms,
            MethodName::Passkey => Self::Passkey,
            MethodName::RecoveryCode => Self::RecoveryCode,
        }
    }
}

/// Opens a sign-in, after the portal has checked the password.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SignInRequest {
    /// The user who signs in.
    pub user: UserFields,
    /// The event that brought the user here.
    pub event: EventName,
    /// With the event `step_up`: the least that the proof has to be. `delivered` if it is left out.
    #[serde(default)]
    pub acr: Option<AcrName>,
    /// With the event `login`: the age in seconds from which the earlier proof of a trusted browser
    /// no longer counts, so that the user is asked again; with 0 it never counts.
    #[serde(default)]
    #[schema(maximum = 31_536_000)]
    pub max_age: Option<u32>,
    /// With the event `step_up`: what the user confirms, such as a payment. It is one line of 1 to
    /// 140 characters that fits one text message together with the code, without web addresses and
    /// without what could pass for a code. It comes first on the prompt and in messages, codes and
    /// the challenges of passkeys are bound to it, and the assertion has its SHA-256. Nothing else
    /// of it is kept, so send it again with `challenge` and `verify`.
    #[serde(default)]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 140, example = "Pay EUR 250.00 to ACME")]
    pub text: Option<Parsed<TransactionText>>,
    /// 16 to 64 printable ASCII characters, random for each sign-in; the same nonce again returns
    /// the same sign-in.
    #[schema(example = "q7Yc0hJ0a3m1Tq2bV5xZ8w")]
    pub nonce: String,
    /// The `ticket` of a mailed link to enrol again.
    #[serde(default)]
    pub ticket: Option<String>,
    /// Redirect mode: one of the portal's return URLs, exactly as registered. The answer has a
    /// `prompt_url` for the browser, which comes back to
    /// `return_url?result_code=...&state=<nonce>`.
    #[serde(default)]
    pub return_url: Option<String>,
    /// The portal's own screens: the last `browser_token` this browser was given, from its HttpOnly
    /// cookie. A browser that got in before has limits of its own, so that strangers never use them
    /// up. A token that is not good, or of another user, makes the browser a stranger.
    #[serde(default)]
    pub browser_token: Option<String>,
    /// The portal's own screens: the code of the user's authenticator app, if the portal asks for
    /// it together with the password. It is checked if the user is asked for one, and the answer
    /// holds the assertion; otherwise the answer says what comes next. After a wrong code the same
    /// nonce continues the same sign-in.
    #[serde(default)]
    #[schema(example = "123456")]
    pub code: Option<String>,
    /// The device of the user, as the portal saw it. Its browser, system and network are shown in
    /// the log and to the user. What is not understood is ignored.
    #[serde(default)]
    pub context: ContextFields,
}

/// The device of the user.
#[derive(Debug, Default, ToSchema)]
pub struct ContextFields {
    /// The address that the request to the portal came from. Its first 24 bits (IPv4) or 48 bits
    /// (IPv6) are kept.
    #[schema(example = "203.0.113.77")]
    pub ip: Option<String>,
    /// The `User-Agent` header of the request to the portal.
    #[schema(example = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Gecko/20100101 Firefox/143.0")]
    pub user_agent: Option<String>,
}

impl<'de> Deserialize<'de> for ContextFields {
    /// Reads any value: nobody is kept out over what is only shown.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = serde_json::Value::deserialize(deserializer)?;
        let text = |name| value.get(name).and_then(serde_json::Value::as_str).map(str::to_owned);
        Ok(Self { ip: text("ip"), user_agent: text("user_agent") })
    }
}

impl ContextFields {
    fn device(&self) -> Option<Device> {
        Device::seen(self.user_agent.as_deref(), self.ip.as_deref())
    }
}

impl SignInRequest {
    /// Returns the command, and the text that the caller hands over with it.
    pub fn into_command(self) -> Result<(Open, Option<TransactionText>), Malformed> {
        let user = UserId::parse(&self.user.id)?;
        let contact = self.user.update()?;
        let event = self.event.into();
        let acr = self.acr.map(Acr::from);
        match event {
            Event::StepUp if self.ticket.is_some() => {
                let why = "opens an enrolment, which no step-up does";
                return Err(Malformed { what: "ticket", why });
            }
            Event::Login | Event::Invitation | Event::Manage if acr.is_some() => {
                return Err(Malformed { what: "acr", why: "goes with the event `step_up`" });
            }
            Event::Invitation | Event::Manage | Event::StepUp if self.max_age.is_some() => {
                return Err(Malformed { what: "max_age", why: "goes with the event `login`" });
            }
            Event::Login | Event::Invitation | Event::Manage if self.text.is_some() => {
                return Err(Malformed { what: "text", why: "goes with the event `step_up`" });
            }
            Event::Login | Event::Invitation | Event::Manage | Event::StepUp => {}
        }
        let acr = acr.unwrap_or_default();
        let max_age = self.max_age.map(MaxAge::parse).transpose()?;
        let ticket = self.ticket.as_deref().map(TicketSecret::parse).transpose()?;
        let nonce = Nonce::parse(&self.nonce)?;
        // What a browser kept is no reason to refuse a sign-in.
        let browser_token = self.browser_token.and_then(|text| BrowserToken::parse(&text).ok());
        let code = self.code.as_deref().map(Code::parse).transpose()?;
        let return_url = self.return_url;
        if code.is_some() && return_url.is_some() {
            let why = "is for sign-ins without a return_url; the prompt asks for it";
            return Err(Malformed { what: "code", why });
        }
        let device = self.context.device();
        let open = Open {
            user,
            contact,
            event,
            acr,
            max_age,
            nonce,
            ticket,
            return_url,
            oidc: None,
            browser_token,
            code,
            device,
        };
        Ok((open, self.text.map(Parsed::value)))
    }
}

/// Requests a code.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChallengeRequest {
    /// The method.
    pub method: MethodName,
    /// The text that the user confirms, if the step-up was opened with one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 140)]
    pub text: Option<Parsed<TransactionText>>,
}

impl ChallengeRequest {
    pub const fn of(method: MethodName) -> Self {
        Self { method, text: None }
    }
}

/// A method that can be made the default.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DefaultMethod {
    Email,
}

/// One guess, or the use of a passkey.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct VerifyRequest {
    /// The code as the user typed it: six digits, a recovery code or a bypass code. Spaces, dashes
    /// and digits of any script are understood.
    #[serde(default)]
    #[schema(example = "123456")]
    pub code: Option<String>,
    /// In place of a code: what the browser returned for a passkey.
    #[serde(default)]
    pub passkey: Option<UsedPasskey>,
    /// The method it is checked against. If left out: the app if the user chose it and has it, else
    /// the method of the newest code, else the app.
    #[serde(default)]
    pub method: Option<MethodName>,
    /// Make this the default if the code is right.
    #[serde(default)]
    pub set_default: Option<DefaultMethod>,
    /// Remember the browser if the proof is right and the policy remembers browsers for it: the
    /// `browser_token` of the answer is then one of trust, with which the user is not asked again
    /// for a while.
    #[serde(default)]
    pub remember_browser: bool,
    /// The text that the user confirms, if the step-up was opened with one, so that the answer has
    /// it again. A code is judged without it, too.
    #[serde(default)]
    #[schema(value_type = Option<String>, min_length = 1, max_length = 140)]
    pub text: Option<Parsed<TransactionText>>,
}

/// The proof of who is signing in, as the rules take it.
#[derive(Debug)]
pub enum Proof {
    Guess(Guess),
    Passkey(Box<PasskeyProof>, Remember),
}

/// The prompt's form for a code, or for a passkey that was used.
#[derive(Deserialize)]
#[serde(untagged)]
pub enum ProofForm {
    Passkey(UsedPasskeyForm),
    Code(CodeForm),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CodeForm {
    code: String,
    method: Option<MethodName>,
    set_default: Option<DefaultMethod>,
    remember_browser: Option<Ticked>,
}

/// The value of a box that was ticked.
#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Ticked {
    True,
}

/// The prompt's form for a passkey that was used.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UsedPasskeyForm {
    #[serde(deserialize_with = "form::json")]
    passkey: UsedPasskey,
    remember_browser: Option<Ticked>,
}

impl ProofForm {
    /// Returns the same as a request of the API.
    pub fn into_request(self) -> VerifyRequest {
        match self {
            Self::Passkey(UsedPasskeyForm { passkey, remember_browser }) => VerifyRequest {
                code: None,
                passkey: Some(passkey),
                method: None,
                set_default: None,
                remember_browser: remember_browser.is_some(),
                text: None,
            },
            Self::Code(CodeForm { code, method, set_default, remember_browser }) => VerifyRequest {
                code: Some(code),
                passkey: None,
                method,
                set_default,
                remember_browser: remember_browser.is_some(),
                text: None,
            },
        }
    }
}

impl VerifyRequest {
    /// Parses the code or the passkey. An entry of another form is not counted.
    pub fn into_proof(self) -> Result<Proof, Malformed> {
        let method = self.method.map(Method::from);
        let remember =
            if self.remember_browser { Remember::ThisBrowser } else { Remember::Nothing };
        let code = match (self.code, self.passkey) {
            (Some(code), None) => code,
            (None, Some(used)) => {
                if method.is_some_and(|method| method != Method::Passkey)
                    || self.set_default.is_some()
                {
                    let why = "must come alone, or with the method passkey";
                    return Err(Malformed { what: "passkey", why });
                }
                return Ok(Proof::Passkey(Box::new(used.read()?), remember));
            }
            (Some(_), Some(_)) | (None, None) => {
                let why = "must come, or passkey in its place, and not both";
                return Err(Malformed { what: "code", why });
            }
        };
        Ok(Proof::Guess(Guess {
            typed: Typed::parse_for(method, &code)?,
            method,
            make_email_default: self.set_default.is_some(),
            remember,
        }))
    }
}

/// Redeems the code that the browser brought back.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ResultRequest {
    /// The `result_code` of the return URL.
    #[schema(example = "q7Yc0hJ0a3m1Tq2bV5xZ8w")]
    pub result_code: String,
}

impl ResultRequest {
    pub fn into_code(self) -> Result<SecretMac, Malformed> {
        let unchanged = Malformed { what: "result_code", why: "must be the one of the return URL" };
        SecretMac::parse(&self.result_code).map_err(|_| unchanged)
    }
}
