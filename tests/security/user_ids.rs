//! S29: an act on one user stays on that user, whatever characters the id has.

use crate::{
    console::{operator, signed_in},
    harness::{Browser, Page, Portal, World, on_user, reset_of, user_path},
};
use serde_json::{Value, json};

/// Characters that a path, a query, a form or a log may misread.
const ODD: [&str; 44] = [
    "#", "?", "%", "%25", "%23", "%2F", "%2e", "%00", "%u0041", "+", " ", "\\", "/", "//", "/.",
    "/..", ".", "..", "./", "../", ";", "&", "&id=ben", "=", ":", "@", "!", "$", "'", "\"", "(",
    ")", "*", ",", "<", ">", "[", "]", "{", "}", "|", "^", "`", "~",
];

/// Ids of real portals and of attackers.
const WHOLE: [&str; 28] = [
    "anna#1",
    "%61nna",
    "a?b",
    "DOMAIN\\anna",
    "a/b",
    ".",
    "..",
    "a+b",
    "a b",
    "a%20b",
    "a%2Bb",
    "urn:acme:42",
    "anna@example.com",
    "anna+tag@example.com",
    "CN=Anna,OU=Sales",
    "{\"id\":\"anna\"}",
    "anna/reset",
    "anna/../ben",
    "//evil.example/anna",
    "https://evil.example/anna",
    "user",
    "Ünïcode",
    "客户-42",
    "имя",
    "اسم",
    "e\u{301}",
    "👩‍💻",
    "ﬁ",
];

/// Returns two hundred ids: each odd text inside, before and after a name, and alone.
fn corpus() -> Vec<String> {
    let mut ids: Vec<String> = WHOLE.map(str::to_owned).into();
    for odd in ODD {
        ids.extend([
            format!("an{odd}na"),
            format!("{odd}anna"),
            format!("anna{odd}"),
            odd.to_owned(),
        ]);
    }
    ids.push("x".repeat(256));
    ids.push("é".repeat(128));
    // What differs in case alone, or in a blank at an end, is another rule's business.
    let mut folded = std::collections::HashSet::new();
    ids.retain(|id| id.trim() == id && !id.is_empty() && folded.insert(id.to_lowercase()));
    ids
}

/// Returns a portal's view of a user, whose contact record is a unique mark.
async fn organisation(world: &World, portal: &Portal, id: &str) -> (u16, Value) {
    let path = format!("/v1/admin/portals/{}/user", portal.id);
    let seen = world.admin("GET", &user_path(&path, id), None, None).await;
    (seen.status, seen.body["contact"]["organization"].clone())
}

#[tokio::test(flavor = "multi_thread")]
async fn s29_each_of_two_hundred_ids_is_read_changed_reset_unlocked_and_erased_alone() {
    let world = World::start().await;
    let portal = world.portal("sms_enrolment_opt_out");
    let ids = corpus();
    assert!(ids.len() >= 200, "{}", ids.len());
    let mark = |n: usize| json!({ "organization": format!("org-{n}") });
    for (n, id) in ids.iter().enumerate() {
        let put = portal.put_user(id, &mark(n)).await;
        assert_eq!(put.status, 200, "{id}: {:?}", put.body);
        // A skip, for what opts in again.
        let sign_in = portal.open(json!({ "id": id })).await;
        assert_eq!(portal.act(&sign_in, "skip", json!({})).await.status, 200, "{id}");
    }
    for (n, id) in ids.iter().enumerate() {
        assert_eq!(organisation(&world, &portal, id).await, (200, mark(n)["organization"].clone()));
        let user = portal.get(&user_path("/v1/user", id)).await;
        assert_eq!((user.status, &user.body["skipped"]), (200, &json!(true)), "{id}");
        let activity = portal.get(&user_path("/v1/user/activity", id)).await.body;
        assert_eq!(activity[0]["event"], "opted_out", "{id}");
    }
    // Each second one is acted on by every call; its neighbours stay as they were.
    for id in ids.iter().step_by(2) {
        let opted = portal.post("/v1/user/opt-in", json!({ "id": id, "confirm": true })).await;
        assert_eq!(opted.status, 200, "{id}: {:?}", opted.body);
        for path in ["/v1/user/default", "/v1/user/trusted-browsers"] {
            let path = user_path(path, id);
            assert_eq!(portal.send("DELETE", &path, None).await.status, 200, "{id}");
        }
        let actor = json!({ "id": "boss of all", "role": "portal_admin" });
        let reset = json!({ "actor": actor, "reason": "test", "confirm": true });
        assert_eq!(portal.reset_user(id, reset).await.status, 200, "{id}");
        for action in ["reset", "unlock", "clear-skip", "end-trust", "export"] {
            let path = format!("/v1/admin/portals/{}/user/{action}", portal.id);
            let why = if action == "reset" { reset_of(id, "test") } else { on_user(id, "test") };
            let done = world.admin("POST", &path, None, why).await;
            assert_eq!(done.status, 200, "{action} {id}: {:?}", done.body);
        }
    }
    for (n, id) in ids.iter().enumerate() {
        let user = portal.get(&user_path("/v1/user", id)).await;
        assert_eq!(user.body["skipped"], json!(n % 2 == 1), "{id}");
    }
    for (n, id) in ids.iter().enumerate().filter(|(n, _)| n % 2 == 0) {
        let erased = if n % 4 == 0 {
            portal.send("DELETE", &user_path("/v1/user", id), None).await
        } else {
            let path = format!("/v1/admin/portals/{}/user/erase", portal.id);
            world.admin("POST", &path, None, on_user(id, "test")).await
        };
        assert_eq!(erased.status, 200, "{id}: {:?}", erased.body);
    }
    for (n, id) in ids.iter().enumerate() {
        let wanted =
            if n % 2 == 0 { (404, Value::Null) } else { (200, mark(n)["organization"].clone()) };
        assert_eq!(organisation(&world, &portal, id).await, wanted, "{id}");
    }
}

async fn find(browser: &Browser, form: &str, id: &str) -> Page {
    let path = "/console/portals/sms-enrolment-opt-out/find";
    browser.post(path, &[("form", form), ("find", id)]).await
}

/// Returns the page of the user of exactly this id: others may begin with it.
async fn found(browser: &Browser, form: &str, id: &str) -> String {
    let at = find(browser, form, id).await.location.expect("it leads to the user");
    let Some((_, sealed)) = at.split_once("?found=") else { return at };
    assert!(id.len() < 8 || !sealed.contains(id), "what was typed is in no URL: {at}");
    let list = browser.get(&at).await.text;
    let escaped = |c: char| match c {
        '<' | '>' | '&' | '"' | '\'' => format!("&#{};", u32::from(c)),
        _ => c.to_string(),
    };
    let shown: String = id.chars().map(escaped).collect();
    let row = list.split("<th scope=\"row\"><a href=\"").skip(1).find(|row| {
        row.split_once("<bdi>").is_some_and(|(_, rest)| rest.starts_with(&format!("{shown}<")))
    });
    row.expect("it is among those").split('"').next().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn s29_the_console_finds_and_resets_each_user_alone_and_no_address_tells_an_id() {
    let world = World::start().await;
    let portal = world.portal("sms_enrolment_opt_out");
    let ids: Vec<String> = corpus().into_iter().step_by(7).collect();
    for id in &ids {
        assert_eq!(
            portal.put_user(id, &json!({ "organization": "acme" })).await.status,
            200,
            "{id}"
        );
    }
    let browser = signed_in(&world, &operator(&world)).await;
    let form = browser.get("/console/portals/sms-enrolment-opt-out/users").await.form();
    for id in &ids {
        let at = found(&browser, &form, id).await;
        let (_, locator) = at.rsplit_once('/').unwrap();
        let plain = |b: u8| b.is_ascii_alphanumeric() || b == b'-' || b == b'_';
        assert!(locator.len() == 22 && locator.bytes().all(plain), "{at}");
        let ask = browser.get(&format!("{at}/reset")).await;
        assert_eq!(ask.status, 200, "{id}: {}", ask.text);
        let why = [("checked_by", "other"), ("code", ""), ("reason", "test")];
        let fields = [&[("form", form.as_str()), ("confirm", "true")][..], &why].concat();
        let done = browser.post(&format!("{at}/reset"), &fields).await;
        assert_eq!(done.status, 303, "{id}: {}", done.text);
        let activity = portal.get(&user_path("/v1/user/activity", id)).await.body;
        let resets = activity.as_array().unwrap().iter().filter(|e| e["event"] == "reset");
        assert_eq!(resets.count(), 1, "{id}: each was reset once");
    }
    let nobody = find(&browser, &form, "nobody at all").await.location.unwrap();
    let empty = browser.get(&nobody).await;
    assert!(empty.status == 200 && empty.says("Nobody was found."), "{}", empty.text);
    let missing = browser.get("/console/portals/sms-enrolment-opt-out/users/none").await;
    assert_eq!(missing.status, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn s29_a_call_names_its_user_once_and_in_one_place() {
    let world = World::start().await;
    let portal = world.portal("sms_enrolment_opt_out");
    portal.put_user("a b", &json!({ "organization": "blank" })).await;
    portal.put_user("a+b", &json!({ "organization": "plus" })).await;
    world.aws.reset();
    for path in [
        "/v1/user",
        "/v1/user?",
        "/v1/user?id",
        "/v1/user?id=",
        "/v1/user?ID=a",
        "/v1/user?id=a&id=b",
        "/v1/user?id=a&id=a",
        "/v1/user?id=a&more=b",
        "/v1/user?id=a+b",
        "/v1/user?id=%FF",
        "/v1/user?id=%0a",
        "/v1/user?id=a%E2%80%AEb",
    ] {
        for method in ["GET", "DELETE"] {
            let refused = portal.send(method, path, None).await;
            assert_eq!(refused.problem(), (400, "bad_request"), "{method} {path}");
        }
    }
    let record = json!({ "id": "a b", "organization": "other" });
    let refused = portal.send("PUT", "/v1/user?id=a%20b", Some(&record)).await;
    assert_eq!(refused.problem(), (400, "bad_request"));
    let refused = portal.send("PUT", "/v1/user", Some(&json!({}))).await;
    assert_eq!(refused.problem(), (400, "bad_request"));
    assert_eq!(world.aws.count(), 0, "nothing was read or written");
    let plus = portal.get("/v1/user?id=a+b").await;
    assert!(plus.body["detail"].as_str().unwrap().contains("%2B or %20"), "{:?}", plus.body);
    assert_eq!(organisation(&world, &portal, "a b").await.1, "blank");
    assert_eq!(organisation(&world, &portal, "a+b").await.1, "plus");
}
