//! Data survive a restart, also one without a goodbye.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that meets what it did not expect fails"
)]

use std::{
    io::{BufRead as _, BufReader},
    path::PathBuf,
    process::{Child, Command, Stdio},
};

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD as BASE64URL};
use jsonwebtoken::jwk::JwkSet;
use serde_json::{Value, json};

/// `cargo local --json` in a folder of its own.
struct Local {
    process: Child,
    facts: Value,
}

impl Local {
    fn start(folder: &PathBuf) -> Self {
        let mut process = Command::new(env!("CARGO_BIN_EXE_portcullis-local"))
            .args(["--json", "--port", "0"])
            .current_dir(folder)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut line).unwrap();
        Self { process, facts: serde_json::from_str(&line).unwrap() }
    }

    /// Without a goodbye: SIGKILL.
    fn kill(mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }

    async fn call(&self, path: &str, body: Option<Value>) -> (u16, Value) {
        let portals = self.facts["portals"].as_array().unwrap();
        let key = portals.iter().find(|portal| portal["preset"] == "always_on").unwrap()["key"]
            .as_str()
            .unwrap();
        let url = format!("{}{path}", self.facts["address"].as_str().unwrap());
        let client = reqwest::Client::new();
        let request = match body {
            Some(body) => client.post(url).json(&body),
            None => client.get(url),
        };
        let response = request.bearer_auth(key).send().await.unwrap();
        (response.status().as_u16(), response.json().await.unwrap_or(Value::Null))
    }
}

#[tokio::test]
async fn s4_a_sign_in_under_way_and_its_counter_go_on_after_kill_9() {
    let folder = std::env::temp_dir().join(format!("portcullis-restart-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();

    let local = Local::start(&folder);
    let user = json!({ "id": "anna", "email": "testing@example.co.nz", "email_verified": true });
    let (status, sign_in) = local
        .call(
            "/v1/sign-ins",
            Some(json!({ "user": user, "event": "login", "nonce": "0123456789abcdef" })),
        )
        .await;
    assert_eq!(status, 201);
    let id = sign_in["id"].as_str().unwrap().to_owned();
    let (status, _) = local
        .call(&format!("/v1/sign-ins/{id}/challenge"), Some(json!({ "method": "email" })))
        .await;
    assert_eq!(status, 202);
    let (_, outbox) = local.call("/local/outbox", None).await;
    let text = outbox[0]["text"].as_str().unwrap().to_owned();
    let code = text.split(|c: char| !c.is_ascii_digit()).find(|run| run.len() == 6).unwrap();
    let wrong = if code == "000000" { "000001" } else { "000000" };
    let guess = Some(json!({ "code": wrong }));
    let (_, judged) = local.call(&format!("/v1/sign-ins/{id}/verify"), guess.clone()).await;
    assert_eq!(judged["attempts_left"], 4, "{judged}");
    local.kill();

    let local = Local::start(&folder);
    let (_, judged) = local.call(&format!("/v1/sign-ins/{id}/verify"), guess).await;
    assert_eq!(judged["attempts_left"], 3, "the counter goes on: {judged}");
    let (status, verified) =
        local.call(&format!("/v1/sign-ins/{id}/verify"), Some(json!({ "code": code }))).await;
    assert_eq!(
        (status, &verified["status"]),
        (200, &json!("allowed")),
        "same keys, same state: {verified}"
    );

    // What a portal needs to check the assertion is printed.
    let assertion = verified["assertion"].as_str().unwrap();
    let claims = BASE64URL.decode(assertion.split('.').nth(1).unwrap()).unwrap();
    let claims: Value = serde_json::from_slice(&claims).unwrap();
    assert_eq!(claims["iss"], local.facts["issuer"]);
    let keys: JwkSet =
        reqwest::get(local.facts["jwks"].as_str().unwrap()).await.unwrap().json().await.unwrap();
    let kid = jsonwebtoken::decode_header(assertion).unwrap().kid.unwrap();
    assert!(keys.find(&kid).is_some(), "{keys:?}");
    local.kill();
    std::fs::remove_dir_all(&folder).unwrap();
}
