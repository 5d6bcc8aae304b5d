//! OpenID Connect over the hosted prompt: the browser comes with a pushed request (RFC 9126), and
//! goes back with a code that the portal's back end exchanges (OpenID Connect Core, section 3.1).

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD as BASE64URL};

pub use super::way_back::{Carried, OidcError};
use super::{
    MaySend, Outgoing, SignInView,
    prompt::{Browser, Claimed, claim_first, hosted},
    prompt_secret::Secret,
    result::Redeemed,
};
use crate::{
    Decision, DecisionContext, Nonce, Refusal, SecretMac, SignInId, User, WriteKind, limits,
    user::sign_in::Fetched,
};

/// The way in which a browser comes to the authorization endpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arrival {
    /// Pages may be shown.
    WithPages,
    /// No page may be shown: the pushed request has `prompt=none`.
    WithoutPages,
    /// The URL has more than the pushed request in it.
    Malformed,
}

/// The outcome of a browser's arrival.
#[derive(Debug)]
pub enum Authorized {
    Claimed(Box<Claimed>),
    /// Nothing was changed. The URL is `None` if the portal no longer has it.
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
/// [`super::prompt::claim`].
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
    let url = url.filter(|url| browser.carried.is_some_and(|it| it.is_for(context, Some(url))));
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
#[derive(Clone)]
pub struct CodeGrant {
    pub secret: SecretMac,
    pub redirect_uri: String,
    pub code_verifier: String,
}

impl std::fmt::Debug for CodeGrant {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("CodeGrant")
    }
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
    let acceptance = sign_in.met_essential().ok_or(Refusal::ResultRefused)?;
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

/// Returns the challenge of a verifier (RFC 7636, sections 4.1 and 4.2), if it is one.
fn code_challenge(context: &DecisionContext<'_>, verifier: &str) -> Option<Nonce> {
    let is_unreserved = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'_' | b'~');
    let is_verifier = (43..=128).contains(&verifier.len()) && verifier.bytes().all(is_unreserved);
    let hash = is_verifier.then(|| context.keys.hash(verifier.as_bytes()))?;
    Nonce::parse(&BASE64URL.encode(hash)).ok()
}
