//! Each form acts once, however often it is sent; its outcome has a page of its own, which shows a
//! secret once.

use super::{
    forms::{Form, forms},
    operator, signed_in,
};
use crate::{
    harness::{Browser, Page, World},
    journeys::admin::test_message::on_record,
};
use serde_json::json;

async fn form(browser: &Browser, at: &str, action: &str, fields: &[(&str, &str)]) -> Form {
    let page = browser.get(at).await;
    let form = forms(&page.text).into_iter().find(|form| form.action == action);
    form.unwrap_or_else(|| panic!("no {action} at {at}: {}", page.text)).filled(fields)
}

async fn send(browser: &Browser, form: &Form) -> Page {
    form.send(browser, &form.sent).await
}

async fn world() -> (World, Browser, String) {
    let world = World::start().await;
    let user = json!({ "id": "anna", "email": "testing@example.co.nz", "email_verified": true });
    world.portal("managed").open(user).await;
    world.make_admin("jo", json!({ "role": "technician", "portals": ["managed"] })).await;
    let browser = signed_in(&world, &operator(&world)).await;
    let user = world.user_page("managed", "anna").await;
    (world, browser, user)
}

const NEW_PORTAL: [(&str, &str); 5] = [
    ("id", "acme"),
    ("description", "Acme"),
    ("preset", "authenticator_app"),
    ("enrolment_url", ""),
    ("return_urls", ""),
];

async fn with_a_secret(browser: &Browser, user: &str) -> Vec<Form> {
    let bypass = format!("{user}/bypass-code");
    let reason = [("reason", "at the context")];
    vec![
        form(browser, &bypass, &bypass, &reason).await,
        form(browser, "/console/portals/new", "/console/portals/new", &NEW_PORTAL).await,
        form(browser, "/console/portals/managed/keys", "/console/portals/managed/keys", &[]).await,
        form(
            browser,
            "/console/admins",
            "/console/admins",
            &[("name", "new"), ("role", "auditor")],
        )
        .await,
        form(browser, "/console/admins/jo/reset", "/console/admins/jo/reset", &reason).await,
    ]
}

fn secret(page: &Page) -> Option<String> {
    let (_, rest) = page.text.split_once("<code class=\"secret\">")?;
    rest.split('<').next().map(str::to_owned)
}

/// Returns the table without the log, which is written later.
async fn state(world: &World) -> Vec<(String, String)> {
    let kinds = ["USER#", "PORTAL#", "ADMIN", "SYSTEM#"];
    let items = world.raw_items().await.into_iter();
    let mut items: Vec<_> =
        items.filter(|(pk, _)| kinds.iter().any(|kind| pk.starts_with(kind))).collect();
    items.sort();
    items
}

#[tokio::test(flavor = "multi_thread")]
async fn s42_a_secret_is_shown_once_on_a_page_of_its_own() {
    let (world, browser, user) = world().await;
    for form in with_a_secret(&browser, &user).await {
        let action = form.action.clone();
        let done = send(&browser, &form).await;
        assert_eq!(done.status, 303, "{action}: {}", done.text);
        let place = done.location.clone().unwrap();
        assert!(place.starts_with("/console/done/"), "{place}");
        let cookie = &done.headers["set-cookie"];
        for part in ["__Secure-outcome=", "Max-Age=120", "Secure", "HttpOnly", "SameSite=Strict"] {
            assert!(cookie.contains(part), "{part} in {cookie}");
        }
        assert!(cookie.contains(&format!("Path={place};")), "{cookie}");
        let shown = browser.get(&place).await;
        let secret = secret(&shown).unwrap_or_else(|| panic!("{action}: {}", shown.text));
        assert!(shown.says("It is shown only once."));
        for (what, text) in [("address", &place), ("cookie", cookie)] {
            assert!(!text.contains(&secret), "{action}: {what}");
        }
        assert!(
            world.raw_items().await.iter().all(|(_, item)| !item.contains(&secret)),
            "{action}"
        );
        let before = state(&world).await;
        for page in [browser.get(&place).await, browser.get(&place).await] {
            assert!(page.says("is shown once") && !page.says(&secret), "{action}: {}", page.text);
            assert_eq!(page.headers["cache-control"], "no-store");
        }
        assert_eq!(
            (done.headers["cache-control"].as_str(), shown.headers["cache-control"].as_str()),
            ("no-store", "no-store")
        );
        assert_eq!(state(&world).await, before, "{action}: a reload wrote something");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn s42_a_secret_opens_for_its_session_on_its_page_and_for_two_minutes() {
    let (world, browser, _) = world().await;
    let keys = "/console/portals/managed/keys";
    let done = send(&browser, &form(&browser, keys, keys, &[]).await).await;
    let (place, cookies) = (done.location.unwrap(), browser.cookies.lock().unwrap().clone());
    let sealed = cookies["__Secure-outcome"].clone();
    let shown = async |browser: &Browser, place: &str, sealed: &str| {
        let jar = &browser.cookies;
        jar.lock().unwrap().insert("__Secure-outcome".to_owned(), sealed.to_owned());
        secret(&browser.get(place).await)
    };
    let other = signed_in(&world, &operator(&world)).await;
    assert_eq!(shown(&other, &place, &sealed).await, None, "another session");
    assert_eq!(
        shown(&browser, "/console/done/AAAAAAAAAAAAAAAA", &sealed).await,
        None,
        "another page"
    );
    assert_eq!(shown(&browser, &place, &sealed[..sealed.len() - 2]).await, None, "cut");
    assert_eq!(browser.get("/console/done/nonsense").await.status, 404);
    assert!(shown(&browser, &place, &sealed).await.is_some());
    world.advance(120);
    assert_eq!(shown(&browser, &place, &sealed).await, None, "too late");
    // Without a session there is nothing to see.
    let nobody = Browser::new(&world);
    assert!(nobody.get(&place).await.leads_to_login());
}

#[tokio::test(flavor = "multi_thread")]
async fn s42_a_form_that_is_sent_twice_acts_once() {
    let (world, browser, user) = world().await;
    let mut all = with_a_secret(&browser, &user).await;
    let (reset, settings) = (format!("{user}/reset"), "/console/settings");
    let managed = "/console/portals/managed";
    let [switch, profile, policy] =
        ["switch", "profile", "policy"].map(|p| format!("{managed}/{p}"));
    let role = "/console/admins/jo/role?role=auditor&organization=";
    let always_on = "/console/portals/always-on/delete";
    let reason = [("reason", "asked by telephone")];
    let checked = [("checked_by", "other"), ("code", ""), reason[0]];
    all.push(form(&browser, &reset, &reset, &checked).await);
    all.push(form(&browser, &switch, &switch, &[]).await);
    for form in all {
        twice(&world, &browser, form).await;
    }
    // These name what they replace, so each is opened when it is its turn.
    for (at, action, fields) in [
        (profile.as_str(), profile.as_str(), &[("description", "Acme")][..]),
        (&policy, &policy, &[("what", "save"), ("issuer", "Acme")]),
        (settings, settings, &[("per_portal", "1999")]),
        (role, "/console/admins/jo", &[]),
        ("/console/admins/jo/remove", "/console/admins/jo/remove", &reason),
        (always_on, always_on, &[("id", "always-on"), reason[0]]),
    ] {
        twice(&world, &browser, form(&browser, at, action, fields).await).await;
    }
    let erase = format!("{user}/erase");
    twice(&world, &browser, form(&browser, &erase, &erase, &reason).await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn s42_an_old_form_takes_no_second_step_away_that_was_set_up_since() {
    let world = World::start().await;
    let role = json!({ "role": { "role": "auditor" }, "name": "jo" });
    world.admin_ok("POST", "/v1/admin/admins", Some(role)).await;
    let browser = signed_in(&world, &operator(&world)).await;
    let action = "/console/admins/jo/reset";
    let reset = form(&browser, action, action, &[("reason", "never signed in")]).await;
    let shown = send(&browser, &reset).await.location.unwrap();
    let first = secret(&browser.get(&shown).await).expect("a password to begin with");
    let jo = world.settle_in("jo", &first).await;
    let before = state(&world).await;
    assert_eq!(send(&browser, &reset).await.location, Some(shown));
    assert_eq!(state(&world).await, before, "nothing was taken away");
    assert_eq!(world.by(&jo, "GET", "/v1/admin/portals", None).await.status, 200);
}

/// Sends a form twice: the second time redirects, and writes nothing.
async fn twice(world: &World, browser: &Browser, form: Form) {
    let action = &form.action;
    let before = state(world).await;
    let first = send(browser, &form).await;
    assert_eq!(first.status, 303, "{action}: {}", first.text);
    let after = state(world).await;
    assert_ne!(before, after, "{action} does nothing");
    let second = send(browser, &form).await;
    assert_eq!(second.status, 303, "{action}: {}", second.text);
    assert!(!second.headers.contains_key("set-cookie"), "{action}");
    assert_eq!(state(world).await, after, "{action} was done again");
    let (led, leads) = (first.location.unwrap(), second.location.unwrap());
    if led.starts_with("/console/done/") {
        assert_eq!(leads, led, "{action}");
        browser.cookies.lock().unwrap().remove("__Secure-outcome");
    }
    let page = browser.get(&leads).await;
    assert_eq!(page.status, 200, "{action}: {}", page.text);
    assert_eq!(secret(&page), None, "{action}");
    assert!(leads == led || page.says("It was not made again."), "{action}: {}", page.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn s42_of_a_form_that_is_sent_several_times_at_once_one_acts() {
    let (world, browser, user) = world().await;
    let mut all = with_a_secret(&browser, &user).await;
    let reset = format!("{user}/reset");
    let checked = [("checked_by", "other"), ("code", ""), ("reason", "lost phone")];
    all.push(form(&browser, &reset, &reset, &checked).await);
    for form in all {
        let tasks = [(); 3].map(|()| {
            let (browser, form) = (browser.clone(), form.clone());
            tokio::spawn(async move { send(&browser, &form).await })
        });
        let mut shown = 0;
        for task in tasks {
            let page = task.await.unwrap();
            assert_eq!(page.status, 303, "{}: {}", form.action, page.text);
            shown += usize::from(page.headers.contains_key("set-cookie"));
        }
        assert_eq!(shown, 1, "{}", form.action);
    }
    let managed = world.admin_ok("GET", "/v1/admin/portals/managed", None).await;
    assert_eq!(managed["keys"].as_array().unwrap().len(), 2, "one more than there was");
}

#[tokio::test(flavor = "multi_thread")]
async fn s42_a_test_message_leaves_once_and_what_was_refused_may_be_sent_again() {
    let world = World::start().await;
    let browser = signed_in(&world, &operator(&world)).await;
    let (at, action) = ("/console/settings", "/console/settings/test");
    let test = form(&browser, at, action, &[]).await;
    assert_eq!(send(&browser, &test).await.status, 409, "nothing is on record");
    on_record(&world, true).await;
    let sent = async || {
        let messages = world.messages().await;
        messages.iter().filter(|message| message.to_string().contains("est message")).count()
    };
    let first = send(&browser, &test).await;
    let second = send(&browser, &test).await;
    assert_eq!((first.status, second.status), (303, 303), "{} {}", first.text, second.text);
    assert_eq!(first.location, second.location);
    let shown = browser.get(&first.location.unwrap()).await;
    assert!(shown.says("The provider accepted a test message"), "{}", shown.text);
    assert_eq!(sent().await, 1);
    // The page served again has a form of its own.
    let again = form(&browser, at, action, &[]).await;
    assert_eq!(send(&browser, &again).await.status, 303);
    assert_eq!(sent().await, 2);
}
