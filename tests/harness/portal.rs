//! A portal's back end.

use super::{World, documented::assert_listed};
use serde_json::{Value, json};
use std::sync::atomic::{AtomicU32, Ordering};

static NONCES: AtomicU32 = AtomicU32::new(0);

#[derive(Clone)]
pub struct Portal {
    pub id: String,
    pub key: String,
    pub base: String,
    pub http: reqwest::Client,
}

#[derive(Debug)]
pub struct Reply {
    pub status: u16,
    pub body: Value,
    pub retry_after: Option<i64>,
    pub etag: Option<String>,
}

impl Portal {
    pub async fn send(&self, method: &str, path: &str, body: Option<&Value>) -> Reply {
        let mut request = self
            .http
            .request(method.parse().unwrap(), format!("{}{path}", self.base))
            .bearer_auth(&self.key);
        if let Some(body) = body {
            request = request.json(body);
        }
        Reply::of(request.send().await.unwrap()).await
    }

    pub async fn post(&self, path: &str, body: Value) -> Reply {
        self.send("POST", path, Some(&body)).await
    }

    pub async fn get(&self, path: &str) -> Reply {
        self.send("GET", path, None).await
    }

    pub async fn put_user(&self, id: &str, record: &Value) -> Reply {
        self.send("PUT", "/v1/user", Some(&about(id, record.clone()))).await
    }

    pub async fn reset_user(&self, id: &str, reset: Value) -> Reply {
        self.post("/v1/user/reset", about(id, reset)).await
    }

    /// Posts a body that is not made from JSON values.
    pub async fn post_raw(&self, path: &str, body: impl Into<reqwest::Body>) -> Reply {
        let request = self
            .http
            .post(format!("{}{path}", self.base))
            .bearer_auth(&self.key)
            .header("content-type", "application/json");
        Reply::of(request.body(body).send().await.unwrap()).await
    }

    pub async fn open(&self, user: Value) -> Value {
        let reply = self.try_open(user).await;
        assert_eq!(reply.status, 201, "{:?}", reply.body);
        reply.body
    }

    pub async fn try_open(&self, user: Value) -> Reply {
        let nonce = fresh_nonce();
        self.post("/v1/sign-ins", json!({ "user": user, "event": "login", "nonce": nonce })).await
    }

    pub async fn open_with_ticket(&self, user: Value, ticket: &str) -> Reply {
        let nonce = fresh_nonce();
        let body = json!({ "user": user, "event": "login", "nonce": nonce, "ticket": ticket });
        self.post("/v1/sign-ins", body).await
    }

    pub async fn act(&self, sign_in: &Value, action: &str, body: Value) -> Reply {
        self.post(&format!("/v1/sign-ins/{}/{action}", sign_in["id"].as_str().unwrap()), body).await
    }

    pub async fn verify(&self, sign_in: &Value, code: &str) -> Reply {
        self.act(sign_in, "verify", json!({ "code": code })).await
    }

    pub async fn look(&self, sign_in: &Value) -> Reply {
        self.get(&format!("/v1/sign-ins/{}", sign_in["id"].as_str().unwrap())).await
    }

    /// Enrols an authenticator app and signs the user in; returns the secret in base32.
    pub async fn enrol_app(&self, world: &World, user: Value) -> String {
        let sign_in = self.open(user).await;
        let started =
            self.act(&sign_in, "enrolment", json!({ "method": "authenticator_app" })).await;
        assert_eq!(started.status, 201, "{:?}", started.body);
        let secret = started.secret().to_owned();
        let confirmed =
            self.act(&sign_in, "enrolment/confirm", json!({ "code": world.totp(&secret) })).await;
        assert_eq!(confirmed.status, 200, "{:?}", confirmed.body);
        // The confirmed step is used up; the next code comes from a later one.
        world.advance(30);
        secret
    }
}

pub fn recovery_codes(answer: &Value) -> Vec<String> {
    let codes = answer["recovery_codes"]["codes"].as_array().cloned().unwrap_or_default();
    codes.iter().map(|code| code.as_str().unwrap().to_owned()).collect()
}

pub fn about(id: &str, mut body: Value) -> Value {
    body["id"] = json!(id);
    body
}

pub fn user_path(path: &str, id: &str) -> String {
    format!("{path}?id={}", portcullis_domain::percent_encoded(id))
}

impl Reply {
    pub async fn of(response: reqwest::Response) -> Self {
        let header = |name: &str| {
            response.headers().get(name).and_then(|value| value.to_str().ok()).map(str::to_owned)
        };
        let (retry_after, etag) =
            (header("retry-after").and_then(|value| value.parse().ok()), header("etag"));
        let status = response.status().as_u16();
        let kind = header("content-type").unwrap_or_default();
        let path = response.url().path().to_owned();
        if status >= 400 && !kind.is_empty() && !kind.starts_with("text") {
            assert_eq!(kind, "application/problem+json", "a refusal is a problem document");
        }
        let body = serde_json::from_slice(&response.bytes().await.unwrap()).unwrap_or(Value::Null);
        let reply = Self { status, body, retry_after, etag };
        if kind == "application/problem+json" {
            let (status, code) = reply.problem();
            assert_listed(&path, status, code);
        }
        reply
    }

    pub fn problem(&self) -> (u16, &str) {
        (self.status, self.body["code"].as_str().unwrap_or("none"))
    }

    #[track_caller]
    pub fn secret(&self) -> &str {
        let app = self.body.get("enrolment").unwrap_or(&self.body);
        app["secret"].as_str().unwrap_or_else(|| panic!("{:?}", self.body))
    }

    #[track_caller]
    pub fn session(&self) -> &str {
        self.text("session")
    }

    #[track_caller]
    fn text(&self, member: &str) -> &str {
        let text = self.body[member].as_str();
        text.unwrap_or_else(|| panic!("an answer without {member}: {} {}", self.status, self.body))
    }
}

pub fn fresh_nonce() -> String {
    format!("nonce-{:016}", NONCES.fetch_add(1, Ordering::Relaxed))
}
