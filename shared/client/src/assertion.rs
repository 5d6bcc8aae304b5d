//! The check of an assertion, and what it says.

use crate::{
    calls::Calls,
    config::Config,
    error::{AssertionFault, Error, OwnCode},
    key_set::KeySet,
    wire::{AcrName, EventName, MethodName},
};
use aws_lc_rs::digest::{SHA256, digest};
use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD as BASE64URL};
use jsonwebtoken::{Algorithm, Validation, decode, decode_header};
use serde::Deserialize;
use serde_json::{Map, Value};

/// The values that an assertion has to agree with, which are those of the opening.
#[derive(Clone, Copy, Debug)]
pub struct Expected<'a> {
    pub user: &'a str,
    pub nonce: &'a str,
    /// An assertion for the settings signs nobody in: name the event that was opened.
    pub event: &'a str,
    /// The least that the proof has to be. Of a step-up it is `delivered` if it is `None`.
    pub acr: Option<&'a AcrName>,
    /// The text that the user was to confirm, exactly as it was opened with.
    pub text: Option<&'a str>,
    /// The earliest moment that the proof may be of, in seconds since the Unix epoch: that of the
    /// opening, less its `max_age`.
    pub proven_since: Option<i64>,
}

/// The facts that were signed. Moments are seconds since the Unix epoch.
#[derive(Clone, Debug)]
pub struct Facts {
    pub user: String,
    pub event: String,
    /// `done`, `skipped`, `not_required`, `bypass`, `trusted_browser` or a later word.
    pub mfa: String,
    /// The method of the accepted code, if one was accepted.
    pub method: Option<MethodName>,
    /// The last part of the claim: `none`, `delivered`, `app`, `passkey` and others.
    pub acr: String,
    pub amr: Vec<String>,
    pub reason: Option<String>,
    /// The moment of the proof, in a trusted browser of the earlier one; without it, of the answer.
    pub auth_time: Option<i64>,
    /// Sessions of this user's own that began before this moment are to end.
    pub sessions_not_before: Option<i64>,
    pub generation: Option<i64>,
    /// The changes that the user made, if the sign-in was for that.
    pub changed: Vec<String>,
    /// True if the proof of a step-up was of its text and of no other; absent without a text.
    pub text_bound: Option<bool>,
    /// The id of the sign-in: one sign-in, one assertion.
    pub sign_in: Option<String>,
    /// Everything that was signed.
    pub claims: Map<String, Value>,
}

impl Facts {
    /// Returns true for a session of the user's own that is to end.
    pub fn ends_session_begun(&self, at: i64) -> bool {
        is_session_ended(at, self.sessions_not_before)
    }
}

/// Returns true for a session that began before this moment, in Unix seconds: end it.
pub fn is_session_ended(began: i64, sessions_not_before: Option<i64>) -> bool {
    sessions_not_before.is_some_and(|moment| began < moment)
}

/// The proofs that count for a step-up, and the weakest is first.
const STRENGTHS: [AcrName; 3] = [AcrName::Delivered, AcrName::App, AcrName::Passkey];

/// Returns true if a claim is one of the proofs that count, and no weaker than this one.
fn is_strong_enough(claim: Option<&str>, least: &AcrName) -> bool {
    let strength = claim.and_then(|claim| claim.strip_prefix(ACR));
    let enough = STRENGTHS.iter().skip_while(|known| *known != least);
    enough.map(AcrName::as_str).any(|known| strength == Some(known))
}

/// Seconds by which two clocks may differ.
const LEEWAY: i64 = 5;
const ACR: &str = "urn:portcullis:acr:";

/// The claims that are compared.
#[derive(Deserialize)]
struct Compared {
    aud: Value,
    sub: String,
    nonce: String,
    event: String,
    mfa: String,
    exp: i64,
    nbf: i64,
    acr: Option<String>,
    auth_time: Option<i64>,
    text_sha256: Option<String>,
}

/// Checks signature, `iss`, `aud`, `exp`, `nbf`, `sub`, `nonce`, `event`, of a step-up `acr` and
/// `text_sha256`, and the age of a proof.
pub(crate) async fn check(
    config: &Config,
    calls: &Calls,
    keys: &KeySet,
    jwt: &str,
    expected: Expected<'_>,
) -> Result<Facts, Error> {
    let refused = |cause: AssertionFault| Error::Assertion {
        sentence: config.say(OwnCode::AssertionRefused),
        cause,
    };
    let kid = decode_header(jwt).map_err(|cause| refused(cause.into()))?.kid;
    // Keys that cannot be fetched say nothing of the assertion.
    let key = match kid {
        Some(kid) => keys.find(calls, &kid).await?,
        None => None,
    };
    let key = key.ok_or_else(|| refused(AssertionFault::UnknownKey))?;
    let mut rules = Validation::new(Algorithm::ES256);
    rules.set_issuer(&[&config.issuer]);
    rules.set_audience(&[&config.portal]);
    rules.set_required_spec_claims(&["iss", "aud", "exp", "nbf", "sub"]);
    // The moments are compared below: the library would ask the system's clock.
    rules.validate_exp = false;
    let signed = decode::<Map<String, Value>>(jwt, &key, &rules);
    let claims = signed.map_err(|cause| refused(cause.into()))?.claims;
    compare(config, &claims, expected).map_err(refused)?;
    Ok(facts(claims, expected))
}

fn compare(
    config: &Config,
    claims: &Map<String, Value>,
    expected: Expected<'_>,
) -> Result<(), AssertionFault> {
    if [expected.user, expected.nonce, expected.event].contains(&"") {
        return Err(AssertionFault::NothingExpected);
    }
    let read: Result<Compared, _> = serde_json::from_value(Value::Object(claims.clone()));
    let read = read.map_err(jsonwebtoken::errors::Error::from)?;
    let now = config.now();
    if read.aud != config.portal.as_str() {
        return Err(AssertionFault::SeveralPortals);
    }
    if now < read.nbf.saturating_sub(LEEWAY) || now >= read.exp.saturating_add(LEEWAY) {
        return Err(AssertionFault::NotNow);
    }
    if read.sub != expected.user || read.nonce != expected.nonce {
        return Err(AssertionFault::AnotherSignIn);
    }
    if read.event != expected.event {
        return Err(AssertionFault::AnotherEvent);
    }
    let least = if read.event == EventName::StepUp.as_str() {
        Some(expected.acr.unwrap_or(&AcrName::Delivered))
    } else {
        expected.acr
    };
    if least.is_some_and(|least| !is_strong_enough(read.acr.as_deref(), least)) {
        return Err(AssertionFault::TooWeak);
    }
    if read.text_sha256 != expected.text.map(text_hash) {
        return Err(AssertionFault::AnotherText);
    }
    if expected.proven_since.is_some_and(|since| !is_proven_since(&read, since)) {
        return Err(AssertionFault::TooOld);
    }
    if read.mfa.is_empty() {
        return Err(AssertionFault::NothingDone);
    }
    Ok(())
}

/// Returns true if the proof is of this moment or a later one, or if there was no proof to be old.
fn is_proven_since(read: &Compared, since: i64) -> bool {
    match read.auth_time {
        Some(at) => at >= since.saturating_sub(LEEWAY),
        None => read.mfa != "trusted_browser",
    }
}

/// Returns the SHA-256 of a text, as the claim has it.
fn text_hash(text: &str) -> String {
    BASE64URL.encode(digest(&SHA256, text.as_bytes()))
}

fn facts(claims: Map<String, Value>, expected: Expected<'_>) -> Facts {
    let text = |name: &str| claims.get(name).and_then(Value::as_str).map(str::to_owned);
    let moment = |name: &str| claims.get(name).and_then(Value::as_i64);
    let texts = |name: &str| {
        let list = claims.get(name).and_then(Value::as_array).into_iter().flatten();
        list.filter_map(Value::as_str).map(str::to_owned).collect()
    };
    let acr = text("acr").unwrap_or_else(|| "none".to_owned());
    Facts {
        user: expected.user.to_owned(),
        event: expected.event.to_owned(),
        mfa: text("mfa").unwrap_or_default(),
        method: text("method").map(MethodName::from),
        acr: acr.strip_prefix(ACR).unwrap_or(&acr).to_owned(),
        amr: texts("amr"),
        reason: text("reason"),
        auth_time: moment("auth_time"),
        sessions_not_before: moment("sessions_not_before"),
        generation: moment("generation"),
        changed: texts("changed"),
        text_bound: claims.get("text_bound").and_then(Value::as_bool),
        sign_in: text("jti"),
        claims,
    }
}
