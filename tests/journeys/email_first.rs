//! An emailed code before the first enrolment, if the policy wants one.

use crate::{
    console::{operator, signed_in},
    harness::{Browser, Portal, World, anna, on_user, prompt, verified_claims},
};
use serde_json::{Value, json};

const EMAIL: &str = "testing@example.co.nz";

async fn portal(world: &World) -> Portal {
    let portal = world.portal("authenticator_app");
    world.change_policy(&portal, |policy| policy["enrolment_proof"] = json!("emailed_code")).await;
    portal
}

fn app() -> Value {
    json!({ "method": "authenticator_app" })
}

#[tokio::test(flavor = "multi_thread")]
async fn s8_a_portal_that_follows_the_view_enrols_after_the_emailed_code_and_not_before() {
    let world = World::start().await;
    let portal = portal(&world).await;
    let sign_in = portal.open(anna()).await;
    assert_eq!(
        (&sign_in["status"], &sign_in["reason"]),
        (&json!("challenge"), &json!("enrolment_proof"))
    );
    assert!(sign_in["message"].as_str().unwrap().starts_with("Before you set this up"));
    assert!(world.outbox().await.is_empty(), "it waits until it is asked for");
    let started = portal.act(&sign_in, "enrolment", app()).await;
    assert_eq!(started.problem(), (409, "another_step"));
    let input = &sign_in["input"];
    assert_eq!((&input["action"], &input["field"]), (&json!("challenge"), &json!("none")));
    let sent = portal.act(&sign_in, "challenge", input["body"].clone()).await;
    assert_eq!(sent.status, 202, "{:?}", sent.body);
    let proven = portal.verify(&sign_in, &world.code_sent_to(EMAIL).await).await;
    assert_eq!((proven.status, &proven.body["status"]), (200, &json!("enrol")));
    assert_eq!(proven.body.get("assertion"), None, "it is no way in");
    let started = portal.act(&sign_in, "enrolment", app()).await;
    let code = json!({ "code": world.totp(started.secret()) });
    let done = portal.act(&sign_in, "enrolment/confirm", code).await;
    let assertion = done.body["assertion"].as_str().unwrap();
    let jwks = portal.get("/.well-known/jwks.json").await.body;
    let claims = verified_claims(assertion, &jwks, &portal.id);
    assert_eq!(
        (&claims["reason"], &claims["method"]),
        (&json!("just_enrolled"), &json!("authenticator_app"))
    );
    // The next sign-in asks for the app alone.
    assert_eq!(portal.open(anna()).await["reason"], "usable");
}

#[tokio::test(flavor = "multi_thread")]
async fn s8_a_user_without_a_verified_address_is_denied_with_the_reason_and_two_ways_out() {
    let world = World::start().await;
    let portal = portal(&world).await;
    let ben = json!({ "id": "ben", "email": "ben@example.com", "email_verified": false });
    let sign_in = portal.open(ben.clone()).await;
    assert_eq!(
        (&sign_in["status"], &sign_in["reason"]),
        (&json!("denied"), &json!("no_verified_email"))
    );
    assert_eq!(
        sign_in["unavailable"],
        json!([{ "method": "email", "reason": "no_verified_email" }])
    );
    assert!(sign_in["message"].as_str().unwrap().contains("have your email address confirmed"));
    assert_eq!(portal.act(&sign_in, "enrolment", app()).await.problem(), (403, "no_usable_method"));
    let one = format!("/v1/admin/portals/{}/user", portal.id);
    let seen = world.admin_ok("GET", &format!("{one}?id=ben"), None).await;
    assert_eq!(
        (&seen["state"], &seen["next_sign_in"]["status"]),
        (&json!("no_way_in"), &json!("denied"))
    );
    assert!(seen["next_sign_in"]["why"].as_str().unwrap().contains("no verified address"));
    // An admin's bypass code opens the enrolment.
    let issued = world.admin_ok("POST", &format!("{one}/bypass-code"), on_user("ben", "met")).await;
    let opened = portal.verify(&sign_in, issued["code"].as_str().unwrap()).await;
    assert_eq!((opened.status, &opened.body["status"]), (200, &json!("enrol")));
    // Or the portal verifies the address.
    let verified = json!({ "id": "ben", "email": "ben@example.com", "email_verified": true });
    assert_eq!(portal.open(verified).await["reason"], "enrolment_proof");
}

#[tokio::test(flavor = "multi_thread")]
async fn s8_the_prompt_asks_for_the_emailed_code_and_then_sets_up_the_app() {
    let world = World::start().await;
    let portal = portal(&world).await;
    let at = prompt(&portal.open_prompt(anna()).await);
    let browser = Browser::new(&world);
    let page = browser.open(&at).await;
    assert!(page.says("Before you set this up"), "{}", page.text);
    assert!(world.outbox().await.is_empty());
    let early = browser.open(&format!("{at}/enrolment?method=authenticator_app")).await;
    assert!(!early.says("Or type this key"), "{}", early.text);
    let fields = [("method", "email")];
    browser.post_form(&format!("{at}/challenge"), &page.form(), &fields).await;
    let code = world.code_sent_to(EMAIL).await;
    let fields = [("code", code.as_str()), ("method", "email")];
    let page = browser.post_form(&format!("{at}/verify"), &page.form(), &fields).await;
    assert!(page.says("Or type this key"), "{}", page.text);
    // Whoever has no verified address is told so, and may enter a bypass code.
    let ben = json!({ "id": "ben" });
    let at = prompt(&portal.open_prompt(ben).await);
    let page = Browser::new(&world).open(&at).await;
    assert!(page.says("have your email address confirmed"), "{}", page.text);
    assert!(page.says("bypass code"), "{}", page.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn s8_the_console_sets_it_and_a_dry_run_counts_whom_it_leaves_without_a_way_in() {
    let world = World::start().await;
    let portal = world.portal("authenticator_app");
    portal.open(anna()).await;
    portal.open(json!({ "id": "ben" })).await;
    let path = format!("/v1/admin/portals/{}/policy", portal.id);
    let policy = world.admin("GET", &path, None, None).await;
    assert_eq!(policy.body["enrolment_proof"], "none", "the reference portals ask for none");
    let mut wanted = policy.body.clone();
    wanted["enrolment_proof"] = json!("emailed_code");
    let tried = format!("{path}?dry_run=true");
    let tried = world.admin_ok("PUT", &tried, Some(wanted)).await;
    assert_eq!((&tried["no_way_in"], &tried["must_enrol"]), (&json!(1), &json!(0)), "{tried}");
    let browser = signed_in(&world, &operator(&world)).await;
    let page = browser.get(&format!("/console/portals/{}/policy", portal.id)).await;
    assert!(page.says("Before the first enrolment"), "{}", page.text);
    assert!(page.says("A code to the verified address on record"), "{}", page.text);
}
