//! S36: somebody with the leaked password. Limits that keep strangers out never keep the user out
//! on a browser that got in before.

use crate::harness::{Browser, Portal, World, anna, fresh_nonce, other_than, prompt, query};
use serde_json::{Value, json};

/// Opens a sign-in in a browser that brings its token.
async fn open_known(portal: &Portal, token: &str) -> Value {
    let body = json!({
        "user": anna(), "event": "login", "nonce": fresh_nonce(), "browser_token": token,
    });
    let opened = portal.post("/v1/sign-ins", body).await;
    assert_eq!(opened.status, 201, "{:?}", opened.body);
    opened.body
}

/// Signs the user in, in a known browser, and returns its next token.
async fn gets_in(world: &World, portal: &Portal, token: &str, secret: &str) -> String {
    world.advance(30);
    let sign_in = open_known(portal, token).await;
    let verified = portal.verify(&sign_in, &world.totp(secret)).await;
    assert_eq!(verified.status, 200, "{:?}", verified.body);
    verified.body["browser_token"].as_str().unwrap().to_owned()
}

/// Returns a portal, and a user with an app and a known browser.
async fn with_known_browser(world: &World) -> (Portal, String, String) {
    let portal = world.portal("authenticator_app");
    let secret = portal.enrol_app(world, anna()).await;
    let sign_in = portal.open(anna()).await;
    let verified = portal.verify(&sign_in, &world.totp(&secret)).await;
    let token = verified.body["browser_token"].as_str().unwrap().to_owned();
    (portal, secret, token)
}

/// Guesses wrongly as often as anybody lets a stranger, and returns how often that is.
async fn guess(world: &World, portal: &Portal, secret: &str, tries: usize) -> usize {
    let mut judged = 0;
    for _ in 0..tries {
        let opened = portal.try_open(anna()).await;
        if opened.status == 201 {
            let wrong = other_than(&world.totp(secret));
            let answer = portal.verify(&opened.body, &wrong).await;
            judged += usize::from(answer.problem().1 == "code_wrong");
        }
        world.advance(3_600);
    }
    judged
}

#[tokio::test(flavor = "multi_thread")]
async fn s36_strangers_with_the_password_open_and_guess_and_the_user_gets_in_throughout() {
    let world = World::start().await;
    let (portal, secret, mut token) = with_known_browser(&world).await;
    // Five opens close none of the known browser's, and thirty use up the strangers' hour alone.
    let waiting = open_known(&portal, &token).await;
    for _ in 0..5 {
        portal.open(anna()).await;
    }
    assert_eq!(portal.look(&waiting).await.status, 200);
    let refused = {
        let mut refused = 0;
        for _ in 0..25 {
            refused += usize::from(portal.try_open(anna()).await.status == 429);
        }
        refused
    };
    assert!(refused >= 5, "{refused} of 30 were refused");
    token = gets_in(&world, &portal, &token, &secret).await;
    // Fifty wrong codes in 2.4 days: thirty-five at most are judged.
    let mut judged = 0;
    for _ in 0..5 {
        judged += guess(&world, &portal, &secret, 12).await;
        token = gets_in(&world, &portal, &token, &secret).await;
    }
    assert!((20..=35).contains(&judged), "{judged} were judged");
    // The strangers' way is closed, and a changed password opens it again.
    let locked = portal.try_open(anna()).await;
    assert_eq!(locked.problem(), (429, "locked"));
    let change = json!({ "at": world.now().unix(), "by": "old_password" });
    let user = json!({ "email": "testing@example.co.nz", "email_verified": true, "password_changed": change });
    assert_eq!(portal.put_user("anna", &user).await.status, 200);
    assert_eq!(portal.try_open(anna()).await.status, 201);
    // Whoever was known before is a stranger now.
    let again = open_known(&portal, &token).await;
    let activity = portal.get("/v1/user/activity?id=anna").await.body;
    assert!(activity.to_string().contains("password_changed"), "{activity}");
    world.advance(30);
    let verified = portal.verify(&again, &world.totp(&secret)).await;
    assert_eq!(verified.status, 200, "{:?}", verified.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn s36_a_token_is_worth_nothing_for_another_user_another_portal_or_after_a_reset() {
    let world = World::start().await;
    let (portal, secret, token) = with_known_browser(&world).await;
    guess(&world, &portal, &secret, 5).await;
    for _ in 0..20 {
        portal.try_open(anna()).await;
    }
    let is_known = async |portal: &Portal, user: Value, token: &str| {
        let body = json!({
            "user": user, "event": "login", "nonce": fresh_nonce(), "browser_token": token,
        });
        let opened = portal.post("/v1/sign-ins", body).await;
        assert!([201, 429].contains(&opened.status), "{:?}", opened.body);
        opened.status == 201
    };
    assert!(is_known(&portal, anna(), &token).await);
    let mut tampered = token.clone();
    let last = if tampered.ends_with('A') { "E" } else { "A" };
    tampered.replace_range(54.., last);
    let other = world.portal("authenticator_app_with_email");
    other.enrol_app(&world, anna()).await;
    for (what, wrong) in
        [("tampered", tampered), ("cut", token[..54].to_owned()), ("none", String::new())]
    {
        assert!(!is_known(&portal, anna(), &wrong).await, "{what}");
    }
    for _ in 0..21 {
        other.try_open(anna()).await;
    }
    assert!(!is_known(&other, anna(), &token).await, "another portal's");
    let actor = json!({ "id": "boss", "role": "portal_admin" });
    let reset = json!({ "actor": actor, "reason": "phone lost", "confirm": true });
    assert_eq!(portal.reset_user("anna", reset).await.status, 200);
    for _ in 0..21 {
        portal.try_open(anna()).await;
    }
    assert!(!is_known(&portal, anna(), &token).await, "from before the reset");
}

#[tokio::test(flavor = "multi_thread")]
async fn s36_at_the_prompt_the_users_browser_gets_in_while_strangers_are_locked() {
    let world = World::start().await;
    let portal = world.portal("authenticator_app");
    let secret = portal.enrol_app(&world, anna()).await;
    let (home, elsewhere) = (Browser::new(&world), Browser::new(&world));
    let sign_in = portal.open_prompt(anna()).await;
    let at = prompt(&sign_in);
    let code = world.totp(&secret);
    let back = home.submit(&at, &format!("{at}/verify"), &[("code", &code)]).await;
    assert!(back.location.unwrap().contains("result_code="));
    assert!(home.cookie("__Host-known").is_some());
    // Strangers open by the prompt and by calls, and lock their own way.
    guess(&world, &portal, &secret, 14).await;
    world.advance(-3_600);
    let theirs = portal.open_prompt(anna()).await;
    let shown = elsewhere.open(&prompt(&theirs)).await;
    assert!(shown.says("Too many codes were wrong"), "{}", shown.text);
    for _ in 0..6 {
        portal.open_prompt(anna()).await;
    }
    let sign_in = portal.open_prompt(anna()).await;
    let at = prompt(&sign_in);
    let code = world.totp(&secret);
    let back = home.submit(&at, &format!("{at}/verify"), &[("code", &code)]).await;
    let code = query(&back.location.unwrap(), "result_code").unwrap();
    assert_eq!(portal.redeem(&sign_in, &code).await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_prompt_that_nobody_opens_sends_and_counts_nothing() {
    let world = World::start().await;
    let portal = world.portal("email_enrolment");
    let sign_in = portal.open(anna()).await;
    let own = json!({ "method": "email", "email": "own@example.org" });
    assert_eq!(portal.act(&sign_in, "enrolment", own).await.status, 201);
    let code = world.code_sent_to("own@example.org").await;
    let confirmed = portal.act(&sign_in, "enrolment/confirm", json!({ "code": code })).await;
    assert_eq!(confirmed.status, 200, "{:?}", confirmed.body);
    world.advance(120);
    let before = world.sent_to("own@example.org").await.len();
    for _ in 0..40 {
        portal.open_prompt(anna()).await;
    }
    let sign_in = portal.open_prompt(anna()).await;
    assert_eq!(world.sent_to("own@example.org").await.len(), before, "nobody opened one");
    let browser = Browser::new(&world);
    let shown = browser.open(&prompt(&sign_in)).await;
    assert_eq!(shown.status, 200);
    assert!(shown.says("ow*****.org"), "{}", shown.text);
    assert_eq!(world.sent_to("own@example.org").await.len(), before + 1);
    browser.open(&prompt(&sign_in)).await;
    assert_eq!(world.sent_to("own@example.org").await.len(), before + 1, "the page again");
}
