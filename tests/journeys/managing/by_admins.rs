//! An admin removes one authenticator of a user.

use super::*;
use crate::console::{operator, signed_in};

fn removal(id: &Value) -> Option<Value> {
    let why = json!({ "id": "anna", "authenticator": id, "reason": "lost phone", "confirm": true });
    Some(why)
}

#[tokio::test(flavor = "multi_thread")]
async fn n3_an_admin_removes_one_of_several_for_a_reason_and_never_the_last() {
    let world = World::start().await;
    let portal = portal(&world).await;
    let secret = portal.enrol_app(&world, anna()).await;
    let path = format!("/v1/admin/portals/{}/user/remove-authenticator", portal.id);
    let first = bound(&portal).await[0]["id"].clone();
    let last = world.admin("POST", &path, None, removal(&first)).await;
    assert_eq!(last.problem(), (409, "last_authenticator"));
    let settings = prove(&world, &portal, &secret).await;
    let body = json!({ "method": APP, "name": "Tablet" });
    let (second, _) = add_app(&world, &portal, &settings, body).await;
    let one = format!("/v1/admin/portals/{}/user?id=anna", portal.id);
    let seen = world.admin_ok("GET", &one, None).await;
    assert_eq!(seen["authenticators"][1]["name"], "Tablet");
    assert_eq!(seen["authenticators"][0]["id"], first);
    let removed = world.admin("POST", &path, None, removal(&first)).await;
    assert_eq!((removed.status, &removed.body["changed"]), (200, &json!(true)));
    let again = world.admin("POST", &path, None, removal(&first)).await;
    assert_eq!(again.problem(), (404, "authenticator_unknown"));
    let closed = portal.act(&settings, "settings", rename(&first, "Phone")).await;
    assert_eq!(closed.problem(), (403, "settings_closed"), "what was under way ends");
    world.advance(60);
    let sign_in = portal.open(anna()).await;
    assert_eq!(portal.verify(&sign_in, &world.totp(&secret)).await.problem().1, "code_wrong");
    assert_eq!(portal.verify(&sign_in, &world.totp(&second)).await.status, 200);
    let told = world.notices("was removed from your account", 1).await;
    assert!(!told.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn n3_the_console_lists_each_by_its_name_and_removes_one_for_a_reason() {
    let world = World::start().await;
    let portal = portal(&world).await;
    let secret = portal.enrol_app(&world, anna()).await;
    let page = world.user_page(&portal.id, "anna").await;
    let browser = signed_in(&world, &operator(&world)).await;
    let dialog = format!("{page}/remove-authenticator");
    assert!(!browser.get(&page).await.says(&dialog), "the last one is not removed here");
    let settings = prove(&world, &portal, &secret).await;
    let body = json!({ "method": APP, "name": "Tablet" });
    let (_, done) = add_app(&world, &portal, &settings, body).await;
    let tablet = listed(&done)[1]["id"].as_str().unwrap().to_owned();
    let shown = browser.get(&page).await;
    let link = format!("{dialog}?authenticator={tablet}");
    assert!(shown.says("Tablet") && shown.says(&link), "{}", shown.text);
    let asked = browser.get(&link).await;
    assert!(asked.says(&format!("value=\"{tablet}\" selected")), "{}", asked.text);
    let fields = [("confirm", "true"), ("authenticator", tablet.as_str())];
    let bare = browser.submit(&link, &dialog, &fields).await;
    assert_eq!((bare.status, bound(&portal).await.len()), (400, 2), "a reason is needed");
    let fields = [&fields[..], &[("reason", "lost")]].concat();
    let removed = browser.submit(&link, &dialog, &fields).await;
    assert_eq!((removed.status, removed.location.as_deref()), (303, Some(page.as_str())));
    assert_eq!(bound(&portal).await.len(), 1);
    let list = format!("/v1/admin/portals/{}/users", portal.id);
    let users = world.admin_ok("GET", &list, None).await;
    assert_eq!(users["users"][0]["methods"], json!([APP]));
}
