//! OpenID Connect over the hosted prompt: the browser comes with a pushed request (RFC 9126), and
//! goes back with a code that the portal's back end exchanges (OpenID Connect Core, section 3.1).

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD as BASE64URL};

use super::{
    Acceptance, MaySend, Outgoing, Progress, SignIn, SignInView,
    prompt::{self, Browser, Claimed, Secret, claim_first, hosted},
    result::Redeemed,
};
use crate::{
    Decision, DecisionContext, Nonce, Refusal, SecretMac, SignInId, User, WriteKind, limits,
    user::sign_in::Fetched, values::named::named,
};

/// The manner in which a browser comes to the authorization endpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arrival {
    /// Pages may be shown.
    WithPages,
    /// None may be shown: the pushed request has `prompt=none`.
    WithoutPages,
    /// The URL has more than the pushed request in it.
    Malformed,
}

/// An error with which the browser goes back to the portal, by the names of RFC 6749, section
/// 4.1.2.1, OpenID Connect Core, sections 3.1.2.6 and 6.3.3, and OpenID Connect Core Error Code
/// `unmet_authentication_requirements`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OidcError {
    InvalidRequest,
    /// The pushed request was used, or its time is over.
    InvalidRequestUri,
    LoginRequired,
    /// The user left the prompt, or cannot get in.
    AccessDenied,
    /// The user is in, or could get in, by less than what is essential.
    Unmet,
}

named! {
    OidcError {
        InvalidRequest: "invalid_request", InvalidRequestUri: "invalid_request_uri",
        LoginRequired: "login_required", AccessDenied: "access_denied",
        Unmet: "unmet_authentication_requirements",
    }
}

/// The part of a pushed request that the browser carries to the end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Carried {
    /// The issuer, which the answer names (RFC 9207).
    pub issuer: String,
    pub state: Option<String>,
    /// The portal's nonce, sealed: it goes on in the code.
    pub nonce: String,
}

#[derive(Debug)]
pub enum Authorized {
    Claimed(Box<Claimed>),
    /// Nothing was changed. The URL is none if the portal no longer has it.
    SentBack(OidcError, Option<String>),
}

impl MaySend for Authorized {
    fn outgoing(&self) -> Option<Outgoing> {
        match self {
            Self::Claimed(claimed) => claimed.outgoing(),
            Self::SentBack(..) => None,
        }
    }
}

/// Gives the prompt of a sign-in to the browser that comes with its pushed request, once and within
/// a minute.
///
/// # Errors
/// [`Refusal::UnknownSignIn`] if it was not begun by OpenID Connect; and those of
/// [`prompt::claim`].
pub fn authorize(
    context: &DecisionContext<'_>,
    known: Option<User>,
    id: &SignInId,
    browser: Browser<'_>,
    arrival: Arrival,
) -> Result<Decision<Authorized>, Refusal> {
    let user = known.ok_or(Refusal::UnknownSignIn)?;
    let sign_in = hosted(&user, id)?;
    if sign_in.oidc.is_none() {
        return Err(Refusal::UnknownSignIn);
    }
    let url = sign_in.return_to.and_then(|place| context.portal.return_url(place));
    let sent_back =
        |error| Ok(Decision::unchanged(Authorized::SentBack(error, url.map(str::to_owned))));
    if arrival == Arrival::Malformed {
        return sent_back(OidcError::InvalidRequest);
    }
    let age = context.now.since(id.key.opened_at());
    if sign_in.browser.is_some() || age >= limits::REQUEST_URI_SECONDS {
        return sent_back(OidcError::InvalidRequestUri);
    }
    let claimed = claim_first(context, &user, id, browser)?;
    let is_in = match claimed.answer.as_ref().map(|claimed| &claimed.visited.view.status) {
        Ok(status) => status.acceptance().is_some(),
        Err(_) => false,
    };
    match arrival {
        Arrival::WithoutPages if !is_in => sent_back(OidcError::LoginRequired),
        Arrival::WithPages | Arrival::WithoutPages | Arrival::Malformed => {
            Ok(claimed.map(|claimed| Authorized::Claimed(Box::new(claimed))))
        }
    }
}

/// An authorization code with what has to come with it (RFC 6749, section 4.1.3, and RFC 7636,
/// section 4.5).
#[derive(Clone, Debug)]
pub struct CodeGrant {
    pub secret: SecretMac,
    pub redirect_uri: String,
    pub code_verifier: String,
}

/// Exchanges a code, once.
///
/// # Errors
/// [`Refusal::ResultRefused`] for another code, another redirect URI or another verifier, for a
/// code that was exchanged, or if what is essential was not met.
pub fn redeem_code(
    context: &DecisionContext<'_>,
    known: Option<User>,
    id: &SignInId,
    grant: &CodeGrant,
    key: &str,
) -> Result<Decision<Redeemed>, Refusal> {
    let (user, sign_in) = SignInView::find(context, known.as_ref(), id)?;
    let acceptance = reached(sign_in).ok_or(Refusal::ResultRefused)?;
    let version = sign_in.browser.ok_or(Refusal::ResultRefused)?;
    let is_right = Secret::Code.of(context, user, id.key, version)?.is(&grant.secret);
    let url = sign_in.return_to.and_then(|place| context.portal.return_url(place));
    let is_there = url == Some(grant.redirect_uri.as_str());
    let challenge = code_challenge(context, &grant.code_verifier);
    let is_verified = challenge.is_some_and(|challenge| challenge == sign_in.nonce);
    if !(is_right && is_there && is_verified) || sign_in.fetched.is_some() {
        return Err(Refusal::ResultRefused);
    }
    let view = SignInView::of(context, user, id.locator, sign_in)?;
    let mut changed = user.clone();
    changed.tidy(context.now);
    if let Some(sign_in) = changed.sign_in_mut(id.key) {
        sign_in.fetched = Some(Fetched { at: context.now, key: key.to_owned() });
    }
    let redeemed = Redeemed { view, acceptance, issued_at: context.now };
    Ok(Decision::write(changed, vec![], WriteKind::Fetched, redeemed))
}

/// Returns the acceptance of a sign-in that was begun by OpenID Connect and met what is essential.
fn reached(sign_in: &SignIn) -> Option<Acceptance> {
    let essential = sign_in.oidc.as_ref()?;
    match sign_in.progress {
        Progress::Done(acceptance) if essential.is_met(acceptance.acr()) => Some(acceptance),
        Progress::Done(_) | Progress::Open | Progress::MayEnrol | Progress::Dead => None,
    }
}

/// Returns true if the sign-in was begun by OpenID Connect, and ended with less than what is
/// essential.
pub(super) fn is_unmet(sign_in: &SignIn) -> bool {
    match sign_in.progress {
        Progress::Done(_) => sign_in.oidc.is_some() && reached(sign_in).is_none(),
        Progress::Open | Progress::MayEnrol | Progress::Dead => false,
    }
}

/// Returns the challenge of a verifier (RFC 7636, sections 4.1 and 4.2), if it is one.
fn code_challenge(context: &DecisionContext<'_>, verifier: &str) -> Option<Nonce> {
    let is_unreserved = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'_' | b'~');
    let is_verifier = (43..=128).contains(&verifier.len()) && verifier.bytes().all(is_unreserved);
    let hash = is_verifier.then(|| context.keys.hash(verifier.as_bytes()))?;
    Nonce::parse(&BASE64URL.encode(hash)).ok()
}

/// Returns the authorization code of a sign-in: its id, the secret, and the portal's own nonce as
/// the browser carried it.
pub(super) fn code(id: &SignInId, secret: &SecretMac, carried: &Carried) -> String {
    format!("{id}.{secret}.{}", carried.nonce)
}

/// Returns the URL that leads back to the portal with these parameters, and with `state` and `iss`
/// behind them.
pub fn back(url: &str, parameters: &[(&str, &str)], carried: &Carried) -> String {
    let own = parameters.iter().copied();
    let state = carried.state.as_deref().map(|state| ("state", state));
    let all = own.chain(state).chain([("iss", carried.issuer.as_str())]);
    let query: Vec<String> =
        all.map(|(name, value)| format!("{name}={}", prompt::percent_encoded(value))).collect();
    let joint = if url.contains('?') { '&' } else { '?' };
    format!("{url}{joint}{}", query.join("&"))
}
