//! Starts a deployment for each test, and gives it a portal's back end.

use portcullis_activity::Journal;
use portcullis_app::{AppContext, MessageSender, system_rng};
mod admin;
mod authenticator;
mod aws_recorder;
mod backup;
mod browser;
mod copies;
mod crowd;
mod documented;
mod driver;
mod freeze;
mod log;
mod messages;
mod portal;
mod rights;
mod second_process;
mod sites;
pub mod small_portal;
mod state;
mod tools;
mod twilio;
mod users;

pub use admin::{Admin, because, on_user, reset_of};
pub use authenticator::{Authenticator, Said, asked};
pub use aws_recorder::{AwsRecorder, Fault, HeldCall, Units};
pub use backup::Restored;
pub use browser::{Browser, Page, prompt, query};
pub use crowd::Crowd;
pub use driver::{Driver, shown};
pub use freeze::freeze_link_of;
pub use messages::{code_in, text, ticket_in};
pub use portal::{Portal, Reply, user_path};
pub use portal::{fresh_nonce, recovery_codes};
pub use second_process::Pair;
pub use sites::Site;
#[cfg(feature = "browser")]
pub use tools::decode_png;
pub use tools::{decode_qr, other_than, pipe_in, totp, verified_claims};
pub use twilio::{TWILIO_ACCOUNT, TWILIO_SECRET, by_twilio, by_twilio_with, settings_with_twilio};
pub use users::Users;

use aws_sdk_dynamodb::{
    config::{Credentials, retry::RetryConfig},
    types::AttributeValue,
};
use portcullis_domain::{
    PortalId, SignInId, SignInKey, Timestamp, UserId, passkey::ServiceAddress, user::EntryKind,
};
use portcullis_keys::Purposes;
use portcullis_local::{DemoAdmins, Engine, JOURNAL_BUCKET, LocalClock, Options, Running, start};
use portcullis_store::{LogLine, LogPlan};
use serde_json::{Value, json};
use std::sync::{
    Arc, Mutex,
    atomic::{AtomicU32, Ordering},
};

use std::time::Duration;

static WORLDS: AtomicU32 = AtomicU32::new(0);

/// A deployment with its own table.
pub struct World {
    pub running: Running,
    pub aws: AwsRecorder,
    pub activity: AwsRecorder,
    pub http: reqwest::Client,
    pub session: Mutex<String>,
}

impl World {
    pub async fn start() -> Self {
        Self::start_at(LocalClock::stopped()).await
    }

    pub async fn start_at(clock: LocalClock) -> Self {
        let (aws, activity) = (AwsRecorder::default(), AwsRecorder::default());
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
            functions: std::env::var_os("PORTCULLIS_TEST_FUNCTIONS").map(Into::into),
            clock,
            admins: DemoAdmins::Operator,
            return_urls: vec![],
            aws_client: Some(aws.client()),
            activity_client: Some(activity.client()),
        };
        let running = start(options).await.expect("local mode starts");
        let session = Mutex::new(running.demo.session.clone().expect("a first start signs in"));
        Self { running, aws, activity, http: reqwest::Client::new(), session }
    }

    pub fn origin(&self) -> String {
        format!("http://localhost:{}", self.running.address.port())
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.running.address)
    }

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

    /// Calls with any bearer.
    pub async fn call(
        &self,
        bearer: &str,
        method: &str,
        path: &str,
        etag: Option<&str>,
        body: Option<Value>,
    ) -> Reply {
        let mut request =
            self.http.request(method.parse().unwrap(), self.url(path)).bearer_auth(bearer);
        if let Some(etag) = etag {
            request = request.header("if-match", etag);
        }
        if let Some(body) = body {
            request = request.json(&body);
        }
        Reply::of(request.send().await.unwrap()).await
    }

    /// Calls as the operator, who signs in again if the session has ended.
    pub async fn admin(
        &self,
        method: &str,
        path: &str,
        etag: Option<&str>,
        body: Option<Value>,
    ) -> Reply {
        let session = self.session.lock().unwrap().clone();
        let reply = self.call(&session, method, path, etag, body.clone()).await;
        let operator = self.running.demo.admins[0].clone();
        if reply.problem() == (403, "proof_needed") {
            self.prove(&session, &operator.totp_secret).await;
            return self.call(&session, method, path, etag, body).await;
        }
        if reply.problem() != (401, "session_refused") {
            return reply;
        }
        let session = self.sign_in(&operator.name, &operator.password, &operator.totp_secret).await;
        self.session.lock().unwrap().clone_from(&session);
        self.call(&session, method, path, etag, body).await
    }

    /// Sends a picture as the operator.
    pub async fn admin_file(&self, method: &str, path: &str, etag: &str, file: Vec<u8>) -> Reply {
        let session = self.session.lock().unwrap().clone();
        let call = self.http.request(method.parse().unwrap(), self.url(path)).bearer_auth(session);
        let call = call.header("if-match", etag).header("content-type", "image/png");
        Reply::of(call.body(file).send().await.unwrap()).await
    }

    /// Has the operator do the second step again if it was too long ago for a bypass code.
    pub async fn prove_operator(&self) {
        let path = "/v1/admin/portals/managed/user/bypass-code";
        let nobody = self.admin("POST", path, None, on_user("nobody", "no reason")).await;
        assert_eq!(nobody.status, 404, "{:?}", nobody.body);
    }

    pub async fn admin_ok(&self, method: &str, path: &str, body: Option<Value>) -> Value {
        let reply = self.admin(method, path, None, body).await;
        assert!(reply.status < 300, "{method} {path}: {:?}", reply.body);
        reply.body
    }

    pub async fn sign_in(&self, name: &str, password: &str, secret: &str) -> String {
        let given = json!({ "name": name, "password": password });
        let opened = self.call("", "POST", "/v1/admin/session", None, Some(given)).await;
        assert_eq!(opened.status, 201, "{:?}", opened.body);
        let session = opened.session().to_owned();
        let code = json!({ "code": self.totp(secret) });
        let path = "/v1/admin/session/verify";
        let done = self.call(&session, "POST", path, None, Some(code)).await;
        assert_eq!(done.status, 200, "{:?}", done.body);
        done.session().to_owned()
    }

    pub async fn user_page(&self, portal: &str, user: &str) -> String {
        let (context, _) = self.function().await;
        let (portal, user) = (PortalId::parse(portal).unwrap(), UserId::parse(user).unwrap());
        let locator = context.keyring().await.unwrap().locator(&portal, &user);
        format!("/console/portals/{portal}/users/{locator}")
    }

    pub async fn change_policy(&self, portal: &Portal, change: impl FnOnce(&mut Value)) {
        let path = format!("/v1/admin/portals/{}/policy", portal.id);
        let mut policy = self.admin("GET", &path, None, None).await;
        change(&mut policy.body);
        policy.body["confirm_unlock"] = json!(true);
        let saved = self.admin("PUT", &path, policy.etag.as_deref(), Some(policy.body)).await;
        assert_eq!(saved.status, 200, "{:?}", saved.body);
    }

    /// Has a portal give its users recovery codes, which needs self-service.
    pub async fn give_recovery_codes(&self, portal: &Portal, setting: &str) {
        let give = |policy: &mut Value| {
            policy["self_service"] = json!("with_proof");
            policy["recovery_codes"] = json!(setting);
        };
        self.change_policy(portal, give).await;
    }

    pub async fn change_profile(&self, portal: &str, change: impl FnOnce(&mut Value)) -> Reply {
        let path = format!("/v1/admin/portals/{portal}");
        let mut read = self.admin("GET", &path, None, None).await;
        change(&mut read.body["profile"]);
        self.admin("PUT", &path, read.etag.as_deref(), Some(read.body)).await
    }

    pub async fn put_settings(&self, settings: Value) -> Reply {
        let path = "/v1/admin/settings";
        let before = self.admin("GET", path, None, None).await;
        self.admin("PUT", path, before.etag.as_deref(), Some(settings)).await
    }

    /// Returns the configuration of an AWS client for a stand-in, such as `ses`.
    pub async fn stand_in(&self, service: &str) -> aws_config::SdkConfig {
        aws_at(&self.url(&format!("/local/{service}"))).await
    }

    /// Returns the same for a client on the recorder, whose tries follow one another at once.
    pub async fn recorded(&self, service: &str) -> aws_config::SdkConfig {
        let aws = self.stand_in(service).await.into_builder().http_client(self.aws.client());
        let retry = RetryConfig::standard().with_initial_backoff(Duration::from_millis(1));
        aws.retry_config(retry).build()
    }

    /// Returns the journal of one more function `activity`, on the same recorder.
    pub async fn journal(&self) -> Journal {
        Journal::new(&self.recorded("s3/").await, JOURNAL_BUCKET)
    }

    /// Returns the context and sender of one more function on the same recorder, which has read no
    /// keys yet.
    pub async fn function(&self) -> (AppContext, MessageSender) {
        self.function_for(Purposes::ALL).await
    }

    /// Does the same for a function that opens the keys of these purposes.
    pub async fn function_for(&self, purposes: Purposes) -> (AppContext, MessageSender) {
        self.function_by(purposes, &self.running.clock).await
    }

    /// Does the same for a function that lives by another clock, so that the deployment's own
    /// functions do nothing meanwhile.
    pub async fn function_by(
        &self,
        purposes: Purposes,
        clock: &LocalClock,
    ) -> (AppContext, MessageSender) {
        let kms = aws_sdk_kms::Client::new(&self.recorded("kms/").await);
        let (store, clock) = (self.running.store.clone(), clock.as_clock());
        let chance = Arc::new(system_rng);
        let context = AppContext::new(store, kms, purposes, "urn:test", clock, chance);
        let context = context.at(ServiceAddress::of(&self.origin()));
        let (ses, sns) = (self.recorded("ses").await, self.recorded("sns/").await);
        (context, MessageSender::new(&ses, &sns, None))
    }

    /// Returns a client of KMS in another Region, on the same recorder.
    pub async fn kms_in(&self, region: &'static str) -> aws_sdk_kms::Client {
        let aws = self.recorded("kms/").await.into_builder();
        aws_sdk_kms::Client::new(&aws.region(aws_config::Region::new(region)).build())
    }

    /// Returns a sign-in of an unknown portal, with a valid id and tag.
    pub async fn unknown_sign_in(&self, portal: &Portal) -> Value {
        let (context, _) = self.function().await;
        let keyring = context.keyring().await.unwrap();
        let portal = PortalId::parse(&portal.id).unwrap();
        let locator = keyring.locator(&portal, &UserId::parse("nobody").unwrap());
        let key = SignInKey::opened(context.now(), [7; 16]);
        json!({ "id": SignInId::new(portal, locator, key, &*keyring).to_string() })
    }

    pub async fn table_client(&self) -> aws_sdk_dynamodb::Client {
        aws_sdk_dynamodb::Client::new(&aws_at(&self.running.dynamodb).await)
    }

    pub async fn raw_items(&self) -> Vec<(String, String)> {
        let (client, mut from, mut items) = (self.table_client().await, None, vec![]);
        loop {
            let scan = client.scan().table_name(&self.running.table).set_exclusive_start_key(from);
            let page = scan.send().await.unwrap();
            items.extend(
                page.items()
                    .iter()
                    .map(|item| (item["pk"].as_s().unwrap().clone(), in_order(item))),
            );
            from = page.last_evaluated_key;
            if from.is_none() {
                return items;
            }
        }
    }

    pub async fn raw_user(&self, portal: &str, user: &str) -> String {
        let start = format!("USER#{portal}#");
        let items = self.raw_items().await;
        let theirs: Vec<&String> =
            items.iter().filter(|(pk, _)| pk.starts_with(&start)).map(|(_, item)| item).collect();
        assert_eq!(theirs.len(), 1, "one user of {portal}, who is {user}");
        theirs[0].clone()
    }

    /// Lifts the caps over all users, for tests with many.
    pub async fn lift_caps(&self) {
        self.set_caps(1_000_000, 1_000_000).await;
    }

    pub async fn set_caps(&self, per_prefix: u32, per_portal: u32) {
        let mut settings = self.admin("GET", "/v1/admin/settings", None, None).await.body;
        settings["caps"] = json!({ "texts_per_prefix_per_day": per_prefix, "texts_per_portal_per_day": per_portal });
        let put = self.put_settings(settings).await;
        assert_eq!(put.status, 200, "{:?}", put.body);
    }

    pub async fn set_email_cap(&self, per_portal: u32) {
        let mut settings = self.admin("GET", "/v1/admin/settings", None, None).await.body;
        settings["caps"]["emails_per_portal_per_day"] = json!(per_portal);
        let put = self.put_settings(settings).await;
        assert_eq!(put.status, 200, "{:?}", put.body);
    }

    pub fn now(&self) -> Timestamp {
        self.running.clock.now()
    }

    pub fn totp(&self, secret: &str) -> String {
        tools::totp(secret, self.now())
    }

    pub fn advance(&self, seconds: i64) {
        self.running.clock.advance(seconds);
    }

    pub async fn set_accounts(&self, state: Value) {
        let set = self.http.post(self.url("/local/providers")).json(&state);
        assert!(set.send().await.unwrap().status().is_success(), "{state}");
    }

    pub async fn set_providers(&self, mode: &str) {
        let set = self.http.post(self.url("/local/outbox/mode")).json(&json!({ "mode": mode }));
        assert!(set.send().await.unwrap().status().is_success());
    }
}

/// Writes an item in a stable order.
fn in_order(item: &std::collections::HashMap<String, AttributeValue>) -> String {
    format!("{:?}", item.iter().collect::<std::collections::BTreeMap<_, _>>())
}

async fn aws_at(endpoint: &str) -> aws_config::SdkConfig {
    aws_config::defaults(aws_config::BehaviorVersion::latest())
        .region("eu-west-1")
        .credentials_provider(Credentials::new("local", "local", None, None, "local"))
        .endpoint_url(endpoint)
        .load()
        .await
}

/// Adds this many lines to the log of a portal, a second apart and each with this reason.
pub async fn fill_log(world: &World, portal: &Portal, lines: i64, reason: &str) {
    let id = PortalId::parse(&portal.id).unwrap();
    // A portal has no entry from before its making.
    world.advance(lines);
    for n in 0..lines {
        let entry = EntryKind::Reset.at(world.now().plus(-n)).because(reason);
        let line = LogLine { id: format!("made.{n}"), locator: None, entry };
        assert!(world.running.store.append(&id, LogPlan::default(), &line).await.unwrap());
    }
}

pub fn anna() -> Value {
    json!({ "id": "anna", "email": "testing@example.co.nz", "email_verified": true, "phone": "021 123 4589" })
}
