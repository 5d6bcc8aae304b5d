//! The form of a policy: it is tried before it is saved, says what is different, and shows both
//! versions if somebody else saved one meanwhile.

use super::{
    forms::{Form, forms},
    operator, signed_in,
};
use crate::harness::{Browser, Page, World};
use serde_json::json;

const POLICY: &str = "/console/portals/authenticator-app/policy";

fn form(page: &Page) -> Form {
    let form = forms(&page.text).into_iter().find(|form| form.action == POLICY);
    form.unwrap_or_else(|| panic!("no form: {}", page.text))
}

async fn send(browser: &Browser, form: Form, fields: &[(&str, &str)]) -> Page {
    let form = form.filled(fields);
    form.send(browser, &form.sent).await
}

/// Returns the buttons of the page's forms that send the policy, in their order.
fn buttons(page: &Page) -> Vec<&str> {
    let parts = page.text.split("<button name=\"what\" value=\"").skip(1);
    parts.filter_map(|part| part.split('"').next()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_policy_is_tried_first_and_the_enter_key_never_saves_it() {
    let world = World::start().await;
    let portal = world.portal("authenticator_app");
    portal.enrol_app(&world, json!({ "id": "anna" })).await;
    let browser = signed_in(&world, &operator(&world)).await;
    let shown = browser.get(POLICY).await;
    assert_eq!(buttons(&shown), ["try"]);
    let before = world.admin_ok("GET", "/v1/admin/portals/authenticator-app/policy", None).await;
    let changes = [("what", "try"), ("issuer", "Acme"), ("after_reset", "open")];
    let tried = send(&browser, form(&shown), &changes).await;
    // Browsers press the first button of a form when somebody presses Enter in a field.
    assert_eq!(buttons(&tried), ["try", "save"]);
    assert!(tried.says("0 people must enrol."), "{}", tried.text);
    for part in ["<th scope=\"row\">What the app shows</th>", ">not set</td>", ">Acme</td>"] {
        assert!(tried.says(part), "{part} in {}", tried.text);
    }
    assert!(!tried.says("<th scope=\"row\">Who must use it</th>"), "{}", tried.text);
    let after = world.admin_ok("GET", "/v1/admin/portals/authenticator-app/policy", None).await;
    assert_eq!(before, after, "nothing is saved yet");
    let saved = send(&browser, form(&tried), &[("what", "save")]).await;
    assert_eq!(saved.location.as_deref(), Some("/console/portals/authenticator-app"));
    let same = send(&browser, form(&browser.get(POLICY).await), &[("what", "try")]).await;
    assert!(same.says("saving changes nothing"), "{}", same.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_policy_that_was_changed_meanwhile_is_shown_beside_the_typed_one() {
    let world = World::start().await;
    let browser = signed_in(&world, &operator(&world)).await;
    let mine = form(&browser.get(POLICY).await);
    let theirs = form(&browser.get(POLICY).await);
    let theirs = send(&browser, theirs, &[("what", "save"), ("issuer", "Theirs")]).await;
    assert_eq!(theirs.status, 303, "{}", theirs.text);
    let met = send(&browser, mine, &[("what", "save"), ("issuer", "Mine")]).await;
    assert_eq!(met.status, 412, "{}", met.text);
    for part in ["both versions", ">Theirs</td>", ">Mine</td>", "value=\"Mine\""] {
        assert!(met.says(part), "{part} in {}", met.text);
    }
    let tried = send(&browser, form(&met), &[("what", "try")]).await;
    let saved = send(&browser, form(&tried), &[("what", "save")]).await;
    assert_eq!(saved.status, 303, "{}", saved.text);
    let policy = world.admin_ok("GET", "/v1/admin/portals/authenticator-app/policy", None).await;
    assert!(policy.to_string().contains("\"Mine\""), "{policy}");
}

#[tokio::test(flavor = "multi_thread")]
async fn each_preset_is_a_card_in_words_and_fills_the_form() {
    let world = World::start().await;
    let browser = signed_in(&world, &operator(&world)).await;
    let shown = browser.get(POLICY).await;
    let cards: Vec<&str> = shown.text.split("policy?preset=").skip(1).collect();
    assert_eq!(cards.len(), portcullis_domain::policy::Preset::ALL.len());
    assert_eq!(shown.text.matches("recommended for new portals").count(), 1);
    let filled = browser.get(&format!("{POLICY}?preset=sms_enrolment")).await;
    let ticked = form(&filled).sent.into_iter().filter(|(_, value)| value == "on");
    assert_eq!(ticked.map(|(name, _)| name).collect::<Vec<_>>(), ["sms"]);
}
