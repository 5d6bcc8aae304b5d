//! Grace: the time that users have to set something up, once a policy requires it.

use crate::{
    console::{operator, signed_in},
    harness::{
        Browser, Pair, Portal, Reply, World, anna, on_user, prompt, query, reset_of,
        verified_claims,
    },
};
use portcullis_domain::{Day, Timestamp};
use serde_json::{Value, json};

const DAY: i64 = 86_400;

async fn give(world: &World, portal: &Portal, grace: Value) {
    let enforcement = json!({ "type": "required", "grace": grace });
    world.change_policy(portal, |policy| policy["enforcement"] = enforcement).await;
}

async fn in_grace(world: &World, grace: Value) -> Portal {
    let portal = world.portal("authenticator_app");
    give(world, &portal, grace).await;
    portal
}

async fn claims(portal: &Portal, assertion: &Value) -> Value {
    let jwks = portal.get("/.well-known/jwks.json").await.body;
    verified_claims(assertion.as_str().unwrap(), &jwks, &portal.id)
}

async fn skip(portal: &Portal) -> Reply {
    let sign_in = portal.open(anna()).await;
    portal.act(&sign_in, "skip", json!({})).await
}

fn last_day(now: Timestamp, days: u8) -> String {
    Day::of(now).plus(days).to_string()
}

#[tokio::test(flavor = "multi_thread")]
async fn g1_a_user_skips_a_few_times_with_an_assertion_that_says_so_and_then_has_to_enrol() {
    let world = World::start().await;
    let portal = in_grace(&world, json!({ "sign_ins": 2 })).await;
    let sign_in = portal.open(anna()).await;
    assert_eq!((&sign_in["status"], &sign_in["skippable"]), (&json!("enrol"), &json!(true)));
    let message = sign_in["message"].as_str().unwrap();
    assert!(message.ends_with("continue. You can skip this 2 more times."), "{message}");
    assert_eq!(sign_in["links"][0]["label"], "Skip for now");
    let skipped = portal.act(&sign_in, "skip", json!({})).await;
    assert_eq!((skipped.status, &skipped.body["reason"]), (200, &json!("grace")));
    let said = claims(&portal, &skipped.body["assertion"]).await;
    assert_eq!([&said["mfa"], &said["reason"]], [&json!("skipped"), &json!("grace")]);
    assert_eq!((&said["acr"], &said["amr"]), (&json!("urn:portcullis:acr:none"), &json!([])));
    assert_eq!(said.get("method"), None);
    assert!(skipped.body["browser_token"].is_null(), "nothing was proven");

    let once = portal.open(anna()).await;
    assert!(once["message"].as_str().unwrap().ends_with("skip this one more time."), "{once}");
    assert_eq!(portal.act(&once, "skip", json!({})).await.status, 200);
    let over = portal.open(anna()).await;
    assert_eq!((&over["status"], &over["skippable"]), (&json!("enrol"), &json!(false)));
    assert!(!over["message"].as_str().unwrap().contains("skip"), "{over}");
    assert_eq!(over["links"], json!([]));
    let refused = portal.act(&over, "skip", json!({})).await;
    assert_eq!(refused.problem(), (403, "skip_not_allowed"));

    let activity = portal.get("/v1/user/activity?id=anna").await.body;
    let kinds: Vec<&Value> =
        activity.as_array().unwrap().iter().map(|entry| &entry["event"]).collect();
    assert_eq!(kinds, ["grace_used", "grace_used"], "{activity}");
    let user = portal.get("/v1/user?id=anna").await.body;
    assert_eq!((&user["skipped"], &user["can_opt_in"]), (&json!(false), &json!(false)), "{user}");
    assert!(world.outbox().await.is_empty(), "nobody is told of what lasts a day");
}

#[tokio::test(flavor = "multi_thread")]
async fn g1_the_last_day_is_said_in_the_language_of_the_user_and_ends_at_midnight_utc() {
    let world = World::start().await;
    let last = last_day(world.now(), 3);
    let portal = in_grace(&world, json!({ "until": last })).await;
    let mut german = anna();
    german["locale"] = json!("de");
    let sign_in = portal.open(german).await;
    let message = sign_in["message"].as_str().unwrap();
    assert!(message.contains("Richten Sie es bis zum "), "{message}");
    assert!(message.ends_with("Bis dahin können Sie es überspringen."), "{message}");
    let end = Day::parse(&last).unwrap().plus(1).begins();
    world.advance(end.since(world.now()) - 1);
    assert_eq!(skip(&portal).await.status, 200, "the last second of the last day");
    let opened_before = portal.open(anna()).await;
    world.advance(1);
    let late = portal.act(&opened_before, "skip", json!({})).await;
    assert_eq!(late.problem(), (403, "skip_not_allowed"));
    assert_eq!(late.body["sign_in"]["skippable"], false);
}

#[tokio::test(flavor = "multi_thread")]
async fn g1_days_begin_with_the_first_sign_in_of_each_user() {
    let world = World::start().await;
    let portal = in_grace(&world, json!({ "days": 2 })).await;
    portal.open(anna()).await;
    world.advance(2 * DAY);
    assert_eq!(skip(&portal).await.status, 200);
    world.advance(DAY);
    assert_eq!(skip(&portal).await.problem(), (403, "skip_not_allowed"));
    let ben = portal.open(json!({ "id": "ben" })).await;
    assert_eq!(ben["skippable"], true, "each has days of their own");
}

#[tokio::test(flavor = "multi_thread")]
async fn g1_the_prompt_says_by_when_and_goes_back_with_a_result() {
    let world = World::start().await;
    let portal = in_grace(&world, json!({ "sign_ins": 3 })).await;
    let sign_in = portal.open_prompt(anna()).await;
    let (at, browser) = (prompt(&sign_in), Browser::new(&world));
    let page = browser.open(&at).await;
    assert!(page.says("You can skip this 3 more times."), "{}", page.text);
    assert!(page.says("Skip for now"), "{}", page.text);
    let back = browser.submit(&at, &format!("{at}/skip"), &[]).await;
    let code = query(&back.location.unwrap(), "result_code").unwrap();
    let redeemed = portal.redeem(&sign_in, &code).await;
    let said = claims(&portal, &redeemed.body["assertion"]).await;
    assert_eq!([&said["mfa"], &said["reason"]], [&json!("skipped"), &json!("grace")]);
    assert_eq!(browser.cookie("__Host-known"), None, "a skip makes no browser known");
}

#[tokio::test(flavor = "multi_thread")]
async fn g2_a_user_who_ever_had_something_bound_has_no_grace_even_after_a_reset_or_an_erasure() {
    let world = World::start().await;
    let portal = world.portal("authenticator_app");
    portal.enrol_app(&world, anna()).await;
    give(&world, &portal, json!({ "sign_ins": 20 })).await;
    assert_eq!(portal.open(anna()).await["status"], "challenge");
    let user = format!("/v1/admin/portals/{}/user", portal.id);
    world.admin_ok("POST", &format!("{user}/reset"), reset_of("anna", "new phone")).await;
    assert_eq!(skip(&portal).await.problem(), (403, "skip_not_allowed"));
    world.admin_ok("POST", &format!("{user}/erase"), on_user("anna", "asked for it")).await;
    assert_eq!(skip(&portal).await.problem(), (403, "skip_not_allowed"));
}

#[tokio::test(flavor = "multi_thread")]
async fn g2_nothing_that_a_portal_or_an_admin_does_gives_it_again() {
    let world = World::start().await;
    let portal = in_grace(&world, json!({ "sign_ins": 1 })).await;
    assert_eq!(skip(&portal).await.status, 200);
    let used_up = async |what: &str| {
        assert_eq!(skip(&portal).await.problem(), (403, "skip_not_allowed"), "{what}");
    };
    used_up("used").await;
    for enabled in [false, true] {
        world.change_policy(&portal, |policy| policy["enabled"] = json!(enabled)).await;
    }
    used_up("switched off and on").await;
    give(&world, &portal, json!(null)).await;
    give(&world, &portal, json!({ "sign_ins": 1 })).await;
    used_up("taken back and given again").await;
    let user = format!("/v1/admin/portals/{}/user", portal.id);
    world.admin_ok("POST", &format!("{user}/reset"), reset_of("anna", "new phone")).await;
    used_up("reset").await;
    world.admin_ok("POST", &format!("{user}/erase"), on_user("anna", "asked for it")).await;
    used_up("erased").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn g2_of_sign_ins_side_by_side_no_more_skip_than_there_are_skips() {
    let pair = Pair::start().await;
    let portals = pair.portals("authenticator_app");
    give(&pair.world, &portals[0], json!({ "sign_ins": 2 })).await;
    for round in 0..10 {
        let mut opened = vec![];
        for n in 0..3 {
            let portal = portals[n % 2].clone();
            let sign_in = portal.open(json!({ "id": format!("anna-{round}") })).await;
            assert_eq!(sign_in["skippable"], true);
            opened.push((portal, sign_in));
        }
        let skip = |(portal, sign_in): (Portal, Value)| {
            tokio::spawn(async move { portal.act(&sign_in, "skip", json!({})).await.status })
        };
        let tasks: Vec<_> = opened.into_iter().map(skip).collect();
        let mut statuses = vec![];
        for task in tasks {
            statuses.push(task.await.unwrap());
        }
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 200, 403], "round {round}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn g2_a_dry_run_counts_who_stands_without_an_authenticator_at_the_end() {
    let world = World::start().await;
    let portal = world.portal("authenticator_app");
    portal.enrol_app(&world, anna()).await;
    world.change_policy(&portal, |policy| policy["enabled"] = json!(false)).await;
    portal.open(json!({ "id": "long-gone" })).await;
    world.advance(8 * DAY);
    portal.open(json!({ "id": "ben" })).await;
    portal.open(json!({ "id": "cleo" })).await;
    portal.put_user("never-here", &json!({ "display_name": "Dora" })).await;
    let path = format!("/v1/admin/portals/{}/policy", portal.id);
    let mut wanted = world.admin("GET", &path, None, None).await.body;
    wanted["enabled"] = json!(true);
    let tried = format!("{path}?dry_run=true");
    let counted = world.admin_ok("PUT", &tried, Some(wanted.clone())).await;
    assert_eq!([&counted["nothing_set_up"], &counted["nothing_set_up_active"]], [0, 0]);
    wanted["enforcement"]["grace"] = json!({ "until": last_day(world.now(), 12) });
    let counted = world.admin_ok("PUT", &tried, Some(wanted.clone())).await;
    assert_eq!([&counted["nothing_set_up"], &counted["nothing_set_up_active"]], [4, 2]);
    let saved = world.admin("GET", &path, None, None).await;
    assert_eq!(saved.body["enforcement"]["grace"], json!(null), "a dry run saves nothing");
    let saved = world.admin("PUT", &path, saved.etag.as_deref(), Some(wanted)).await;
    assert_eq!(saved.status, 200, "{:?}", saved.body);

    let browser = signed_in(&world, &operator(&world)).await;
    let page = browser.get(&format!("/console/portals/{}/policy", portal.id)).await;
    assert!(page.says("12 days are left after today."), "{}", page.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn g1_admins_see_who_is_in_grace_until_when_and_what_the_next_sign_in_does() {
    let world = World::start().await;
    let last = last_day(world.now(), 12);
    let portal = in_grace(&world, json!({ "until": last })).await;
    portal.enrol_app(&world, anna()).await;
    portal.open(json!({ "id": "ben" })).await;
    let list = world.admin_ok("GET", &format!("/v1/admin/portals/{}/users", portal.id), None).await;
    let grace = |user: &str| {
        let users = list["users"].as_array().unwrap();
        users.iter().find(|listed| listed["id"] == user).unwrap()["grace"].clone()
    };
    assert_eq!((grace("anna"), grace("ben")), (json!(null), json!({ "until": last })));
    let path = format!("/v1/admin/portals/{}/user?id=ben", portal.id);
    let ben = world.admin_ok("GET", &path, None).await;
    assert_eq!(ben["grace"], json!({ "until": last }));
    let why = ben["next_sign_in"]["why"].as_str().unwrap();
    assert!(why.contains("may still skip"), "{why}");
    let browser = signed_in(&world, &operator(&world)).await;
    let page = browser.get(&format!("/console/portals/{}/users", portal.id)).await;
    assert!(page.says(&format!("May skip through {last}")), "{}", page.text);
    let page = browser.get(&world.user_page(&portal.id, "ben").await).await;
    assert!(page.says(&format!("May skip through {last}")), "{}", page.text);
}
