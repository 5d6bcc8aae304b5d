//! The load of one portal, or of somebody without a key, takes nothing from the others.

mod let_through;
mod slow_provider;

use crate::{
    harness::{
        Browser, Fault, Portal, Reply, Site, Units, World, anna, fresh_nonce, other_than, prompt,
        query,
    },
    oidc::Client,
};
use axum::{
    body::Body,
    http::{Request, StatusCode},
};
use serde_json::{Value, json};
use tower::ServiceExt as _;

const SHARE: u32 = 20;
/// Calls between two of a quiet portal: ten times the share over a story of ten calls.
const NOISE: u32 = 20;

/// The place in the product that counts calls.
pub async fn sites_of_a_counted_call() -> Vec<Site> {
    let world = World::start().await;
    let portal = world.portal("authenticator_app");
    world.set_share(&portal, 1).await;
    world.aws.record_sites();
    portal.open(anna()).await;
    world.aws.sites()
}

/// A call of a quiet portal: its name, its answer, and what it took of the table.
#[derive(Debug, PartialEq)]
struct Call {
    name: &'static str,
    status: u16,
    step: Value,
    calls: Vec<(String, u32)>,
    units: Units,
}

/// Lives through the days of a user of a quiet portal, with something else before each call.
async fn story(world: &World, portal: &Portal, mut before: impl AsyncFnMut()) -> Vec<Call> {
    let mut told = vec![];
    let mut say = |name, reply: &Reply| {
        let (status, step) = (reply.status, reply.body["status"].clone());
        let (calls, units) = (world.aws.calls(), world.aws.units());
        told.push(Call { name, status, step, calls, units });
    };
    before().await;
    world.aws.reset();
    let opened = portal.try_open(anna()).await;
    say("open", &opened);
    before().await;
    world.aws.reset();
    let app = json!({ "method": "authenticator_app" });
    let started = portal.act(&opened.body, "enrolment", app).await;
    say("enrol", &started);
    let code = json!({ "code": world.totp(started.secret()) });
    before().await;
    world.aws.reset();
    say("confirm", &portal.act(&opened.body, "enrolment/confirm", code).await);
    world.advance(30);
    before().await;
    world.aws.reset();
    let again = portal.try_open(anna()).await;
    say("open again", &again);
    before().await;
    world.aws.reset();
    say("look", &portal.look(&again.body).await);
    before().await;
    world.aws.reset();
    say("a code of another form", &portal.verify(&again.body, "12").await);
    before().await;
    world.aws.reset();
    say("a right code", &portal.verify(&again.body, &world.totp(started.secret())).await);
    before().await;
    world.aws.reset();
    say("change the record", &portal.put_user("anna", &json!({ "display_name": "Anna" })).await);
    before().await;
    world.aws.reset();
    say("read the user", &portal.get("/v1/user?id=anna").await);
    before().await;
    world.aws.reset();
    say("open a third time", &portal.try_open(anna()).await);
    told
}

fn somebody(n: u32) -> Value {
    json!({ "id": format!("load-{n}") })
}

#[tokio::test(flavor = "multi_thread")]
async fn s46_beside_a_portal_at_ten_times_its_share_every_call_answers_and_costs_as_alone() {
    const QUIET: &str = "authenticator_app_with_email";
    let alone = World::start().await;
    let wanted = story(&alone, &alone.portal(QUIET), async || {}).await;
    assert!(wanted.iter().all(|call| call.status < 500 && call.status != 429), "{wanted:?}");

    let world = World::start().await;
    let noisy = world.portal("authenticator_app");
    world.set_share(&noisy, SHARE).await;
    let (mut n, mut opened, mut refused) = (0, 0, 0);
    let noise = async || {
        for _ in 0..NOISE {
            n += 1;
            match noisy.try_open(somebody(n)).await.problem() {
                (201, _) => opened += 1,
                (429, "over_share") => refused += 1,
                other => panic!("{other:?}"),
            }
        }
    };
    let beside = story(&world, &world.portal(QUIET), noise).await;
    assert_eq!(beside, wanted);
    assert_eq!(n, SHARE * 10);
    // The story takes half a minute, in which a new one may begin.
    assert!((SHARE..=SHARE * 2).contains(&opened), "{opened}");
    assert_eq!(opened + refused, n);
}

#[tokio::test(flavor = "multi_thread")]
async fn s46_what_is_refused_over_the_share_writes_and_sends_nothing_and_says_when_to_come_back() {
    let world = World::start().await;
    let portal = world.portal("always_on");
    let languages = ["en", "de", "fr", "es", "nl", "ar"];
    let user = |language: &str| json!({ "id": format!("in-{language}"), "locale": language });
    for language in languages {
        portal.open(user(language)).await;
    }
    world.set_share(&portal, 1).await;
    portal.open(anna()).await;
    let before = world.state().await;
    let mut sentences = vec![];
    for language in languages {
        let refused = portal.try_open(user(language)).await;
        assert_eq!(refused.problem(), (429, "over_share"));
        assert!(refused.retry_after.is_some_and(|seconds| (1..=60).contains(&seconds)));
        assert_eq!(refused.body["retry_after"], json!(refused.retry_after));
        assert_eq!(refused.body["sign_in"], Value::Null, "none was opened");
        sentences.push(refused.body["detail"].as_str().unwrap().to_owned());
    }
    assert_eq!(sentences[0], "There are too many requests at once. Wait a minute, and try again.");
    sentences.sort();
    sentences.dedup();
    assert_eq!(sentences.len(), languages.len(), "{sentences:?}");
    assert_eq!(world.state().await, before);
    world.advance(60);
    portal.open(anna()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn s46_sign_ins_that_have_begun_continue_over_the_share_on_the_prompt_and_by_calls() {
    let world = World::start().await;
    let portal = world.portal("always_on");
    let (user, nonce) = (json!({ "id": "ben" }), fresh_nonce());
    let opening = json!({ "user": user, "event": "login", "nonce": nonce });
    let first = portal.post("/v1/sign-ins", opening.clone()).await;
    let (begun, prompted) = (portal.open(anna()).await, portal.open_prompt(anna()).await);
    world.set_share(&portal, 1).await;
    portal.open(json!({ "id": "carl" })).await;
    let over = async || assert_eq!(portal.try_open(anna()).await.problem(), (429, "over_share"));
    over().await;
    // A portal whose reply was lost finds what it has opened.
    let again = portal.post("/v1/sign-ins", opening).await;
    assert_eq!((again.status, &again.body["id"]), (201, &first.body["id"]));
    assert_eq!(portal.look(&begun).await.status, 200);
    let sent = portal.act(&begun, "challenge", json!({ "method": "email" })).await;
    assert_eq!(sent.status, 202, "{:?}", sent.body);
    let code = world.code_sent_to("testing@example.co.nz").await;
    assert_eq!(portal.verify(&begun, &code).await.body["status"], "allowed");
    over().await;
    // The browser brings no key: what it asks for was paid by the opening.
    let (browser, at) = (Browser::new(&world), prompt(&prompted));
    assert_eq!(browser.open(&at).await.status, 200);
    let page = browser.submit(&at, &format!("{at}/challenge"), &[("method", "sms")]).await;
    assert!(page.status < 400, "{}", page.status);
    let code = world.code_sent_to("+64211234589").await;
    let back = browser.submit(&at, &format!("{at}/verify"), &[("code", &code)]).await;
    let result = back.location.and_then(|to| query(&to, "result_code")).unwrap();
    assert_eq!(portal.redeem(&prompted, &result).await.body["status"], "allowed");
    over().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn s46_an_import_of_contacts_over_the_share_keeps_nobody_from_signing_in() {
    let world = World::start().await;
    let portal = world.portal("authenticator_app");
    portal.open(anna()).await;
    world.set_share(&portal, 2).await;
    let import = async || portal.put_user("anna", &json!({ "display_name": "Anna" })).await;
    assert_eq!(import().await.status, 200);
    assert_eq!(import().await.status, 200);
    let before = world.state().await;
    assert_eq!(import().await.problem(), (429, "over_share"));
    assert_eq!(portal.get("/v1/user?id=anna").await.problem(), (429, "over_share"));
    assert_eq!(world.state().await, before);
    portal.open(anna()).await;
    // Another portal's import goes on.
    let other = world.portal("always_on");
    assert_eq!(other.put_user("anna", &json!({ "display_name": "Anna" })).await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn s46_a_pushed_request_over_the_share_is_told_when_to_come_again() {
    let world = World::start().await;
    let client = Client::of(&world, "authenticator_app").await;
    world.set_share(&client.portal, 1).await;
    assert_eq!(client.try_push(&client.request()).await.status, 201);
    // RFC 9126, section 2.3: 429 for a client that exceeds its number of requests.
    let refused = client.try_push(&client.request()).await;
    assert_eq!(refused.error(), (429, "temporarily_unavailable"));
    let after: u32 = refused.headers["retry-after"].parse().unwrap();
    assert!((1..=60).contains(&after), "{after}");
}

#[tokio::test(flavor = "multi_thread")]
async fn s46_somebody_without_a_key_at_ten_times_the_load_asks_nothing_and_uses_up_no_share() {
    let world = World::start().await;
    let portal = world.portal("authenticator_app");
    world.set_share(&portal, SHARE).await;
    let forger = Portal { key: format!("{}x", portal.key), ..portal.clone() };
    let no_bearer = Portal { key: String::new(), ..portal.clone() };
    // The function reads its keys with the first call.
    assert_eq!(forger.try_open(anna()).await.status, 401);
    world.aws.reset();
    for n in 0..SHARE * 10 {
        let stranger = if n % 2 == 0 { &forger } else { &no_bearer };
        assert_eq!(stranger.try_open(somebody(n)).await.problem(), (401, "key_refused"));
    }
    assert_eq!(world.aws.calls(), [], "refused by the key's MAC, before the table");

    // A key that was revoked is refused by the portal's item: one read, and nothing more.
    let path = format!("/v1/admin/portals/{}/keys", portal.id);
    let made = world.admin_ok("POST", &path, Some(json!({}))).await;
    let id = made["id"].as_str().unwrap();
    let revoked = Portal { key: made["api_key"].as_str().unwrap().to_owned(), ..portal.clone() };
    world.admin_ok("DELETE", &format!("{path}/{id}"), None).await;
    world.aws.reset();
    for n in 0..SHARE * 10 {
        assert_eq!(revoked.try_open(somebody(n)).await.problem(), (401, "key_refused"));
    }
    assert_eq!(world.aws.calls(), [("BatchGetItem".to_owned(), SHARE * 10)]);
    for n in 0..SHARE {
        assert_eq!(portal.try_open(somebody(n)).await.status, 201, "{n}");
    }
    // Over the share a revoked key is told what it always is.
    assert_eq!(portal.try_open(anna()).await.problem(), (429, "over_share"));
    assert_eq!(revoked.try_open(anna()).await.problem(), (401, "key_refused"));
}

#[tokio::test(flavor = "multi_thread")]
async fn s46_many_processes_together_let_through_the_share_and_one_batch_more_for_each() {
    const PROCESSES: u32 = 20;
    let world = World::start().await;
    let portal = world.portal("authenticator_app");
    world.set_share(&portal, 60).await;
    let mut processes = vec![];
    for _ in 0..PROCESSES {
        let (context, sender) = world.function().await;
        let state = portcullis_challenge_dispatch::AppState { context, sender };
        processes.push(portcullis_challenge_dispatch::router(state));
    }
    let (mut opened, mut refused) = (0, 0);
    world.aws.reset();
    for n in 0..600_u32 {
        let process = processes[usize::try_from(n % PROCESSES).unwrap()].clone();
        let body = json!({ "user": somebody(n), "event": "login", "nonce": fresh_nonce() });
        let request = Request::post("/v1/sign-ins")
            .header("authorization", format!("Bearer {}", portal.key))
            .header("content-type", "application/json")
            .body(Body::from(body.to_string()));
        match process.oneshot(request.unwrap()).await.unwrap().status() {
            StatusCode::CREATED => opened += 1,
            StatusCode::TOO_MANY_REQUESTS => refused += 1,
            other => panic!("{other}"),
        }
    }
    assert!((60..=60 + PROCESSES).contains(&opened), "{opened}");
    assert_eq!(opened + refused, 600);
    // Of those that were refused nothing was written and nothing counted.
    let calls = world.aws.calls();
    let count = |name: &str| calls.iter().find(|(known, _)| known == name).map(|(_, n)| *n);
    assert_eq!((count("PutItem"), count("UpdateItem")), (Some(opened), Some(opened)));
}

#[tokio::test(flavor = "multi_thread")]
async fn s46_the_usual_share_costs_a_sixth_of_a_write_for_each_opening_and_no_read() {
    let world = World::start().await;
    let portal = world.portal("authenticator_app");
    portal.open(anna()).await;
    world.aws.reset();
    for n in 0..60 {
        portal.open(somebody(n)).await;
    }
    let units = world.aws.units();
    assert_eq!(units.read, 60 * 3, "portal, user and settings, as without shares");
    let calls = [("BatchGetItem", 60), ("PutItem", 60), ("UpdateItem", 10)];
    assert_eq!(world.aws.calls(), calls.map(|(name, count)| (name.to_owned(), count)));
}

#[tokio::test(flavor = "multi_thread")]
async fn s46_a_sum_that_cannot_be_written_refuses_nobody_and_counts_again_afterwards() {
    let world = World::start().await;
    let portal = world.portal("authenticator_app");
    world.set_share(&portal, 1).await;
    for fault in [Fault::Refused, Fault::Throttled, Fault::TimedOut] {
        world.aws.fault_at("UpdateItem", fault, 1_000);
        for n in 0..3 {
            assert_eq!(portal.try_open(somebody(n)).await.status, 201, "{fault:?}");
        }
        world.aws.mend();
    }
    portal.open(anna()).await;
    assert_eq!(portal.try_open(anna()).await.problem(), (429, "over_share"));
}

#[tokio::test(flavor = "multi_thread")]
async fn s46_a_share_lowers_no_counter_of_guesses_and_lifts_no_lock() {
    let world = World::start().await;
    let portal = world.portal("authenticator_app");
    let secret = portal.enrol_app(&world, anna()).await;
    let sign_in = portal.open(anna()).await;
    let wrong = other_than(&world.totp(&secret));
    for left in [4, 3] {
        assert_eq!(portal.verify(&sign_in, &wrong).await.body["attempts_left"], left);
    }
    world.set_share(&portal, 1).await;
    portal.open(json!({ "id": "ben" })).await;
    assert_eq!(portal.try_open(anna()).await.problem(), (429, "over_share"));
    for left in [2, 1, 0] {
        assert_eq!(portal.verify(&sign_in, &wrong).await.body["attempts_left"], left);
    }
    assert_eq!(portal.verify(&sign_in, &wrong).await.problem(), (403, "sign_in_dead"));
    world.advance(60 - world.now().unix().rem_euclid(60));
    let again = portal.try_open(anna()).await;
    assert!(matches!(again.problem(), (201, _) | (429, "locked")), "{:?}", again.body);
}
