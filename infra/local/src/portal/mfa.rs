//! A portal's back end in redirect mode: two calls around the prompt, and one check. If the service
//! does not answer, nobody gets in.

use aws_lc_rs::digest::{SHA256, digest};
use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD as BASE64URL};
use http::{HeaderMap, header};
use jsonwebtoken::jwk::JwkSet;
use portcullis_domain::percent_encoded;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::{Value, json};
use std::time::Duration;

use super::assertion::{Claims, Expected, check};
use crate::{address::by_name, clock::LocalClock};

const TIMEOUT: Duration = Duration::from_secs(5);

#[derive(Clone)]
pub(super) struct Mfa {
    pub(super) http: reqwest::Client,
    pub(super) base: String,
    pub(super) issuer: String,
    pub(super) portal: String,
    pub(super) key: String,
    pub(super) clock: LocalClock,
}

/// A sign-in that waits for the browser to come back.
#[derive(Clone)]
pub(super) struct Pending {
    pub(super) id: String,
    pub(super) user: String,
    /// It comes back as `state`, and in the assertion.
    pub(super) nonce: String,
    pub(super) event: String,
    /// The earlier sign-in, in words, if this is for the settings or for a payment.
    pub(super) signed_in: Option<String>,
    /// The payment that the user confirms.
    pub(super) text: Option<String>,
}

/// A user's contact record. It goes along with every sign-in, so that it is never stale.
#[derive(Serialize)]
pub(super) struct Contact {
    pub(super) id: String,
    pub(super) display_name: String,
    pub(super) email: String,
    pub(super) email_verified: bool,
    pub(super) phone: String,
    pub(super) organization: &'static str,
}

/// The members that only some openings have.
struct OptionalMembers<'a> {
    ticket: Option<&'a str>,
    text: Option<&'a str>,
}

#[derive(Deserialize)]
struct Opened {
    id: String,
    prompt_url: String,
}

#[derive(Deserialize)]
struct Redeemed {
    assertion: String,
}

#[derive(Deserialize)]
struct Problem {
    detail: String,
}

/// The choices to offer a user between sign-ins.
#[derive(Default, Deserialize)]
pub(super) struct MfaState {
    pub(super) can_opt_in: bool,
    pub(super) default: Option<String>,
    #[serde(default)]
    pub(super) settings: Settings,
}

/// The way to the user's own security settings.
#[derive(Default, Deserialize)]
pub(super) struct Settings {
    pub(super) available: bool,
}

/// A line of a user's recent activity.
#[derive(Deserialize)]
pub(super) struct Activity {
    #[serde(rename = "type")]
    pub(super) kind: String,
    pub(super) detail: String,
}

/// Why nobody gets in, in a sentence to show.
pub(super) struct Refused(pub(super) String);

impl Refused {
    fn unavailable() -> Self {
        Self("We cannot check that it is you right now. Try again in a moment.".to_owned())
    }
}

impl Mfa {
    /// The same back end, whose browser stays on the name of this machine that it came by.
    pub(super) fn reached_by(&self, headers: &HeaderMap) -> Self {
        let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
        let is_by_name = host.is_some_and(|host| host.starts_with("localhost"));
        let base = if is_by_name { by_name(&self.base) } else { self.base.clone() };
        Self { base, ..self.clone() }
    }

    /// The first call, after the password: where to send the browser.
    pub(super) async fn begin(
        &self,
        user: &Contact,
        event: &str,
        ticket: Option<&str>,
        nonce: &str,
    ) -> Result<(Pending, String), Refused> {
        self.open(user, event, nonce, OptionalMembers { ticket, text: None }).await
    }

    /// The same for a payment, which the user confirms.
    pub(super) async fn begin_payment(
        &self,
        user: &Contact,
        text: &str,
        nonce: &str,
    ) -> Result<(Pending, String), Refused> {
        let event = "step_up";
        let optional = OptionalMembers { ticket: None, text: Some(text) };
        let (pending, prompt_url) = self.open(user, event, nonce, optional).await?;
        Ok((Pending { text: Some(text.to_owned()), ..pending }, prompt_url))
    }

    async fn open(
        &self,
        user: &Contact,
        event: &str,
        nonce: &str,
        OptionalMembers { ticket, text }: OptionalMembers<'_>,
    ) -> Result<(Pending, String), Refused> {
        let return_url = format!("{}/demo/{}/back", self.base, self.portal);
        let request = json!({
            "user": user, "event": event, "nonce": nonce, "return_url": return_url,
            "ticket": ticket, "text": text,
        });
        let opened: Opened = self.call("POST", "/v1/sign-ins", Some(request)).await?;
        let (user, nonce) = (user.id.clone(), nonce.to_owned());
        let (event, id) = (event.to_owned(), opened.id);
        let pending = Pending { id, user, nonce, event, signed_in: None, text: None };
        Ok((pending, opened.prompt_url))
    }

    /// The second call, when the browser is back: who is in, and how.
    pub(super) async fn finish(&self, pending: &Pending, code: &str) -> Result<Claims, Refused> {
        let path = format!("/v1/sign-ins/{}/result", pending.id);
        let request = json!({ "result_code": code });
        let redeemed = self.call::<Redeemed>("POST", &path, Some(request)).await;
        // The sentence of a refusal is for developers here: the user typed nothing.
        let redeemed = redeemed.map_err(|_| Refused("Sign in again.".to_owned()))?;
        let keys: JwkSet = self.call("GET", "/.well-known/jwks.json", None).await?;
        let expected = Expected {
            issuer: &self.issuer,
            portal: &self.portal,
            user: &pending.user,
            nonce: &pending.nonce,
            event: &pending.event,
            now: self.clock.now().unix(),
        };
        let claims = check(&redeemed.assertion, &keys, &expected);
        // What was confirmed is this payment and no other.
        let hash =
            pending.text.as_ref().map(|text| BASE64URL.encode(digest(&SHA256, text.as_bytes())));
        claims.filter(|claims| claims.text_sha256 == hash).ok_or_else(Refused::unavailable)
    }

    /// Asks for a user's state and recent activity.
    pub(super) async fn user(&self, user: &str) -> Result<(MfaState, Vec<Activity>), Refused> {
        let id = percent_encoded(user);
        let activity = self.call("GET", &format!("/v1/user/activity?id={id}"), None).await?;
        Ok((self.call("GET", &format!("/v1/user?id={id}"), None).await?, activity))
    }

    /// "Enable MFA": the user has to be signed out then.
    pub(super) async fn enable(&self, user: &str) -> Result<(), Refused> {
        let request = json!({ "id": user, "confirm": true });
        self.call("POST", "/v1/user/opt-in", Some(request)).await.map(|_: Value| ())
    }

    /// No longer "Always use email".
    pub(super) async fn ask_again(&self, user: &str) -> Result<(), Refused> {
        let path = format!("/v1/user/default?id={}", percent_encoded(user));
        self.call("DELETE", &path, None).await.map(|_: Value| ())
    }

    /// An organisation's admin resets a colleague; the portal vouches for the admin.
    pub(super) async fn reset(
        &self,
        user: &str,
        admin: &str,
        organisation: &str,
    ) -> Result<(), Refused> {
        let actor = json!({ "id": admin, "role": "org_admin", "organization": organisation });
        let why = "asked in the portal";
        let reset = json!({ "id": user, "actor": actor, "reason": why, "confirm": true });
        self.call("POST", "/v1/user/reset", Some(reset)).await.map(|_: Value| ())
    }

    /// One call with the portal's key. Success is 200, 201 or 202, and nothing else is.
    async fn call<T: DeserializeOwned>(
        &self,
        method: &str,
        path: &str,
        body: Option<Value>,
    ) -> Result<T, Refused> {
        let verb = method.parse().map_err(|_| Refused::unavailable())?;
        let request = self.http.request(verb, format!("{}{path}", self.base));
        let request = request.bearer_auth(&self.key).timeout(TIMEOUT);
        let request = match body {
            Some(body) => request.json(&body),
            None => request,
        };
        let answer = request.send().await.map_err(|_| Refused::unavailable())?;
        if matches!(answer.status().as_u16(), 200..=202) {
            return answer.json().await.map_err(|_| Refused::unavailable());
        }
        let problem: Problem = answer.json().await.map_err(|_| Refused::unavailable())?;
        Err(Refused(problem.detail))
    }
}
