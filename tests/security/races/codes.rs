//! One right code, sent many times at once on every route, is accepted once.

use super::{accepted, at_once, rounds, with_an_app};
use crate::harness::{Browser, Pair, Portal, anna, on_user, prompt};
use serde_json::{Value, json};

const TIMES: usize = 50;

async fn accepted_once(portals: &[Portal; 2], sign_in: &Value, action: &'static str, body: Value) {
    let replies = at_once(TIMES, portals, |portal| {
        let (sign_in, body) = (sign_in.clone(), body.clone());
        async move { portal.act(&sign_in, action, body).await }
    })
    .await;
    assert_eq!(accepted(&replies), 1, "{action}");
}

fn user(kind: &str, round: usize) -> Value {
    let mut user = anna();
    user["id"] = json!(format!("{kind}-{round}"));
    user["email"] = json!(format!("{kind}{round}@example.com"));
    user["phone"] = json!(format!("+6421123{:04}", 4000 + round));
    user
}

#[tokio::test(flavor = "multi_thread")]
async fn s3_fifty_parallel_right_codes_of_an_app_are_accepted_once_also_when_it_is_confirmed() {
    let pair = Pair::start().await;
    let portals = pair.portals("authenticator_app");
    for round in 0..rounds(200) {
        let user = user("app", round);
        let sign_in = portals[0].open(user.clone()).await;
        let app = json!({ "method": "authenticator_app" });
        let started = portals[1].act(&sign_in, "enrolment", app).await;
        let secret = started.secret();
        let shown = || pair.world.totp(secret);
        accepted_once(&portals, &sign_in, "enrolment/confirm", json!({ "code": shown() })).await;
        pair.advance(30);
        let sign_in = portals[1].open(user).await;
        accepted_once(&portals, &sign_in, "verify", json!({ "code": shown() })).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn s3_fifty_parallel_right_codes_that_were_sent_are_accepted_once() {
    let pair = Pair::start().await;
    pair.world.lift_caps().await;
    let portals = pair.portals("always_on");
    for round in 0..rounds(200) {
        for (method, field) in [("email", "email"), ("sms", "phone")] {
            let user = user("sent", round);
            let sign_in = portals[0].open(user.clone()).await;
            let asked = portals[1].act(&sign_in, "challenge", json!({ "method": method })).await;
            assert_eq!(asked.status, 202, "{:?}", asked.body);
            let code = pair.world.code_sent_to(user[field].as_str().unwrap()).await;
            accepted_once(&portals, &sign_in, "verify", json!({ "code": code })).await;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn v25_of_many_late_codes_at_once_one_costs_no_try() {
    let pair = Pair::start().await;
    pair.world.lift_caps().await;
    let portals = pair.portals("always_on");
    for round in 0..rounds(50) {
        let user = user("late", round);
        let sign_in = portals[0].open(user.clone()).await;
        let asked = portals[1].act(&sign_in, "challenge", json!({ "method": "email" })).await;
        assert_eq!(asked.status, 202, "{:?}", asked.body);
        let code = pair.world.code_sent_to(user["email"].as_str().unwrap()).await;
        pair.advance(300);
        let replies = at_once(TIMES, &portals, |portal| {
            let (sign_in, code) = (sign_in.clone(), code.clone());
            async move { portal.act(&sign_in, "verify", json!({ "code": code })).await }
        })
        .await;
        assert_eq!(accepted(&replies), 0);
        let told = replies.iter().filter(|reply| reply.problem().1 == "code_expired");
        let mut left: Vec<_> = told.map(|reply| reply.body["attempts_left"].as_u64()).collect();
        left.sort_unstable();
        // One for nothing, and one for each try that the sign-in has: no two have the same left.
        assert!(left.windows(2).all(|pair| pair[0] != pair[1]), "{left:?}");
        assert!((1..=6).contains(&left.len()), "{left:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn s3_fifty_parallel_tickets_open_one_sign_in_that_may_enrol() {
    let pair = Pair::start().await;
    let portals = pair.portals("managed");
    let reset = json!({ "actor": { "id": "boss", "role": "portal_admin" }, "reason": "lost phone", "confirm": true });
    for round in 0..rounds(200) {
        let user = user("ticket", round);
        portals[0].enrol_app(&pair.world, user.clone()).await;
        pair.advance(0);
        let done = portals[1].reset_user(&format!("ticket-{round}"), reset.clone()).await;
        assert_eq!(done.status, 200);
        assert_eq!(portals[0].open(user.clone()).await["status"], "check_email");
        let ticket = pair.world.ticket_sent_to(user["email"].as_str().unwrap()).await;
        let nonces = std::sync::atomic::AtomicU32::new(0);
        let replies = at_once(TIMES, &portals, |portal| {
            let n = nonces.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
            let nonce = format!("ticket-{round:04}-{n:010}");
            let body = json!({ "user": user, "event": "login", "nonce": nonce, "ticket": ticket });
            async move { portal.post("/v1/sign-ins", body).await }
        })
        .await;
        assert_eq!(accepted(&replies), 1);
        let opened = replies.iter().find(|reply| reply.status == 201).unwrap();
        assert_eq!(opened.body["status"], "enrol");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn s3_fifty_parallel_bypass_codes_let_in_once() {
    let (pair, portals, secret) = with_an_app("authenticator_app").await;
    for _ in 0..rounds(200) {
        let path = format!("/v1/admin/portals/{}/user/bypass-code", portals[0].id);
        let issued = pair.world.admin_ok("POST", &path, on_user("anna", "lost phone")).await;
        let sign_in = portals[1].open(anna()).await;
        accepted_once(&portals, &sign_in, "verify", json!({ "code": issued["code"] })).await;
        // The next round may open sign-ins again.
        pair.advance(600);
    }
    let sign_in = portals[0].open(anna()).await;
    assert_eq!(portals[0].verify(&sign_in, &pair.world.totp(&secret)).await.status, 200);
}

#[derive(Clone)]
struct AtPrompt {
    sign_in: Value,
    browser: Browser,
    form: String,
    code: String,
}

impl AtPrompt {
    async fn open(pair: &Pair, portal: &Portal, secret: &str) -> Self {
        let sign_in = portal.open_prompt(anna()).await;
        let browser = Browser::new(&pair.world);
        let form = browser.open(&prompt(&sign_in)).await.form();
        Self { sign_in, browser, form, code: pair.world.totp(secret) }
    }

    /// Enters the code; returns the result code.
    async fn typed(self) -> Option<String> {
        let action = format!("{}/verify", prompt(&self.sign_in));
        let page = self.browser.post_form(&action, &self.form, &[("code", &self.code)]).await;
        crate::harness::query(&page.location?, "result_code")
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn s3_one_code_on_both_routes_at_once_in_both_processes_is_accepted_once() {
    let (pair, portals, secret) = with_an_app("authenticator_app").await;
    for _ in 0..rounds(200) {
        let at_prompt = AtPrompt::open(&pair, &portals[0], &secret).await;
        let other = portals[1].open(anna()).await;
        let posts: Vec<_> =
            (0..TIMES / 2).map(|_| tokio::spawn(at_prompt.clone().typed())).collect();
        let calls = at_once(TIMES / 2, &portals, |portal| {
            let (sign_in, code) = (
                if portal.base == portals[0].base { &at_prompt.sign_in } else { &other }.clone(),
                at_prompt.code.clone(),
            );
            async move { portal.verify(&sign_in, &code).await }
        })
        .await;
        let mut sent_back = 0;
        for post in posts {
            sent_back += usize::from(post.await.unwrap().is_some());
        }
        // A browser that comes after the acceptance is sent back as well; accepted it was once.
        let by_call = accepted(&calls);
        assert!(
            by_call <= 1 && by_call + sent_back >= 1,
            "{by_call} by calls, {sent_back} sent back"
        );
        let activity = portals[0].get("/v1/user/activity?id=anna").await.body;
        let now = pair.world.now().unix();
        let of_now = |entry: &&Value| entry["event"] == "code_accepted" && entry["at"] == now;
        assert_eq!(activity.as_array().unwrap().iter().filter(of_now).count(), 1, "{activity}");
        // Each round ends with up to five replays that were judged, and a month has room for fifty.
        pair.advance(4 * 86_400);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn s3_one_result_redeemed_fifty_times_at_once_is_one_assertion() {
    let (pair, portals, secret) = with_an_app("authenticator_app").await;
    for _ in 0..rounds(200) {
        let at_prompt = AtPrompt::open(&pair, &portals[0], &secret).await;
        let sign_in = at_prompt.sign_in.clone();
        let result = at_prompt.typed().await.unwrap();
        let replies = at_once(TIMES, &portals, |portal| {
            let (sign_in, result) = (sign_in.clone(), result.clone());
            async move { portal.redeem(&sign_in, &result).await }
        })
        .await;
        // The same key gets it again within a minute: it is one result, with one `jti`.
        let mut ids: Vec<String> = replies
            .iter()
            .filter_map(|reply| reply.body["assertion"].as_str())
            .map(|jwt| claim(jwt, "jti"))
            .collect();
        ids.dedup();
        assert_eq!(ids.len(), 1, "{ids:?}");
        accepted(&replies);
        pair.advance(61);
        assert_eq!(portals[1].redeem(&sign_in, &result).await.problem(), (403, "result_refused"));
        pair.advance(600);
    }
}

fn claim(jwt: &str, name: &str) -> String {
    use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
    let claims = BASE64_URL_SAFE_NO_PAD.decode(jwt.split('.').nth(1).unwrap()).unwrap();
    serde_json::from_slice::<Value>(&claims).unwrap()[name].to_string()
}

#[tokio::test(flavor = "multi_thread")]
async fn s3_one_app_code_over_several_sign_ins_is_accepted_in_one() {
    let (pair, portals, secret) = with_an_app("authenticator_app").await;
    let mut sign_ins = vec![];
    for n in 0..5 {
        sign_ins.push((portals[n % 2].clone(), portals[n % 2].open(anna()).await));
    }
    let code = pair.world.totp(&secret);
    let tasks: Vec<_> = sign_ins
        .into_iter()
        .map(|(portal, sign_in)| {
            let code = code.clone();
            tokio::spawn(async move { portal.verify(&sign_in, &code).await.status })
        })
        .collect();
    let mut accepted = 0;
    for task in tasks {
        accepted += usize::from(task.await.unwrap() == 200);
    }
    assert_eq!(accepted, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn s10_a_code_is_replayed_in_another_process_and_after_every_pause_and_refused() {
    let (pair, portals, secret) = with_an_app("authenticator_app").await;
    for _ in 0..rounds(20) {
        let code = pair.world.totp(&secret);
        let sign_in = portals[0].open(anna()).await;
        assert_eq!(portals[0].verify(&sign_in, &code).await.status, 200);
        for (pause, told) in
            [(0, "code_reused"), (1, "code_reused"), (28, "code_reused"), (2, "code_reused")]
        {
            pair.advance(pause);
            let again = portals[1].open(anna()).await;
            assert_eq!(portals[1].verify(&again, &code).await.problem(), (403, told), "{pause}");
        }
        pair.advance(30);
        let sign_in = portals[1].open(anna()).await;
        assert_eq!(portals[1].verify(&sign_in, &code).await.problem(), (403, "code_wrong"));
        assert_eq!(
            portals[0].verify(&sign_in, &code).await.problem(),
            (429, "locked"),
            "five in a row: a wait"
        );
        pair.advance(30 * 86_400);
        let sign_in = portals[1].open(anna()).await;
        assert_eq!(
            portals[1].verify(&sign_in, &code).await.problem(),
            (403, "code_wrong"),
            "it is old"
        );
        pair.advance(60);
        let fresh = pair.world.totp(&secret);
        assert_eq!(portals[0].verify(&sign_in, &fresh).await.status, 200);
        pair.advance(3_600);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn s28_a_reply_is_lost_in_one_process_while_the_other_writes() {
    let (pair, portals, secret) = with_an_app("authenticator_app").await;
    for _ in 0..rounds(50) {
        let sign_in = portals[0].open(anna()).await;
        let code = pair.world.totp(&secret);
        let lost = pair.world.aws.lose_reply_of("PutItem");
        let verify = tokio::spawn({
            let (portal, sign_in, code) = (portals[0].clone(), sign_in.clone(), code.clone());
            async move { portal.verify(&sign_in, &code).await }
        });
        lost.arrived.notified().await;
        let between = portals[1].open(anna()).await;
        lost.release.notify_one();
        let verified = verify.await.unwrap();
        assert_eq!(verified.status, 200, "the user gets in: {:?}", verified.body);
        assert_eq!(
            portals[1].look(&between).await.body["status"],
            "challenge",
            "the other write is kept"
        );
        let reused = portals[1].verify(&between, &code).await;
        assert_eq!(reused.problem(), (403, "code_reused"), "and the code is spent");
        pair.advance(3_600);
    }
}
