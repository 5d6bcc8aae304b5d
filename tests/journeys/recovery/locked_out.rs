//! R4: a user who is locked gets in with a recovery code, and enrols anew.

use super::{EMAIL, anna_with_codes, enrol, portal};
use crate::harness::{Browser, Portal, World, anna, other_than, prompt, recovery_codes, reset_of};
use serde_json::{Value, json};

/// Locks the user, as five wrong codes in a row do.
async fn lock(world: &World, portal: &Portal, secret: &str) {
    let wrong = other_than(&world.totp(secret));
    let sign_in = portal.open(anna()).await;
    for _ in 0..5 {
        portal.verify(&sign_in, &wrong).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn r4_a_locked_user_is_offered_a_recovery_code_enrols_anew_and_is_unlocked() {
    let world = World::start().await;
    let portal = portal(&world, "offered").await;
    let (secret, codes) = anna_with_codes(&world, &portal).await;
    let waiting = portal.open_prompt(anna()).await;
    let (browser, at) = (Browser::new(&world), prompt(&waiting));
    browser.open(&at).await;
    lock(&world, &portal, &secret).await;
    let page = browser.open(&at).await;
    assert!(page.says("Please wait") && page.says("If you have recovery codes"), "{}", page.text);

    let sign_in = portal.open(anna()).await;
    assert_eq!(
        (&sign_in["status"], &sign_in["reason"]),
        (&json!("challenge"), &json!("recovery_needed"))
    );
    assert_eq!(sign_in["options"], json!([{ "method": "recovery_code", "bound": true }]));
    assert_eq!(sign_in["input"]["body"], json!({ "method": "recovery_code" }));
    let app_code = portal.verify(&sign_in, &world.totp(&secret)).await;
    assert_eq!(app_code.problem(), (429, "locked"));
    let seen = format!("/v1/admin/portals/{}/user?id=anna", portal.id);
    let why = world.admin_ok("GET", &seen, None).await["next_sign_in"]["why"].clone();
    assert!(why.as_str().unwrap().contains("only a recovery code is checked"), "{why}");

    let opened = portal.verify(&sign_in, &codes[0]).await;
    assert_eq!(
        (opened.status, &opened.body["status"]),
        (200, &json!("enrol")),
        "{:?}",
        opened.body
    );
    assert_eq!(opened.body.get("assertion"), None);
    let (new_secret, done) = enrol(&world, &portal, &sign_in).await;
    assert_eq!(done.status, 200, "{:?}", done.body);
    let new = recovery_codes(&done.body);
    assert_eq!(new.len(), 10);
    world.advance(30);
    // The old app and the old set are gone, and nothing keeps the user waiting.
    let sign_in = portal.open(anna()).await;
    assert_eq!(portal.verify(&sign_in, &codes[1]).await.problem(), (403, "code_wrong"));
    assert_eq!(portal.verify(&sign_in, &world.totp(&new_secret)).await.status, 200);
    let told = world.notices("A new way to sign in was set up", 2).await;
    assert!(told.contains(&EMAIL.to_owned()));
    // It is the second of its kind within the hour, and comes with the digest.
    world.advance(3_600);
    let how = world.messages_about("in a sign-in, after a recovery code", EMAIL).await;
    assert!(how > 0, "the notice says how");
}

#[tokio::test(flavor = "multi_thread")]
async fn r4_the_prompt_of_a_locked_user_leads_from_a_recovery_code_to_the_enrolment() {
    let world = World::start().await;
    let portal = portal(&world, "required").await;
    let (secret, codes) = anna_with_codes(&world, &portal).await;
    let sign_in = portal.open_prompt(anna()).await;
    let (browser, at) = (Browser::new(&world), prompt(&sign_in));
    browser.open(&at).await;
    lock(&world, &portal, &secret).await;
    let fields = [("method", "recovery_code"), ("code", codes[0].as_str())];
    let page = browser.submit(&at, &format!("{at}/verify"), &fields).await;
    assert!(page.says("Set up an authenticator app to continue"), "{}", page.text);
    let (_, rest) = page.text.split_once("translate=\"no\">").expect("a key");
    let key: String = rest.split('<').next().unwrap().replace(' ', "");
    let code = world.totp(&key);
    let confirm = format!("{at}/enrolment/confirm");
    let page = browser.post_form(&confirm, &page.form(), &[("code", &code)]).await;
    assert!(page.says("Keep your recovery codes"), "{}", page.text);
    assert!(!page.says(&codes[1]), "a new set");
}

#[tokio::test(flavor = "multi_thread")]
async fn r4_a_reset_ends_the_codes_and_a_bypass_code_is_still_a_way() {
    let world = World::start().await;
    let portal = portal(&world, "offered").await;
    let (_, codes) = anna_with_codes(&world, &portal).await;
    let one = format!("/v1/admin/portals/{}/user", portal.id);
    world.admin_ok("POST", &format!("{one}/reset"), reset_of("anna", "lost phone")).await;
    let sign_in = portal.open(anna()).await;
    assert_eq!(sign_in["status"], "enrol");
    assert_eq!(portal.verify(&sign_in, &codes[0]).await.problem(), (403, "method_not_offered"));
    let seen = world.admin_ok("GET", &format!("{one}?id=anna"), None).await;
    assert_eq!(seen["recovery_codes"], Value::Null);
}
