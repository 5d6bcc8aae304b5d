//! The address of an admin: confirmed by a code, behind a fresh second step, and told of what is
//! done to the account.

use super::admin_door::guess_from_many_addresses;
use crate::{
    console::{operator, signed_in},
    harness::{Admin, Reply, World, because, code_in, other_than},
};
use serde_json::{Value, json};

const ADDRESS: &str = "jo@portal.example";
const PATH: &str = "/v1/admin/session/address";

async fn enter(world: &World, admin: &Admin, address: &str) -> Reply {
    world.by(admin, "PUT", PATH, Some(json!({ "address": address }))).await
}

async fn confirm(world: &World, admin: &Admin, code: &str) -> Reply {
    world.by(admin, "POST", &format!("{PATH}/verify"), Some(json!({ "code": code }))).await
}

async fn look(world: &World, admin: &Admin) -> Value {
    world.by(admin, "GET", PATH, None).await.body
}

/// Makes an admin whose address is confirmed.
pub async fn with_address(world: &World, name: &str, address: &str) -> Admin {
    let admin = world.make_admin(name, json!({ "role": "auditor" })).await;
    assert_eq!(enter(world, &admin, address).await.status, 202);
    let code = world.code_sent_to(address).await;
    assert_eq!(confirm(world, &admin, &code).await.status, 200);
    admin
}

#[tokio::test(flavor = "multi_thread")]
async fn s33_admin_door_an_address_is_confirmed_by_a_code_and_the_one_before_is_told() {
    let world = World::start().await;
    let jo = world.make_admin("jo", json!({ "role": "auditor" })).await;
    assert_eq!(look(&world, &jo).await, json!({}));
    let sent = enter(&world, &jo, ADDRESS).await;
    assert_eq!((sent.status, &sent.body["to"]), (202, &json!("j*****.example")), "{:?}", sent.body);
    let awaiting = look(&world, &jo).await;
    assert_eq!(awaiting["code_sent_to"], "j*****.example");
    assert_eq!(awaiting["code_expires_at"], world.now().unix() + 600);
    let code = world.code_sent_to(ADDRESS).await;
    let wrong = confirm(&world, &jo, &other_than(&code)).await;
    assert_eq!((wrong.problem(), &wrong.body["attempts_left"]), ((403, "code_wrong"), &json!(4)));
    assert_eq!(look(&world, &jo).await["address"], Value::Null);
    let done = confirm(&world, &jo, &code).await;
    assert_eq!(done.body, json!({ "address": "j*****.example" }), "{:?}", done.body);
    assert_eq!(confirm(&world, &jo, &code).await.problem(), (409, "no_code_requested"));
    assert_eq!(look(&world, &jo).await, json!({ "address": "j*****.example" }));
    world.advance(60);
    let other = "jo.smith@portal.example";
    assert_eq!(enter(&world, &jo, other).await.status, 202);
    let code = world.code_sent_to(other).await;
    assert_eq!(confirm(&world, &jo, &code).await.status, 200);
    let told = world.notices("The contact details of your account were changed", 2).await;
    assert!(told.contains(&ADDRESS.to_owned()) && told.contains(&other.to_owned()), "{told:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn s33_admin_door_an_open_session_alone_changes_no_address() {
    let world = World::start().await;
    let jo = world.make_admin("jo", json!({ "role": "auditor" })).await;
    world.advance(301);
    let entered =
        world.call(&jo.session, "PUT", PATH, None, Some(json!({ "address": ADDRESS }))).await;
    assert_eq!(entered.problem(), (403, "proof_needed"));
    let typed = Some(json!({ "code": "123456" }));
    let path = format!("{PATH}/verify");
    let confirmed = world.call(&jo.session, "POST", &path, None, typed).await;
    assert_eq!(confirmed.problem(), (403, "proof_needed"));
    assert!(world.sent_to(ADDRESS).await.is_empty());
    for address in ["jo", "jo@127.0.0.1", "müller@portal.example", "", " "] {
        let refused = enter(&world, &jo, address).await;
        assert_eq!(refused.problem(), (400, "bad_request"), "{address:?}");
    }
    assert_eq!(confirm(&world, &jo, "123456").await.problem(), (409, "no_code_requested"));
    assert_eq!(confirm(&world, &jo, "12345").await.problem(), (400, "bad_request"));
}

#[tokio::test(flavor = "multi_thread")]
async fn s33_admin_door_an_admin_is_told_of_what_is_done_to_the_account() {
    let world = World::start().await;
    let jo = with_address(&world, "jo", ADDRESS).await;
    let told = async |words: &str| {
        assert_eq!(world.messages_about(words, ADDRESS).await, 1, "{words}");
    };
    let on_jo = |action: &str| format!("/v1/admin/admins/jo{action}");
    world.admin_ok("POST", &on_jo("/end-sessions"), because("lost laptop")).await;
    told("All your sessions in the console were ended.").await;
    let role = json!({ "role": { "role": "technician", "portals": ["managed"] } });
    world.admin_ok("PUT", &on_jo(""), Some(role)).await;
    told("Your rights in the console were changed.").await;
    world.admin_ok("POST", &on_jo("/bypass-code"), because("lost phone")).await;
    told("A bypass code was issued for your account.").await;
    world.advance(30);
    let session = world.sign_in("jo", &jo.password, &jo.secret).await;
    let change = json!({ "current": jo.password, "new": "another password of jo" });
    let path = "/v1/admin/session/password";
    assert_eq!(world.call(&session, "PUT", path, None, Some(change)).await.status, 200);
    told("Your password for the console was changed.").await;
    world.admin_ok("POST", &on_jo("/reset"), because("lost phone")).await;
    told("Your password and second step for the console were reset.").await;
    told("Your second step was reset.").await;
    world.admin_ok("POST", &on_jo("/remove"), because("left")).await;
    told("Your access to the console was removed.").await;
    let others = world.messages().await;
    let strangers = others.iter().filter(|message| {
        message["to"] != ADDRESS && message["text"].as_str().unwrap().contains("console")
    });
    assert_eq!(strangers.count(), 0, "nobody else is told");
}

#[tokio::test(flavor = "multi_thread")]
async fn s33_admin_door_an_admin_is_told_when_no_more_passwords_are_judged() {
    let world = World::start().await;
    with_address(&world, "jo", ADDRESS).await;
    guess_from_many_addresses(&world, "jo").await;
    let words = "Too many wrong passwords were entered for your account.";
    assert_eq!(world.messages_about(words, ADDRESS).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_console_takes_an_address_and_the_code_that_was_sent_there() {
    let world = World::start().await;
    let browser = signed_in(&world, &operator(&world)).await;
    let at = "/console/address";
    let page = browser.get(at).await;
    assert!(page.says("You have no address yet."), "{}", page.text);
    let refused = browser.post_form(at, &page.form(), &[("address", "operator@")]).await;
    assert_eq!(refused.status, 400);
    assert!(refused.says("id=\"address-refused\""), "{}", refused.text);
    let sent = browser.post_form(at, &refused.form(), &[("address", ADDRESS)]).await;
    assert_eq!((sent.status, sent.location.as_deref()), (303, Some(at)), "{}", sent.text);
    let page = browser.get(at).await;
    assert!(page.says("A code was sent to j*****.example"), "{}", page.text);
    let code = code_in(&world.sent_to(ADDRESS).await.remove(0)).unwrap();
    let verify = "/console/address/verify";
    let wrong = other_than(&code);
    let refused = browser.post_form(verify, &page.form(), &[("code", &wrong)]).await;
    assert!(refused.says("id=\"code-refused\""), "{}", refused.text);
    let done = browser.post_form(verify, &refused.form(), &[("code", &code)]).await;
    assert_eq!((done.status, done.location.as_deref()), (303, Some(at)), "{}", done.text);
    assert!(browser.get(at).await.says("Changes to your account are announced at j*****.example"));
}
