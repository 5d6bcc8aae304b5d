//! The freeze link of a notice, "This was not me", and how a user comes back in.

use crate::harness::{
    Browser, Portal, World, anna, because, freeze_link_of, on_user, reset_of, text, user_path,
};
use serde_json::{Value, json};

const EMAIL: &str = "testing@example.co.nz";
const PHONE: &str = "+64211234589";
const ENROLLED: &str = "A new way to sign in was set up";
const STOPPED: &str = "Sign-in to your account was stopped";

/// A user with an app, and the path of the link that the notice of its enrolment carried.
async fn enrolled(world: &World, preset: &str) -> (Portal, String, String) {
    let portal = world.with_freeze_links(preset).await;
    let secret = portal.enrol_app(world, anna()).await;
    let link = world.freeze_link_in(ENROLLED, EMAIL).await;
    (portal, secret, link)
}

async fn press(world: &World, link: &str) {
    let browser = Browser::new(world);
    let form = browser.open(link).await.form();
    let pressed = browser.post(link, &[("form", &form)]).await;
    assert_eq!((pressed.status, pressed.location.as_deref()), (303, Some(link)), "{pressed:?}");
}

async fn admin_view(world: &World, portal: &Portal) -> Value {
    let path = user_path(&format!("/v1/admin/portals/{}/user", portal.id), "anna");
    world.admin_ok("GET", &path, None).await
}

#[tokio::test(flavor = "multi_thread")]
async fn h3_an_emailed_notice_carries_the_link_and_a_text_message_does_not() {
    let world = World::start().await;
    let (_, _, link) = enrolled(&world, "authenticator_app").await;
    assert!(link.contains("_enrolled_") && !link.contains("anna"), "{link}");
    assert_eq!(world.messages_about(ENROLLED, PHONE).await, 1);
    for message in world.messages().await {
        let carries = message["to"] == EMAIL && text(&message).contains(ENROLLED);
        assert_eq!(freeze_link_of(text(&message)).is_some(), carries, "{message}");
    }
    // Where a portal offers no self-service, no notice carries one.
    let plain = world.portal("sms_enrolment");
    plain.open(anna()).await;
    world.advance(86_400);
    plain.put_user("anna", &json!({ "email": "new@example.com", "email_verified": true })).await;
    assert_eq!(world.messages_about("contact details", EMAIL).await, 1);
    let all = world.messages().await;
    let linked = all.iter().filter(|message| freeze_link_of(text(message)).is_some());
    assert_eq!(linked.count(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn h3_the_page_says_what_it_does_and_a_press_stops_every_sign_in_at_once() {
    let world = World::start().await;
    let (portal, secret, link) = enrolled(&world, "authenticator_app").await;
    let open = portal.open(anna()).await;
    let before = world.raw_user(&portal.id, "anna").await;
    let page = Browser::new(&world).open(&link).await;
    assert_eq!(page.status, 200);
    for words in [
        "Was this not you?",
        ENROLLED,
        "test*****.co.nz",
        "Nobody gets in any more then",
        "If you did make this change, close this page",
        "class=\"danger\"",
    ] {
        assert!(page.says(words), "{words}: {}", page.text);
    }
    assert!(page.headers["cache-control"].contains("no-store"));
    assert_eq!(page.headers["referrer-policy"], "no-referrer");
    assert_eq!(world.raw_user(&portal.id, "anna").await, before, "opening it changes nothing");

    let form = page.form();
    press(&world, &link).await;
    let done = Browser::new(&world).open(&link).await;
    assert!(done.says("Sign-in is stopped") && done.says("Ask for help now"), "{}", done.text);
    let code = world.totp(&secret);
    assert_eq!(portal.verify(&open, &code).await.problem(), (404, "sign_in_unknown"));
    let again = portal.open(anna()).await;
    assert_eq!((&again["status"], &again["reason"]), (&json!("denied"), &json!("frozen")));
    assert!(again["message"].as_str().unwrap().contains("Sign-in is stopped"), "{again}");
    for (action, body) in [
        ("verify", json!({ "code": code })),
        ("verify", json!({ "code": "0123-4567-89AB-CDEF" })),
        ("challenge", json!({ "method": "email" })),
        ("enrolment", json!({ "method": "authenticator_app" })),
        ("skip", json!({})),
    ] {
        let refused = portal.act(&again, action, body).await;
        assert_eq!(refused.problem(), (403, "frozen"), "{action}");
    }
    // The portal is told which sessions end, the user at every address, and the log who did it.
    let user = portal.get(&user_path("/v1/user", "anna")).await.body;
    assert_eq!(user["status"], "denied");
    assert_eq!(user["sessions_not_before"], world.now().unix());
    assert_eq!(world.notices(STOPPED, 2).await, [PHONE, EMAIL]);
    let told = world.messages().await;
    let told: Vec<_> = told.iter().filter(|m| text(m).contains(STOPPED)).collect();
    assert!(told.iter().all(|message| freeze_link_of(text(message)).is_none()), "{told:?}");
    assert!(told.iter().any(|message| text(message).contains("link of a security notice")));
    let activity = portal.get(&user_path("/v1/user/activity", "anna")).await.body;
    let frozen: Vec<_> =
        activity.as_array().unwrap().iter().filter(|e| e["event"] == "frozen").collect();
    assert_eq!(frozen.len(), 1, "{activity}");
    assert_eq!(frozen[0]["sessions_not_before"], world.now().unix());

    // Pressed twice: nothing is written again.
    let before = world.raw_user(&portal.id, "anna").await;
    world.advance(60);
    let again = Browser::new(&world).post(&link, &[("form", &form)]).await;
    assert_eq!((again.status, again.location.as_deref()), (303, Some(link.as_str())));
    assert_eq!(world.raw_user(&portal.id, "anna").await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn h3_only_a_reset_ends_it_and_then_a_bypass_code_opens_the_enrolment() {
    let world = World::start().await;
    let (portal, _, link) = enrolled(&world, "authenticator_app").await;
    press(&world, &link).await;
    let on = |action: &str| format!("/v1/admin/portals/{}/user/{action}", portal.id);
    let view = admin_view(&world, &portal).await;
    assert_eq!((&view["state"], view["frozen_at"].is_i64()), (&json!("frozen"), true), "{view}");
    let why = view["next_sign_in"].to_string();
    assert!(why.contains("somebody said that a change was not theirs"), "{why}");
    let listed = format!("/v1/admin/portals/{}/users?state=frozen", portal.id);
    let listed = world.admin_ok("GET", &listed, None).await;
    assert_eq!(listed["users"][0]["id"], "anna", "{listed}");
    // Nothing but a reset helps.
    let refused = world.admin("POST", &on("bypass-code"), None, on_user("anna", "called")).await;
    assert_eq!(refused.problem(), (403, "frozen"));
    assert!(refused.body["detail"].as_str().unwrap().contains("Reset the user first"));
    world.admin_ok("POST", &on("unlock"), on_user("anna", "called")).await;
    assert_eq!(portal.open(anna()).await["reason"], "frozen");
    world.advance(60);
    let reset = world.admin_ok("POST", &on("reset"), reset_of("anna", "called back")).await;
    assert_eq!(admin_view(&world, &portal).await["state"], "reset_pending", "{reset}");

    // The policy of this portal mails no link after a reset; after a freeze the door stays shut.
    let back = portal.open(anna()).await;
    assert_eq!((&back["status"], &back["reason"]), (&json!("check_email"), &json!("link_needed")));
    let app = json!({ "method": "authenticator_app" });
    assert_eq!(portal.act(&back, "enrolment", app.clone()).await.status, 409);
    let issued = world.admin_ok("POST", &on("bypass-code"), on_user("anna", "called back")).await;
    let verified = portal.verify(&back, issued["code"].as_str().unwrap()).await;
    assert_eq!((verified.status, &verified.body["status"]), (200, &json!("enrol")));
    let started = portal.act(&back, "enrolment", app).await;
    let code = json!({ "code": world.totp(started.secret()) });
    assert_eq!(portal.act(&back, "enrolment/confirm", code).await.status, 200);
    // From then on the policy alone counts again.
    let actor = json!({ "id": "boss", "role": "portal_admin" });
    let mut lost = because("lost phone").unwrap();
    lost["actor"] = actor;
    assert_eq!(portal.reset_user("anna", lost).await.status, 200);
    assert_eq!(portal.open(anna()).await["status"], "enrol");
}

#[tokio::test(flavor = "multi_thread")]
async fn h3_after_the_reset_the_link_to_enrol_goes_to_the_address_that_froze_and_to_no_other() {
    let world = World::start().await;
    let (portal, _, link) = enrolled(&world, "managed").await;
    press(&world, &link).await;
    // Whoever has the password changes the address at the portal, which vouches for it.
    let thief = json!({ "id": "anna", "email": "thief@example.com", "email_verified": true });
    assert_eq!(portal.put_user("anna", &thief).await.status, 200);
    let on = |action: &str| format!("/v1/admin/portals/{}/user/{action}", portal.id);
    world.admin_ok("POST", &on("reset"), reset_of("anna", "called back")).await;
    world.advance(2 * 86_400);
    assert_eq!(portal.open(thief).await["status"], "check_email");
    let mailed = world.messages().await;
    let mailed: Vec<_> = mailed.iter().filter(|m| text(m).contains("ticket=")).collect();
    assert!(mailed.is_empty(), "{mailed:?}");
    // An admin of the portal's own puts the record right.
    let right = json!({
        "email": EMAIL, "email_verified": true, "phone": PHONE, "changed_by": "admin",
    });
    assert_eq!(portal.put_user("anna", &right).await.status, 200);
    world.running.stream_is_delivered().await;
    let activity = format!("/v1/admin/portals/{}/activity?event=contact_changed", portal.id);
    let activity = world.admin_ok("GET", &activity, None).await.to_string();
    assert!(activity.contains("portal-admin"), "{activity}");
    world.advance(700);
    assert_eq!(portal.open(anna()).await["status"], "check_email");
    let ticket = world.ticket_sent_to(EMAIL).await;
    assert_eq!(portal.open_with_ticket(anna(), &ticket).await.body["status"], "enrol");
}

#[tokio::test(flavor = "multi_thread")]
async fn h3_h5_the_console_says_who_is_frozen_and_that_a_reset_helps() {
    let world = World::start().await;
    let (portal, _, link) = enrolled(&world, "authenticator_app").await;
    press(&world, &link).await;
    assert_eq!(admin_view(&world, &portal).await["state"], "frozen");
    let console = Browser::new(&world);
    let session = world.session.lock().unwrap().clone();
    console.cookies.lock().unwrap().insert("__Host-console".to_owned(), session);
    let page = console.open(&world.user_page(&portal.id, "anna").await).await;
    for words in ["frozen", "check who asks, then reset the user", "Sign-in is stopped"] {
        assert!(page.says(words), "{words}: {}", page.text);
    }
}
