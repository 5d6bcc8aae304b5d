//! A pushed authorization request (RFC 9126), and the URI that stands for it.

use portcullis_domain::{
    Malformed, Named as _, Nonce, SignInId,
    sign_in::{Acr, EssentialAcr, Event, MaxAge, ReachedAcr, oidc::Arrival, open::Open},
    user::TicketSecret,
};
use portcullis_keys::PushedState;
use serde::{Deserialize, Serialize};

use super::{OauthError, OauthForm};
use crate::wire::UserFields;

const MAX_STATE: usize = 2_048;
const MAX_NONCE: usize = 256;

/// A pushed request: the sign-in that it opens, and what the browser carries.
#[derive(Debug)]
pub struct PushedRequest {
    pub open: Open,
    pub state: PushedState,
    pub nonce: Option<String>,
}

/// The answer to a pushed request (RFC 9126, section 2.2).
#[derive(Debug, Serialize)]
pub struct PushedAnswer {
    pub request_uri: String,
    /// Seconds.
    pub expires_in: i64,
}

const URN: &str = "urn:ietf:params:oauth:request_uri:";

/// Returns the parts of the URI of a pushed request: the id of the sign-in, and what the browser
/// carries.
pub fn request_uri_parts(uri: &str) -> Option<(&str, &str)> {
    uri.strip_prefix(URN)?.split_once('.')
}

/// The parameters of an authorization request, which are pushed. Beside a request URI none of them
/// is taken; what else a library adds is ignored (RFC 6749, section 3.1).
const PARAMETERS: [&str; 22] = [
    "response_type",
    "response_mode",
    "scope",
    "redirect_uri",
    "state",
    "nonce",
    "code_challenge",
    "code_challenge_method",
    "login_hint",
    "user",
    "event",
    "ticket",
    "acr_values",
    "claims",
    "max_age",
    "prompt",
    "display",
    "ui_locales",
    "id_token_hint",
    "request",
    "client_secret",
    "registration",
];

pub fn is_pushed(parameter: &str) -> bool {
    PARAMETERS.contains(&parameter)
}

/// The `claims` parameter (OpenID Connect Core, section 5.5), as far as it is about the class.
#[derive(Debug, Default, Deserialize)]
struct Claims {
    #[serde(default)]
    id_token: Option<IdTokenClaims>,
}

#[derive(Debug, Default, Deserialize)]
struct IdTokenClaims {
    #[serde(default)]
    acr: Option<AcrClaim>,
}

#[derive(Debug, Default, Deserialize)]
struct AcrClaim {
    #[serde(default)]
    essential: bool,
    #[serde(default)]
    value: Option<String>,
    #[serde(default)]
    values: Vec<String>,
}

impl TryFrom<&OauthForm> for PushedRequest {
    type Error = OauthError;

    fn try_from(form: &OauthForm) -> Result<Self, OauthError> {
        must_be_supported(form)?;
        let event = match form.get("event") {
            None => Event::Login,
            Some(name) => Event::from_name(name).ok_or(Malformed {
                what: "event",
                why: "must be login, invitation, manage or step_up",
            })?,
        };
        let essential = essential(form)?;
        let wanted = form.get("acr_values").unwrap_or_default().split(' ');
        let wanted = wanted.filter_map(ReachedAcr::from_name);
        let least = least(wanted.chain(essential.as_slice().iter().copied()));
        let (max_age, arrival) = freshness(form, event)?;
        let ticket = form.get("ticket").map(TicketSecret::parse).transpose()?;
        if event == Event::StepUp && ticket.is_some() {
            let why = "opens an enrolment, which no step-up does";
            return Err(Malformed { what: "ticket", why }.into());
        }
        let user = user(form)?;
        let redirect_uri = form.need("redirect_uri")?;
        let open = Open {
            user: portcullis_domain::UserId::parse(&user.id)?,
            contact: user.update()?,
            event,
            acr: match event {
                Event::StepUp => least,
                Event::Login | Event::Invitation | Event::Manage => Acr::default(),
            },
            max_age,
            nonce: challenge(form)?,
            ticket,
            return_url: Some(redirect_uri.to_owned()),
            oidc: Some(essential),
            browser_token: None,
            code: None,
            device: None,
        };
        let state = limited(form, "state", MAX_STATE)?;
        let nonce = limited(form, "nonce", MAX_NONCE)?;
        Ok(Self { open, state: PushedState::new(state, arrival, redirect_uri), nonce })
    }
}

impl PushedAnswer {
    /// The URI of a sign-in with the sealed parts that the browser carries.
    pub fn new(id: &SignInId, state: &str, nonce: &str, expires_in: i64) -> Self {
        Self { request_uri: format!("{URN}{id}.{state}.{nonce}"), expires_in }
    }
}

/// Refuses what a client may ask for elsewhere, and not here.
fn must_be_supported(form: &OauthForm) -> Result<(), OauthError> {
    if form.need("response_type")? != "code" {
        let why = "The response_type must be code.";
        return Err(OauthError::unsupported("unsupported_response_type", why));
    }
    if !form.get("scope").unwrap_or_default().split(' ').any(|scope| scope == "openid") {
        return Err(OauthError::unsupported("invalid_scope", "The scope must have openid in it."));
    }
    if form.get("request").is_some() {
        let why = "Request objects are not supported. Push the parameters themselves.";
        return Err(OauthError::unsupported("request_not_supported", why));
    }
    if form.get("request_uri").is_some() {
        let why = "Leave request_uri out of a pushed request, and push the parameters themselves.";
        return Err(OauthError::invalid_request(why));
    }
    match form.get("response_mode") {
        None | Some("query") => Ok(()),
        Some(_) => Err(OauthError::invalid_request("The response_mode must be query.")),
    }
}

/// Returns the code challenge, which is the nonce of the sign-in (RFC 7636, section 4.3).
fn challenge(form: &OauthForm) -> Result<Nonce, OauthError> {
    if form.get("code_challenge_method") != Some("S256") {
        let why = "Send a code_challenge with code_challenge_method=S256 (RFC 7636).";
        return Err(OauthError::invalid_request(why));
    }
    let challenge = form.need("code_challenge")?;
    let is_base64url = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_');
    let is_hash = challenge.len() == 43 && challenge.bytes().all(is_base64url);
    let why = "must be the SHA-256 of the code_verifier as 43 characters of base64url";
    let malformed = || Malformed { what: "code_challenge", why };
    let nonce = Nonce::parse(challenge).ok().filter(|_| is_hash);
    Ok(nonce.ok_or_else(malformed)?)
}

/// Reads the user: `login_hint` is the id, and `user` has the contact fields in JSON.
fn user(form: &OauthForm) -> Result<UserFields, OauthError> {
    let why = "must be a JSON object of the contact fields of POST /v1/sign-ins, without the id, which is the login_hint";
    let malformed = || Malformed { what: "user", why };
    let id = serde_json::to_string(form.need("login_hint")?).map_err(|_| malformed())?;
    let fields = form.get("user").unwrap_or("{}").trim_start();
    let rest = fields.strip_prefix('{').ok_or_else(malformed)?.trim_start();
    // The id goes in front, so that a second one is a field that comes twice.
    let joint = if rest.starts_with('}') { "" } else { "," };
    let text = format!(r#"{{"id":{id}{joint}{rest}"#);
    Ok(serde_json::from_str(&text).map_err(|_| malformed())?)
}

fn essential(form: &OauthForm) -> Result<EssentialAcr, OauthError> {
    let Some(text) = form.get("claims") else { return Ok(EssentialAcr::default()) };
    let why = "must be the JSON object of OpenID Connect Core, section 5.5";
    let claims: Claims =
        serde_json::from_str(text).map_err(|_| Malformed { what: "claims", why })?;
    let acr = claims.id_token.and_then(|claims| claims.acr).filter(|acr| acr.essential);
    let Some(AcrClaim { value, values, .. }) = acr else { return Ok(EssentialAcr::default()) };
    let named: Vec<String> = value.into_iter().chain(values).collect();
    let essential = EssentialAcr::of(named.iter().filter_map(|name| ReachedAcr::from_name(name)));
    // An unknown class that is essential is never met; without any the list would mean all.
    if essential.as_slice().is_empty() && !named.is_empty() {
        let why = "names no acr that is reached here; see acr_values_supported";
        return Err(Malformed { what: "claims", why }.into());
    }
    Ok(essential)
}

/// Returns the weakest of the classes that a step-up can ask for.
fn least(classes: impl Iterator<Item = ReachedAcr>) -> Acr {
    let asked = classes.filter_map(|class| match class {
        ReachedAcr::Delivered => Some(Acr::Delivered),
        ReachedAcr::App => Some(Acr::App),
        ReachedAcr::Passkey => Some(Acr::Passkey),
        ReachedAcr::None | ReachedAcr::Bypass | ReachedAcr::Recovery | ReachedAcr::Fallback => None,
    });
    asked.min_by_key(|acr| acr.strength()).unwrap_or_default()
}

/// Reads `max_age` and `prompt`: with `prompt=login` no earlier proof counts.
fn freshness(form: &OauthForm, event: Event) -> Result<(Option<MaxAge>, Arrival), OauthError> {
    let max_age = form.get("max_age").map(|text| {
        let why = "must be a number of seconds";
        let seconds: u32 = text.parse().map_err(|_| Malformed { what: "max_age", why })?;
        MaxAge::parse(seconds)
    });
    let max_age = max_age.transpose()?;
    match event {
        Event::Invitation | Event::Manage | Event::StepUp if max_age.is_some() => {
            return Err(Malformed { what: "max_age", why: "goes with the event `login`" }.into());
        }
        Event::Login | Event::Invitation | Event::Manage | Event::StepUp => {}
    }
    match (form.get("prompt"), event) {
        (None, _) => Ok((max_age, Arrival::WithPages)),
        (Some("none"), _) => Ok((max_age, Arrival::WithoutPages)),
        (Some("login"), Event::Login) => Ok((Some(MaxAge::parse(0)?), Arrival::WithPages)),
        (Some("login"), Event::Invitation | Event::Manage | Event::StepUp) => {
            Ok((None, Arrival::WithPages))
        }
        (Some(_), _) => Err(Malformed { what: "prompt", why: "must be none or login" }.into()),
    }
}

fn limited(
    form: &OauthForm,
    name: &'static str,
    most: usize,
) -> Result<Option<String>, OauthError> {
    match form.get(name) {
        Some(text) if text.len() > most => {
            Err(OauthError::invalid_request(&format!("The {name} is longer than {most} bytes.")))
        }
        text => Ok(text.map(str::to_owned)),
    }
}
