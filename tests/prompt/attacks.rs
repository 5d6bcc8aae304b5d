//! Attacks of a stranger on a prompt.

use super::at_the_prompt;
use crate::harness::{Browser, World, anna, other_than, prompt, query};
use serde_json::json;

#[tokio::test(flavor = "multi_thread")]
async fn s22_a_stolen_prompt_url_opens_in_no_second_browser() {
    let world = World::start().await;
    let (portal, sign_in, secret) = at_the_prompt(&world).await;
    let (owner, thief) = (Browser::new(&world), Browser::new(&world));
    let at = prompt(&sign_in);
    let form = owner.open(&at).await.form();
    let code = world.totp(&secret);
    for page in [
        thief.open(&at).await,
        thief.open(&format!("{at}/enrolment")).await,
        thief.post(&format!("{at}/verify"), &[("form", &form), ("code", &code)]).await,
        thief.post(&format!("{at}/skip"), &[("form", &form)]).await,
    ] {
        assert_eq!(page.status, 403);
        assert!(page.says("belongs to another browser"), "{}", page.text);
        assert!(!page.says("name=\"form\""), "no form is shown to him");
    }
    // The code was not judged: it still lets the owner in.
    let back = owner.submit(&at, &format!("{at}/verify"), &[("code", &code)]).await;
    let code = query(&back.location.unwrap(), "result_code").unwrap();
    // And a browser that is not the owner's is never sent back with the result.
    assert_eq!(thief.open(&at).await.status, 403);
    assert_eq!(portal.redeem(&sign_in, &code).await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn s22_a_prompt_planted_on_a_victim_signs_nobody_in() {
    let world = World::start().await;
    let portal = world.portal("always_on");
    let site = format!("/demo/{}", portal.id);
    let begin = [("name", "client"), ("password", "password"), ("event", "login")];
    // The attacker knows the password, and plants the prompt on the victim, who even enters the
    // code.
    let (attacker, victim) = (Browser::new(&world), Browser::new(&world));
    let planted = attacker.post(&site, &begin).await.location.unwrap();
    let send = format!("{planted}/challenge");
    victim.submit(&planted, &send, &[("method", "email")]).await;
    let code = world.code_sent_to("client@example.co.nz").await;
    let back = victim.submit(&planted, &format!("{planted}/verify"), &[("code", &code)]).await;
    let back = back.location.unwrap();
    // The victim's browser has begun nothing at the portal; the attacker's never sees the result.
    let refused = victim.get(&back).await;
    assert_eq!((refused.status, refused.says("not begun in this browser")), (403, true));
    assert_eq!(attacker.open(&planted).await.status, 403);
    // With the result code of his own victim in hand he could go on; with another state he cannot.
    let forged = back.replace(&query(&back, "state").unwrap(), "another-state-entirely");
    assert_eq!(attacker.get(&forged).await.status, 403);
}

#[tokio::test(flavor = "multi_thread")]
async fn s22_a_form_that_the_prompt_did_not_make_is_refused_and_judges_nothing() {
    let world = World::start().await;
    let (portal, sign_in, secret) = at_the_prompt(&world).await;
    let other = portal.open_prompt(anna()).await;
    let browser = Browser::new(&world);
    let foreign = browser.open(&prompt(&other)).await.form();
    let at = prompt(&sign_in);
    browser.open(&at).await;
    let right = world.totp(&secret);
    let wrong = other_than(&right);
    let made_up = "A".repeat(22);
    for fields in [
        vec![("code", wrong.as_str())],
        vec![("form", made_up.as_str()), ("code", &wrong)],
        vec![("form", foreign.as_str()), ("code", &wrong)],
    ] {
        let page = browser.post(&format!("{at}/verify"), &fields).await;
        assert_eq!(page.status, 403, "{}", page.text);
        assert!(
            page.says("does not come from this page") || page.says("was not made by this page")
        );
    }
    let form = browser.open(&at).await.form();
    for fields in [
        vec![("form", form.as_str())],
        vec![("form", form.as_str()), ("code", &wrong), ("code", &wrong)],
        vec![("form", form.as_str()), ("code", &wrong), ("admin", "1")],
    ] {
        assert_eq!(browser.post(&format!("{at}/verify"), &fields).await.status, 400);
    }
    let activity = portal.get("/v1/user/activity?id=anna").await.body;
    let wrong = activity.as_array().unwrap().iter().filter(|e| e["event"] == "code_wrong");
    assert_eq!(wrong.count(), 0, "{activity}");
    let back = browser.submit(&at, &format!("{at}/verify"), &[("code", &right)]).await;
    assert!(back.location.unwrap().contains("result_code="));
}

#[tokio::test(flavor = "multi_thread")]
async fn s22_a_replayed_form_judges_nothing_twice() {
    let world = World::start().await;
    let (portal, sign_in, secret) = at_the_prompt(&world).await;
    let (browser, at) = (Browser::new(&world), prompt(&sign_in));
    let form = browser.open(&at).await.form();
    let code = world.totp(&secret);
    let fields = [("form", form.as_str()), ("code", code.as_str())];
    let first = browser.post(&format!("{at}/verify"), &fields).await;
    let replayed = browser.post(&format!("{at}/verify"), &fields).await;
    assert_eq!((first.status, replayed.status), (303, 303));
    assert_eq!(replayed.location.unwrap(), format!("{at}?problem=sign-in-done"));
    let activity = portal.get("/v1/user/activity?id=anna").await.body;
    let judged = activity.as_array().unwrap().iter();
    let judged = judged.filter(|e| e["event"] == "code_accepted" || e["event"] == "code_reused");
    assert_eq!(judged.count(), 2, "the enrolment's and this one: {activity}");
    assert!(browser.get(&at).await.location.unwrap().contains("result_code="));
}

#[tokio::test(flavor = "multi_thread")]
async fn s22_two_tabs_with_two_sign_ins_do_not_disturb_each_other() {
    let world = World::start().await;
    let (portal, one, secret) = at_the_prompt(&world).await;
    let two = portal.open_prompt(anna()).await;
    let browser = Browser::new(&world);
    browser.open(&prompt(&one)).await;
    browser.open(&prompt(&two)).await;
    assert_eq!(browser.cookies.lock().unwrap().len(), 2);
    for sign_in in [&one, &two] {
        let (at, code) = (prompt(sign_in), world.totp(&secret));
        let back = browser.submit(&at, &format!("{at}/verify"), &[("code", &code)]).await;
        let code = query(&back.location.unwrap(), "result_code").unwrap();
        assert_eq!(portal.redeem(sign_in, &code).await.status, 200);
        world.advance(30);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn s22_browsers_go_back_to_registered_addresses_only() {
    let world = World::start().await;
    let portal = world.portal("authenticator_app");
    let good = portal.return_url();
    for foreign in [
        "https://evil.example/".to_owned(),
        format!("{good}/"),
        format!("{good}?x=1"),
        format!("{good}#x"),
        good.to_uppercase(),
        good.replace("127.0.0.1", "127.0.0.1@evil.example"),
        "javascript:alert(1)".to_owned(),
        String::new(),
    ] {
        let refused = portal.try_open_prompt(anna(), &foreign).await;
        assert_eq!(refused.problem(), (422, "return_url_refused"), "{foreign}");
    }
    assert_eq!(portal.get("/v1/user?id=anna").await.status, 404, "nothing was opened");

    // An address that is taken away meanwhile is not gone to.
    let sign_in = portal.open_prompt(anna()).await;
    let saved = world.change_profile(&portal.id, |p| p["return_urls"] = json!([])).await;
    assert_eq!(saved.status, 200, "{:?}", saved.body);
    let page = Browser::new(&world).open(&prompt(&sign_in)).await;
    assert_eq!((page.status, page.says("/back?")), (200, false), "{}", page.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn s14_s22_every_page_keeps_scripts_frames_caches_and_referrers_out() {
    let world = World::start().await;
    let portal = world.portal("sms_enrolment_opt_out");
    let user = json!({ "id": "<b>", "display_name": "<script>alert(1)</script>", "locale": "en" });
    let sign_in = portal.open_prompt(user).await;
    let (browser, at) = (Browser::new(&world), prompt(&sign_in));
    let first = browser.get(&at).await;
    let form = browser.open(&at).await.form();
    let typed = "\"><script>alert(1)</script>";
    let fields = [("form", form.as_str()), ("method", "sms"), ("phone", typed)];
    let pages = [
        first,
        browser.open(&at).await,
        browser.open(&format!("{at}?problem=<script>alert(1)</script>")).await,
        browser.get(&format!("{at}/enrolment?problem=malformed-phone")).await,
        browser.post(&format!("{at}/enrolment"), &fields).await,
        browser.get("/prompt/si_nobody_AAAA").await,
        Browser::new(&world).get(&at).await,
    ];
    for page in pages {
        let policy = &page.headers["content-security-policy"];
        for rule in [
            "default-src 'none'",
            "style-src 'self';",
            "script-src 'self';",
            "frame-ancestors 'none'",
            "base-uri 'none'",
            "form-action 'self'",
        ] {
            assert!(policy.contains(rule), "{policy}");
        }
        assert!(!policy.contains("unsafe"), "{policy}");
        assert_eq!(page.headers["cache-control"], "no-store");
        assert_eq!(page.headers["referrer-policy"], "no-referrer");
        assert_eq!(page.headers["x-frame-options"], "DENY");
        assert_eq!(page.headers["x-content-type-options"], "nosniff");
        assert!(!page.says("<script>alert"), "{}", page.text);
        assert!(!page.says(" style=") && !page.says("<style"), "no styles of its own");
    }
    let cookie = browser.cookies.lock().unwrap().keys().next().unwrap().clone();
    assert!(cookie.starts_with("__Host-prompt-"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_cookie_is_for_this_browser_this_service_and_the_time_of_the_sign_in() {
    let world = World::start().await;
    let portal = world.portal("always_on");
    let sign_in = portal.open_prompt(anna()).await;
    let first = Browser::new(&world).get(&prompt(&sign_in)).await;
    let cookie = &first.headers["set-cookie"];
    let (value, attributes) = cookie.split_once("; ").unwrap();
    assert_eq!(attributes, "Path=/; Max-Age=900; Secure; HttpOnly; SameSite=Lax");
    assert_eq!(value.split_once('=').unwrap().1.len(), 22, "128 bits");
    // It is nowhere in the table, and neither is what forms and results carry.
    let item = world.raw_user(&portal.id, "anna").await;
    assert!(!item.contains(value.split_once('=').unwrap().1));
}

#[tokio::test(flavor = "multi_thread")]
async fn wrong_codes_at_the_prompt_count_as_anywhere_else() {
    let world = World::start().await;
    let (portal, sign_in, secret) = at_the_prompt(&world).await;
    let (browser, at) = (Browser::new(&world), prompt(&sign_in));
    let wrong = other_than(&world.totp(&secret));
    for left in [4, 3, 2] {
        let page = browser.submit(&at, &format!("{at}/verify"), &[("code", &wrong)]).await;
        assert!(page.says("That code was not accepted"), "{}", page.text);
        assert!(page.says(&format!("{left} tries are left.")), "{}", page.text);
    }
    // The same budget through the API.
    assert_eq!(portal.verify(&sign_in, &wrong).await.body["attempts_left"], 1);
    let dead = browser.submit(&at, &format!("{at}/verify"), &[("code", &wrong)]).await;
    assert!(dead.says("this sign-in has ended"), "{}", dead.text);
    assert!(dead.says("error=dead"), "the way back: {}", dead.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn s18_a_table_that_does_not_answer_lets_nobody_in_and_says_so() {
    let world = World::start().await;
    let (portal, sign_in, secret) = at_the_prompt(&world).await;
    let (browser, at) = (Browser::new(&world), prompt(&sign_in));
    let form = browser.open(&at).await.form();
    let code = world.totp(&secret);
    for operation in ["BatchGetItem", "PutItem"] {
        world.aws.break_calls(operation, 0, 3);
        let fields = [("form", form.as_str()), ("code", code.as_str())];
        let page = browser.post(&format!("{at}/verify"), &fields).await;
        assert_eq!(page.status, 503, "{operation}");
        assert!(page.says("cannot answer right now") && page.says("Try again"), "{}", page.text);
    }
    let back = browser.submit(&at, &format!("{at}/verify"), &[("code", &code)]).await;
    let code = query(&back.location.unwrap(), "result_code").unwrap();
    assert_eq!(portal.redeem(&sign_in, &code).await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn s44_v9_programs_that_look_ahead_of_a_person_open_no_prompt() {
    let world = World::start().await;
    let portal = world.portal("always_on");
    let sign_in = portal.open_prompt(anna()).await;
    let (at, before) = (prompt(&sign_in), world.raw_user(&portal.id, "anna").await);
    world.aws.reset();
    for path in [at.clone(), format!("{at}/enrolment")] {
        for (method, header, value) in [
            ("HEAD", "accept", "*/*"),
            ("GET", "sec-purpose", "prefetch"),
            ("GET", "sec-purpose", "prefetch;prerender"),
            ("GET", "purpose", "prefetch"),
            ("GET", "x-moz", "prefetch"),
        ] {
            let looked = portal.http.request(method.parse().unwrap(), world.url(&path));
            let looked = looked.header(header, value).send().await.unwrap();
            assert_eq!(looked.status(), 204, "{method} {header}: {value}");
            assert!(looked.headers().get("set-cookie").is_none(), "{method} {header}: {value}");
        }
    }
    assert_eq!(world.aws.count(), 0, "nothing was read or written");
    assert_eq!(world.raw_user(&portal.id, "anna").await, before);
    assert!(
        Browser::new(&world).open(&at).await.says("name=\"form\""),
        "the person's own comes in"
    );
}
