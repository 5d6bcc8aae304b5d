//! A passkey's answer for one thing used for another, a second time, or with a wrong signature.

use crate::{
    harness::{Authenticator, Portal, World, anna, asked, reset_of},
    journeys::passkeys::{anna_with_passkey, enrol, portal},
};
use serde_json::{Value, json};

async fn post(portal: &Portal, sign_in: &Value, answer: &Value) -> (u16, String) {
    let reply = portal.act(sign_in, "verify", answer.clone()).await;
    (reply.status, reply.body["code"].as_str().unwrap_or_default().to_owned())
}

fn refused() -> (u16, String) {
    (403, "passkey_refused".to_owned())
}

/// A user like Anna of another id.
fn named(id: &str) -> Value {
    let mut user = anna();
    user["id"] = json!(id);
    user
}

#[tokio::test(flavor = "multi_thread")]
async fn s3_p3_an_answer_is_accepted_once() {
    let world = World::start().await;
    let (portal, mut device) = anna_with_passkey(&world, "prefer").await;
    device.is_synced = false;
    let sign_in = portal.open(anna()).await;
    let answer = device.get(asked(&sign_in));
    assert_eq!(post(&portal, &sign_in, &answer).await.0, 200);
    let again = post(&portal, &sign_in, &answer).await;
    assert_eq!(again, (409, "sign_in_done".to_owned()));
    let other = portal.open(anna()).await;
    assert_eq!(post(&portal, &other, &answer).await, refused());
}

#[tokio::test(flavor = "multi_thread")]
async fn s6_p3_an_answer_for_one_sign_in_user_portal_or_page_is_none_for_another() {
    let world = World::start().await;
    let (portal, mut device) = anna_with_passkey(&world, "prefer").await;
    let (mine, other) = (portal.open(anna()).await, portal.open(anna()).await);
    assert_eq!(post(&portal, &mine, &device.get(asked(&other))).await, refused());
    // Another page, also one in a frame.
    for (origin, cross_origin) in [
        ("http://localhost:1".to_owned(), false),
        (format!("{}.evil.example", world.origin()), false),
        (world.origin(), true),
    ] {
        let here = std::mem::replace(&mut device.origin, origin);
        device.cross_origin = cross_origin;
        assert_eq!(post(&portal, &mine, &device.get(asked(&mine))).await, refused());
        (device.origin, device.cross_origin) = (here, false);
    }
    // Another user of the portal, with a passkey of her own.
    let sign_in = portal.open(named("zoe")).await;
    let mut zoes = Authenticator::on(&world.origin());
    enrol(&portal, &sign_in, &mut zoes).await;
    assert_eq!(post(&portal, &mine, &zoes.get(asked(&mine))).await, refused());
    // The same id at another portal, for the same domain.
    let second = world.portal("managed");
    world
        .change_policy(&second, |policy| {
            policy["methods"] = json!([{
                "type": "passkey", "user_verification": "preferred", "synced": "allowed",
                "when_bound": "prefer", "promote": false,
            }]);
        })
        .await;
    let there = second.open(anna()).await;
    let mut of_second = Authenticator::on(&world.origin());
    enrol(&second, &there, &mut of_second).await;
    let there = second.open(anna()).await;
    assert_eq!(asked(&there)["rpId"], asked(&mine)["rpId"]);
    assert_eq!(post(&second, &there, &device.get(asked(&there))).await, refused());
    assert_eq!(post(&portal, &mine, &of_second.get(asked(&there))).await, refused());
    let crossed = second.act(&mine, "verify", device.get(asked(&mine))).await;
    assert_eq!(crossed.status, 404);
    // None of it cost a try.
    assert_eq!(post(&portal, &mine, &device.get(asked(&mine))).await.0, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn p3_five_wrong_signatures_end_the_sign_in_and_lock_nobody() {
    let world = World::start().await;
    let (portal, mut device) = anna_with_passkey(&world, "prefer").await;
    for _ in 0..4 {
        let sign_in = portal.open(anna()).await;
        let good = device.get(asked(&sign_in));
        let mut forged = good.clone();
        let other = Authenticator::on(&world.origin()).get(asked(&sign_in));
        forged["passkey"]["signature"] = other["passkey"]["signature"].clone();
        for left in (0..5).rev() {
            let reply = portal.act(&sign_in, "verify", forged.clone()).await;
            assert_eq!(reply.problem(), (403, "code_wrong"));
            assert_eq!(reply.body["attempts_left"], left);
        }
        let dead = post(&portal, &sign_in, &good).await;
        assert_eq!(dead, (403, "sign_in_dead".to_owned()));
    }
    // Twenty in a row would have locked six digits.
    let sign_in = portal.open(anna()).await;
    assert_eq!(post(&portal, &sign_in, &device.get(asked(&sign_in))).await.0, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn s11_a_reset_ends_a_passkey_and_every_answer_under_way() {
    let world = World::start().await;
    let (portal, mut device) = anna_with_passkey(&world, "prefer").await;
    let sign_in = portal.open(anna()).await;
    let under_way = device.get(asked(&sign_in));
    let reset = format!("/v1/admin/portals/{}/user/reset", portal.id);
    world.admin_ok("POST", &reset, reset_of("anna", "lost laptop")).await;
    let gone = post(&portal, &sign_in, &under_way).await;
    assert_eq!(gone, (404, "sign_in_unknown".to_owned()));
    let sign_in = portal.open(anna()).await;
    assert_eq!(sign_in["status"], "enrol");
    let old = post(&portal, &sign_in, &under_way).await;
    assert_eq!(old, (403, "method_not_offered".to_owned()));
    enrol(&portal, &sign_in, &mut device).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn s15_what_is_no_answer_of_a_browser_is_a_bad_request_and_costs_nothing() {
    let world = World::start().await;
    let (portal, mut device) = anna_with_passkey(&world, "prefer").await;
    let sign_in = portal.open(anna()).await;
    let good = device.get(asked(&sign_in));
    let with = |name: &str, value: Value| {
        let mut changed = good.clone();
        changed["passkey"][name] = value;
        changed
    };
    for wrong in [
        json!({}),
        json!({ "code": "123456", "passkey": good["passkey"] }),
        json!({ "method": "email", "passkey": good["passkey"] }),
        with("signature", json!("not base64url!")),
        with("signature", json!(null)),
        with("client_data_json", json!("AAAA")),
        with("client_data_json", json!(["a"])),
        with("id", json!("")),
        with("more", json!(1)),
    ] {
        let reply = portal.act(&sign_in, "verify", wrong.clone()).await;
        assert_eq!(reply.problem(), (400, "bad_request"), "{wrong}");
    }
    assert_eq!(post(&portal, &sign_in, &good).await.0, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn s8_p5_a_weaker_proof_sets_up_nothing_beside_a_passkey() {
    let world = World::start().await;
    let portal = portal(&world, "insist").await;
    let secret = portal.enrol_app(&world, anna()).await;
    world.advance(30);
    let sign_in = portal.open(anna()).await;
    let done = portal.verify(&sign_in, &world.totp(&secret)).await;
    assert_eq!(done.body["passkey_offered"], true);
    let taken = portal.act(&sign_in, "settings", json!({ "change": "add_passkey" })).await;
    assert_eq!(taken.status, 200, "{:?}", taken.body);
    let mut device = Authenticator::on(&world.origin());
    enrol(&portal, &sign_in, &mut device).await;
    world.advance(30);
    let sign_in = portal.open(anna()).await;
    assert_eq!(sign_in["options"].as_array().unwrap().len(), 1, "{sign_in}");
    let unavailable = &sign_in["unavailable"][0];
    assert_eq!(unavailable, &json!({ "method": "authenticator_app", "reason": "passkey_only" }));
    let by_app = portal.verify(&sign_in, &world.totp(&secret)).await;
    assert_eq!(by_app.problem(), (403, "method_not_offered"));
    let app = json!({ "method": "authenticator_app" });
    assert_eq!(portal.act(&sign_in, "challenge", app.clone()).await.status, 403);
    assert_eq!(portal.act(&sign_in, "enrolment", app).await.problem(), (409, "another_step"));
    assert_eq!(post(&portal, &sign_in, &device.get(asked(&sign_in))).await.0, 200);
}
