//! The reset of many users of a portal: one admin asks, another one approves, and each step resets
//! at most a hundred.

use super::activity::logged_of;
use crate::harness::{Admin, Fault, Portal, Reply, World, anna, reset_of};
use portcullis_domain::{Decision, Email, KnownEmail, PortalId, User, UserId, WriteId, WriteKind};
use portcullis_store::{Record as _, UserChange, UserKey};
use serde_json::{Value, json};

fn bulk(portal: &str, action: &str) -> String {
    format!("/v1/admin/portals/{portal}/bulk-reset{action}")
}

fn asked(selection: Value) -> Option<Value> {
    Some(json!({ "selection": selection, "reason": "phones were stolen", "confirm": true }))
}

fn named(id: &Value) -> Option<Value> {
    Some(json!({ "id": id, "confirm": true }))
}

async fn step(world: &World, by: &Admin, portal: &str, id: &Value, cursor: &Value) -> Reply {
    let path = format!("/v1/admin/portals/{portal}/user/bulk-reset");
    world.by(by, "POST", &path, Some(json!({ "id": id, "cursor": cursor }))).await
}

/// A deployment with two technicians of one portal, who were there before anything was asked for.
async fn two_admins() -> (World, Portal, Admin, Admin) {
    let world = World::start().await;
    let portal = world.portal("authenticator_app");
    let role = json!({ "role": "technician", "portals": [portal.id, "managed"] });
    let asks = world.make_admin("asks", role.clone()).await;
    let approves = world.make_admin("approves", role).await;
    world.advance(60);
    (world, portal, asks, approves)
}

/// Asks for a bulk reset and has it approved; returns its id.
async fn begun(
    world: &World,
    portal: &Portal,
    (asks, approves): (&Admin, &Admin),
    selection: Value,
) -> Value {
    let made = world.by(asks, "POST", &bulk(&portal.id, ""), asked(selection)).await;
    assert_eq!((made.status, &made.body["stage"]), (201, &json!("asked")), "{:?}", made.body);
    let id = made.body["id"].clone();
    let approved = world.by(approves, "POST", &bulk(&portal.id, "/approve"), named(&id)).await;
    assert_eq!(approved.status, 200, "{:?}", approved.body);
    assert_eq!(approved.body["stage"], "begun");
    id
}

/// Puts users into the table, each with an address but for some.
pub(crate) async fn fill(
    world: &World,
    portal: &Portal,
    users: usize,
    without_address: usize,
    change: impl Fn(&mut User),
) -> Vec<UserKey> {
    let (context, _) = world.function().await;
    let keyring = context.keyring().await.unwrap();
    let id = PortalId::parse(&portal.id).unwrap();
    let (store, mut keys) = (&world.running.store, vec![]);
    for n in 0..users {
        let name = UserId::parse(&format!("u{n}")).unwrap();
        let mut user = User::new(id.clone(), name.clone());
        change(&mut user);
        let address = Email::parse(&format!("u{n}@example.com")).unwrap();
        let email = KnownEmail { address, verified: true };
        user.contact.email = (n >= without_address).then_some(email);
        let key = UserKey { portal: id.clone(), locator: keyring.locator(&id, &name) };
        let before = key.read(store).await.unwrap();
        let change = Decision::write(user, vec![], WriteKind::Contact, ()).change.unwrap();
        let mut write = [0; WriteId::LEN];
        write[..8].copy_from_slice(&n.to_be_bytes());
        let change = UserChange { change, key: None };
        key.write(store, &before, change, WriteId::new(write)).await.unwrap();
        keys.push(key);
    }
    keys
}

/// The same, of users whom only a reset helps.
async fn disabled(world: &World, portal: &Portal, users: usize, without: usize) -> Vec<UserKey> {
    let now = world.now();
    fill(world, portal, users, without, |user| user.disabled_at = Some(now)).await
}

/// Returns the users of a portal as they lie in the table.
pub(super) async fn users_of(world: &World, portal: &Portal) -> Vec<(String, String)> {
    let start = format!("USER#{}#", portal.id);
    let mut items = world.raw_items().await;
    items.retain(|(pk, _)| pk.starts_with(&start));
    items.sort();
    items
}

/// Returns the users of the large portal: `CROWD=5000` takes minutes, because the embedded engine
/// looks through its stream with every write.
fn crowd() -> usize {
    std::env::var("CROWD").map_or(500, |users| users.parse().expect("a number of users"))
}

#[tokio::test(flavor = "multi_thread")]
async fn very_many_users_are_reset_in_steps_of_a_hundred_each_of_them_once() {
    let users = crowd();
    let (world, portal, asks, approves) = two_admins().await;
    let keys = disabled(&world, &portal, users, 3).await;
    let everyone = json!({ "selection": {} });
    let counted = world.by(&asks, "POST", &bulk(&portal.id, "/count"), Some(everyone)).await;
    assert_eq!(counted.body["to_reset"], users - 3, "{:?}", counted.body);
    assert_eq!(counted.body["by_state"], json!([{ "state": "disabled", "users": users }]));
    let mut left_out: Vec<&str> = counted.body["no_link_users"]
        .as_array()
        .unwrap()
        .iter()
        .map(|u| u.as_str().unwrap())
        .collect();
    left_out.sort_unstable();
    assert_eq!((left_out, &counted.body["no_link"]), (vec!["u0", "u1", "u2"], &json!(3)));
    let id = begun(&world, &portal, (&asks, &approves), json!({})).await;
    // Two admins continue at the same moment: their writes meet, and nobody is reset twice.
    let both = tokio::join!(
        step(&world, &asks, &portal.id, &id, &Value::Null),
        step(&world, &approves, &portal.id, &id, &Value::Null),
    );
    let of = |reply: &Reply, what: &str| reply.body["progress"][what].as_u64().unwrap();
    let resets = of(&both.0, "reset") + of(&both.1, "reset");
    let left_out = of(&both.0, "no_link");
    assert_eq!(resets + left_out, 100, "{:?} {:?}", both.0.body, both.1.body);
    // A step whose reply was lost is repeated from the same place, or from the beginning.
    let (mut cursor, mut steps, mut last) = (both.0.body["next_cursor"].clone(), 0, both.0);
    while cursor.is_string() {
        let before = of(&last, "reset");
        last = step(&world, &asks, &portal.id, &id, &cursor).await;
        assert_eq!(last.status, 200, "{:?}", last.body);
        if steps == 2 {
            let again = step(&world, &approves, &portal.id, &id, &cursor).await;
            assert_eq!(of(&again, "reset"), before, "{:?}", again.body);
            assert!(of(&again, "reset_before") >= 97, "{:?}", again.body);
        }
        cursor = last.body["next_cursor"].clone();
        steps += 1;
    }
    assert!((users / 100 - 1..=users / 100).contains(&steps), "{steps}");
    let progress = &last.body["progress"];
    let done = of(&last, "reset") + of(&last, "reset_before");
    assert_eq!(
        (done, &progress["failed"]),
        (u64::try_from(users).unwrap() - 3, &json!(0)),
        "{progress}"
    );
    assert_eq!((&progress["no_link"], &last.body["ended"]), (&json!(3), &json!(true)));
    world.running.stream_is_delivered().await;
    assert_eq!(logged_of(&world, &portal.id, "bulk_reset_ended", 1).await.len(), 1);
    let seen = world.admin_ok("GET", &bulk(&portal.id, ""), None).await;
    assert_eq!(seen["bulk_reset"]["stage"], "over");
    for some in keys.chunks(100) {
        for (_, user) in world.running.store.users(some).await.unwrap() {
            let has_address = user.contact.email.is_some();
            assert_eq!(user.epoch, u32::from(has_address), "each was reset once");
            assert_eq!(user.link_only_to.is_some(), has_address);
            assert_eq!(user.disabled_at.is_none(), has_address);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn s52_after_a_bulk_reset_the_password_alone_enrols_nobody_and_the_log_names_both_admins() {
    let (world, portal, asks, approves) = two_admins().await;
    let secret = portal.enrol_app(&world, anna()).await;
    portal.enrol_app(&world, json!({ "id": "no-address" })).await;
    portal.open(json!({ "id": "nothing", "email": "n@example.com", "email_verified": true })).await;
    let before = users_of(&world, &portal).await;
    let everyone = Some(json!({ "selection": {} }));
    let count = world.by(&asks, "POST", &bulk(&portal.id, "/count"), everyone).await.body;
    assert_eq!((&count["to_reset"], &count["nothing_set_up"]), (&json!(1), &json!(1)));
    assert_eq!(count["no_link_users"], json!(["no-address"]));
    assert_eq!(users_of(&world, &portal).await, before, "a dry run changes nothing");
    let id = begun(&world, &portal, (&asks, &approves), json!({})).await;
    assert_eq!(users_of(&world, &portal).await, before, "nobody is reset by an approval");
    let done = step(&world, &approves, &portal.id, &id, &Value::Null).await;
    let progress = &done.body["progress"];
    assert_eq!((&progress["reset"], &done.body["ended"]), (&json!(1), &json!(true)));
    assert_eq!(progress["no_link_users"], json!(["no-address"]));
    let opened = portal.open(anna()).await;
    assert_eq!(
        opened["status"], "check_email",
        "the policy alone would let the password enrol: {opened}"
    );
    let sign_in = portal.open(json!({ "id": "no-address" })).await;
    assert_eq!(sign_in["status"], "challenge", "who gets no link keeps what is set up");
    assert!(!world.totp(&secret).is_empty());
    let entry = logged_of(&world, &portal.id, "reset", 1).await.remove(0);
    assert_eq!(entry["actor"], "admin:approves");
    let why = entry["reason"].as_str().unwrap();
    for part in ["phones were stolen", id.as_str().unwrap(), "asked for by asks"] {
        assert!(why.contains(part), "{why}");
    }
    for (event, actor) in [("bulk_reset_asked", "asks"), ("bulk_reset_begun", "approves")] {
        let entry = logged_of(&world, &portal.id, event, 1).await.remove(0);
        assert_eq!(entry["actor"], format!("admin:{actor}"), "{event}");
        assert!(entry["reason"].as_str().unwrap().contains(id.as_str().unwrap()), "{entry}");
    }
    let bad = step(&world, &asks, &portal.id, &id, &Value::Null).await;
    assert_eq!(bad.problem(), (409, "bulk_reset_refused"), "it has ended");
}

#[tokio::test(flavor = "multi_thread")]
async fn s52_a_bulk_reset_needs_a_second_admin_who_was_there_before_it_was_asked_for() {
    let (world, portal, asks, approves) = two_admins().await;
    portal.enrol_app(&world, anna()).await;
    let before = users_of(&world, &portal).await;
    let (path, approve) = (bulk(&portal.id, ""), bulk(&portal.id, "/approve"));
    let made = world.by(&asks, "POST", &path, asked(json!({}))).await.body;
    let id = &made["id"];
    let refused = async |by: &Admin, path: &str, body: Option<Value>, says: &str| {
        let reply = world.by(by, "POST", path, body).await;
        assert_eq!(reply.problem(), (409, "bulk_reset_refused"), "{path}: {:?}", reply.body);
        let detail = reply.body["detail"].as_str().unwrap();
        assert!(detail.contains(says), "{detail}");
    };
    refused(&asks, &approve, named(id), "yourself").await;
    refused(&asks, &path, asked(json!({})), "already").await;
    let not_yet = step(&world, &asks, &portal.id, id, &Value::Null).await;
    assert_eq!(not_yet.problem(), (409, "bulk_reset_refused"));
    let role = json!({ "role": "technician", "portals": [portal.id] });
    let late = world.make_admin("late", role).await;
    refused(&late, &approve, named(id), "after this bulk reset was asked for").await;
    let other = bulk("managed", "/approve");
    refused(&approves, &other, named(id), "no open bulk reset").await;
    refused(&approves, &bulk(&portal.id, "/withdraw"), named(id), "continue").await;
    refused(&approves, &approve, named(&json!("AAAAAAAAAAA")), "no open bulk reset").await;
    let org = json!({ "role": "org_admin", "portal": portal.id, "organization": "own" });
    let org = world.make_admin("org", org).await;
    let narrow = world.by(&org, "POST", &approve, named(id)).await;
    assert_eq!(narrow.problem(), (403, "not_permitted"), "it reaches fewer users");
    world.advance(86_400);
    let again = async |of: Admin| {
        let session = world.sign_in(&of.name, &of.password, &of.secret).await;
        Admin { session, ..of }
    };
    let (asks, approves) = (again(asks).await, again(approves).await);
    refused(&approves, &approve, named(id), "lapsed").await;
    assert_eq!(users_of(&world, &portal).await, before, "nothing has happened");
    let made = world.by(&asks, "POST", &path, asked(json!({}))).await.body;
    let withdraw = bulk(&portal.id, "/withdraw");
    let withdrawn = world.by(&asks, "POST", &withdraw, named(&made["id"])).await;
    assert_eq!(withdrawn.body["stage"], "over");
    refused(&approves, &approve, named(&made["id"]), "no open bulk reset").await;
    assert_eq!(users_of(&world, &portal).await, before, "nothing has happened");
}

#[tokio::test(flavor = "multi_thread")]
async fn s52_a_cursor_belongs_to_one_bulk_reset_and_only_its_two_admins_continue_it() {
    let (world, portal, asks, approves) = two_admins().await;
    let role = json!({ "role": "technician", "portals": [portal.id] });
    let third = world.make_admin("third", role).await;
    disabled(&world, &portal, 101, 0).await;
    let first = begun(&world, &portal, (&asks, &approves), json!({})).await;
    let done = step(&world, &asks, &portal.id, &first, &Value::Null).await;
    let cursor = done.body["next_cursor"].clone();
    assert!(cursor.is_string(), "{:?}", done.body);
    let other = step(&world, &third, &portal.id, &first, &cursor).await;
    assert_eq!(other.problem(), (409, "bulk_reset_refused"));
    let stop = world.by(&approves, "POST", &bulk(&portal.id, "/withdraw"), named(&first)).await;
    assert_eq!(stop.status, 200);
    let after = step(&world, &asks, &portal.id, &first, &cursor).await;
    assert_eq!(after.problem(), (409, "bulk_reset_refused"), "it was stopped");
    world.advance(1);
    let second = begun(&world, &portal, (&asks, &approves), json!({ "users": ["u1", "u2", "x"] }));
    let second = second.await;
    let crossed = step(&world, &asks, &portal.id, &second, &cursor).await;
    assert_eq!(crossed.problem(), (400, "bad_request"), "the cursor is another one's");
    let done = step(&world, &asks, &portal.id, &second, &Value::Null).await.body;
    assert_eq!((&done["progress"]["reset"], &done["ended"]), (&json!(2), &json!(true)), "{done}");
    world.advance(1);
    // A reset by itself, since the approval, is not done again.
    let third = begun(&world, &portal, (&asks, &approves), json!({ "users": ["u1"] })).await;
    world.advance(1);
    let alone = format!("/v1/admin/portals/{}/user/reset", portal.id);
    world.admin_ok("POST", &alone, reset_of("u1", "lost phone")).await;
    let done = step(&world, &asks, &portal.id, &third, &Value::Null).await.body;
    assert_eq!(done["progress"]["reset_before"], 1, "{done}");
    // A call that fails leaves the user behind, by the id and with the reason.
    world.advance(1);
    let fourth = begun(&world, &portal, (&asks, &approves), json!({ "users": ["u2"] })).await;
    world.aws.fault_at("PutItem", Fault::Refused, 1_000);
    let failed = step(&world, &asks, &portal.id, &fourth, &Value::Null).await.body;
    world.aws.mend();
    assert_eq!((&failed["progress"]["failed"], &failed["ended"]), (&json!(1), &json!(false)));
    assert_eq!(failed["progress"]["failures"][0]["user"], "u2", "{failed}");
    assert!(
        failed["progress"]["failures"][0]["reason"].as_str().is_some_and(|why| !why.is_empty())
    );
    let done = step(&world, &asks, &portal.id, &fourth, &Value::Null).await.body;
    assert_eq!((&done["progress"]["reset"], &done["ended"]), (&json!(1), &json!(true)), "{done}");
}

#[tokio::test(flavor = "multi_thread")]
async fn s52_who_is_the_only_admin_or_sends_nonsense_is_told_what_to_do_and_nothing_is_written() {
    let world = World::start().await;
    let portal = world.portal("authenticator_app");
    portal.enrol_app(&world, anna()).await;
    let items = world.raw_items().await.len();
    let ask =
        async |body: Option<Value>| world.admin("POST", &bulk(&portal.id, ""), None, body).await;
    let alone = ask(asked(json!({}))).await;
    assert_eq!(alone.problem(), (409, "bulk_reset_refused"), "{:?}", alone.body);
    assert!(alone.body["detail"].as_str().unwrap().contains("Ask an operator to create an admin"));
    let many: Vec<String> = (0..101).map(|n| format!("u{n}")).collect();
    for selection in [
        json!({ "users": many }),
        json!({ "users": ["u1"], "state": "enrolled" }),
        json!({ "state": "locked" }),
        json!({ "organization": "" }),
        json!({ "colour": "red" }),
    ] {
        let refused = ask(asked(selection.clone())).await;
        assert_eq!(refused.problem(), (400, "bad_request"), "{selection}");
    }
    let long = json!({ "selection": {}, "reason": "x".repeat(91), "confirm": true });
    let unconfirmed = json!({ "selection": {}, "reason": "x", "confirm": false });
    for body in [long, unconfirmed] {
        assert_eq!(ask(Some(body.clone())).await.problem(), (400, "bad_request"), "{body}");
    }
    let change = |profile: &mut Value| profile["enrolment_url"] = Value::Null;
    assert_eq!(world.change_profile(&portal.id, change).await.status, 200);
    let refused = ask(asked(json!({}))).await;
    assert!(
        refused.body["detail"].as_str().unwrap().contains("enrolment_url"),
        "no link is mailed"
    );
    let bulk = |(pk, _): &(String, String)| pk.starts_with("BULK#");
    let after = world.raw_items().await;
    assert!(!after.iter().any(bulk) && after.len() >= items, "nothing is asked for");
}
