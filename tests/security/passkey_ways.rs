//! The ways that are left beside a passkey: when its domain moves, when the policy refuses it, when
//! codes are locked, and on the pages of the other kind.

use crate::{
    harness::{Authenticator, Browser, Portal, World, anna, asked, prompt, recovery_codes},
    journeys::passkeys::{anna_with_passkey, enrol, portal},
};
use serde_json::{Value, json};

const OWN_PAGE: &str = "https://login.acme.example";
const URL: &str = "https://www.acme.example/back";

/// Gives the portal a domain of its own, where the service does not lie.
async fn move_domain(world: &World, portal: &Portal) {
    let moved = world.change_profile(&portal.id, |profile| {
        profile["passkeys"] = json!({ "rp_id": "acme.example", "origins": [OWN_PAGE] });
        profile["return_urls"] = json!([URL]);
    });
    let moved = moved.await;
    assert_eq!(moved.status, 200, "{:?}", moved.body);
}

async fn set_passkeys(world: &World, portal: &Portal, name: &str, value: &str) {
    let change = |policy: &mut Value| policy["methods"][0][name] = json!(value);
    world.change_policy(portal, change).await;
}

fn reason<'a>(view: &'a Value, method: &str) -> &'a Value {
    let unavailable = view["unavailable"].as_array().unwrap();
    let found = unavailable.iter().find(|of| of["method"] == method);
    found.map_or(&Value::Null, |of| &of["reason"])
}

/// Anna with an app and a passkey that was made on the service's own domain.
async fn anna_with_both(world: &World) -> (Portal, Authenticator, String) {
    let portal = portal(world, "insist").await;
    let (device, secret) = set_up_both(world, &portal).await;
    (portal, device, secret)
}

async fn set_up_both(world: &World, portal: &Portal) -> (Authenticator, String) {
    let secret = portal.enrol_app(world, anna()).await;
    let sign_in = portal.open(anna()).await;
    portal.verify(&sign_in, &world.totp(&secret)).await;
    let taken = portal.act(&sign_in, "settings", json!({ "change": "add_passkey" })).await;
    assert_eq!(taken.status, 200, "{:?}", taken.body);
    let mut device = Authenticator::on(&world.origin());
    enrol(portal, &sign_in, &mut device).await;
    world.advance(30);
    (device, secret)
}

#[tokio::test(flavor = "multi_thread")]
async fn p5_a_moved_domain_opens_no_weaker_way_under_a_policy_that_insists() {
    let world = World::start().await;
    let (portal, _, secret) = anna_with_both(&world).await;
    move_domain(&world, &portal).await;
    let before = world.raw_user(&portal.id, "anna").await;
    let sign_in = portal.open(anna()).await;
    assert_eq!((&sign_in["status"], &sign_in["options"]), (&json!("challenge"), &json!([])));
    assert_eq!(reason(&sign_in, "passkey"), "other_passkey_domain");
    assert_eq!(reason(&sign_in, "authenticator_app"), "passkey_only");
    let said = "Your passkey belongs to another address than this one and cannot be used here. \
                Ask for help to get in.";
    assert_eq!(sign_in["message"], said);
    assert_eq!((&sign_in["links"], &sign_in["input"]["field"]), (&json!([]), &json!("code")));
    assert_ne!(world.raw_user(&portal.id, "anna").await, before, "the sign-in was opened");
    let opened = world.raw_user(&portal.id, "anna").await;
    let by_app = portal.verify(&sign_in, &world.totp(&secret)).await;
    assert_eq!(by_app.problem(), (403, "method_not_offered"));
    let app = json!({ "method": "authenticator_app" });
    assert_eq!(portal.act(&sign_in, "challenge", app.clone()).await.status, 403);
    assert_eq!(portal.act(&sign_in, "enrolment", app).await.problem(), (409, "another_step"));
    assert_eq!(world.raw_user(&portal.id, "anna").await, opened, "nothing was written");
    // Where the policy only prefers passkeys, the app is there at once.
    set_passkeys(&world, &portal, "when_bound", "prefer").await;
    let by_app = portal.verify(&sign_in, &world.totp(&secret)).await;
    assert_eq!((by_app.status, &by_app.body["status"]), (200, &json!("allowed")));
}

#[tokio::test(flavor = "multi_thread")]
async fn p5_r3_a_recovery_code_leads_past_a_passkey_that_cannot_be_used() {
    let world = World::start().await;
    let portal = portal(&world, "insist").await;
    world.give_recovery_codes(&portal, "offered").await;
    let mut device = Authenticator::on(&world.origin());
    let sign_in = portal.open(anna()).await;
    let codes = recovery_codes(&enrol(&portal, &sign_in, &mut device).await);
    move_domain(&world, &portal).await;
    let sign_in = portal.open(anna()).await;
    let said = sign_in["message"].as_str().unwrap();
    assert!(said.ends_with("cannot be used here. Enter one of your recovery codes"), "{said}");
    assert_eq!(sign_in["input"]["body"], json!({ "method": "recovery_code" }));
    let mut by_code = sign_in["input"]["body"].clone();
    by_code["code"] = json!(codes[0]);
    let done = portal.act(&sign_in, "verify", by_code).await;
    assert_eq!((done.status, &done.body["status"]), (200, &json!("allowed")), "{:?}", done.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn p4_p5_the_prompt_says_that_a_passkey_of_the_portals_own_pages_cannot_be_used_there() {
    let world = World::start().await;
    let portal = portal(&world, "insist").await;
    move_domain(&world, &portal).await;
    let mut device = Authenticator::on(OWN_PAGE);
    let sign_in = portal.open(anna()).await;
    enrol(&portal, &sign_in, &mut device).await;
    let sign_in = portal.open(anna()).await;
    assert_eq!(asked(&sign_in)["rpId"], "acme.example");
    let done = portal.act(&sign_in, "verify", device.get(asked(&sign_in))).await;
    assert_eq!(done.status, 200, "{:?}", done.body);

    let opened = portal.try_open_prompt(anna(), URL).await.body;
    let browser = Browser::new(&world);
    let page = browser.open(&prompt(&opened)).await;
    assert!(page.says("We cannot let you in"), "{}", page.text);
    assert!(page.says("belongs to another address"), "{}", page.text);
    assert!(page.says("Were you given a bypass code?"), "{}", page.text);
    assert!(!page.says("Use the authenticator app"), "{}", page.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn p4_the_prompt_has_passkeys_of_the_service_beside_a_portal_with_a_domain_of_its_own() {
    let world = World::start().await;
    let (portal, _) = anna_with_passkey(&world, "prefer").await;
    move_domain(&world, &portal).await;
    let opened = portal.try_open_prompt(anna(), URL).await.body;
    let page = Browser::new(&world).open(&prompt(&opened)).await;
    assert!(page.says("Use your passkey to continue"), "{}", page.text);
    assert!(page.text.contains("&#34;rpId&#34;:&#34;localhost&#34;"), "{}", page.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn p1_a_copied_passkey_is_not_asked_for_once_the_policy_refuses_those() {
    let world = World::start().await;
    let portal = portal(&world, "prefer").await;
    let secret = portal.enrol_app(&world, anna()).await;
    let sign_in = portal.open(anna()).await;
    portal.verify(&sign_in, &world.totp(&secret)).await;
    portal.act(&sign_in, "settings", json!({ "change": "add_passkey" })).await;
    let mut phone = Authenticator::on(&world.origin());
    phone.is_synced = true;
    enrol(&portal, &sign_in, &mut phone).await;
    world.advance(30);
    set_passkeys(&world, &portal, "synced", "refused").await;
    let sign_in = portal.open(anna()).await;
    assert_eq!(reason(&sign_in, "passkey"), "synced_passkey");
    assert_eq!(sign_in["message"], "Enter the 6-digit code displayed in your authenticator app");
    set_passkeys(&world, &portal, "when_bound", "insist").await;
    let sign_in = portal.look(&sign_in).await.body;
    assert_eq!(sign_in["options"], json!([]));
    let said = sign_in["message"].as_str().unwrap();
    assert!(said.starts_with("Passkeys that are copied to other devices"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn p5_s36_wrong_codes_of_a_stranger_keep_no_passkey_out() {
    let world = World::start().await;
    let (portal, mut device, secret) = anna_with_both(&world).await;
    set_passkeys(&world, &portal, "when_bound", "prefer").await;
    let stranger = portal.open(anna()).await;
    for _ in 0..5 {
        portal.verify(&stranger, "000000").await;
    }
    let opened = portal.open_prompt(anna()).await;
    let page = Browser::new(&world).open(&prompt(&opened)).await;
    assert!(page.says("Use your passkey to continue") && page.says("Your passkey still works"));
    assert!(page.says("You can try again in one minute."), "{}", page.text);
    assert!(!page.says("Use the authenticator app"), "{}", page.text);

    let sign_in = portal.open(anna()).await;
    assert_eq!(sign_in["options"].as_array().unwrap().len(), 1, "{sign_in}");
    assert_eq!(reason(&sign_in, "authenticator_app"), "locked");
    let said = sign_in["message"].as_str().unwrap();
    assert!(said.starts_with("Too many codes were wrong, so codes are not accepted"), "{said}");
    let locked = portal.verify(&sign_in, &world.totp(&secret)).await;
    assert_eq!(locked.problem(), (429, "locked"), "the right code of the app");

    let done = portal.act(&sign_in, "verify", device.get(asked(&sign_in))).await;
    assert_eq!((done.status, &done.body["status"]), (200, &json!("allowed")), "{:?}", done.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn r4_p5_who_turns_from_the_passkey_to_a_recovery_code_behind_a_lock_hears_what_follows() {
    let world = World::start().await;
    let portal = portal(&world, "prefer").await;
    world.give_recovery_codes(&portal, "offered").await;
    set_up_both(&world, &portal).await;
    let stranger = portal.open(anna()).await;
    for _ in 0..5 {
        portal.verify(&stranger, "000000").await;
    }
    let sign_in = portal.open(anna()).await;
    let by_code = json!({ "method": "recovery_code" });
    let chosen = portal.act(&sign_in, "challenge", by_code).await.body;
    let said = chosen["message"].as_str().unwrap();
    assert!(said.ends_with("and then set up multi-factor authentication again"), "{said}");
    assert_eq!(chosen["input"]["body"]["method"], "recovery_code");
    let back = &chosen["links"][0];
    assert_eq!(
        (&back["action"], &back["body"]["method"]),
        (&json!("challenge"), &json!("passkey"))
    );
    let passkey = portal.act(&sign_in, "challenge", back["body"].clone()).await.body;
    assert_eq!(passkey["input"]["field"], "passkey");
}
