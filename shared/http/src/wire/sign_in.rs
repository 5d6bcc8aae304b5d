use portcullis_domain::{
    BrowserToken, Code, Device, Malformed, Method, Nonce, SecretMac, UserId,
    sign_in::{
        Event,
        open::Open,
        verify::{Guess, Typed},
    },
    user::TicketSecret,
};
use serde::{Deserialize, Deserializer, Serialize};
use utoipa::ToSchema;

use super::UserFields;

/// A method to prove who is signing in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum MethodName {
    AuthenticatorApp,
    Email,
    Sms,
}

impl From<Method> for MethodName {
    fn from(method: Method) -> Self {
        match method {
            Method::AuthenticatorApp => Self::AuthenticatorApp,
            Method::Email => Self::Email,
            Method::Sms => Self::Sms,
        }
    }
}

impl From<MethodName> for Method {
    fn from(name: MethodName) -> Self {
        match name {
            MethodName::AuthenticatorApp => Self::AuthenticatorApp,
            MethodName::Email => Self::Email,
            MethodName::Sms => Self::Sms,
        }
    }
}

/// The event that brought the user here.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum EventName {
    Login,
    Invitation,
}

/// Opens a sign-in, after the portal has checked the password.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SignInRequest {
    /// The user who signs in.
    pub user: UserFields,
    /// The event that brought the user here.
    pub event: EventName,
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
    pub fn into_command(self) -> Result<Open, Malformed> {
        let user = UserId::parse(&self.user.id)?;
        let contact = self.user.update()?;
        let event = match self.event {
            EventName::Login => Event::Login,
            EventName::Invitation => Event::Invitation,
        };
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
        Ok(Open { user, contact, event, nonce, ticket, return_url, browser_token, code, device })
    }
}

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

/// A sign-in, ready to show.
#[derive(Debug, Serialize, ToSchema)]
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
    /// One sentence to show.
    pub message: String,
    /// Links to show; a back end posts a link's `body` to `/v1/sign-ins/{id}/{action}` unchanged.
    pub links: Vec<LinkView>,
    /// True if "Skip for now" is on offer.
    pub skippable: bool,
    /// Redirect mode: the URL to send the browser to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub prompt_url: Option<String>,
    /// The signed answer, once the user is in; never in redirect mode.
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
#[derive(Debug, Serialize, ToSchema)]
pub struct UnavailableView {
    /// The method.
    pub method: MethodName,
    /// The reason: `no_verified_email`, `no_phone`, `provider_not_set`,
    /// `country_not_allowed`, `changed_password` or `new_address`.
    pub reason: &'static str,
}

/// A link to show.
#[derive(Debug, Serialize, ToSchema)]
pub struct LinkView {
    /// The words of the link.
    pub label: String,
    /// The part of the path after `/v1/sign-ins/{id}/`.
    pub action: &'static str,
    /// The body to post there.
    #[schema(value_type = Object)]
    pub body: serde_json::Value,
}

/// Requests a code.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChallengeRequest {
    /// The method.
    pub method: MethodName,
}

/// A code that is on its way.
#[derive(Debug, Serialize, ToSchema)]
pub struct ChallengeView {
    /// The method.
    pub method: MethodName,
    /// The masked destination.
    #[schema(example = "+64*****89")]
    pub to: Option<String>,
    /// `sent`; `unknown` if the provider did not answer in time, and the code may still arrive;
    /// `none` if the app was chosen.
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

/// A method that can be made the default.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum DefaultMethod {
    Email,
}

/// One guess.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct VerifyRequest {
    /// The code as the user typed it: six digits, or a bypass code. Spaces, dashes and digits of
    /// any script are understood.
    #[schema(example = "123456")]
    pub code: String,
    /// The method it is checked against. If left out: the app if the user chose it and has it, else
    /// the method of the newest code, else the app.
    #[serde(default)]
    pub method: Option<MethodName>,
    /// Make this the default if the code is right.
    #[serde(default)]
    pub set_default: Option<DefaultMethod>,
}

impl VerifyRequest {
    /// Parses the code. An entry that is neither six digits nor a bypass code is not counted.
    pub fn into_guess(self) -> Result<Guess, Malformed> {
        Ok(Guess {
            typed: Typed::parse(&self.code)?,
            method: self.method.map(Method::from),
            make_email_default: self.set_default.is_some(),
        })
    }
}

/// The answer to an accepted code.
#[derive(Debug, Serialize, ToSchema)]
pub struct VerifyAnswer {
    /// `allowed`, or `enrol` if the user has to set up a method before the sign-in is done.
    pub status: StatusName,
    /// The signed answer, once the user is in; never in redirect mode.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub assertion: Option<String>,
    /// The method.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub method: Option<MethodName>,
    /// The portal's own screens: a token for this browser, once a code was right. Keep it in an
    /// HttpOnly cookie of that browser, never beside the user, and send it with the next sign-in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub browser_token: Option<String>,
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

/// The answer to a result code.
#[derive(Serialize, ToSchema)]
pub struct ResultAnswer {
    /// The signed answer.
    pub assertion: String,
}
