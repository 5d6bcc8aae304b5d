//! A deployment of its own for each test, and a portal's back end that talks to it.

mod tap;
mod tools;

pub use tap::Tap;
pub use tools::{decode_qr, totp, verified_claims};

use portcullis_local::{Engine, LocalClock, Options, Running, start};
use serde_json::{Value, json};
use std::sync::atomic::{AtomicU32, Ordering};

static WORLDS: AtomicU32 = AtomicU32::new(0);

/// A whole deployment, alone with its table.
pub struct World {
    pub running: Running,
    pub tap: Tap,
    http: reqwest::Client,
}

/// The back end of one portal.
#[derive(Clone)]
pub struct Portal {
    pub id: String,
    pub key: String,
    pub base: String,
    pub http: reqwest::Client,
}

/// An answer.
#[derive(Debug)]
pub struct Reply {
    pub status: u16,
    pub body: Value,
    pub retry_after: Option<i64>,
    pub etag: Option<String>,
}

impl World {
    pub async fn start() -> Self {
        let tap = Tap::default();
        let engine = match std::env::var("PORTCULLIS_TEST_DYNAMODB") {
            Ok(url) => {
                let table =
                    format!("t{}-{}", std::process::id(), WORLDS.fetch_add(1, Ordering::Relaxed));
                Engine::At { url, table }
            }
            Err(_) => Engine::Memory,
        };
        let options = Options {
            port: 0,
            engine,
            folder: None,
            gateway: true,
            clock: LocalClock::stopped(),
            table_client: Some(tap.client()),
        };
        let running = start(options).await.expect("local mode starts");
        Self { running, tap, http: reqwest::Client::new() }
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.running.address)
    }

    /// The demo portal of a preset.
    pub fn portal(&self, preset: &str) -> Portal {
        let portal =
            self.running.demo.portals.iter().find(|p| p.preset == preset).expect("a demo portal");
        Portal {
            id: portal.id.clone(),
            key: portal.key.clone(),
            base: self.url(""),
            http: self.http.clone(),
        }
    }

    /// An admin call with the set-up secret.
    pub async fn admin(
        &self,
        method: &str,
        path: &str,
        etag: Option<&str>,
        body: Option<Value>,
    ) -> Reply {
        let mut request = self
            .http
            .request(method.parse().unwrap(), self.url(path))
            .bearer_auth(&self.running.demo.set_up_secret);
        if let Some(etag) = etag {
            request = request.header("if-match", etag);
        }
        if let Some(body) = body {
            request = request.json(&body);
        }
        Reply::of(request.send().await.unwrap()).await
    }

    /// Changes a portal's policy.
    pub async fn change_policy(&self, portal: &Portal, change: impl FnOnce(&mut Value)) {
        let path = format!("/v1/admin/portals/{}/policy", portal.id);
        let mut policy = self.admin("GET", &path, None, None).await;
        change(&mut policy.body);
        let saved = self.admin("PUT", &path, policy.etag.as_deref(), Some(policy.body)).await;
        assert_eq!(saved.status, 200, "{:?}", saved.body);
    }

    pub fn advance(&self, seconds: i64) {
        self.running.clock.advance(seconds);
    }

    /// Messages in the outbox, newest first.
    pub async fn outbox(&self) -> Vec<Value> {
        let messages: Value =
            self.http.get(self.url("/local/outbox")).send().await.unwrap().json().await.unwrap();
        messages.as_array().unwrap().clone()
    }

    /// Messages to one destination, newest first.
    pub async fn sent_to(&self, to: &str) -> Vec<String> {
        let messages = self.outbox().await;
        messages
            .iter()
            .filter(|m| m["to"] == to)
            .map(|m| m["text"].as_str().unwrap().to_owned())
            .collect()
    }

    /// The code in the newest message to a destination.
    pub async fn code_sent_to(&self, to: &str) -> String {
        let text = self
            .sent_to(to)
            .await
            .first()
            .cloned()
            .unwrap_or_else(|| panic!("nothing was sent to {to}"));
        let digits: Vec<&str> =
            text.split(|c: char| !c.is_ascii_digit()).filter(|run| run.len() == 6).collect();
        digits[0].to_owned()
    }

    pub async fn set_providers(&self, mode: &str) {
        let set = self.http.post(self.url("/local/outbox/mode")).json(&json!({ "mode": mode }));
        assert!(set.send().await.unwrap().status().is_success());
    }
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

    /// A body that is not made of JSON values.
    pub async fn post_raw(&self, path: &str, body: impl Into<reqwest::Body>) -> Reply {
        let request = self
            .http
            .post(format!("{}{path}", self.base))
            .bearer_auth(&self.key)
            .header("content-type", "application/json");
        Reply::of(request.body(body).send().await.unwrap()).await
    }

    /// Opens a sign-in for a user, which must succeed.
    pub async fn open(&self, user: Value) -> Value {
        let reply = self.try_open(user).await;
        assert_eq!(reply.status, 201, "{:?}", reply.body);
        reply.body
    }

    pub async fn try_open(&self, user: Value) -> Reply {
        let nonce = format!("nonce-{:016}", WORLDS.fetch_add(1, Ordering::Relaxed));
        self.post("/v1/sign-ins", json!({ "user": user, "event": "login", "nonce": nonce })).await
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

    /// Enrols an authenticator app for a user, who is in then; the secret in base32.
    pub async fn enrol_app(&self, world: &World, user: Value) -> String {
        let sign_in = self.open(user).await;
        let started =
            self.act(&sign_in, "enrolment", json!({ "method": "authenticator_app" })).await;
        assert_eq!(started.status, 201, "{:?}", started.body);
        let secret = started.body["secret"].as_str().unwrap().to_owned();
        let confirmed = self
            .act(
                &sign_in,
                "enrolment/confirm",
                json!({ "code": totp(&secret, world.running.clock.now()) }),
            )
            .await;
        assert_eq!(confirmed.status, 200, "{:?}", confirmed.body);
        // The confirmed step is used up; the next code comes from a later one.
        world.advance(30);
        secret
    }
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
        if status >= 400 && !kind.is_empty() && !kind.starts_with("text") {
            assert_eq!(kind, "application/problem+json", "a refusal is a problem document");
        }
        let body = serde_json::from_slice(&response.bytes().await.unwrap()).unwrap_or(Value::Null);
        Self { status, body, retry_after, etag }
    }

    /// The stable code of a problem, with its status.
    pub fn problem(&self) -> (u16, &str) {
        (self.status, self.body["code"].as_str().unwrap_or("none"))
    }
}

/// A user with a verified address and a mobile number.
pub fn anna() -> Value {
    json!({ "id": "anna", "email": "testing@example.co.nz", "email_verified": true, "phone": "021 123 4589" })
}
