//! The book's samples for checking an assertion, run on assertions of which one is good; and its
//! commands marked `sh run`.

mod signer;

pub(super) use signer::Signer;

use crate::harness::{World, anna, pipe_in};
use axum::{Json, Router, routing::get};
use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD as BASE64URL};
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode, jwk::JwkSet};
use portcullis_delivery::Deployment;
use portcullis_local::{LocalClock, portal::assertion};
use portcullis_policy_admin::SetUpHash;
use serde_json::{Value, json};
use std::{
    fs,
    path::{Path, PathBuf},
    sync::atomic::{AtomicU32, Ordering},
};

const ISSUER: &str = "urn:test";

fn claims(now: i64) -> Value {
    json!({
        "iss": ISSUER, "aud": "acme", "sub": "anna", "nonce": "0123456789abcdef", "jti": "si_acme_x",
        "event": "login", "iat": now, "nbf": now, "exp": now + 120, "mfa": "done", "method": "email",
    })
}

fn with(now: i64, change: impl FnOnce(&mut Value)) -> Value {
    let mut claims = claims(now);
    change(&mut claims);
    claims
}

fn part(value: &Value) -> String {
    BASE64URL.encode(value.to_string())
}

/// Returns the good assertion first, then the bad ones, each with its name.
fn assertions(signer: &Signer, now: i64) -> Vec<(&'static str, String)> {
    let stranger = Signer::new("ours");
    let unknown = Signer::new("unknown");
    let good = signer.sign(&claims(now));
    let (_, body) = good.split_once('.').unwrap();
    let (body, signature) = body.split_once('.').unwrap();
    let none = format!("{}.{body}.", part(&json!({ "alg": "none", "typ": "JWT", "kid": "ours" })));
    let public = signer.jwk["x"].as_str().unwrap().as_bytes();
    let hmac = Header { kid: Some("ours".into()), ..Header::new(Algorithm::HS256) };
    let hmac = encode(&hmac, &claims(now), &EncodingKey::from_secret(public)).unwrap();
    // The stranger brings his key along, under the name of ours.
    let header = json!({ "alg": "ES256", "kid": "ours", "jwk": stranger.jwk });
    let theirs = stranger.sign(&claims(now));
    let (_, signed) = theirs.split_once('.').unwrap();
    let mut all = vec![
        ("good", good.clone()),
        ("alg none", none),
        ("HS256 with the public key", hmac),
        ("another's key under our kid", theirs.clone()),
        ("a key in the header", format!("{}.{signed}", part(&header))),
        ("an unknown kid", unknown.sign(&claims(now))),
        (
            "another signature",
            format!(
                "{}.{}.{signature}",
                part(&json!({ "alg": "ES256", "kid": "ours" })),
                part(&claims(now + 1))
            ),
        ),
        ("no JWT", "hello".to_owned()),
    ];
    let changed = [
        ("another portal", with(now, |c| c["aud"] = json!("other"))),
        ("another issuer", with(now, |c| c["iss"] = json!("urn:other"))),
        ("another user", with(now, |c| c["sub"] = json!("bert"))),
        ("another sign-in", with(now, |c| c["nonce"] = json!("fedcba9876543210"))),
        ("for the settings", with(now, |c| c["event"] = json!("manage"))),
        ("expired", with(now, |c| c["exp"] = json!(now - 60))),
        ("not yet", with(now, |c| c["nbf"] = json!(now + 60))),
        ("exp as text", with(now, |c| c["exp"] = json!("never"))),
    ];
    all.extend(changed.iter().map(|(what, claims)| (*what, signer.sign(claims))));
    for missing in ["iss", "aud", "sub", "nonce", "event", "exp", "nbf"] {
        let without = with(now, |claims| drop(claims.as_object_mut().unwrap().remove(missing)));
        all.push((missing, signer.sign(&without)));
    }
    all
}

/// Makes a folder of its own for each caller.
fn new_folder() -> PathBuf {
    static MADE: AtomicU32 = AtomicU32::new(0);
    let n = MADE.fetch_add(1, Ordering::Relaxed);
    let folder = std::env::temp_dir().join(format!("portcullis-{}-{n}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// Each check in another language, in a file or a package of infra/, and the program that asks it.
const CHECKS: [(&str, &str, &str); 4] = [
    ("Python", "samples/check.py", "run.py"),
    ("TypeScript", "samples/check.ts", "run.ts"),
    ("the client for Python", "clients/python/portcullis_client", "client.py"),
    ("the client for TypeScript", "clients/typescript/src", "client.ts"),
];

/// Runs each check by its own interpreter; returns the verdicts on each assertion.
async fn run_each(given: &Value) -> Vec<(&'static str, Vec<bool>)> {
    let rust = ("the client for Rust", super::rust_client::verdicts(given).await);
    let ran = CHECKS.iter().map(|(name, check, runner)| (*name, run(check, runner, given)));
    ran.chain([rust]).collect()
}

fn run(check: &str, runner: &str, given: &Value) -> Vec<bool> {
    let folder = new_folder();
    let to = folder.display().to_string();
    pipe_in(Path::new("../infra"), "cp", &["-r", check, &to], b"");
    fs::copy(format!("contract/samples/{runner}"), folder.join(runner)).unwrap();
    fs::write(folder.join("package.json"), r#"{"type":"module"}"#).unwrap();
    let modules = Path::new("node/node_modules").canonicalize().unwrap();
    std::os::unix::fs::symlink(modules, folder.join("node_modules")).unwrap();
    let program = if runner.ends_with(".py") { "python3".to_owned() } else { tsx() };
    let said = pipe_in(&folder, &program, &[runner], given.to_string().as_bytes());
    fs::remove_dir_all(&folder).unwrap();
    serde_json::from_slice(&said).unwrap()
}

fn tsx() -> String {
    let tsx = Path::new("node/node_modules/.bin/tsx").canonicalize();
    tsx.expect("tsx is installed (by tests/run --set-up)").display().to_string()
}

async fn serve(jwks: Value) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    const PATH: &str = "/.well-known/jwks.json";
    let url = format!("http://{}{PATH}", listener.local_addr().unwrap());
    let router = Router::new().route(PATH, get(move || async move { Json(jwks) }));
    tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
    url
}

#[tokio::test(flavor = "multi_thread")]
async fn s16_each_sample_accepts_the_good_assertion_and_none_of_the_others() {
    let (signer, now) = (Signer::new("ours"), portcullis_app::system_time().unix());
    let jwks = json!({ "keys": [signer.jwk] });
    let url = serve(jwks.clone()).await;
    let (names, assertions): (Vec<_>, Vec<_>) = assertions(&signer, now).into_iter().unzip();
    let expected = json!({ "issuer": ISSUER, "portal": "acme", "user": "anna", "nonce": "0123456789abcdef", "event": "login" });
    let given = json!({ "jwks": url, "expected": expected, "assertions": assertions });

    let keys: JwkSet = serde_json::from_value(jwks).unwrap();
    let known = assertion::Expected {
        issuer: ISSUER,
        portal: "acme",
        user: "anna",
        nonce: "0123456789abcdef",
        event: "login",
        now,
    };
    let rust =
        assertions.iter().map(|jwt| assertion::check(jwt, &keys, &known).is_some()).collect();
    for (language, said) in run_each(&given).await.into_iter().chain([("Rust", rust)]) {
        let accepted: Vec<_> =
            names.iter().zip(&said).filter(|(_, good)| **good).map(|(n, _)| *n).collect();
        assert_eq!(accepted, ["good"], "{language}");
        assert_eq!(said.len(), names.len());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn each_sample_accepts_what_the_service_signs() {
    let world = World::start_at(LocalClock::default()).await;
    let portal = world.portal("always_on");
    let sign_in = portal.open(anna()).await;
    portal.act(&sign_in, "challenge", json!({ "method": "email" })).await;
    let code = world.code_sent_to("testing@example.co.nz").await;
    let verified = portal.verify(&sign_in, &code).await.body;
    let jwt = verified["assertion"].as_str().unwrap();
    let body: Value =
        serde_json::from_slice(&BASE64URL.decode(jwt.split('.').nth(1).unwrap()).unwrap()).unwrap();
    let expected = json!({ "issuer": body["iss"], "portal": portal.id, "user": "anna", "nonce": body["nonce"], "event": "login" });
    let jwks = world.url("/.well-known/jwks.json");
    let given = json!({ "jwks": jwks, "expected": expected, "assertions": [jwt] });
    run_each(&given)
        .await
        .iter()
        .for_each(|(language, said)| assert_eq!(said, &[true], "{language}"));
}

#[tokio::test(flavor = "multi_thread")]
async fn h3_each_sample_ends_the_sessions_from_before_a_reset_and_no_others() {
    let (signer, now) = (Signer::new("ours"), portcullis_app::system_time().unix());
    let jwks = json!({ "keys": [signer.jwk] });
    let url = serve(jwks.clone()).await;
    let keys: JwkSet = serde_json::from_value(jwks).unwrap();
    let began = [now - 61, now - 60, now];
    for (reset, counted) in [(Some(now - 60), [false, true, true]), (None, [true, true, true])] {
        let mut claims = claims(now);
        claims
            .as_object_mut()
            .unwrap()
            .extend(reset.map(|at| ("sessions_not_before".to_owned(), json!(at))));
        let jwt = signer.sign(&claims);
        let known = assertion::Expected {
            issuer: ISSUER,
            portal: "acme",
            user: "anna",
            nonce: "0123456789abcdef",
            event: "login",
            now,
        };
        let rust = assertion::check(&jwt, &keys, &known).unwrap();
        assert_eq!(began.map(|began| rust.counts(began)), counted);
        let expected = json!({ "issuer": ISSUER, "portal": "acme", "user": "anna", "nonce": "0123456789abcdef", "event": "login" });
        let given =
            json!({ "jwks": url, "expected": expected, "assertions": [jwt], "began": began });
        let said = [&counted[..], &[true]].concat();
        run_each(&given)
            .await
            .iter()
            .for_each(|(language, counts)| assert_eq!(counts, &said, "{language}"));
    }
}

const BOOK: &str = "../infra/docs";

fn pages() -> Vec<String> {
    let contents = fs::read_to_string(format!("{BOOK}/SUMMARY.md")).unwrap();
    let links = contents.split("](").skip(1);
    links.map(|link| link.split_once(')').unwrap().0.to_owned()).collect()
}

/// Returns the blocks marked `sh run`, without the indentation of a list.
fn run_blocks(page: &str) -> Vec<String> {
    let text = fs::read_to_string(page).unwrap();
    let (mut lines, mut blocks) = (text.lines(), vec![]);
    while let Some(line) = lines.next() {
        let Some(indent) = line.strip_suffix("```sh run") else { continue };
        let block = lines.by_ref().take_while(|line| line.trim() != "```");
        blocks.push(
            block.map(|line| line.strip_prefix(indent).unwrap_or(line).to_owned() + "\n").collect(),
        );
    }
    blocks
}

/// Returns the commands of a chapter as one session of a shell.
fn commands(chapter: &str) -> String {
    let pages = pages().into_iter().filter(|page| page.starts_with(&format!("{chapter}/")));
    pages.flat_map(|page| run_blocks(&format!("{BOOK}/{page}"))).collect()
}

/// Fills in the values that `cargo local` prints.
fn filled_in(commands: &str, world: &World) -> String {
    let operator = &world.running.demo.admins[0];
    let mut commands = commands
        .replace("http://127.0.0.1:8080", &world.url(""))
        .replace("PASSWORD=...", &format!("PASSWORD={}", operator.password))
        .replace("APP=...", &format!("APP={}", operator.totp_secret));
    for portal in &world.running.demo.portals {
        commands = commands.replace(&format!("pcl_{}_...", portal.id), &portal.key);
    }
    commands
}

/// Runs commands in a folder of their own; returns their output. A refused call fails.
async fn shell(commands: &str) -> String {
    let folder = new_folder();
    let script = format!("curl() {{ command curl --fail-with-body \"$@\"; }}\n{commands}");
    let output = tokio::process::Command::new("bash")
        .args(["-euo", "pipefail", "-c", &script])
        .current_dir(&folder)
        .output();
    let output = output.await.unwrap();
    fs::remove_dir_all(&folder).unwrap();
    assert!(output.status.success(), "{script}\n{output:?}");
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn every_command_that_is_marked_as_run_is_in_a_chapter_that_is_run() {
    assert!(run_blocks("../README.md").is_empty());
    for page in pages() {
        let is_run = ["integrate/", "operate/"].iter().any(|chapter| page.starts_with(chapter));
        assert!(is_run || run_blocks(&format!("{BOOK}/{page}")).is_empty(), "{page}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_commands_of_the_chapter_for_integrators_run() {
    // The operator's first code is a minute old when the commands ask for another: each works once.
    let clock = LocalClock::default();
    clock.advance(-60);
    let world = World::start_at(clock).await;
    world.advance(60);
    shell(&filled_in(&commands("integrate"), &world)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_commands_after_a_deployment_make_an_operator_and_a_portal() {
    let world = World::start_at(LocalClock::default()).await;
    let api = newly_deployed(&world, "set-up secret").await;
    let lines = commands("operate");
    let lines = lines.lines().map(|line| match line.split_once('=') {
        Some(("API", _)) => format!("API={api}"),
        Some(("CODE", _)) => "CODE=$(oathtool --totp -b \"$(jq -r .secret app.json)\")".to_owned(),
        _ => line.to_owned(),
    });
    let lines = lines.collect::<Vec<_>>().join("\n");
    let said = shell(&format!("SET_UP_SECRET='set-up secret'\n{lines}")).await;
    assert!(said.contains("pcl_acme_"), "the new portal's API key is shown: {said}");
}

/// Makes a new deployment with an empty table, a verified sender and an unused set-up secret;
/// returns its address.
async fn newly_deployed(world: &World, secret: &str) -> String {
    let (client, table) = (world.table_client().await, &world.running.table);
    let items = client.scan().table_name(table).projection_expression("pk, sk").send();
    for key in items.await.unwrap().items.unwrap() {
        client.delete_item().table_name(table).set_key(Some(key)).send().await.unwrap();
    }
    let verified =
        json!({ "ses": { "identities": [{ "name": "example.com", "verified": true }] } });
    world.http.post(world.url("/local/providers")).json(&verified).send().await.unwrap();
    let (context, sender) = world.function_for(portcullis_policy_admin::PURPOSES).await;
    let function = portcullis_policy_admin::router(portcullis_policy_admin::AppState {
        context,
        sender,
        readiness: portcullis_policy_admin::RecentReadiness::default(),
        deployment: Deployment {
            email_identity: Some("example.com".to_owned()),
            sends_by_sns: true,
        },
        root_key_id: portcullis_local::ROOT_KEY_ID.into(),
        set_up_hash: SetUpHash::of(secret),
        hasher: world.running.hasher.clone(),
    });
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, function).await });
    format!("http://{address}")
}

#[tokio::test(flavor = "multi_thread")]
async fn v32_the_first_sign_in_of_the_book_ends_with_an_assertion_that_each_sample_accepts() {
    let world = World::start_at(LocalClock::default()).await;
    let portal = world.portal("authenticator_app");
    let first = run_blocks(&format!("{BOOK}/integrate/first-sign-in.md")).remove(0);
    let said = shell(&filled_in(&first, &world)).await;
    let answers = serde_json::Deserializer::from_str(&said).into_iter::<Value>();
    let last = answers.map(Result::unwrap).last().unwrap();
    let jwt = last["assertion"].as_str().unwrap_or_else(|| panic!("{said}"));
    let body = BASE64URL.decode(jwt.split('.').nth(1).unwrap()).unwrap();
    let nonce = serde_json::from_slice::<Value>(&body).unwrap()["nonce"].clone();
    let expected = json!({ "issuer": world.running.issuer(), "portal": portal.id, "user": "u-1", "nonce": nonce, "event": "login" });
    let jwks = world.url("/.well-known/jwks.json");
    let given = json!({ "jwks": jwks, "expected": expected, "assertions": [jwt] });
    run_each(&given)
        .await
        .iter()
        .for_each(|(language, said)| assert_eq!(said, &[true], "{language}"));
}

#[test]
fn the_book_and_the_readmes_show_the_samples_as_they_are_run() {
    let page = |page: &str| fs::read_to_string(format!("../infra/{page}")).unwrap();
    let (check, client) = ("docs/integrate/assertion.md", "docs/integrate/clients.md");
    let (express, flask) =
        ("clients/typescript/examples/express.ts", "clients/python/examples/flask_portal.py");
    let axum = "../shared/client/examples/portal.rs";
    for (at, file, language) in [
        (check, "samples/check.ts", "ts"),
        (check, "samples/check.py", "python"),
        (client, express, "ts"),
        ("docs/integrate/api-mode.md", "clients/typescript/examples/own-screens.ts", "ts"),
        ("docs/integrate/openid-connect.md", "samples/oidc/portal.ts", "ts"),
        (client, flask, "python"),
        ("clients/typescript/README.md", express, "ts"),
        ("clients/python/README.md", flask, "python"),
        (client, axum, "rust"),
        ("../shared/client/README.md", axum, "rust"),
    ] {
        let shown = format!("```{language}\n{}```", page(file));
        assert!(page(at).contains(&shown), "{file} is not in {at} as it is");
    }
    let rust = page("local/src/portal/assertion.rs");
    let (_, check_in_rust) = rust.split_once("/// Checks signature").unwrap();
    let shown = page(check);
    assert!(shown.contains(check_in_rust.trim_end()), "the book shows another check");
}
