//! Recovery codes: made with an enrolment, shown once, and taken in place of everything bound.

mod locked_out;

use crate::{
    console::{operator, signed_in},
    harness::{
        Browser, Portal, Reply, World, anna, prompt, query, recovery_codes, user_path,
        verified_claims,
    },
};
use serde_json::{Value, json};

const EMAIL: &str = "testing@example.co.nz";
const WRONG: &str = "00000-00000-00000";

async fn portal(world: &World, setting: &str) -> Portal {
    let portal = world.portal("authenticator_app");
    world.give_recovery_codes(&portal, setting).await;
    portal
}

fn app() -> Value {
    json!({ "method": "authenticator_app" })
}

async fn enrol(world: &World, portal: &Portal, sign_in: &Value) -> (String, Reply) {
    let started = portal.act(sign_in, "enrolment", app()).await;
    let secret = started.secret().to_owned();
    let code = json!({ "code": world.totp(&secret) });
    (secret, portal.act(sign_in, "enrolment/confirm", code).await)
}

async fn anna_with_codes(world: &World, portal: &Portal) -> (String, Vec<String>) {
    let sign_in = portal.open(anna()).await;
    let (secret, done) = enrol(world, portal, &sign_in).await;
    assert_eq!(done.status, 200, "{:?}", done.body);
    world.advance(30);
    (secret, recovery_codes(&done.body))
}

async fn claims(portal: &Portal, answer: &Value) -> Value {
    let jwks = portal.get("/.well-known/jwks.json").await.body;
    verified_claims(answer["assertion"].as_str().unwrap(), &jwks, &portal.id)
}

#[tokio::test(flavor = "multi_thread")]
async fn r1_the_answer_that_confirms_an_enrolment_has_ten_codes_and_no_other_sign_in_has_them() {
    let world = World::start().await;
    let portal = portal(&world, "offered").await;
    let sign_in = portal.open(anna()).await;
    let (_, done) = enrol(&world, &portal, &sign_in).await;
    let codes = recovery_codes(&done.body);
    assert_eq!((done.status, codes.len()), (200, 10), "{:?}", done.body);
    assert!(codes.iter().all(|code| code.len() == 17), "15 characters in three groups");
    assert_eq!(done.body["recovery_codes"]["must_confirm"], false);
    assert!(done.body["message"].as_str().unwrap().starts_with("Keep your recovery codes"));
    assert!(done.body["assertion"].is_string());
    // The reply was lost: the same sign-in tells them again, until its assertion has expired.
    let again = portal.look(&sign_in).await;
    assert_eq!(recovery_codes(&again.body), codes);
    let other = portal.open(anna()).await;
    assert_eq!(other.get("recovery_codes"), None);
    let refused = portal.act(&sign_in, "enrolment/confirm", json!({ "code": "123456" })).await;
    assert_eq!(
        (refused.problem().1, refused.body["sign_in"].get("recovery_codes")),
        ("sign_in_done", None)
    );
    world.advance(120);
    assert_eq!(portal.look(&sign_in).await.problem(), (409, "sign_in_done"));
    // Nothing of them lies in the table.
    let raw = world.raw_user(&portal.id, "anna").await;
    for code in &codes {
        assert!(!raw.contains(code) && !raw.contains(&code.replace('-', "")), "{raw}");
    }
    let told = world.notices("New recovery codes were made", 2).await;
    assert!(told.contains(&EMAIL.to_owned()), "at every known address: {told:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn r1_a_reference_portal_makes_none_and_a_policy_that_only_has_a_directory_cannot() {
    let world = World::start().await;
    let portal = world.portal("authenticator_app");
    let sign_in = portal.open(anna()).await;
    let (_, done) = enrol(&world, &portal, &sign_in).await;
    assert_eq!(done.body.get("recovery_codes"), None);
    assert_eq!(portal.get(&user_path("/v1/user", "anna")).await.body.get("recovery_codes"), None);
    let directory = world.portal("always_on");
    let path = format!("/v1/admin/portals/{}/policy", directory.id);
    let held = world.admin("GET", &path, None, None).await;
    let mut wanted = held.body.clone();
    wanted["recovery_codes"] = json!("offered");
    wanted["confirm_unlock"] = json!(true);
    let refused = world.admin("PUT", &path, held.etag.as_deref(), Some(wanted)).await;
    assert_eq!(refused.problem(), (422, "policy_refused"));
}

#[tokio::test(flavor = "multi_thread")]
async fn r1_the_prompt_shows_the_codes_to_keep_and_goes_on_when_they_are_said_to_be_kept() {
    for (policy, must_confirm) in [("offered", false), ("required", true)] {
        let world = World::start().await;
        let portal = portal(&world, policy).await;
        let sign_in = portal.open_prompt(anna()).await;
        let (browser, at) = (Browser::new(&world), prompt(&sign_in));
        let page = browser.open(&at).await;
        let (_, rest) = page.text.split_once("translate=\"no\">").expect("a key");
        let secret: String = rest.split('<').next().unwrap().replace(' ', "");
        let confirm = format!("{at}/enrolment/confirm");
        let code = world.totp(&secret);
        let page = browser.post_form(&confirm, &page.form(), &[("code", &code)]).await;
        assert!(page.says("Keep your recovery codes"), "{}", page.text);
        assert_eq!(page.text.matches("<li><code>").count(), 10);
        assert!(page.says("download=\"recovery-codes.txt\"") && page.says("data:text/plain"));
        assert!(!page.says("result_code"), "the way back comes after them");
        assert_eq!(page.says("name=\"kept\""), must_confirm);
        assert_eq!(browser.open(&at).await.text, page.text, "a reload shows them again");
        // The portal's own view of a sign-in at the prompt never has them.
        assert_eq!(portal.look(&sign_in).await.body.get("recovery_codes"), None);
        let fields: &[(&str, &str)] = &[("codes", "shown")];
        let unsaid = browser.post_form(&confirm, &page.form(), fields).await;
        if must_confirm {
            assert!(unsaid.says("Keep the codes first, and then tick the box."), "{}", unsaid.text);
            assert!(unsaid.says("aria-describedby=\"alert\""), "it stands beside the box");
            assert_eq!(unsaid.text.matches("<li><code>").count(), 10);
        }
        let fields: &[(&str, &str)] = &[("codes", "shown"), ("kept", "yes")];
        let done = if must_confirm {
            browser.post_form(&confirm, &unsaid.form(), fields).await
        } else {
            unsaid
        };
        assert!(done.says("You are all set") && done.says("result_code="), "{}", done.text);
        let later = browser.open(&at).await;
        assert!(!later.says("<li><code>"), "they are shown no more: {}", later.text);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn r2_a_restored_backup_ends_them_and_the_user_is_told_in_the_flow() {
    let world = World::start().await;
    let portal = portal(&world, "offered").await;
    let (_, codes) = anna_with_codes(&world, &portal).await;
    raise_restore_number(&world).await;
    let sign_in = portal.open(anna()).await;
    let message = sign_in["message"].as_str().unwrap();
    assert!(message.contains("Your recovery codes no longer work, because"), "{message}");
    assert!(!sign_in["options"].to_string().contains("recovery_code"), "{sign_in}");
    let at = prompt(&portal.open_prompt(anna()).await);
    let page = Browser::new(&world).open(&at).await;
    assert!(page.says("Your recovery codes no longer work, because"), "{}", page.text);
    assert!(!page.says("Use a recovery code"), "{}", page.text);
    let refused = portal.verify(&sign_in, &codes[0]).await;
    assert_eq!(refused.problem(), (403, "method_not_offered"));
    assert_eq!(portal.get(&user_path("/v1/user", "anna")).await.body.get("recovery_codes"), None);
}

/// Does in the table what a restore of a backup does.
async fn raise_restore_number(world: &World) {
    use aws_sdk_dynamodb::types::AttributeValue;
    let table = world.table_client().await;
    for n in 0..16 {
        let key = |name: &str, value: String| (name.to_owned(), AttributeValue::S(value));
        let keys: std::collections::HashMap<_, _> =
            [key("pk", format!("SYSTEM#settings#{n}")), key("sk", "#".to_owned())].into();
        let found = table
            .get_item()
            .table_name(&world.running.table)
            .set_key(Some(keys.clone()))
            .send()
            .await
            .unwrap();
        let Some(mut item) = found.item else { continue };
        let state = item["state"].as_s().unwrap();
        let mut state: Value = serde_json::from_str(state).unwrap();
        state["restore_number"] = json!(1);
        item.insert("state".to_owned(), AttributeValue::S(state.to_string()));
        table
            .put_item()
            .table_name(&world.running.table)
            .set_item(Some(item))
            .send()
            .await
            .unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn r3_a_portal_that_prints_message_input_and_links_takes_a_recovery_code() {
    let world = World::start().await;
    let portal = portal(&world, "offered").await;
    let (secret, codes) = anna_with_codes(&world, &portal).await;
    let sign_in = portal.open(anna()).await;
    assert_eq!(sign_in["options"][1], json!({ "method": "recovery_code", "bound": true }));
    let links = sign_in["links"].as_array().unwrap();
    let link = links.iter().find(|link| link["label"] == "Use a recovery code").unwrap();
    let action = link["action"].as_str().unwrap();
    let chosen = portal.act(&sign_in, action, link["body"].clone()).await;
    assert_eq!(chosen.status, 202, "{:?}", chosen.body);
    assert!(world.outbox().await.is_empty(), "nothing is sent");
    assert_eq!(chosen.body["message"], "Enter one of your recovery codes");
    let input = &chosen.body["input"];
    assert_eq!((&input["action"], &input["field"]), (&json!("verify"), &json!("code")));
    // Six digits in this field are not judged.
    let mut body = input["body"].clone();
    body["code"] = json!(world.totp(&secret));
    let refused = portal.act(&sign_in, "verify", body.clone()).await;
    assert_eq!(refused.problem(), (400, "bad_request"));
    assert!(refused.body["detail"].as_str().unwrap().contains("15 letters and digits"));
    body["code"] = json!(WRONG);
    let wrong = portal.act(&sign_in, "verify", body.clone()).await;
    assert_eq!((wrong.problem(), &wrong.body["attempts_left"]), ((403, "code_wrong"), &json!(4)));
    assert!(wrong.body["detail"].as_str().unwrap().contains("Each recovery code works once"));
    body["code"] = json!(codes[4].to_lowercase().replace('-', " "));
    let done = portal.act(&sign_in, "verify", body).await;
    assert_eq!((done.status, &done.body["status"]), (200, &json!("allowed")), "{:?}", done.body);
    // A field for six digits takes one as well, and each counts once.
    let other = portal.open(anna()).await;
    let used = portal.verify(&other, &codes[4]).await;
    assert_eq!((used.problem(), &used.body["attempts_left"]), ((403, "code_wrong"), &json!(4)));
    assert_eq!(portal.verify(&other, &codes[3]).await.status, 200);
    let seen = portal.get(&user_path("/v1/user", "anna")).await.body;
    assert_eq!(seen["recovery_codes"]["left"], 8);
}

#[tokio::test(flavor = "multi_thread")]
async fn r3_the_prompt_has_a_page_for_a_recovery_code_and_its_other_fields_take_one() {
    let world = World::start().await;
    let portal = portal(&world, "offered").await;
    let (_, codes) = anna_with_codes(&world, &portal).await;
    let sign_in = portal.open_prompt(anna()).await;
    let (browser, at) = (Browser::new(&world), prompt(&sign_in));
    let page = browser.open(&at).await;
    assert!(page.says("Use a recovery code"), "{}", page.text);
    let fields = [("method", "recovery_code")];
    let page = browser.post_form(&format!("{at}/challenge"), &page.form(), &fields).await;
    assert!(page.says("Enter one of your recovery codes"), "{}", page.text);
    assert!(page.says("Use the authenticator app"), "a way back: {}", page.text);
    let verify = format!("{at}/verify");
    let fields = |code| [("method", "recovery_code"), ("code", code)];
    let short = browser.post_form(&verify, &page.form(), &fields("123456")).await;
    assert!(short.says("Enter all 15 letters and digits"), "{}", short.text);
    let wrong = browser.post_form(&verify, &page.form(), &fields(WRONG)).await;
    assert!(wrong.says("Each recovery code works once") && wrong.says("4 tries are left"));
    let done = browser.post_form(&verify, &page.form(), &fields(&codes[0])).await;
    let back = done.location.expect("it leads back");
    let code = query(&back, "result_code").unwrap();
    let redeemed = portal.redeem(&sign_in, &code).await;
    assert_eq!(claims(&portal, &redeemed.body).await["method"], "recovery_code");
    assert_eq!(browser.cookie("__Host-known"), None, "the browser is not known by it");

    let sign_in = portal.open_prompt(anna()).await;
    let (browser, at) = (Browser::new(&world), prompt(&sign_in));
    let verify = format!("{at}/verify");
    let fields = [("method", "authenticator_app"), ("code", codes[1].as_str())];
    let done = browser.submit(&at, &verify, &fields).await;
    assert!(done.location.unwrap().contains("result_code="), "the field for six digits");
}

#[tokio::test(flavor = "multi_thread")]
async fn r5_the_assertion_says_recovery_and_the_answer_makes_no_browser_known() {
    let world = World::start().await;
    let portal = portal(&world, "offered").await;
    let (_, codes) = anna_with_codes(&world, &portal).await;
    let sign_in = portal.open(anna()).await;
    let refused = json!({ "code": codes[0], "set_default": "email" });
    let refused = portal.act(&sign_in, "verify", refused).await;
    assert_eq!(refused.problem(), (403, "default_not_allowed"));
    let done = portal.verify(&sign_in, &codes[0]).await;
    assert_eq!((done.status, done.body.get("browser_token")), (200, None), "{:?}", done.body);
    let claims = claims(&portal, &done.body).await;
    assert_eq!(
        json!([claims["mfa"], claims["method"], claims["acr"], claims["amr"], claims["reason"]]),
        json!([
            "done",
            "recovery_code",
            "urn:portcullis:acr:recovery",
            ["otp", "mfa"],
            "recovery_code"
        ])
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn r6_each_use_is_told_and_from_three_left_on_the_user_is_warned_in_the_flow() {
    let world = World::start().await;
    let portal = portal(&world, "offered").await;
    let (_, codes) = anna_with_codes(&world, &portal).await;
    for (used, code) in codes.iter().enumerate().take(9) {
        world.advance(700);
        let sign_in = portal.open(anna()).await;
        let done = portal.verify(&sign_in, code).await;
        assert_eq!(done.status, 200, "{:?}", done.body);
        let message = done.body["message"].as_str().unwrap();
        let wanted = match 9 - used {
            1 => "One recovery code is left",
            left @ (2 | 3) => &format!("{left} recovery codes are left"),
            _ => "You are signed in",
        };
        assert_eq!(message, wanted);
    }
    let sign_in = portal.open_prompt(anna()).await;
    let (browser, at) = (Browser::new(&world), prompt(&sign_in));
    let fields = [("method", "recovery_code"), ("code", codes[9].as_str())];
    let page = browser.submit(&at, &format!("{at}/verify"), &fields).await;
    assert!(page.says("That was your last recovery code"), "{}", page.text);
    assert!(page.says("result_code="), "and the way on");
    world.notices("A recovery code was used to sign in", 1).await;
    world.notices("Three or fewer recovery codes are left", 1).await;
    let activity = portal.get(&user_path("/v1/user/activity", "anna")).await.body;
    let kinds: Vec<&str> =
        activity.as_array().unwrap().iter().map(|e| e["event"].as_str().unwrap()).collect();
    assert_eq!(kinds[..2], ["recovery_codes_low", "recovery_code_used"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn r6_admins_see_how_many_are_left_and_since_when_and_never_a_code() {
    let world = World::start().await;
    let portal = portal(&world, "offered").await;
    let (_, codes) = anna_with_codes(&world, &portal).await;
    let sign_in = portal.open(anna()).await;
    portal.verify(&sign_in, &codes[0]).await;
    let path = format!("/v1/admin/portals/{}/user?id=anna", portal.id);
    let seen = world.admin_ok("GET", &path, None).await;
    assert_eq!(seen["recovery_codes"]["left"], 9);
    assert!(seen["recovery_codes"]["made_at"].is_i64());
    let browser = signed_in(&world, &operator(&world)).await;
    let page = browser.get(&world.user_page(&portal.id, "anna").await).await;
    assert!(page.says("Recovery codes: 9 left, made "), "{}", page.text);
    for code in &codes {
        assert!(!page.says(code) && !seen.to_string().contains(code));
    }
}
