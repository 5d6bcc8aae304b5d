//! The form that sets which browsers are remembered.

use super::{
    forms::{Form, forms},
    operator, signed_in,
};
use crate::harness::{Page, World};
use serde_json::json;

fn form_at(page: &Page, action: &str) -> Form {
    let form = forms(&page.text).into_iter().find(|form| form.action == action);
    form.unwrap_or_else(|| panic!("no form {action}: {}", page.text))
}

#[tokio::test(flavor = "multi_thread")]
async fn t1_an_admin_sets_in_the_console_which_browsers_are_remembered() {
    let world = World::start().await;
    let portal = world.portal("authenticator_app");
    let path = format!("/v1/admin/portals/{}/policy", portal.id);
    let browser = signed_in(&world, &operator(&world)).await;
    let page = format!("/console/portals/{}/policy", portal.id);
    let save = async |days: &str| {
        let form = form_at(&browser.get(&page).await, &page).filled(&[
            ("remember_browser", "on"),
            ("remember_days", days),
            ("earned_by", "phishing_resistant"),
            ("what", "save"),
        ]);
        form.send(&browser, &form.sent).await
    };
    for days in ["0", "91", "", "a week"] {
        let refused = save(days).await;
        assert_eq!(refused.status, 400, "{days}");
        assert!(refused.says("must be 1 to 90"), "{}", refused.text);
        let kept = world.admin_ok("GET", &path, None).await;
        assert_eq!(kept["remember_browser"], json!(null), "{days}");
    }
    let saved = save("7").await;
    assert_eq!(saved.status, 303, "{}", saved.text);
    let kept = world.admin_ok("GET", &path, None).await;
    let wanted = json!({ "days": 7, "earned_by": "phishing_resistant" });
    assert_eq!(kept["remember_browser"], wanted);
    let overview = browser.get(&format!("/console/portals/{}", portal.id)).await;
    assert!(overview.says("A browser can be trusted after a passkey, for 7 days"));
    let again = form_at(&browser.get(&page).await, &page).sent;
    for (name, value) in
        [("remember_browser", "on"), ("remember_days", "7"), ("earned_by", "phishing_resistant")]
    {
        assert!(again.contains(&(name.to_owned(), value.to_owned())), "{name}: {again:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn t1_what_asks_every_time_remembers_no_browser() {
    let world = World::start().await;
    let portal = world.portal("always_on");
    let browser = signed_in(&world, &operator(&world)).await;
    let page = format!("/console/portals/{}/policy", portal.id);
    let form = form_at(&browser.get(&page).await, &page).filled(&[
        ("remember_browser", "on"),
        ("confirm_unlock", "on"),
        ("what", "save"),
    ]);
    let refused = form.send(&browser, &form.sent).await;
    assert_eq!(refused.status, 422, "{}", refused.text);
    let path = format!("/v1/admin/portals/{}/policy", portal.id);
    let kept = world.admin_ok("GET", &path, None).await;
    assert_eq!(kept["remember_browser"], json!(null));
}
