//! Trusted browsers as everybody sees them, and as everybody ends them.

use super::*;
use crate::{
    console::{operator, signed_in},
    harness::{Browser, on_user, prompt, user_path},
};

const AGENT: &str = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like \
                     Gecko) Chrome/140.0.0.0 Safari/537.36";
const DAYS: i64 = 30 * 86_400;

/// The portal of [`portal`] that remembers browsers for thirty days, and Anna's app.
async fn remembering(world: &World) -> (Portal, String) {
    let portal = portal(world).await;
    let remember = |policy: &mut Value| {
        policy["remember_browser"] = json!({ "days": 30, "earned_by": "any" });
    };
    world.change_policy(&portal, remember).await;
    let secret = portal.enrol_app(world, anna()).await;
    (portal, secret)
}

/// Opens a sign-in from Chrome on Windows, in a browser that keeps this token.
async fn open_with(portal: &Portal, token: Option<&str>) -> Value {
    let mut body = json!({
        "user": anna(), "event": "login", "nonce": fresh_nonce(),
        "context": { "user_agent": AGENT, "ip": "203.0.113.7" },
    });
    if let Some(token) = token {
        body["browser_token"] = json!(token);
    }
    let opened = portal.post("/v1/sign-ins", body).await;
    assert_eq!(opened.status, 201, "{:?}", opened.body);
    opened.body
}

fn token(answer: &Value) -> String {
    answer["browser_token"].as_str().unwrap().to_owned()
}

async fn trust(world: &World, portal: &Portal, secret: &str) -> String {
    world.advance(60);
    let sign_in = open_with(portal, None).await;
    let body = json!({ "code": world.totp(secret), "remember_browser": true });
    let done = portal.act(&sign_in, "verify", body).await;
    assert_eq!((done.status, &done.body["status"]), (200, &json!("allowed")));
    token(&done.body)
}

/// Returns the reason of a sign-in that is opened with this token, and the token after it.
async fn comes_back(portal: &Portal, token: &mut String) -> String {
    let opened = open_with(portal, Some(token)).await;
    if let Some(next) = opened["browser_token"].as_str() {
        *token = next.to_owned();
    }
    opened["reason"].as_str().unwrap().to_owned()
}

async fn read(portal: &Portal) -> Value {
    portal.get("/v1/user?id=anna").await.body["trusted_browsers"].clone()
}

async fn detail(world: &World, portal: &Portal) -> Value {
    world.admin_ok("GET", &format!("/v1/admin/portals/{}/user?id=anna", portal.id), None).await
}

#[tokio::test(flavor = "multi_thread")]
async fn t2_the_portal_and_admins_see_each_trusted_browser_by_its_name_and_nothing_that_opens_it() {
    let world = World::start().await;
    let (portal, secret) = remembering(&world).await;
    assert_eq!(read(&portal).await, json!([]));
    let detail_before = detail(&world, &portal).await;
    assert_eq!(detail_before["trusted_browsers"], json!([]));
    assert_eq!(detail_before["next_sign_in"]["in_trusted_browser"], json!(null));

    let mut kept = trust(&world, &portal, &secret).await;
    let since = world.now().unix();
    let listed = read(&portal).await;
    let id = listed[0]["id"].clone();
    let wanted = json!([{
        "id": id, "label": "Chrome on Windows", "since": since, "until": since + DAYS,
    }]);
    assert_eq!(listed, wanted);
    let seen = detail(&world, &portal).await;
    assert_eq!(seen["trusted_browsers"], wanted);
    let next = &seen["next_sign_in"];
    assert_eq!(next["status"], "challenge", "in any other browser");
    assert_eq!(next["in_trusted_browser"], "The user is in a trusted browser and is not asked.");

    world.advance(86_400);
    assert_eq!(comes_back(&portal, &mut kept).await, "trusted_browser");
    assert_eq!(read(&portal).await, wanted, "using it moves nothing");
    let shown = format!("{seen} {}", read(&portal).await);
    assert!(!shown.contains(&kept) && !shown.contains(&kept[8..]), "{shown}");
    world.advance(DAYS - 86_400);
    assert_eq!(read(&portal).await, json!([]), "its days are over");
}

#[tokio::test(flavor = "multi_thread")]
async fn t2_users_end_trust_in_their_settings_and_are_asked_again_in_that_browser() {
    let world = World::start().await;
    let (portal, secret) = remembering(&world).await;
    let mut first = trust(&world, &portal, &secret).await;
    let mut second = trust(&world, &portal, &secret).await;
    let settings = prove(&world, &portal, &secret).await;
    let listed = settings["settings"]["trusted_browsers"].clone();
    assert_eq!(listed, read(&portal).await);
    assert_eq!(listed.as_array().unwrap().len(), 2);
    let links = settings["links"].as_array().unwrap();
    let ends: Vec<&Value> =
        links.iter().filter(|link| link["body"]["change"] == "end_trust").collect();
    let labels: Vec<&str> = ends.iter().map(|link| link["label"].as_str().unwrap()).collect();
    let one = "Stop trusting Chrome on Windows";
    assert_eq!(labels, [one, one, "Stop trusting all browsers"]);
    assert_eq!(ends[0]["body"]["browser"], listed[0]["id"]);
    assert_eq!(ends[2]["body"], json!({ "change": "end_trust" }));

    for (body, why) in [
        (json!({ "change": "end_trust", "browser": "" }), "no id is not all of them"),
        (json!({ "change": "end_trust", "browser": "x" }), "no id"),
        (json!({ "change": "end_trust", "name": "Mine" }), "not alone"),
        (json!({ "change": "unset_default", "browser": listed[0]["id"] }), "another change"),
    ] {
        let refused = portal.act(&settings, "settings", body).await;
        assert_eq!(refused.problem(), (400, "bad_request"), "{why}");
        assert_eq!(read(&portal).await, listed, "{why}");
    }

    let ended = portal.act(&settings, "settings", ends[0]["body"].clone()).await;
    assert_eq!(ended.status, 200, "{:?}", ended.body);
    assert_eq!(ended.body["settings"]["trusted_browsers"], json!([listed[1]]));
    assert_eq!(claims(&portal, &ended.body).await["changed"], json!(["trust_ended"]));
    assert_eq!(comes_back(&portal, &mut first).await, "usable", "it is asked");
    assert_eq!(comes_back(&portal, &mut second).await, "trusted_browser");

    let all = portal.act(&settings, "settings", ends[2]["body"].clone()).await;
    assert_eq!(all.body["settings"]["trusted_browsers"], json!([]));
    assert_eq!(comes_back(&portal, &mut second).await, "usable");
    assert_eq!(bound(&portal).await.len(), 1, "what is bound stays");
}

#[tokio::test(flavor = "multi_thread")]
async fn t2_the_portal_ends_trust_in_one_browser_or_in_all_of_them() {
    let world = World::start().await;
    let (portal, secret) = remembering(&world).await;
    let holder = async |scope: &str| {
        let keys = format!("/v1/admin/portals/{}/keys", portal.id);
        let made = world.admin_ok("POST", &keys, Some(json!({ "scopes": [scope] }))).await;
        Portal { key: made["api_key"].as_str().unwrap().to_owned(), ..portal.clone() }
    };
    let (resets, contacts) = (holder("reset").await, holder("contacts").await);
    let mut first = trust(&world, &portal, &secret).await;
    let mut second = trust(&world, &portal, &secret).await;
    let path = user_path("/v1/user/trusted-browsers", "anna");
    let listed = read(&portal).await;
    let id = listed[0]["id"].as_str().unwrap();
    for (query, why) in [
        (format!("{path}&browser="), "no id is not all of them"),
        (format!("{path}&browser=x"), "no id"),
        (format!("{path}&browser={id}&browser={id}"), "two"),
        (format!("{path}&id=ben"), "two users"),
        (format!("{path}&all=true"), "unknown"),
        ("/v1/user/trusted-browsers".to_owned(), "nobody"),
    ] {
        let refused = resets.send("DELETE", &query, None).await;
        assert_eq!(refused.problem(), (400, "bad_request"), "{why}");
    }
    let refused = contacts.send("DELETE", &path, None).await;
    assert_eq!(refused.problem(), (403, "scope"));
    let nobody = user_path("/v1/user/trusted-browsers", "nobody");
    assert_eq!(resets.send("DELETE", &nobody, None).await.problem(), (404, "user_unknown"));
    assert_eq!(read(&portal).await, listed, "nothing was ended");

    let one = format!("{path}&browser={id}");
    let ended = resets.send("DELETE", &one, None).await;
    assert_eq!((ended.status, &ended.body["trusted_browsers"]), (200, &json!([listed[1]])));
    let raw = world.raw_user(&portal.id, "anna").await;
    let again = resets.send("DELETE", &one, None).await;
    assert_eq!((again.status, &again.body), (200, &ended.body));
    assert_eq!(world.raw_user(&portal.id, "anna").await, raw, "nothing is written for nothing");
    assert_eq!(comes_back(&portal, &mut first).await, "usable");
    assert_eq!(comes_back(&portal, &mut second).await, "trusted_browser");
    let all = resets.send("DELETE", &path, None).await;
    assert_eq!((all.status, &all.body["trusted_browsers"]), (200, &json!([])));
    assert_eq!(comes_back(&portal, &mut second).await, "usable");
    world.running.stream_is_delivered().await;
    assert_eq!(world.notices("trusted", 0).await, [""; 0], "nobody gains anything by it");
}

#[tokio::test(flavor = "multi_thread")]
async fn t2_admins_end_trust_for_a_reason_by_the_call_and_in_the_console() {
    let world = World::start().await;
    let (portal, secret) = remembering(&world).await;
    let mut first = trust(&world, &portal, &secret).await;
    let mut second = trust(&world, &portal, &secret).await;
    let path = format!("/v1/admin/portals/{}/user/end-trust", portal.id);
    let listed = read(&portal).await;
    let of = |browser: &Value| {
        let mut body = on_user("anna", "stolen laptop").unwrap();
        body["browser"] = browser.clone();
        body
    };
    let mut unsaid = of(&listed[0]["id"]);
    unsaid["confirm"] = json!(false);
    for body in [unsaid, of(&json!("x")), of(&json!(""))] {
        let refused = world.admin("POST", &path, None, Some(body)).await;
        assert_eq!(refused.problem(), (400, "bad_request"));
    }
    assert_eq!(read(&portal).await, listed);
    for changed in [true, false] {
        let done = world.admin_ok("POST", &path, Some(of(&listed[0]["id"]))).await;
        assert_eq!(done, json!({ "changed": changed }));
    }
    assert_eq!(comes_back(&portal, &mut first).await, "usable");
    let seen = detail(&world, &portal).await;
    assert_eq!(seen["activity"][0]["event"], "trust_ended");

    let browser = signed_in(&world, &operator(&world)).await;
    let page = world.user_page(&portal.id, "anna").await;
    let shown = browser.get(&page).await;
    for words in ["Chrome on Windows", "In the trusted browsers below, the user is not asked."] {
        assert!(shown.says(words), "{words}: {}", shown.text);
    }
    let dialog = format!("{page}/end-trust");
    let asked = browser.get(&dialog).await;
    assert!(asked.says("All of them") && asked.says("Chrome on Windows"), "{}", asked.text);
    let fields = |which| [("browser", which), ("reason", "stolen laptop"), ("confirm", "true")];
    let refused = browser.submit(&dialog, &dialog, &fields("some")).await;
    assert_eq!(refused.status, 400, "{}", refused.text);
    assert_eq!(comes_back(&portal, &mut second).await, "trusted_browser");
    let ended = browser.submit(&dialog, &dialog, &fields("all")).await;
    assert_eq!(ended.location, Some(page.clone()), "{}", ended.text);
    assert_eq!(comes_back(&portal, &mut second).await, "usable");
    assert!(!browser.get(&page).await.says("Chrome on Windows, since"));
}

#[tokio::test(flavor = "multi_thread")]
async fn t2_for_a_whole_portal_trust_ends_at_once_and_is_earned_again() {
    let world = World::start().await;
    let (portal, secret) = remembering(&world).await;
    let mut kept = trust(&world, &portal, &secret).await;
    world.advance(60);
    assert_eq!(comes_back(&portal, &mut kept).await, "trusted_browser");
    let before = world.raw_user(&portal.id, "anna").await;
    let browser = signed_in(&world, &operator(&world)).await;
    let policy = format!("/console/portals/{}/policy", portal.id);
    let dialog = format!("/console/portals/{}/end-trust", portal.id);
    let shown = browser.get(&policy).await;
    assert!(shown.says("Stop trusting all browsers") && shown.says(&dialog), "{}", shown.text);
    let done = browser.submit(&dialog, &dialog, &[("confirm", "true")]).await;
    assert_eq!(done.location, Some(policy.clone()), "{}", done.text);
    assert_eq!(world.raw_user(&portal.id, "anna").await, before, "one write, of the portal");
    assert_eq!(read(&portal).await, json!([]));
    assert_eq!(comes_back(&portal, &mut kept).await, "usable");
    assert!(browser.get(&policy).await.says("Trust in all of them last ended"));

    let mut kept = trust(&world, &portal, &secret).await;
    assert_eq!(read(&portal).await.as_array().unwrap().len(), 1);
    assert_eq!(comes_back(&portal, &mut kept).await, "trusted_browser");
}

#[tokio::test(flavor = "multi_thread")]
async fn t2_the_hosted_settings_name_each_trusted_browser_and_end_trust_by_a_button() {
    let world = World::start().await;
    let (portal, secret) = remembering(&world).await;
    let mut first = trust(&world, &portal, &secret).await;
    let mut second = trust(&world, &portal, &secret).await;
    let id = read(&portal).await[0]["id"].as_str().unwrap().to_owned();
    world.advance(60);
    let opened = json!({
        "user": anna(), "event": "manage", "nonce": fresh_nonce(),
        "return_url": portal.return_url(),
    });
    let opened = portal.post("/v1/sign-ins", opened).await.body;
    let (browser, at) = (Browser::new(&world), prompt(&opened));
    let (verify, change) = (format!("{at}/verify"), format!("{at}/settings"));
    let settings = browser.submit(&at, &verify, &[("code", &world.totp(&secret))]).await;
    for words in ["Trusted browsers", "Chrome on Windows", "Stop trusting all browsers"] {
        assert!(settings.says(words), "{words}: {}", settings.text);
    }
    let one = [("change", "end_trust"), ("browser", id.as_str())];
    let ended = browser.submit(&at, &change, &one).await;
    assert!(ended.says("You will be asked there again."), "{}", ended.text);
    assert!(!ended.says("Stop trusting all browsers"), "there is one left");
    assert_eq!(comes_back(&portal, &mut first).await, "usable");
    assert_eq!(comes_back(&portal, &mut second).await, "trusted_browser");
    let ended = browser.submit(&at, &change, &[("change", "end_trust")]).await;
    assert!(!ended.says("Chrome on Windows"), "{}", ended.text);
    assert_eq!(comes_back(&portal, &mut second).await, "usable");
}
