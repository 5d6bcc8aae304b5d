//! Trusted browsers: a box beside a code or a passkey, and no question for some days after it.

use crate::harness::{
    Browser, Portal, Reply, World, anna, fresh_nonce, on_user, prompt, query, verified_claims,
};
use serde_json::{Value, json};

const DAY: i64 = 86_400;

/// A portal that remembers browsers for thirty days, and a user with an app.
pub async fn remembering(world: &World) -> (Portal, String) {
    let portal = world.portal("authenticator_app");
    remember(world, &portal).await;
    let secret = portal.enrol_app(world, anna()).await;
    world.advance(30);
    (portal, secret)
}

pub async fn remember(world: &World, portal: &Portal) {
    let remember = |policy: &mut Value| {
        policy["remember_browser"] = json!({ "days": 30, "earned_by": "any" });
    };
    world.change_policy(portal, remember).await;
}

/// Opens a sign-in in a browser that brings its token.
pub async fn open_in(portal: &Portal, token: &str, more: Value) -> Reply {
    let mut body = json!({
        "user": anna(), "event": "login", "nonce": fresh_nonce(), "browser_token": token,
    });
    for (member, value) in more.as_object().into_iter().flatten() {
        body[member] = value.clone();
    }
    portal.post("/v1/sign-ins", body).await
}

pub async fn trusted(world: &World, portal: &Portal, secret: &str) -> String {
    let sign_in = portal.open(anna()).await;
    let code = json!({ "code": world.totp(secret), "remember_browser": true });
    let verified = portal.act(&sign_in, "verify", code).await;
    assert_eq!(verified.status, 200, "{:?}", verified.body);
    world.advance(30);
    token(&verified)
}

pub fn token(reply: &Reply) -> String {
    reply.body["browser_token"].as_str().unwrap_or_else(|| panic!("{:?}", reply.body)).to_owned()
}

pub async fn claims(portal: &Portal, answer: &Value) -> Value {
    let jwks = portal.get("/.well-known/jwks.json").await.body;
    verified_claims(answer["assertion"].as_str().unwrap(), &jwks, &portal.id)
}

#[tokio::test(flavor = "multi_thread")]
async fn t1_a_policy_remembers_browsers_for_some_days_and_never_where_nobody_switches_it() {
    let world = World::start().await;
    let portal = world.portal("authenticator_app");
    let path = format!("/v1/admin/portals/{}/policy", portal.id);
    let set = async |remember: Value| {
        let read = world.admin("GET", &path, None, None).await;
        let mut policy = read.body.clone();
        policy["remember_browser"] = remember;
        world.admin("PUT", &path, read.etag.as_deref(), Some(policy)).await
    };
    let read = world.admin("GET", &path, None, None).await;
    assert_eq!(read.body["remember_browser"], Value::Null, "off in the references");
    for wrong in [
        json!({ "days": 0, "earned_by": "any" }),
        json!({ "days": 91, "earned_by": "any" }),
        json!({ "days": 30 }),
        json!({ "days": 30, "earned_by": "passkey" }),
        json!({ "days": 30, "earned_by": "any", "sliding": true }),
        json!(30),
    ] {
        assert_eq!(set(wrong.clone()).await.status, 400, "{wrong}");
    }
    let thirty = json!({ "days": 30, "earned_by": "phishing_resistant" });
    assert_eq!(set(thirty.clone()).await.status, 200);
    let read = world.admin("GET", &path, None, None).await;
    assert_eq!(read.body["remember_browser"], thirty);
    let always = world.portal("always_on");
    let path = format!("/v1/admin/portals/{}/policy", always.id);
    let read = world.admin("GET", &path, None, None).await;
    let mut policy = read.body.clone();
    (policy["remember_browser"], policy["confirm_unlock"]) = (thirty, json!(true));
    let refused = world.admin("PUT", &path, read.etag.as_deref(), Some(policy)).await;
    assert_eq!(refused.status, 422, "{:?}", refused.body);
    assert!(refused.body["detail"].as_str().unwrap().starts_with("remember_browser is not"));
}

#[tokio::test(flavor = "multi_thread")]
async fn t1_in_api_mode_the_box_makes_the_next_sign_in_one_call() {
    let world = World::start().await;
    let (portal, secret) = remembering(&world).await;
    let sign_in = portal.open(anna()).await;
    let offered = json!({
        "name": "remember_browser", "value": true,
        "label": "Do not ask again in this browser for 30 days",
    });
    assert_eq!(sign_in["input"]["checkbox"], offered);
    let plain = portal.verify(&sign_in, &world.totp(&secret)).await;
    world.advance(30);
    let asked = open_in(&portal, &token(&plain), json!({})).await;
    assert_eq!(asked.body["status"], "challenge", "the box was not ticked");
    let first = trusted(&world, &portal, &secret).await;
    assert_ne!(first.len(), token(&plain).len());
    let opened = open_in(&portal, &first, json!({})).await;
    assert_eq!((opened.status, &opened.body["status"]), (201, &json!("allowed")));
    assert_eq!(opened.body["reason"], "trusted_browser");
    assert!(opened.body["input"].is_null());
    assert_ne!(token(&opened), first, "each use turns it");
    let elsewhere = portal.open(anna()).await;
    assert_eq!(elsewhere["status"], "challenge", "another browser is asked");
}

#[tokio::test(flavor = "multi_thread")]
async fn t1_the_prompt_passes_a_trusted_browser_through_without_a_screen() {
    let world = World::start().await;
    let (portal, secret) = remembering(&world).await;
    let (home, elsewhere) = (Browser::new(&world), Browser::new(&world));
    let sign_in = portal.open_prompt(anna()).await;
    let at = prompt(&sign_in);
    let page = home.open(&at).await;
    assert!(page.says("Do not ask again in this browser for 30 days"), "{}", page.text);
    assert!(!page.says("value=\"true\" checked"), "the box is never ticked beforehand");
    let code = world.totp(&secret);
    let fields = [("code", code.as_str()), ("remember_browser", "true")];
    let back = home.submit(&at, &format!("{at}/verify"), &fields).await;
    assert!(back.location.unwrap().contains("result_code="));
    let known = home.cookie("__Host-known").unwrap();
    world.advance(DAY);
    let sign_in = portal.open_prompt(anna()).await;
    let passed = home.get(&prompt(&sign_in)).await;
    let back = passed.location.unwrap_or_else(|| panic!("a screen: {}", passed.text));
    assert!(passed.status == 303 && back.contains("result_code="), "{back}");
    assert_ne!(home.cookie("__Host-known").unwrap(), known, "each use turns it");
    let code = json!({ "result_code": query(&back, "result_code") });
    let result = portal.act(&sign_in, "result", code).await;
    assert_eq!(claims(&portal, &result.body).await["mfa"], "trusted_browser");
    let sign_in = portal.open_prompt(anna()).await;
    let asked = elsewhere.open(&prompt(&sign_in)).await;
    assert!(asked.says("Enter the 6-digit code"), "{}", asked.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn t2_a_trusted_browser_is_of_its_user_and_portal_and_nothing_secret_of_it_is_stored() {
    let world = World::start().await;
    let (portal, secret) = remembering(&world).await;
    let first = trusted(&world, &portal, &secret).await;
    let raw = world.raw_user(&portal.id, "anna").await;
    assert!(!raw.contains(&first) && !raw.contains(&first[30..]), "{raw}");
    let other = world.portal("authenticator_app_with_email");
    remember(&world, &other).await;
    other.enrol_app(&world, anna()).await;
    for (portal, user) in [(&portal, json!({ "id": "ben" })), (&other, anna())] {
        let opened = open_in(portal, &first, json!({ "user": user })).await;
        assert_ne!(opened.body["status"], "allowed", "{:?}", opened.body);
    }
    // Nothing in the token can be changed.
    for place in [0, 10, 20, 30, 40, 50, 59] {
        let mut changed = first.clone();
        let other = if changed[place..].starts_with('A') { "Q" } else { "A" };
        changed.replace_range(place..=place, other);
        let opened = open_in(&portal, &changed, json!({})).await;
        assert_eq!(opened.body["status"], "challenge", "at {place}");
    }
    let opened = open_in(&portal, &first, json!({})).await;
    assert_eq!(opened.body["status"], "allowed");
}

#[tokio::test(flavor = "multi_thread")]
async fn t3_the_assertion_tells_the_old_proof_so_that_a_portals_max_age_works() {
    let world = World::start().await;
    let (portal, secret) = remembering(&world).await;
    let proven_at = world.now().unix();
    let first = trusted(&world, &portal, &secret).await;
    world.advance(3_600);
    let opened = open_in(&portal, &first, json!({})).await;
    let said = claims(&portal, &opened.body).await;
    assert_eq!(
        (&said["mfa"], &said["reason"]),
        (&json!("trusted_browser"), &json!("trusted_browser"))
    );
    assert_eq!(
        (&said["method"], &said["acr"]),
        (&json!("authenticator_app"), &json!("urn:portcullis:acr:app"))
    );
    assert_eq!(said["amr"], json!(["otp", "mfa"]));
    let (proof, issued) = (said["auth_time"].as_i64().unwrap(), said["iat"].as_i64().unwrap());
    assert!((proven_at..=proven_at + 5).contains(&proof), "{proof}");
    assert!(issued - proof >= 3_600, "{said}");
    let next = token(&opened);
    let young = open_in(&portal, &next, json!({ "max_age": 3_600 })).await;
    assert_eq!((young.status, &young.body["status"]), (201, &json!("challenge")));
    let old = open_in(&portal, &next, json!({ "max_age": 86_400 })).await;
    assert_eq!(old.body["status"], "allowed");
    for more in [
        json!({ "max_age": 31_536_001 }),
        json!({ "max_age": -1 }),
        json!({ "max_age": "60" }),
        json!({ "max_age": 60, "event": "step_up" }),
        json!({ "max_age": 60, "event": "invitation" }),
    ] {
        let refused = open_in(&portal, &next, more.clone()).await;
        assert_eq!(refused.status, 400, "{more}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn t3_trust_answers_no_step_up_and_no_settings() {
    let world = World::start().await;
    let (portal, secret) = remembering(&world).await;
    world.change_policy(&portal, |policy| policy["self_service"] = json!("with_proof")).await;
    let mut token_now = trusted(&world, &portal, &secret).await;
    for event in ["step_up", "manage"] {
        let opened = open_in(&portal, &token_now, json!({ "event": event })).await;
        assert_eq!(opened.body["status"], "challenge", "{event}");
        assert_eq!(opened.body["input"].get("checkbox"), None, "{event}");
        let code = json!({ "code": world.totp(&secret), "remember_browser": true });
        let done = portal.act(&opened.body, "verify", code).await;
        assert_eq!((done.status, &done.body["status"]), (200, &json!("allowed")));
        token_now = token(&done);
        world.advance(30);
    }
    let login = open_in(&portal, &token_now, json!({})).await;
    assert_eq!(login.body["status"], "allowed", "the browser is as trusted as it was");
    assert_eq!(login.body.get("settings"), None);
    let change = json!({ "change": "new_recovery_codes" });
    let refused = portal.act(&login.body, "settings", change).await;
    assert!((400..500).contains(&refused.status), "{:?}", refused.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn t4_trust_ends_on_its_day_and_with_everything_that_changes_who_gets_in() {
    let world = World::start().await;
    let (portal, secret) = remembering(&world).await;
    let mut used = trusted(&world, &portal, &secret).await;
    for _ in 0..29 {
        world.advance(DAY);
        let opened = open_in(&portal, &used, json!({})).await;
        assert_eq!(opened.body["status"], "allowed");
        used = token(&opened);
    }
    world.advance(DAY);
    let ended = open_in(&portal, &used, json!({})).await;
    assert_eq!(ended.body["status"], "challenge", "thirty days, however often it was used");

    let used = trusted(&world, &portal, &secret).await;
    let issue = format!("/v1/admin/portals/{}/user/bypass-code", portal.id);
    let issued = world.admin("POST", &issue, None, on_user("anna", "phone lost")).await;
    let sign_in = portal.open(anna()).await;
    let bypassed = portal.verify(&sign_in, issued.body["code"].as_str().unwrap()).await;
    assert_eq!(bypassed.status, 200, "{:?}", bypassed.body);
    let ended = open_in(&portal, &used, json!({})).await;
    assert_eq!(ended.body["status"], "challenge", "a bypass code");
}

#[tokio::test(flavor = "multi_thread")]
async fn t5_a_copied_token_is_noticed_and_the_user_is_told() {
    let world = World::start().await;
    let (portal, secret) = remembering(&world).await;
    let copied = trusted(&world, &portal, &secret).await;
    let second = token(&open_in(&portal, &copied, json!({})).await);
    // The answer was lost: the one before is good until the new one was brought.
    assert_eq!(token(&open_in(&portal, &copied, json!({})).await), second);
    let third = token(&open_in(&portal, &second, json!({})).await);
    let thief = open_in(&portal, &copied, json!({})).await;
    assert_eq!(thief.body["status"], "challenge");
    assert_eq!(thief.body.get("assertion"), None);
    let ended = open_in(&portal, &third, json!({})).await;
    assert_eq!(ended.body["status"], "challenge", "and so is whoever has the newest");
    let entries = portal.get("/v1/user/activity?id=anna").await.body;
    let copies =
        entries.as_array().unwrap().iter().filter(|e| e["event"] == "trust_copied").count();
    assert_eq!(copies, 1, "{entries}");
    let told = world.notices("A trusted browser of your account may have been copied", 2).await;
    assert!(told.contains(&"testing@example.co.nz".to_owned()), "{told:?}");
}
