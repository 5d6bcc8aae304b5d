//! The domains of passkeys on the console's pages.

use super::{forms::forms, operator, signed_in};
use crate::{
    harness::{Browser, Page, World},
    journeys::passkeys::anna_with_passkey,
};

const PORTAL: &str = "/console/portals/authenticator-app";

/// Fills in fields of the form that a page saves to its own address, and sends it.
async fn save(browser: &Browser, at: &str, fields: &[(&str, &str)]) -> Page {
    let all = forms(&browser.get(at).await.text);
    let form = all.into_iter().find(|form| form.action == at).unwrap().filled(fields);
    form.send(browser, &form.sent).await
}

#[tokio::test(flavor = "multi_thread")]
async fn p4_the_portals_page_says_under_which_name_devices_show_its_passkeys() {
    let world = World::start().await;
    let browser = signed_in(&world, &operator(&world)).await;
    let profile = format!("{PORTAL}/profile");
    let shown = browser.get(PORTAL).await;
    assert!(shown.says("localhost<br>") && shown.says("devices show passkeys under this name"));
    let passkeys = |rp_id, origins| [("rp_id", rp_id), ("origins", origins)];
    let [none, url] = [("return_urls", ""), ("return_urls", "https://other.example/")];
    for (fields, urls, words) in [
        (passkeys("co.nz", "https://a.co.nz"), none, "rp_id must be below a public suffix"),
        (passkeys("a.example", "a.example"), none, "origins must be origins such as"),
        (passkeys("a.example", ""), none, "origins must not be empty"),
        (passkeys("", "https://a.example"), none, "This is missing. Fill it in."),
        (passkeys("a.example", "https://a.example"), url, "return_urls must all lie on"),
    ] {
        let refused = save(&browser, &profile, &[fields[0], fields[1], urls]).await;
        assert_eq!(refused.status, 400, "{fields:?}");
        assert!(refused.says(words), "{fields:?}: {}", refused.text);
    }
    assert!(browser.get(PORTAL).await.says("localhost<br>"), "nothing was saved");
    let two = "https://a.example\r\nhttps://login.a.example\r\n";
    let fields = passkeys("a.example", two);
    let saved = save(&browser, &profile, &[fields[0], fields[1], none]).await;
    assert_eq!(saved.location.as_deref(), Some(PORTAL), "{}", saved.text);
    assert!(browser.get(PORTAL).await.says("a.example<br>"));
    let again = browser.get(&profile).await;
    assert!(again.says("https://a.example\nhttps://login.a.example"), "{}", again.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn p4_the_settings_page_takes_a_domain_that_the_service_lies_on() {
    let world = World::start().await;
    let browser = signed_in(&world, &operator(&world)).await;
    let at = "/console/settings";
    let refused = save(&browser, at, &[("passkey_domain", "example.com")]).await;
    assert_eq!(refused.status, 400);
    assert!(refused.says("must be this service&#39;s own domain"), "{}", refused.text);
    let saved = save(&browser, at, &[("passkey_domain", " localhost ")]).await;
    assert_eq!(saved.status, 303, "{}", saved.text);
    assert!(browser.get(at).await.says("value=\"localhost\""));
}

#[tokio::test(flavor = "multi_thread")]
async fn p4_a_domain_that_ends_passkeys_is_saved_only_after_their_number_was_shown() {
    let world = World::start().await;
    let (portal, _) = anna_with_passkey(&world, "prefer").await;
    let browser = signed_in(&world, &operator(&world)).await;
    let (page, profile) = (
        format!("/console/portals/{}", portal.id),
        format!("/console/portals/{}/profile", portal.id),
    );
    let shown = browser.get(&page).await;
    assert!(shown.says("Browsers and devices show passkeys under this name, for this domain."));
    let moved = |domain| [("rp_id", domain), ("origins", "https://a.example"), ("return_urls", "")];
    let before = world.raw_items().await;
    let asked = save(&browser, &profile, &moved("a.example")).await;
    assert_eq!((asked.status, asked.location.as_deref()), (200, None));
    for words in [
        "Users whose passkeys stop working: 1.",
        "recovery codes aside: 1.",
        "Nothing is saved yet.",
        "Save anyway",
        "ann*****",
    ] {
        assert!(asked.says(words), "{words}: {}", asked.text);
    }
    let portals = |items: Vec<(String, String)>| {
        let all = items.into_iter().filter(|(key, _)| key.starts_with("PORTAL#"));
        all.collect::<Vec<_>>()
    };
    assert_eq!(portals(world.raw_items().await), portals(before), "nothing was saved");
    // The number was shown for this domain, and for no other.
    let all = forms(&asked.text);
    let form = all.into_iter().find(|form| form.action == profile).unwrap();
    let other = form.filled(&[("rp_id", "b.example"), ("origins", "https://b.example")]);
    let again = other.send(&browser, &other.sent).await;
    assert!(again.status == 200 && again.says("Nothing is saved yet."), "{}", again.text);
    let form = forms(&again.text).into_iter().find(|form| form.action == profile).unwrap();
    let saved = form.send(&browser, &form.sent).await;
    assert_eq!(saved.location.as_deref(), Some(page.as_str()), "{}", saved.text);
    assert!(browser.get(&page).await.says("b.example<br>"));
    let users = browser.get(&format!("{page}/users")).await;
    assert!(users.says("made for a domain that is no longer in force"), "{}", users.text);
    // Nobody loses anything by the next one, so that it is saved at once.
    let next = save(&browser, &profile, &moved("a.example")).await;
    assert_eq!(next.location.as_deref(), Some(page.as_str()), "{}", next.text);
}
