//! Each role sees only what it may use: every link and form on its pages works.

use super::{operator, signed_in};
use crate::{
    harness::{Browser, Page, Portal, World, anna},
    journeys::{managing, trusted_browsers::remember},
};
use serde_json::json;
use std::collections::{BTreeSet, VecDeque};

/// Returns the links and forms of a page within the console.
pub(super) fn leads(text: &str, attribute: &str) -> Vec<String> {
    let start = format!("{attribute}=\"");
    let parts = text.split(&start).skip(1);
    let values = parts.map(|part| part.split('"').next().unwrap());
    let own = values.filter(|value| value.starts_with("/console"));
    let own = own.filter(|value| !value.ends_with(".css") && !value.ends_with(".svg"));
    own.map(|value| value.replace("&#38;", "&").replace("&amp;", "&")).collect()
}

type Shown = (String, String);

/// Follows every link from the first page, each of which must answer; returns the forms and the
/// texts.
pub async fn crawl(
    browser: &Browser,
) -> (BTreeSet<String>, BTreeSet<(String, String)>, Vec<Shown>) {
    let mut queue = VecDeque::from(["/console".to_owned()]);
    let (mut seen, mut forms, mut shown) = (BTreeSet::new(), BTreeSet::new(), vec![]);
    while let Some(path) = queue.pop_front() {
        if !seen.insert(path.clone()) {
            continue;
        }
        let page = browser.get(&path).await;
        if let Some(next) = page.location.clone() {
            queue.push_back(next);
            continue;
        }
        assert_eq!(page.status, 200, "{path} is shown, and does not work: {}", page.text);
        queue.extend(leads(&page.text, "href"));
        for part in page.text.split("<form method=\"post\"").skip(1) {
            let form = part.split("</form>").next().unwrap();
            let action = leads(form, "action")[0].clone();
            forms.insert((action, path.clone()));
        }
        shown.push((path, page.text));
    }
    (seen, forms, shown)
}

/// Users whose pages have every link and form that a user's page can have, but for a lock: one with
/// two apps who trusts a browser, and one who skipped. Returns the portal of the first.
pub(super) async fn some_life(world: &World) -> Portal {
    let portal = managing::portal(world).await;
    remember(world, &portal).await;
    let secret = portal.enrol_app(world, anna()).await;
    let settings = managing::prove(world, &portal, &secret).await;
    let second = json!({ "method": "authenticator_app", "name": "Tablet" });
    let (second, _) = managing::add_app(world, &portal, &settings, second).await;
    world.advance(30);
    let sign_in = portal.open(anna()).await;
    let trusts = json!({ "code": world.totp(&second), "remember_browser": true });
    let trusted = portal.act(&sign_in, "verify", trusts).await;
    assert_eq!(trusted.status, 200, "{:?}", trusted.body);
    let skipping = world.portal("sms_enrolment_opt_out");
    let sign_in = skipping.open(anna()).await;
    assert_eq!(skipping.act(&sign_in, "skip", json!({})).await.status, 200);
    portal
}

/// Has no code of that user checked for a while.
pub(super) async fn lock(portal: &Portal) {
    let opened = portal.try_open(anna()).await;
    if opened.problem() == (429, "locked") {
        return;
    }
    for _ in 0..5 {
        portal.verify(&opened.body, "000000").await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn s12_nothing_is_on_a_page_that_a_call_would_refuse_to_the_role() {
    let world = World::start().await;
    for preset in ["managed", "sms_enrolment", "always_on"] {
        let portal = world.portal(preset);
        let user = json!({ "id": "anna", "organization": "acme", "email": "a@example.com" });
        portal.open(user).await;
    }
    let lively = some_life(&world).await;
    let portals = ["managed", "always-on", "authenticator-app"];
    let roles = [
        ("operator", json!({ "role": "operator" })),
        ("technician", json!({ "role": "technician", "portals": portals })),
        ("admin-of-users", json!({ "role": "portal_admin", "portal": "authenticator-app" })),
        ("portal-admin", json!({ "role": "portal_admin", "portal": "managed" })),
        (
            "org-admin",
            json!({ "role": "org_admin", "portal": "sms-enrolment", "organization": "acme" }),
        ),
        ("auditor", json!({ "role": "auditor" })),
    ];
    for (name, role) in roles {
        let admin = match name {
            "operator" => operator(&world),
            _ => world.make_admin(name, role).await,
        };
        let browser = signed_in(&world, &admin).await;
        lock(&lively).await;
        let (pages, forms, _) = crawl(&browser).await;
        println!("{name}: {} pages, {} forms", pages.len(), forms.len());
        for (action, at) in forms {
            if action == "/console/sign-out" {
                continue;
            }
            // A form that is not filled in is refused for what is missing, never for who sends it.
            let form = browser.get(&at).await.form();
            let page = browser.post(&action, &[("form", &form), ("unknown", "1")]).await;
            assert_eq!(page.status, 400, "{name}: {action} on {at}: {}", page.text);
        }
        let has = |path: &str| pages.contains(path);
        let own = |portal: &str| has(&format!("/console/portals/{portal}/users"));
        let seen =
            [own("managed"), own("always-on"), own("sms-enrolment"), has("/console/settings")];
        let switch = has("/console/portals/managed/switch");
        let reset = pages.iter().any(|path| path.contains("/users/") && path.ends_with("/reset"));
        let erase = pages.iter().any(|path| path.contains("/users/") && path.ends_with("/erase"));
        let (wanted, may) = match name {
            "operator" => ([true, true, true, true], [true, true, true]),
            "technician" => ([true, true, false, false], [true, true, true]),
            "portal-admin" => ([true, false, false, false], [false, true, true]),
            "admin-of-users" => ([false, false, false, false], [false, true, true]),
            "org-admin" => ([false, false, true, false], [false, true, false]),
            _ => ([true, true, true, true], [false, false, false]),
        };
        assert_eq!((seen, [switch, reset, erase]), (wanted, may), "{name}: {pages:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn s12_a_foreign_portals_pages_are_as_unknown_as_none() {
    let world = World::start().await;
    world.portal("always_on").open(anna()).await;
    let role = json!({ "role": "portal_admin", "portal": "managed" });
    let admin = world.make_admin("jo", role).await;
    let browser = signed_in(&world, &admin).await;
    for rest in [
        "",
        "/policy",
        "/users",
        "/users/AAAAAAAAAAAAAAAAAAAAAA",
        "/users/AAAAAAAAAAAAAAAAAAAAAA/reset",
        "/activity",
        "/overview",
        "/sending",
        "/share",
        "/log-days",
        "/switch",
    ] {
        let foreign = browser.get(&format!("/console/portals/always-on{rest}")).await;
        let nowhere = browser.get(&format!("/console/portals/nowhere{rest}")).await;
        assert_eq!((foreign.status, nowhere.status), (404, 404), "{rest}");
        // Each page has a form of its own.
        let text = |page: &Page| page.text.replace(&page.form(), "");
        assert_eq!(text(&foreign), text(&nowhere), "{rest}");
    }
    for path in ["/console/settings", "/console/admins", "/console/portals/new"] {
        assert_eq!(browser.get(path).await.status, 403, "{path}");
    }
}
