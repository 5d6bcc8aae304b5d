//! Portal 1: an authenticator app with a configurable issuer.

use crate::harness::{World, anna, decode_qr, other_than, verified_claims};
use serde_json::{Value, json};

#[tokio::test(flavor = "multi_thread")]
async fn i10_a_user_enrols_with_a_qr_code_and_is_asked_for_codes_from_then_on() {
    let world = World::start().await;
    let portal = world.portal("authenticator_app");
    let sign_in = portal.open(anna()).await;
    assert_eq!((&sign_in["status"], &sign_in["skippable"]), (&json!("enrol"), &json!(false)));

    let started = portal.act(&sign_in, "enrolment", json!({ "method": "authenticator_app" })).await;
    assert_eq!(started.status, 201);
    let app = &started.body["enrolment"];
    let uri = app["otpauth_uri"].as_str().unwrap();
    assert_eq!(decode_qr(app["qr_svg"].as_str().unwrap()), uri);
    let again = portal.act(&sign_in, "enrolment", json!({ "method": "authenticator_app" })).await;
    assert_eq!(again.body, started.body, "the same until it is confirmed");

    let secret = started.secret();
    let code = world.totp(secret);
    let confirmed = portal.act(&sign_in, "enrolment/confirm", json!({ "code": code })).await;
    assert_eq!((confirmed.status, &confirmed.body["method"]), (200, &json!("authenticator_app")));

    let jwks: Value = portal.get("/.well-known/jwks.json").await.body;
    let claims = verified_claims(confirmed.body["assertion"].as_str().unwrap(), &jwks, &portal.id);
    assert_eq!(claims["sub"], "anna");
    assert_eq!(
        (&claims["mfa"], &claims["acr"]),
        (&json!("done"), &json!("urn:portcullis:acr:app"))
    );
    assert_eq!(claims["exp"].as_i64().unwrap() - claims["iat"].as_i64().unwrap(), 120);
    assert_eq!(claims["jti"], sign_in["id"]);

    world.advance(30);
    let later = portal.open(anna()).await;
    assert_eq!(
        (&later["status"], &later["options"][0]["bound"]),
        (&json!("challenge"), &json!(true))
    );
    assert_eq!(later["message"], "Enter the 6-digit code displayed in your authenticator app");
    let verified = portal.verify(&later, &world.totp(secret)).await;
    assert_eq!((verified.status, &verified.body["status"]), (200, &json!("allowed")));
}

#[tokio::test(flavor = "multi_thread")]
async fn i2_i3_i5_i11_the_issuer_is_read_when_the_qr_code_is_made() {
    let world = World::start().await;
    let portal = world.portal("authenticator_app");
    let enrol = async |user: &str| {
        let sign_in = portal.open(json!({ "id": user })).await;
        let started =
            portal.act(&sign_in, "enrolment", json!({ "method": "authenticator_app" })).await;
        decode_qr(started.body["enrolment"]["qr_svg"].as_str().unwrap())
    };
    let uri = enrol("ben").await;
    assert!(uri.starts_with("otpauth://totp/Demo%20authenticator%20app:ben?"), "{uri}");

    world
        .change_policy(&portal, |policy| {
            policy["methods"][0]["issuer"] = json!("Müller & Søn — Portal 客户")
        })
        .await;
    let uri = enrol("carla").await;
    let label = "M%C3%BCller%20%26%20S%C3%B8n%20%E2%80%94%20Portal%20%E5%AE%A2%E6%88%B7";
    assert!(uri.starts_with(&format!("otpauth://totp/{label}:carla?")), "{uri}");
    assert!(uri.contains(&format!("issuer={label}")), "{uri}");
}

#[tokio::test(flavor = "multi_thread")]
async fn i9_enrolled_users_keep_their_codes_when_the_issuer_changes() {
    let world = World::start().await;
    let portal = world.portal("authenticator_app");
    let secret = portal.enrol_app(&world, anna()).await;
    world
        .change_policy(&portal, |policy| policy["methods"][0]["issuer"] = json!("Another name"))
        .await;
    let sign_in = portal.open(anna()).await;
    assert_eq!(portal.verify(&sign_in, &world.totp(&secret)).await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn i13_s8_what_is_bound_cannot_be_replaced_with_the_password_alone() {
    let world = World::start().await;
    let portal = world.portal("authenticator_app");
    let secret = portal.enrol_app(&world, anna()).await;
    let sign_in = portal.open(anna()).await;
    let started = portal.act(&sign_in, "enrolment", json!({ "method": "authenticator_app" })).await;
    assert_eq!(started.problem(), (409, "another_step"));
    let confirmed = portal.act(&sign_in, "enrolment/confirm", json!({ "code": "123456" })).await;
    assert_eq!(confirmed.problem(), (409, "another_step"));
    assert_eq!(portal.act(&sign_in, "skip", json!({})).await.problem(), (403, "skip_not_allowed"));
    assert_eq!(portal.verify(&sign_in, &world.totp(&secret)).await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn s10_x4_a_used_code_is_refused_in_every_sign_in_and_the_words_do_not_tell_why() {
    let world = World::start().await;
    let portal = world.portal("authenticator_app");
    let secret = portal.enrol_app(&world, anna()).await;
    let code = world.totp(&secret);
    let first = portal.open(anna()).await;
    assert_eq!(portal.verify(&first, &code).await.status, 200);
    assert_eq!(portal.verify(&first, &code).await.problem(), (409, "sign_in_done"));

    let second = portal.open(anna()).await;
    let reused = portal.verify(&second, &code).await;
    assert_eq!(reused.problem(), (403, "code_reused"));
    world.advance(29);
    assert_eq!(portal.verify(&second, &code).await.status, 403);
    let wrong = portal.verify(&second, &other_than(&world.totp(&secret))).await;
    assert_eq!(wrong.problem(), (403, "code_wrong"));
    assert_eq!(wrong.body["detail"], reused.body["detail"]);
    assert_eq!(wrong.body["attempts_left"], 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_fifth_wrong_code_ends_the_sign_in_and_the_user_has_to_wait() {
    let world = World::start().await;
    let portal = world.portal("authenticator_app");
    let secret = portal.enrol_app(&world, anna()).await;
    let sign_in = portal.open(anna()).await;
    let wrong = other_than(&world.totp(&secret));
    for left in [4, 3, 2, 1, 0] {
        let reply = portal.verify(&sign_in, &wrong).await;
        assert_eq!(
            (reply.problem(), &reply.body["attempts_left"]),
            ((403, "code_wrong"), &json!(left))
        );
    }
    let right = world.totp(&secret);
    assert_eq!(portal.verify(&sign_in, &right).await.problem(), (403, "sign_in_dead"));
    let locked = portal.try_open(anna()).await;
    assert_eq!((locked.problem(), locked.retry_after), ((429, "locked"), Some(30)));
    assert_eq!(locked.body["support"], "Call 0800 123 456");

    world.advance(30);
    let sign_in = portal.open(anna()).await;
    assert_eq!(portal.verify(&sign_in, &world.totp(&secret)).await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn s5_a_new_sign_in_does_not_lower_the_counter() {
    let world = World::start().await;
    let portal = world.portal("authenticator_app");
    let secret = portal.enrol_app(&world, anna()).await;
    for _ in 0..5 {
        let sign_in = portal.open(anna()).await;
        let wrong = other_than(&world.totp(&secret));
        assert_eq!(portal.verify(&sign_in, &wrong).await.problem(), (403, "code_wrong"));
    }
    assert_eq!(portal.try_open(anna()).await.problem(), (429, "locked"));
}

#[tokio::test(flavor = "multi_thread")]
async fn looking_again_after_a_lost_reply_gives_the_same_assertion_until_it_expires() {
    let world = World::start().await;
    let portal = world.portal("authenticator_app");
    let secret = portal.enrol_app(&world, anna()).await;
    let sign_in = portal.open(anna()).await;
    let verified = portal.verify(&sign_in, &world.totp(&secret)).await;
    let jwks = portal.get("/.well-known/jwks.json").await.body;
    let claims =
        |body: &Value| verified_claims(body["assertion"].as_str().unwrap(), &jwks, &portal.id);

    world.advance(60);
    let looked = portal.look(&sign_in).await;
    assert_eq!(looked.body["status"], "allowed");
    assert_eq!(claims(&looked.body), claims(&verified.body));
    world.advance(60);
    assert_eq!(portal.look(&sign_in).await.problem(), (409, "sign_in_done"));
    world.advance(600);
    assert_eq!(portal.look(&sign_in).await.problem(), (410, "sign_in_expired"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_nonce_answers_the_same_sign_in_and_a_sixth_closes_the_oldest() {
    let world = World::start().await;
    let portal = world.portal("authenticator_app");
    let body = json!({ "user": anna(), "event": "login", "nonce": "the-same-nonce-again" });
    let first = portal.post("/v1/sign-ins", body.clone()).await;
    let again = portal.post("/v1/sign-ins", body).await;
    assert_eq!(first.body["id"], again.body["id"]);
    for _ in 0..5 {
        portal.open(anna()).await;
    }
    assert_eq!(portal.look(&first.body).await.problem(), (404, "sign_in_unknown"));
}

#[tokio::test(flavor = "multi_thread")]
async fn opening_is_limited_per_user_and_hour() {
    let world = World::start().await;
    let portal = world.portal("authenticator_app");
    for _ in 0..20 {
        portal.open(anna()).await;
    }
    let refused = portal.try_open(anna()).await;
    assert_eq!(refused.problem(), (429, "too_many_sign_ins"));
    assert!((1..=3600).contains(&refused.retry_after.unwrap()));
    assert_eq!(portal.try_open(json!({ "id": "ben" })).await.status, 201, "others are not touched");
    world.advance(3600);
    portal.open(anna()).await;
}

async fn started(portal: &crate::harness::Portal, user: Value) -> Value {
    let sign_in = portal.open(user).await;
    let started = portal.act(&sign_in, "enrolment", json!({ "method": "authenticator_app" })).await;
    assert_eq!(started.status, 201, "{:?}", started.body);
    started.body["enrolment"].clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn i1_new_secrets_are_what_every_app_understands() {
    let world = World::start().await;
    let body = started(&world.portal("authenticator_app"), anna()).await;
    let uri = body["otpauth_uri"].as_str().unwrap();
    // Left out, these are SHA-1, six digits and 30 seconds; written out, they must be the same.
    for (parameter, value) in [("algorithm=", "SHA1"), ("digits=", "6"), ("period=", "30")] {
        if let Some((_, rest)) = uri.split_once(parameter) {
            assert!(rest == value || rest.starts_with(&format!("{value}&")), "{uri}");
        }
    }
    // 160 bits in base32.
    assert_eq!(body["secret"].as_str().unwrap().len(), 32);
    assert_eq!(world.totp(body["secret"].as_str().unwrap()).len(), 6);
}

#[tokio::test(flavor = "multi_thread")]
async fn i4_i14_the_issuer_is_set_apart_from_the_description_and_shown_to_admins() {
    let world = World::start().await;
    let portal = world.portal("authenticator_app");
    world.change_policy(&portal, |p| p["methods"][0]["issuer"] = json!("My label")).await;
    let path = format!("/v1/admin/portals/{}", portal.id);
    let read = world.admin("GET", &path, None, None).await;
    assert_eq!(read.body["issuer"], "My label", "a label, and no secret");
    let rename = |profile: &mut Value| profile["description"] = json!("Another description");
    let saved = world.change_profile(&portal.id, rename).await;
    assert_eq!((saved.status, &saved.body["issuer"]), (200, &json!("My label")));
    assert_eq!(started(&portal, anna()).await["issuer"], "My label");
    world.change_policy(&portal, |p| p["methods"][0]["issuer"] = json!(null)).await;
    let read = world.admin("GET", &path, None, None).await;
    assert_eq!(read.body["profile"]["description"], "Another description");
    assert_eq!(started(&portal, json!({ "id": "ben" })).await["issuer"], "Another description");
}

#[tokio::test(flavor = "multi_thread")]
async fn i6_i8_an_issuer_that_makes_no_sense_is_refused_with_the_reason() {
    let world = World::start().await;
    let path = "/v1/admin/portals/authenticator-app/policy";
    let before = world.admin("GET", path, None, None).await;
    let put = async |methods: Value| {
        let mut policy = before.body.clone();
        policy["methods"] = methods;
        world.admin("PUT", path, before.etag.as_deref(), Some(policy)).await
    };
    let app = |issuer: &str| json!([{ "type": "authenticator_app", "issuer": issuer, "email_fallback": "forbidden" }]);
    for methods in [
        app(&"x".repeat(51)),
        app("a:b"),
        app("a\nb"),
        // It belongs to the app: elsewhere it cannot be written down.
        json!([{ "type": "email", "destination": "user", "issuer": "Acme" }]),
        // The default without the fallback cannot either.
        json!([{ "type": "authenticator_app", "issuer": null, "email_fallback": "default_only" }]),
    ] {
        assert_eq!(put(methods.clone()).await.problem(), (400, "bad_request"), "{methods}");
    }
    let read = world.admin("GET", path, None, None).await;
    assert_eq!((&read.etag, &read.body), (&before.etag, &before.body), "nothing half-applied");
    assert_eq!(put(app(&"𝒳".repeat(50))).await.status, 200, "fifty characters of four bytes");
    // A description that could be no issuer still gives a label.
    let profile = json!({ "description": format!("Acme: {}", "long ".repeat(20)) });
    let made = json!({ "id": "acme", "profile": profile, "preset": "authenticator_app" });
    let made = world.admin_ok("POST", "/v1/admin/portals", Some(made)).await;
    let key = made["api_key"].as_str().unwrap().to_owned();
    let acme = crate::harness::Portal { id: "acme".into(), key, ..world.portal("managed") };
    let body = started(&acme, anna()).await;
    assert!(body["issuer"].as_str().unwrap().starts_with("Acme long long"), "{body}");
    assert!(body["issuer"].as_str().unwrap().chars().count() <= 50);
}
