//! The help desk's pages: one box in a portal, and one over all portals.

use super::{operator, signed_in};
use crate::harness::{Browser, Page, World};
use serde_json::json;

async fn post(browser: &Browser, page: &str, action: &str, text: &str) -> Page {
    let form = browser.get(page).await.form();
    browser.post(action, &[("form", &form), ("find", text)]).await
}

async fn of_two_portals(world: &World) {
    for (preset, id, name) in [
        ("managed", "m-1", "Anna Smith"),
        ("managed", "m-2", "Ben Smith"),
        ("authenticator_app", "a-1", "Anna Jones"),
    ] {
        let email = format!("{id}@example.co.nz");
        let user = json!({ "display_name": name, "email": email, "email_verified": true });
        assert_eq!(world.portal(preset).put_user(id, &user).await.status, 200);
    }
    world.running.stream_is_delivered().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_user_is_found_from_any_portal_and_what_was_typed_is_in_no_url() {
    let world = World::start().await;
    of_two_portals(&world).await;
    let browser = signed_in(&world, &operator(&world)).await;
    let find = async |text: &str| post(&browser, "/console/find", "/console/find", text).await;
    let one = find("m-2@example.co.nz").await;
    let page = world.user_page("managed", "m-2").await;
    assert_eq!((one.status, one.location), (303, Some(page)), "the one who is found");
    let several = find("anna").await.location.unwrap();
    assert!(several.starts_with("/console/find?found=") && !several.contains("anna"), "{several}");
    let list = browser.get(&several).await;
    for shown in ["m-1", "a-1", "m-*****.co.nz", "not known", "managed", "authenticator-app"] {
        assert!(list.says(&format!(">{shown}<")), "{shown}: {}", list.text);
    }
    assert!(!list.says("m-2") && !list.says("@example"), "masked: {}", list.text);
    assert!(list.says("value=\"anna\""), "the box keeps the text");
    for short in ["a", "", " "] {
        let refused = find(short).await;
        assert_eq!(refused.status, 400, "{short:?}");
        assert!(refused.says("Enter the first 3 letters") && refused.says("aria-invalid"));
    }
    let nobody = browser.get(&find("nobody").await.location.unwrap()).await;
    assert!(nobody.says("Nobody was found. Check the spelling"), "{}", nobody.text);
    let forged = browser.get("/console/find?found=AAAA").await;
    assert_eq!(forged.status, 400);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_list_of_a_portal_has_the_box_and_the_locked() {
    let world = World::start().await;
    of_two_portals(&world).await;
    let boss = json!({ "role": "portal_admin", "portal": "managed" });
    let browser = signed_in(&world, &world.make_admin("boss", boss).await).await;
    let (users, action) = ("/console/portals/managed/users", "/console/portals/managed/find");
    let several = post(&browser, users, action, "smi").await.location.unwrap();
    let list = browser.get(&several).await;
    assert!(list.says("Found: 2") && list.says("m-1") && list.says("m-2"), "{}", list.text);
    let one = post(&browser, users, action, "jones").await.location.unwrap();
    assert!(browser.get(&one).await.says("Nobody was found."), "another portal's user");
    let locked = browser.get(&format!("{users}?state=locked&organization=")).await;
    assert!(locked.status == 200 && locked.says("Found: 0"), "{}", locked.text);
    let everywhere = post(&browser, "/console/find", "/console/find", "anna").await;
    let page = world.user_page("managed", "m-1").await;
    assert_eq!(everywhere.location, Some(page), "of all portals only the admin's own");
}
