//! The sign-in in the problem documents of its calls: for the portal whose user it is, and without
//! anything secret.

use super::opening;
use crate::harness::{Portal, Reply, World, anna, fresh_nonce, other_than};
use serde_json::{Value, json};

const EMAIL: &str = "testing@example.co.nz";

fn shown(reply: &Reply) -> &Value {
    assert!(reply.status >= 400, "{:?}", reply.body);
    &reply.body["sign_in"]
}

#[tokio::test(flavor = "multi_thread")]
async fn v31_a_wrong_code_comes_with_the_sign_in_once_it_is_counted_and_with_no_secret() {
    let world = World::start().await;
    let portal = world.portal("authenticator_app");
    let sign_in = portal.open(anna()).await;
    let app = json!({ "method": "authenticator_app" });
    let started = portal.act(&sign_in, "enrolment", app).await;
    let code = world.totp(started.secret());
    let confirm =
        async |code: &str| portal.act(&sign_in, "enrolment/confirm", json!({ "code": code })).await;
    let wrong = confirm(&other_than(&code)).await;
    let mut without_secret = started.body.clone();
    without_secret.as_object_mut().unwrap().remove("enrolment");
    assert_eq!(shown(&wrong), &without_secret);
    assert_eq!(confirm(&code).await.status, 200);
    // It is done: the refusal says so, and has neither the assertion nor the browser's token.
    let again = confirm(&code).await;
    assert_eq!(again.problem(), (409, "sign_in_done"));
    assert_eq!(shown(&again)["status"], "allowed");
    for secret in ["assertion", "browser_token", "enrolment"] {
        assert!(shown(&again)[secret].is_null(), "{secret}");
    }

    world.advance(60);
    let sign_in = portal.open(anna()).await;
    for left in (0..5).rev() {
        let wrong = portal.verify(&sign_in, &other_than(&world.totp(started.secret()))).await;
        assert_eq!(wrong.body["attempts_left"], left);
        assert_eq!(shown(&wrong)["input"].is_null(), left == 0, "{:?}", wrong.body);
    }
    let dead = portal.look(&sign_in).await;
    assert_eq!(dead.problem(), (403, "sign_in_dead"));
    let view = shown(&dead);
    assert_eq!((&view["status"], &view["reason"]), (&json!("denied"), &json!("sign_in_dead")));
    assert_eq!((&view["options"], &view["links"]), (&json!([]), &json!([])));
}

#[tokio::test(flavor = "multi_thread")]
async fn v31_a_code_that_opens_a_sign_in_and_is_wrong_names_the_sign_in_that_goes_on() {
    let world = World::start().await;
    let portal = world.portal("authenticator_app");
    let secret = portal.enrol_app(&world, anna()).await;
    let mut body = opening(&anna());
    body["code"] = json!(other_than(&world.totp(&secret)));
    let wrong = portal.post("/v1/sign-ins", body).await;
    assert_eq!(wrong.problem(), (403, "code_wrong"));
    let done = portal.verify(shown(&wrong), &world.totp(&secret)).await;
    assert_eq!(done.status, 200, "{:?}", done.body);
    // The same letters in another case are another user's id, who sees nothing.
    let mut other = opening(&json!({ "id": "ANNA" }));
    other["nonce"] = json!(fresh_nonce());
    let refused = portal.post("/v1/sign-ins", other).await;
    assert_eq!((refused.problem().1, shown(&refused)), ("user_id_case", &Value::Null));
}

#[tokio::test(flavor = "multi_thread")]
async fn v31_a_message_that_was_not_sent_comes_with_the_ways_that_are_left() {
    let world = World::start().await;
    let portal = world.portal("always_on");
    let sign_in = portal.open(anna()).await;
    world.set_providers("refuse").await;
    let refused = portal.act(&sign_in, "challenge", json!({ "method": "email" })).await;
    assert_eq!(refused.problem(), (502, "delivery_failed"));
    assert_eq!(shown(&refused), &portal.look(&sign_in).await.body);
    assert_eq!(shown(&refused)["links"].as_array().unwrap().len(), 2);
    let portal = world.portal("sms_enrolment");
    let sign_in = portal.open(anna()).await;
    let phone = json!({ "method": "sms", "phone": "021 123 4500" });
    let refused = portal.act(&sign_in, "enrolment", phone).await;
    assert_eq!(refused.problem(), (502, "delivery_failed"));
    assert_eq!(shown(&refused)["input"]["field"], "phone", "it can be corrected");
    world.set_providers("deliver").await;
    // What a person mistyped is said to a person, and what a program left out to its maker.
    let words = json!({ "method": "sms", "phone": "call me" });
    let refused = portal.act(&sign_in, "enrolment", words).await;
    assert_eq!((refused.status, &shown(&refused)["input"]["field"]), (400, &json!("phone")));
    let detail = refused.body["detail"].as_str().unwrap();
    assert!(detail.contains("Enter a mobile number"), "{detail}");
    let refused = portal.act(&sign_in, "enrolment", json!({ "method": "sms" })).await;
    let detail = refused.body["detail"].as_str().unwrap();
    assert!(detail.contains("must come with phone"), "{detail}");
}

#[tokio::test(flavor = "multi_thread")]
async fn v31_nobody_else_sees_a_sign_in_in_a_refusal() {
    let world = World::start().await;
    let portal = world.portal("always_on");
    let sign_in = portal.open(anna()).await;
    let of_another = world.portal("sms_enrolment");
    let key = Portal { key: format!("{}x", portal.key), ..portal.clone() };
    for (caller, status) in [(&of_another, 404), (&key, 401)] {
        for action in ["verify", "challenge", "enrolment", "enrolment/confirm", "skip", "result"] {
            let body = match action {
                "challenge" | "enrolment" => json!({ "method": "authenticator_app" }),
                "result" => json!({ "result_code": "q7Yc0hJ0a3m1Tq2bV5xZ8w" }),
                _ => json!({ "code": "123456" }),
            };
            let refused = caller.act(&sign_in, action, body).await;
            assert_eq!((refused.status, shown(&refused)), (status, &Value::Null), "{action}");
        }
    }
    let unknown = world.unknown_sign_in(&portal).await;
    let refused = portal.verify(&unknown, "123456").await;
    assert_eq!((refused.status, shown(&refused)), (404, &Value::Null));
    world.advance(601);
    let refused = portal.verify(&sign_in, "123456").await;
    assert_eq!(refused.problem(), (410, "sign_in_expired"));
    assert_eq!(shown(&refused), &Value::Null);
}

#[tokio::test(flavor = "multi_thread")]
async fn v31_in_redirect_mode_every_answer_leads_to_the_prompt() {
    let world = World::start().await;
    let portal = world.portal("always_on");
    let sign_in = portal.try_open_prompt(anna(), &portal.return_url()).await.body;
    let url = &sign_in["prompt_url"];
    assert!(url.as_str().unwrap().ends_with(sign_in["id"].as_str().unwrap()), "{url}");
    let sent = portal.act(&sign_in, "challenge", json!({ "method": "email" })).await;
    assert_eq!((sent.status, &sent.body["prompt_url"]), (202, url));
    let code = world.code_sent_to(EMAIL).await;
    let wrong = portal.verify(&sign_in, &other_than(&code)).await;
    assert_eq!(&shown(&wrong)["prompt_url"], url);
}
