//! Canaries on every path, with the log at its most verbose: no secret and no address leaves its
//! place.

use crate::harness::{
    Browser, Pair, Portal, Reply, on_user, other_than, prompt, query, recovery_codes,
};
use serde_json::{Value, json};

const NAME: &str = "Canaria Serinus";
const EMAIL: &str = "canary.singing@example.co.nz";
const OWN_EMAIL: &str = "own.canary.cage@example.org";
const PHONE: &str = "+64211239876";
const OWN_PHONE: &str = "+64211235432";
const NONCE: &str = "canary-nonce-0123456789";
const TWILIO: &str = "canary-twilio-secret";
/// The secret that the stand-in for Twilio accepts, so that the settings are saved with it.
const SAVED_TWILIO: &str = "local-secret";
const PASSWORD: &str = "canary password of words";
const WRONG_PASSWORD: &str = "canary wrong password";
const TEXT: &str = "Pay EUR 77.01 to the canary cage";
const TYPED: &str = "canary typed by mistake";

/// The secrets and addresses that must not leak, and the texts that were seen.
#[derive(Default)]
struct Canaries {
    /// Allowed nowhere: no log, refusal or item.
    secrets: Vec<String>,
    refusals: Vec<Value>,
}

impl Canaries {
    fn secret(&mut self, secret: &Value) -> String {
        let secret = secret.as_str().expect("a secret").to_owned();
        self.secrets.push(secret.clone());
        secret
    }

    /// Keeps a refusal for the final check.
    fn keep_refusal(&mut self, reply: &Reply) {
        if reply.status >= 400 {
            self.refusals.push(reply.body.clone());
        }
    }
}

fn canary() -> Value {
    json!({ "id": "anna", "email": EMAIL, "email_verified": true, "phone": PHONE, "display_name": NAME })
}

/// Compares digits as whole runs, because six of them can be part of any number.
fn holds(text: &str, canary: &str) -> bool {
    let six = canary.len() == 6 && canary.bytes().all(|b| b.is_ascii_digit());
    if six {
        text.split(|c: char| !c.is_ascii_digit()).any(|run| run == canary)
    } else {
        text.contains(canary)
    }
}

/// Sets up an app, and uses it with wrong, right and bypass codes.
async fn with_an_app(pair: &Pair, canaries: &mut Canaries) {
    let [_, portal] = pair.portals("authenticator_app");
    let nonce = json!({ "user": canary(), "event": "login", "nonce": NONCE });
    let sign_in = portal.post("/v1/sign-ins", nonce).await.body;
    let app = json!({ "method": "authenticator_app" });
    let started = portal.act(&sign_in, "enrolment", app).await.body;
    let secret = canaries.secret(&started["enrolment"]["secret"]);
    let shown = |canaries: &mut Canaries| {
        let code = pair.world.totp(&secret);
        canaries.secrets.push(code.clone());
        code
    };
    let code = shown(canaries);
    let wrong = other_than(&code);
    canaries.secrets.push(wrong.clone());
    canaries
        .keep_refusal(&portal.act(&sign_in, "enrolment/confirm", json!({ "code": wrong })).await);
    assert_eq!(
        portal.act(&sign_in, "enrolment/confirm", json!({ "code": code })).await.status,
        200
    );
    pair.advance(30);
    let sign_in = portal.open(canary()).await;
    let code = shown(canaries);
    canaries.keep_refusal(&portal.verify(&sign_in, &wrong).await);
    let done = portal.verify(&sign_in, &code).await;
    canaries.secret(&done.body["assertion"]);
    canaries.keep_refusal(&portal.verify(&portal.open(canary()).await, &code).await);

    let path = format!("/v1/admin/portals/{}/user/bypass-code", portal.id);
    let issued = pair.world.admin_ok("POST", &path, on_user("anna", "lost phone")).await;
    let bypass = canaries.secret(&issued["code"]);
    canaries.secrets.push(bypass.replace('-', ""));
    let sign_in = portal.open(canary()).await;
    canaries.keep_refusal(&portal.verify(&sign_in, "0000-0000-0000-0000").await);
    assert_eq!(portal.verify(&sign_in, &bypass).await.status, 200);
}

/// Makes recovery codes, and uses them right and wrong, through the API and on the prompt.
async fn with_recovery_codes(pair: &Pair, canaries: &mut Canaries) {
    let [_, portal] = pair.portals("authenticator_app");
    pair.world.give_recovery_codes(&portal, "offered").await;
    let berta = || {
        let mut berta = canary();
        berta["id"] = json!("berta");
        berta
    };
    let sign_in = portal.open(berta()).await;
    let started = portal.act(&sign_in, "enrolment", json!({ "method": "authenticator_app" })).await;
    let code = pair.world.totp(started.secret());
    let confirm = json!({ "code": code });
    let done = portal.act(&sign_in, "enrolment/confirm", confirm.clone()).await;
    let codes = recovery_codes(&done.body);
    assert_eq!(codes.len(), 10);
    for code in &codes {
        canaries.secrets.extend([code.clone(), code.replace('-', "")]);
    }
    canaries.keep_refusal(&portal.act(&sign_in, "enrolment/confirm", confirm).await);
    let sign_in = portal.open(berta()).await;
    canaries.keep_refusal(&portal.verify(&sign_in, "00000-00000-00000").await);
    assert_eq!(portal.verify(&sign_in, &codes[0]).await.status, 200);
    canaries.keep_refusal(&portal.verify(&sign_in, &codes[1]).await);
    let sign_in = portal.open(berta()).await;
    canaries.keep_refusal(&portal.verify(&sign_in, &codes[0]).await);
}

/// Sends codes, also by failing providers.
async fn with_messages(pair: &Pair, canaries: &mut Canaries) {
    let [_, portal] = pair.portals("always_on");
    for (method, to) in [("email", EMAIL), ("sms", PHONE)] {
        let sign_in = portal.open(canary()).await;
        pair.world.set_providers("refuse").await;
        let refused = portal.act(&sign_in, "challenge", json!({ "method": method })).await;
        assert_eq!(refused.status, 502);
        canaries.keep_refusal(&refused);
        pair.world.set_providers("deliver").await;
        portal.act(&sign_in, "challenge", json!({ "method": method })).await;
        let code = pair.world.code_sent_to(to).await;
        canaries.secrets.push(code.clone());
        canaries.keep_refusal(&portal.verify(&sign_in, &other_than(&code)).await);
        assert_eq!(portal.verify(&sign_in, &code).await.status, 200);
    }
    for (preset, method, field, to) in [
        ("sms_enrolment", "sms", "phone", OWN_PHONE),
        ("email_enrolment", "email", "email", OWN_EMAIL),
    ] {
        let [_, portal] = pair.portals(preset);
        let sign_in = portal.open(canary()).await;
        let mut body = json!({ "method": method });
        body[field] = json!(TYPED);
        canaries.keep_refusal(&portal.act(&sign_in, "enrolment", body.clone()).await);
        body[field] = json!(to);
        assert_eq!(portal.act(&sign_in, "enrolment", body).await.status, 201);
        let code = pair.world.code_sent_to(to).await;
        canaries.secrets.push(code.clone());
        assert_eq!(
            portal.act(&sign_in, "enrolment/confirm", json!({ "code": code })).await.status,
            200
        );
    }
}

/// Confirms a text, through the API and on the prompt, also with another text and by a failing
/// provider.
async fn with_a_text(pair: &Pair, canaries: &mut Canaries) {
    let [first, portal] = pair.portals("always_on");
    let open = |return_url: Option<String>| {
        let nonce = format!("{NONCE}-{}", if return_url.is_some() { "prompt" } else { "call" });
        let body = json!({ "user": canary(), "event": "step_up", "nonce": nonce, "text": TEXT });
        let mut body = body;
        body["return_url"] = json!(return_url);
        let portal = portal.clone();
        async move { portal.post("/v1/sign-ins", body).await.body }
    };
    let sign_in = open(None).await;
    for text in [Some("Pay EUR 1.00 to a canary"), None, Some("canary.com"), Some("canary\n")] {
        let body = json!({ "method": "sms", "text": text });
        canaries.keep_refusal(&portal.act(&sign_in, "challenge", body).await);
    }
    let body = json!({ "method": "sms", "text": TEXT });
    pair.world.set_providers("refuse").await;
    // The portal that handed the text over gets it again; its refusal is no place to keep it from.
    assert_eq!(portal.act(&sign_in, "challenge", body.clone()).await.status, 502);
    pair.world.set_providers("deliver").await;
    assert_eq!(portal.act(&sign_in, "challenge", body).await.status, 202);
    let code = pair.world.code_sent_to(PHONE).await;
    canaries.secrets.push(code.clone());
    canaries.keep_refusal(&portal.verify(&sign_in, &other_than(&code)).await);
    assert_eq!(portal.verify(&sign_in, &code).await.status, 200);

    let sign_in = open(Some(first.return_url())).await;
    let browser = Browser::at(portal.base.clone());
    let (at, url) = (prompt(&sign_in), sign_in["prompt_url"].as_str().unwrap());
    let sealed = query(url, "text").unwrap();
    assert_eq!(browser.open(&at).await.status, 400);
    assert!(browser.open(&format!("{at}?text={sealed}")).await.says(TEXT));
    let page = browser.submit(&at, &format!("{at}/challenge"), &[("method", "sms")]).await;
    assert!(page.says(TEXT));
    canaries.secrets.push(pair.world.code_sent_to(PHONE).await);
    canaries.secrets.extend([TEXT.to_owned(), sealed]);
}

/// Follows a mailed link, and a prompt in a browser.
async fn with_links(pair: &Pair, canaries: &mut Canaries) {
    let [first, portal] = pair.portals("managed");
    let secret = first.enrol_app(&pair.world, canary()).await;
    canaries.secrets.push(secret.clone());
    pair.advance(0);
    let sign_in = portal.try_open_prompt(canary(), &first.return_url()).await.body;
    let browser = Browser::at(portal.base.clone());
    let at = prompt(&sign_in);
    browser.open(&at).await;
    let code = pair.world.totp(&secret);
    canaries.secrets.push(code.clone());
    let wrong = browser.submit(&at, &format!("{at}/verify"), &[("code", TYPED)]).await;
    assert!(!wrong.says(TYPED), "what is typed as a code is not shown again");
    let back = browser.submit(&at, &format!("{at}/verify"), &[("code", &code)]).await;
    let result = query(&back.location.unwrap(), "result_code").unwrap();
    canaries.secrets.push(result.clone());
    canaries.secrets.extend(browser.cookies.lock().unwrap().values().cloned());
    let redeemed = portal.redeem(&sign_in, &result).await;
    canaries.secret(&redeemed.body["assertion"]);
    let reset = json!({ "actor": { "id": "boss", "role": "portal_admin" }, "reason": "lost phone", "confirm": true });
    assert_eq!(portal.reset_user("anna", reset).await.status, 200);
    assert_eq!(portal.open(canary()).await["status"], "check_email");
    let ticket = pair.world.ticket_sent_to(EMAIL).await;
    canaries.secrets.push(ticket.clone());
    for n in 0..2 {
        let nonce = format!("{NONCE}-{n}");
        let body = json!({ "user": canary(), "event": "login", "nonce": nonce, "ticket": ticket });
        canaries.keep_refusal(&portal.post("/v1/sign-ins", body).await);
    }
}

/// Opens and presses the freeze link of a notice, and a forged one.
async fn with_a_freeze_link(pair: &Pair, canaries: &mut Canaries) {
    let [first, portal] = pair.portals("email_enrolment_opt_out");
    let world = &pair.world;
    world.change_policy(&first, |policy| policy["self_service"] = json!("with_proof")).await;
    first.open(canary()).await;
    pair.advance(86_400);
    let sign_in = first.open(canary()).await;
    assert_eq!(first.act(&sign_in, "skip", json!({})).await.status, 200);
    let link = world.freeze_link_in("was skipped", EMAIL).await;
    let mac = &link[link.len() - 21..];
    canaries.secrets.push(mac.to_owned());
    let browser = Browser::at(portal.base.clone());
    let form = browser.open(&link).await.form();
    canaries.secrets.push(form.clone());
    assert_eq!(browser.get(&link[..link.len() - 1]).await.status, 410);
    assert_eq!(browser.post(&link, &[("form", TYPED)]).await.status, 403);
    assert_eq!(browser.post(&link, &[("form", &form)]).await.status, 303);
    canaries.keep_refusal(&portal.act(&portal.open(canary()).await, "skip", json!({})).await);
}

/// Signs admins in, makes keys and admins, and sets the provider's secret.
async fn with_admins(pair: &Pair, canaries: &mut Canaries) {
    let [_, portal] = pair.portals("managed");
    let by = |key: &str| Portal { key: key.to_owned(), ..portal.clone() };
    let operator = pair.world.running.demo.admins[0].clone();
    for password in [WRONG_PASSWORD, &operator.password] {
        let given = json!({ "name": operator.name, "password": password });
        let opened = by("").post("/v1/admin/session", given).await;
        canaries.keep_refusal(&opened);
        canaries.secrets.push(password.to_owned());
        if opened.status == 201 {
            let session = canaries.secret(&opened.body["session"]);
            pair.advance(30);
            let code = pair.world.totp(&operator.totp_secret);
            canaries.secrets.push(code.clone());
            let verify = json!({ "code": code });
            let done = by(&session).post("/v1/admin/session/verify", verify).await;
            assert_eq!(done.status, 200, "{:?}", done.body);
            let session = canaries.secret(&done.body["session"]);
            let made = json!({ "id": "canaries", "profile": { "description": "Cage" } });
            let made = by(&session).post("/v1/admin/portals", made).await.body;
            canaries.secret(&made["api_key"]);
            let admin = json!({ "name": "keeper", "role": { "role": "auditor" } });
            let admin = by(&session).post("/v1/admin/admins", admin).await.body;
            let first = canaries.secret(&admin["password"]);
            let given = json!({ "name": "keeper", "password": first });
            let theirs = by("").post("/v1/admin/session", given).await.body;
            let theirs = canaries.secret(&theirs["session"]);
            let change = json!({ "current": first, "new": PASSWORD });
            let path = "/v1/admin/session/password";
            canaries.keep_refusal(&by(&theirs).send("PUT", path, Some(&change)).await);
            let twilio = json!({ "provider": "twilio", "client_id": "AC00000000000000000000000000000000", "client_secret": TWILIO, "from": "+12025550100" });
            let check = json!({ "sms": twilio, "countries": ["NZ"] });
            canaries
                .keep_refusal(&by(&session).send("PUT", "/v1/admin/settings", Some(&check)).await);
        }
    }
    let twilio = json!({ "provider": "twilio", "client_id": "AC00000000000000000000000000000000", "client_secret": SAVED_TWILIO, "from": "+12025550100" });
    let saved = pair.world.put_settings(json!({ "sms": twilio, "countries": ["NZ"] })).await;
    assert_eq!(saved.status, 200, "{:?}", saved.body);
    canaries.secrets.extend([PASSWORD, TWILIO, SAVED_TWILIO].map(str::to_owned));
    canaries.secrets.push(operator.totp_secret);
}

/// Sends requests that are wrong in another place than the canary.
async fn with_mistakes(pair: &Pair, canaries: &mut Canaries) {
    let [_, portal] = pair.portals("always_on");
    for body in [
        json!({ "user": { "id": "anna", "email": [EMAIL], "phone": PHONE }, "event": "login", "nonce": NONCE }).to_string(),
        json!({ "user": canary(), "event": TYPED, "nonce": NONCE }).to_string(),
        json!({ "user": canary(), "event": "login", "nonce": TYPED.repeat(9) }).to_string(),
        format!("{{\"user\":{{\"email\":\"{EMAIL}\",\"email\":\"{EMAIL}\"}}}}"),
        format!("{{\"user\":\"{EMAIL}"),
    ] {
        let reply = portal.post_raw("/v1/sign-ins", body).await;
        assert_eq!(reply.status, 400);
        canaries.keep_refusal(&reply);
    }
    canaries.keep_refusal(&portal.get(&format!("/v1/user?id={EMAIL}")).await);
    canaries.keep_refusal(&portal.get(&format!("/v1/sign-ins/{EMAIL}")).await);
    canaries.keep_refusal(
        &Portal { key: TYPED.to_owned(), ..portal.clone() }.get("/v1/user?id=anna").await,
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn s21_no_canary_sings_in_logs_refusals_or_the_activity_at_the_highest_level() {
    let pair = Pair::start_at_level("trace", |world| world.running.table.clone()).await;
    let mut canaries = Canaries::default();
    with_a_freeze_link(&pair, &mut canaries).await;
    with_an_app(&pair, &mut canaries).await;
    with_recovery_codes(&pair, &mut canaries).await;
    with_messages(&pair, &mut canaries).await;
    with_a_text(&pair, &mut canaries).await;
    with_links(&pair, &mut canaries).await;
    with_admins(&pair, &mut canaries).await;
    with_mistakes(&pair, &mut canaries).await;
    assert!(canaries.secrets.len() > 25 && canaries.refusals.len() > 15);

    let personal = [NAME, EMAIL, OWN_EMAIL, PHONE, OWN_PHONE, NONCE, TYPED, "canary"];
    let log = pair.log();
    assert!(log.iter().filter(|line| line.contains("\"answered\"")).count() > 40, "{}", log.len());
    let refusals: Vec<String> = canaries.refusals.iter().map(Value::to_string).collect();
    let items = pair.world.raw_items().await;
    let of_activity =
        items.iter().filter(|(pk, _)| !pk.starts_with("USER#") && !pk.starts_with("PORTAL#"));
    let of_activity: Vec<String> = of_activity.map(|(_, item)| item.clone()).collect();
    for (place, texts) in
        [("the log", &log), ("a refusal", &refusals), ("the activity", &of_activity)]
    {
        for text in texts {
            for canary in
                personal.iter().copied().chain(canaries.secrets.iter().map(String::as_str))
            {
                assert!(!holds(text, canary), "{place} has {canary}: {text}");
            }
        }
    }
    // A user's own item knows the user's address. No secret is anywhere.
    for (pk, item) in &items {
        for secret in &canaries.secrets {
            assert!(!holds(item, secret), "{pk} has {secret}: {item}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn s21_what_fails_is_logged_with_its_cause_and_without_the_request() {
    let pair = Pair::start_at_level("trace", |_| "no-such-table".to_owned()).await;
    let [_, portal] = pair.portals("always_on");
    let failed = portal.try_open(canary()).await;
    assert_eq!(failed.problem(), (503, "unavailable"));
    let log = pair.log();
    assert!(log.iter().any(|line| line.contains("a dependency failed")), "{log:?}");
    for line in &log {
        for canary in [NAME, EMAIL, PHONE, &portal.key] {
            assert!(!holds(line, canary), "{line}");
        }
    }
}
