//! Redirect mode from end to end: the prompt, back with a result code, and the assertion for it.

use super::at_the_prompt;
use crate::harness::{Browser, World, anna, prompt, query, verified_claims};
use serde_json::{Value, json};

async fn claims(world: &World, portal: &crate::harness::Portal, assertion: &Value) -> Value {
    let jwks = portal.get("/.well-known/jwks.json").await.body;
    let _ = world;
    verified_claims(assertion.as_str().unwrap(), &jwks, &portal.id)
}

/// A code of the app at the prompt; the result code the browser goes back with.
async fn through(world: &World, sign_in: &Value, secret: &str) -> String {
    let browser = Browser::new(world);
    let (at, code) = (prompt(sign_in), world.totp(secret));
    let back = browser.submit(&at, &format!("{at}/verify"), &[("code", &code)]).await;
    query(&back.location.expect("back to the portal"), "result_code").unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn two_calls_and_one_check_sign_a_user_in() {
    let world = World::start().await;
    let (portal, sign_in, secret) = at_the_prompt(&world).await;
    assert_eq!(sign_in["prompt_url"], world.url(&prompt(&sign_in)));
    assert_eq!(sign_in.get("assertion"), None);

    let browser = Browser::new(&world);
    let at = prompt(&sign_in);
    let page = browser.open(&at).await;
    assert_eq!(page.status, 200);
    assert!(page.says("Enter the 6-digit code displayed in your authenticator app"));
    let code = world.totp(&secret);
    let back = browser.submit(&at, &format!("{at}/verify"), &[("code", &code)]).await;
    assert_eq!(back.status, 303);
    let url = back.location.unwrap();
    assert!(url.starts_with(&format!("/demo/{}/back?result_code=", portal.id)), "{url}");

    let redeemed = portal.redeem(&sign_in, &query(&url, "result_code").unwrap()).await;
    assert_eq!(redeemed.status, 200, "{:?}", redeemed.body);
    let claims = claims(&world, &portal, &redeemed.body["assertion"]).await;
    assert_eq!(claims["nonce"], query(&url, "state").unwrap());
    assert_eq!(
        [&claims["sub"], &claims["mfa"], &claims["method"]],
        [&json!("anna"), &json!("done"), &json!("authenticator_app")]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_assertion_is_had_for_the_result_code_and_for_nothing_else() {
    let world = World::start().await;
    let (portal, sign_in, secret) = at_the_prompt(&world).await;
    // Even where the portal's own back end sends the code.
    let verified = portal.verify(&sign_in, &world.totp(&secret)).await;
    assert_eq!((verified.status, &verified.body["status"]), (200, &json!("allowed")));
    assert_eq!(verified.body.get("assertion"), None);
    let looked = portal.look(&sign_in).await;
    assert_eq!((looked.status, looked.body.get("assertion")), (200, None));

    let skippable = world.portal("sms_enrolment_opt_out");
    let sign_in = skippable.open_prompt(anna()).await;
    let skipped = skippable.act(&sign_in, "skip", json!({})).await;
    assert_eq!((skipped.status, skipped.body.get("assertion")), (200, None));
}

#[tokio::test(flavor = "multi_thread")]
async fn s22_a_result_code_is_redeemed_once_and_again_within_a_minute_by_the_same_key() {
    let world = World::start().await;
    let (portal, sign_in, secret) = at_the_prompt(&world).await;
    let code = through(&world, &sign_in, &secret).await;
    // Somebody who reads the finish page slowly still gets an assertion that is good.
    world.advance(200);
    let first = portal.redeem(&sign_in, &code).await;
    let first = claims(&world, &portal, &first.body["assertion"]).await;
    assert_eq!(first["iat"], world.now().unix());
    assert_eq!(first["auth_time"], world.now().unix() - 200);

    world.advance(59);
    let again = portal.redeem(&sign_in, &code).await;
    let again = claims(&world, &portal, &again.body["assertion"]).await;
    assert_eq!(first, again, "the same assertion: jti, iat and exp");

    let path = format!("/v1/admin/portals/{}/keys", portal.id);
    let other = world.admin_ok("POST", &path, Some(json!({}))).await;
    let other =
        crate::harness::Portal { key: other["api_key"].as_str().unwrap().into(), ..portal.clone() };
    assert_eq!(other.redeem(&sign_in, &code).await.problem(), (403, "result_refused"));
    world.advance(1);
    assert_eq!(portal.redeem(&sign_in, &code).await.problem(), (403, "result_refused"));
}

#[tokio::test(flavor = "multi_thread")]
async fn s3_a_result_code_redeemed_fifty_times_at_once_is_one_assertion() {
    let world = World::start().await;
    let (portal, sign_in, secret) = at_the_prompt(&world).await;
    let code = through(&world, &sign_in, &secret).await;
    let mut tries = tokio::task::JoinSet::new();
    for _ in 0..50 {
        let (portal, sign_in, code) = (portal.clone(), sign_in.clone(), code.clone());
        tries.spawn(async move { portal.redeem(&sign_in, &code).await });
    }
    let replies = tries.join_all().await;
    let mut said = vec![];
    for reply in replies.iter().filter(|reply| reply.status == 200) {
        said.push(claims(&world, &portal, &reply.body["assertion"]).await);
    }
    assert!(!said.is_empty());
    assert!(said.iter().all(|claims| claims == &said[0]), "one and the same");
    let others = replies.iter().filter(|reply| reply.status != 200);
    others.for_each(|reply| assert_eq!(reply.problem(), (409, "conflict")));
}

#[tokio::test(flavor = "multi_thread")]
async fn s6_s22_a_result_code_of_another_sign_in_portal_or_moment_is_refused() {
    let world = World::start().await;
    let (portal, sign_in, secret) = at_the_prompt(&world).await;
    let other = portal.open_prompt(anna()).await;
    Browser::new(&world).open(&prompt(&other)).await;
    let made_up = "A".repeat(22);
    for unredeemable in [&made_up, "AAAAAAAAAAAAAAAAAAAAAA"] {
        let early = portal.redeem(&other, unredeemable).await;
        assert_eq!(early.problem(), (403, "result_refused"), "nobody is in yet");
    }
    let code = through(&world, &sign_in, &secret).await;
    assert_eq!(portal.redeem(&other, &code).await.problem(), (403, "result_refused"));
    assert_eq!(portal.redeem(&sign_in, &made_up).await.problem(), (403, "result_refused"));
    assert_eq!(portal.redeem(&sign_in, "short").await.status, 400);
    let foreign = world.portal("managed").redeem(&sign_in, &code).await;
    assert_eq!(foreign.problem(), (404, "sign_in_unknown"));
    // None of it used the code up.
    assert_eq!(portal.redeem(&sign_in, &code).await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_not_asked_goes_straight_back() {
    let world = World::start().await;
    let portal = world.portal("sms_enrolment_opt_out");
    world.change_policy(&portal, |policy| policy["enabled"] = json!(false)).await;
    let sign_in = portal.open_prompt(anna()).await;
    assert_eq!((&sign_in["status"], sign_in.get("assertion")), (&json!("allowed"), None));
    let back = Browser::new(&world).get(&prompt(&sign_in)).await;
    let code = query(&back.location.unwrap(), "result_code").unwrap();
    let redeemed = portal.redeem(&sign_in, &code).await;
    let claims = claims(&world, &portal, &redeemed.body["assertion"]).await;
    assert_eq!(claims["mfa"], "not_required");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_policy_switched_off_meanwhile_lets_in_whoever_waits_at_the_prompt() {
    let world = World::start().await;
    let portal = world.portal("email_enrolment");
    let sign_in = portal.open_prompt(anna()).await;
    let (browser, at) = (Browser::new(&world), prompt(&sign_in));
    assert_eq!(browser.open(&at).await.status, 200);
    world.change_policy(&portal, |policy| policy["enabled"] = json!(false)).await;
    let back = browser.get(&at).await;
    let code = query(&back.location.unwrap(), "result_code").unwrap();
    assert_eq!(portal.redeem(&sign_in, &code).await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_api_mode_sign_in_has_no_prompt_and_no_result() {
    let world = World::start().await;
    let portal = world.portal("authenticator_app");
    let sign_in = portal.open(anna()).await;
    assert_eq!(sign_in.get("prompt_url"), None);
    let page = Browser::new(&world).get(&prompt(&sign_in)).await;
    assert_eq!(page.status, 404);
    let redeemed = portal.redeem(&sign_in, &"A".repeat(22)).await;
    assert_eq!(redeemed.problem(), (403, "result_refused"));
}
