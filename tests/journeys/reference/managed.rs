//! Portal 5: managed by the provider.

use crate::harness::{Portal, World, anna, text, ticket_in};
use serde_json::json;

#[tokio::test(flavor = "multi_thread")]
async fn m3_m4_m5_m8_off_lets_in_who_never_enrolled_and_still_asks_who_did() {
    let world = World::start().await;
    let portal = world.portal("managed");
    let secret = portal.enrol_app(&world, anna()).await;
    world.change_policy(&portal, |policy| policy["enabled"] = json!(false)).await;
    let never = portal.open(json!({ "id": "ben" })).await;
    assert_eq!((&never["status"], &never["reason"]), (&json!("allowed"), &json!("not_required")));
    let enrolled = portal.open(anna()).await;
    assert_eq!(enrolled["status"], "challenge");
    assert_eq!(portal.verify(&enrolled, &world.totp(&secret)).await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn s11_m7_m9_m10_after_a_reset_old_codes_are_dead_and_the_password_alone_cannot_enrol() {
    let world = World::start().await;
    let portal = world.portal("managed");
    let secret = portal.enrol_app(&world, anna()).await;
    let under_way = portal.open(anna()).await;
    let reset = json!({ "actor": { "id": "boss", "role": "portal_admin" }, "reason": "lost phone", "confirm": true });
    assert_eq!(portal.reset_user("anna", reset.clone()).await.status, 200);
    let old = portal.verify(&under_way, &world.totp(&secret)).await;
    assert_eq!(old.problem(), (404, "sign_in_unknown"));

    let sign_in = portal.open(anna()).await;
    assert_eq!(sign_in["status"], "check_email");
    let started = portal.act(&sign_in, "enrolment", json!({ "method": "authenticator_app" })).await;
    assert_eq!(started.problem(), (409, "another_step"));

    world.change_policy(&portal, |policy| policy["enabled"] = json!(false)).await;
    assert_eq!(portal.open(anna()).await["reason"], "not_required");
    let again = portal.open(anna()).await;
    assert_eq!(again["status"], "allowed");
}

#[tokio::test(flavor = "multi_thread")]
async fn m12_resetting_a_user_with_nothing_bound_asks_for_no_link() {
    let world = World::start().await;
    let portal = world.portal("managed");
    portal.open(anna()).await;
    let reset = json!({ "actor": { "id": "boss", "role": "portal_admin" }, "reason": "just in case", "confirm": true });
    assert_eq!(portal.reset_user("anna", reset).await.body, json!({ "had_bound": false }));
    assert_eq!(portal.open(anna()).await["status"], "enrol");
}

#[tokio::test(flavor = "multi_thread")]
async fn x1_what_is_bound_still_guards_the_door_when_its_method_leaves_the_policy() {
    let world = World::start().await;
    let portal = world.portal("authenticator_app");
    let secret = portal.enrol_app(&world, anna()).await;
    world
        .change_policy(&portal, |policy| {
            policy["methods"] = json!([{ "type": "sms", "destination": "user" }])
        })
        .await;
    let sign_in = portal.open(anna()).await;
    assert_eq!(
        (&sign_in["status"], &sign_in["reason"]),
        (&json!("challenge"), &json!("method_left_policy"))
    );
    let passed = portal.verify(&sign_in, &world.totp(&secret)).await;
    assert_eq!((passed.status, &passed.body["status"]), (200, &json!("enrol")));
    assert!(passed.body["assertion"].is_null());
    let started = portal
        .act(&sign_in, "enrolment", json!({ "method": "sms", "phone": "021 123 4500" }))
        .await;
    assert_eq!(started.status, 201);
    let code = world.code_sent_to("+64211234500").await;
    let done = portal.act(&sign_in, "enrolment/confirm", json!({ "code": code })).await;
    assert_eq!((done.status, &done.body["status"]), (200, &json!("allowed")));
}

const EMAIL: &str = "testing@example.co.nz";

fn reset() -> serde_json::Value {
    json!({ "actor": { "id": "boss", "role": "portal_admin" }, "reason": "lost phone", "confirm": true })
}

async fn ticket(world: &World) -> String {
    world
        .messages()
        .await
        .iter()
        .find_map(|message| ticket_in(text(message)))
        .expect("a link was mailed")
}

async fn links(world: &World) -> usize {
    let messages = world.messages().await;
    messages.iter().filter(|m| m["text"].as_str().unwrap().contains("?ticket=")).count()
}

async fn open_with(
    portal: &crate::harness::Portal,
    user: &str,
    nonce: &str,
    ticket: &str,
) -> crate::harness::Reply {
    let nonce = format!("{nonce}-0123456789abcdef");
    let body =
        json!({ "user": { "id": user }, "event": "login", "nonce": nonce, "ticket": ticket });
    portal.post("/v1/sign-ins", body).await
}

#[tokio::test(flavor = "multi_thread")]
async fn m1_a_new_portal_is_on_by_default() {
    let world = World::start().await;
    let profile = json!({ "description": "New", "enrolment_url": "https://portal.example/enrol" });
    let made = json!({ "id": "new", "profile": profile });
    let made = world.admin_ok("POST", "/v1/admin/portals", Some(made)).await;
    assert_eq!(made["policy"]["enabled"], true);
    assert_eq!(made["policy"]["switched_by"], "provider");
    let key = made["api_key"].as_str().unwrap().to_owned();
    let portal = crate::harness::Portal { id: "new".into(), key, ..world.portal("managed") };
    assert_eq!(portal.open(anna()).await["status"], "enrol");
}

#[tokio::test(flavor = "multi_thread")]
async fn m7_the_next_sign_in_after_a_reset_mails_a_link_that_works_once() {
    let world = World::start().await;
    let portal = world.portal("managed");
    portal.enrol_app(&world, anna()).await;
    let done = portal.reset_user("anna", reset()).await;
    assert_eq!(done.body, json!({ "had_bound": true, "link_can_be_mailed": true }));
    let waiting = portal.open(anna()).await;
    assert_eq!(waiting["status"], "check_email");
    assert_eq!(
        waiting["message"],
        "Check your email for a link to set up multi-factor authentication again"
    );
    let ticket = ticket(&world).await;
    // Another try moments later mails no second one, and the first stays good.
    let count = links(&world).await;
    portal.open(anna()).await;
    assert_eq!(links(&world).await, count);

    let opened = open_with(&portal, "anna", "first", &ticket).await;
    assert_eq!(
        (opened.status, &opened.body["status"]),
        (201, &json!("enrol")),
        "{:?}",
        opened.body
    );
    let app = json!({ "method": "authenticator_app" });
    let started = portal.act(&opened.body, "enrolment", app).await;
    let code = world.totp(started.secret());
    // The same nonce is the way back, and needs no ticket of its own.
    let again = open_with(&portal, "anna", "first", &ticket).await;
    assert_eq!(again.body["id"], opened.body["id"]);
    let confirmed = portal.act(&opened.body, "enrolment/confirm", json!({ "code": code })).await;
    assert_eq!((confirmed.status, &confirmed.body["status"]), (200, &json!("allowed")));
    let twice = open_with(&portal, "anna", "second", &ticket).await;
    assert_eq!(twice.problem(), (403, "ticket_refused"));
}

/// Has the function that opens sign-ins read the keyring again, if it is time to: a made-up API key
/// does no more than that.
async fn read_keys(portal: &Portal) {
    let mut made_up = portal.clone();
    let last = made_up.key.pop();
    made_up.key.push(if last == Some('A') { 'B' } else { 'A' });
    assert_eq!(made_up.try_open(anna()).await.problem(), (401, "key_refused"));
}

#[tokio::test(flavor = "multi_thread")]
async fn s6_s11_a_ticket_late_spent_replaced_reset_or_anothers_is_refused_and_nothing_happens() {
    let world = World::start().await;
    let portal = world.portal("managed");
    for user in [anna(), json!({ "id": "ben", "email": "ben@example.com", "email_verified": true })]
    {
        portal.enrol_app(&world, user.clone()).await;
        portal.reset_user(user["id"].as_str().unwrap(), reset()).await;
    }
    portal.open(anna()).await;
    let first = ticket(&world).await;
    portal.open(json!({ "id": "ben" })).await;
    let bens = ticket(&world).await;
    let refused = async |user: &str, ticket: &str| {
        read_keys(&portal).await;
        world.aws.reset();
        let count = links(&world).await;
        let reply = open_with(&portal, user, &format!("try-{ticket}"), ticket).await;
        assert_eq!(reply.problem(), (403, "ticket_refused"), "{:?}", reply.body);
        assert_eq!(world.aws.calls(), [("BatchGetItem".to_owned(), 1)], "nothing was written");
        assert_eq!(links(&world).await, count, "nothing was sent");
    };
    refused("anna", &bens).await;
    refused("anna", "AAAAAAAAAAAAAAAAAAAAAA").await;
    assert_eq!(open_with(&portal, "anna", "short", "short").await.problem(), (400, "bad_request"));
    // After five minutes another sign-in mails another, which replaces the first.
    world.advance(300);
    portal.open(anna()).await;
    let second = ticket(&world).await;
    assert_ne!(first, second);
    refused("anna", &first).await;
    world.advance(1_800);
    refused("anna", &second).await;
    portal.open(anna()).await;
    let third = ticket(&world).await;
    portal.reset_user("anna", reset()).await;
    refused("anna", &third).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn s8_once_something_is_bound_no_ticket_and_no_other_sign_in_enrols_again() {
    let world = World::start().await;
    let portal = world.portal("managed");
    portal.enrol_app(&world, anna()).await;
    portal.reset_user("anna", reset()).await;
    portal.open(anna()).await;
    let first = ticket(&world).await;
    let one = open_with(&portal, "anna", "one", &first).await.body;
    // A second link opens a second sign-in that may enrol; a third link stays unused.
    world.advance(300);
    portal.open(anna()).await;
    let two = open_with(&portal, "anna", "two", &ticket(&world).await).await.body;
    assert_eq!((&one["status"], &two["status"]), (&json!("enrol"), &json!("enrol")));
    world.advance(60);
    portal.open(anna()).await;
    let unused = ticket(&world).await;
    let app = json!({ "method": "authenticator_app" });
    let started = portal.act(&one, "enrolment", app.clone()).await;
    let code = world.totp(started.secret());
    let done = portal.act(&one, "enrolment/confirm", json!({ "code": code })).await;
    assert_eq!(done.status, 200, "{:?}", done.body);
    let again = portal.act(&two, "enrolment", app).await;
    assert_eq!(again.problem(), (409, "another_step"));
    assert_eq!(portal.look(&two).await.body["status"], "challenge");
    let late = open_with(&portal, "anna", "late", &unused).await;
    assert_eq!(late.problem(), (403, "ticket_refused"));
}

#[tokio::test(flavor = "multi_thread")]
async fn s3_one_ticket_used_thirty_times_at_once_opens_one_enrolment() {
    let world = World::start().await;
    let portal = world.portal("managed");
    portal.enrol_app(&world, anna()).await;
    portal.reset_user("anna", reset()).await;
    portal.open(anna()).await;
    let ticket = ticket(&world).await;
    let tries: Vec<_> = (0..25)
        .map(|n| {
            let (portal, ticket) = (portal.clone(), ticket.clone());
            tokio::spawn(
                async move { open_with(&portal, "anna", &format!("race-{n}"), &ticket).await },
            )
        })
        .collect();
    let mut enrols = 0;
    for reply in tries {
        enrols += usize::from(reply.await.unwrap().body["status"] == "enrol");
    }
    assert_eq!(enrols, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn m8_an_invitation_is_a_moment_to_enrol_while_the_policy_is_on() {
    let world = World::start().await;
    let portal = world.portal("managed");
    let accept = async |user: &str| {
        let nonce = format!("invited-{user}-0123456789");
        let body = json!({ "user": { "id": user }, "event": "invitation", "nonce": nonce });
        portal.post("/v1/sign-ins", body).await.body
    };
    let on = accept("anna").await;
    assert_eq!(on["status"], "enrol");
    let app = json!({ "method": "authenticator_app" });
    let started = portal.act(&on, "enrolment", app).await;
    let code = world.totp(started.secret());
    let done = portal.act(&on, "enrolment/confirm", json!({ "code": code })).await;
    let jwks = portal.get("/.well-known/jwks.json").await.body;
    let jwt = done.body["assertion"].as_str().unwrap();
    assert_eq!(crate::harness::verified_claims(jwt, &jwks, &portal.id)["event"], "invitation");
    world.change_policy(&portal, |policy| policy["enabled"] = json!(false)).await;
    let off = accept("ben").await;
    assert_eq!((&off["status"], &off["reason"]), (&json!("allowed"), &json!("not_required")));
}

#[tokio::test(flavor = "multi_thread")]
async fn m11_whoever_resets_a_user_without_an_address_is_told_that_nothing_can_be_mailed() {
    let world = World::start().await;
    let portal = world.portal("managed");
    portal.enrol_app(&world, json!({ "id": "ben" })).await;
    let done = portal.reset_user("ben", reset()).await;
    assert_eq!(done.body, json!({ "had_bound": true, "link_can_be_mailed": false }));
    let sign_in = portal.open(json!({ "id": "ben" })).await;
    assert_eq!(sign_in["status"], "check_email");
    let message = sign_in["message"].as_str().unwrap();
    assert!(message.contains("cannot email you a link") && message.contains("Ask for help"));
    assert!(world.sent_to(EMAIL).await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn x2_every_refusal_says_what_to_do_next_and_how_to_get_help() {
    let world = World::start().await;
    let portal = world.portal("managed");
    let sign_in = portal.open(anna()).await;
    let unknown = world.unknown_sign_in(&portal).await;
    for (reply, code) in [
        (portal.act(&sign_in, "skip", json!({})).await, "skip_not_allowed"),
        (portal.verify(&sign_in, "123456").await, "method_not_offered"),
        (portal.verify(&unknown, "123456").await, "sign_in_unknown"),
        (portal.act(&sign_in, "challenge", json!({ "method": "sms" })).await, "method_not_offered"),
        (portal.get("/v1/user?id=nobody").await, "user_unknown"),
    ] {
        assert_eq!(reply.problem().1, code, "{:?}", reply.body);
        let detail = reply.body["detail"].as_str().unwrap();
        assert!(detail.split(". ").count() <= 3 && detail.ends_with('.'), "plain: {detail}");
        assert_eq!(reply.body["support"], "Call 0800 123 456", "{detail}");
    }
}
