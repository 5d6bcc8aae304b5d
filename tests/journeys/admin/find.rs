//! A help desk is called by somebody, and finds the user.

use crate::harness::{Admin, Portal, Site, World, on_user};
use aws_sdk_dynamodb::types::AttributeValue;
use portcullis_activity::{ActivityHandler, HandOver, HeldLogs, KeyUses};
use serde_json::{Map, Value, json};
use std::collections::HashMap;

fn encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

impl World {
    async fn find_in(&self, portal: &str, more: &str, text: &str) -> Value {
        self.running.stream_is_delivered().await;
        let path = format!("/v1/admin/portals/{portal}/users?find={}{more}", encoded(text));
        self.admin_ok("GET", &path, None).await
    }

    async fn found_in(&self, portal: &Portal, text: &str) -> Vec<String> {
        ids(&self.find_in(&portal.id, "", text).await)
    }

    async fn finds(&self, portal: &Portal) -> Vec<(String, String)> {
        self.running.stream_is_delivered().await;
        let items = self.raw_items().await.into_iter();
        items.filter(|(pk, _)| pk.starts_with(&format!("FIND#{}#", portal.id))).collect()
    }
}

fn ids(list: &Value) -> Vec<String> {
    let users = list["users"].as_array().unwrap().iter();
    users.map(|user| user["id"].as_str().unwrap().to_owned()).collect()
}

fn anna_smith() -> Value {
    json!({
        "id": "u-1842", "display_name": "Anna Smith", "email": "anna@example.co.nz",
        "email_verified": true, "phone": "+64211234589", "organization": "own",
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_user_is_found_by_what_a_caller_says_with_what_a_help_desk_needs() {
    let world = World::start().await;
    let portal = world.portal("authenticator_app");
    let secret = portal.enrol_app(&world, anna_smith()).await;
    portal.open(json!({ "id": "u-7", "display_name": "Ben Smith" })).await;
    world.advance(60);
    let sign_in = portal.open(anna_smith()).await;
    assert_eq!(portal.verify(&sign_in, &world.totp(&secret)).await.status, 200);
    for text in [
        "u-1842",
        "U-18",
        "Anna",
        "anna smith",
        "ANNA@example.co.nz",
        "+64 21 123 4589",
        "021 123 4589",
    ] {
        assert_eq!(world.found_in(&portal, text).await, ["u-1842"], "{text}");
    }
    assert_eq!(world.found_in(&portal, "smi").await, ["u-1842", "u-7"], "by name");
    portal.open(json!({ "id": "u-8", "display_name": "Li Wu" })).await;
    portal.open(json!({ "id": "u-9", "display_name": "Lisa Wulf" })).await;
    assert_eq!(world.found_in(&portal, "li").await, ["u-8"], "a whole name of two letters");
    assert!(world.found_in(&portal, "nobody").await.is_empty());
    let list = world.find_in(&portal.id, "", "anna").await;
    let found = &list["users"][0]["found"];
    assert_eq!((&list["total"], &list["next_cursor"]), (&json!(1), &Value::Null));
    assert_eq!(
        (&found["email"], &found["phone"]),
        (&json!("ann*****.co.nz"), &json!("+64*****89"))
    );
    assert_eq!(found["last_sign_in"], world.now().unix());
    assert_eq!((&found["locked"], &list["users"][0]["state"]), (&json!(false), &json!("enrolled")));
    let ready = world.find_in(&portal.id, "&state=not_enrolled", "smith").await;
    assert_eq!(ids(&ready), ["u-7"], "a state and a text together");
}

#[tokio::test(flavor = "multi_thread")]
async fn too_few_letters_and_an_unclear_plus_are_refused_with_what_to_do() {
    let world = World::start().await;
    let portal = world.portal("managed");
    portal.open(json!({ "id": "42" })).await;
    for path in [&format!("/v1/admin/portals/{}/users", portal.id)[..], "/v1/admin/users"] {
        for (find, says) in [
            ("a", "3 letters"),
            ("", "3 letters"),
            ("%20", "3 letters"),
            ("+64211234589", "%2B"),
            (&"x".repeat(257), "3 letters"),
        ] {
            let refused = world.admin("GET", &format!("{path}?find={find}"), None, None).await;
            assert_eq!(refused.problem(), (400, "bad_request"), "{path} {find}");
            assert!(refused.body["detail"].as_str().unwrap().contains(says), "{:?}", refused.body);
        }
        let whole = world.admin_ok("GET", &format!("{path}?find=42"), None).await;
        assert_eq!(ids(&whole), ["42"], "a whole id has any length");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_changed_address_moves_the_entry_and_an_erasure_removes_them_all() {
    let world = World::start().await;
    let portal = world.portal("authenticator_app");
    portal.put_user("u-1842", &anna_without_id()).await;
    let before = world.finds(&portal).await;
    assert!(before.len() > 10, "{}", before.len());
    let (old, new) = ("anna@example.co.nz", "anna@example.org");
    let mut moved = anna_without_id();
    moved["email"] = json!(new);
    assert_eq!(portal.put_user("u-1842", &moved).await.status, 200);
    assert!(world.found_in(&portal, old).await.is_empty());
    assert_eq!(world.found_in(&portal, new).await, ["u-1842"]);
    assert_eq!(
        world.finds(&portal).await.len(),
        before.len(),
        "one entry took the place of another"
    );
    let erase = format!("/v1/admin/portals/{}/user/erase", portal.id);
    world.admin_ok("POST", &erase, on_user("u-1842", "left")).await;
    assert!(world.found_in(&portal, new).await.is_empty());
    assert!(world.finds(&portal).await.is_empty(), "nothing is left of an erased user");
    portal.open(json!({ "id": "u-1842" })).await;
    assert_eq!(world.found_in(&portal, "u-18").await, ["u-1842"], "whoever comes again is found");
}

fn anna_without_id() -> Value {
    without_id(anna_smith())
}

#[tokio::test(flavor = "multi_thread")]
async fn s12_outside_ones_reach_nobody_is_found_and_nothing_tells_that_somebody_is_there() {
    let world = World::start().await;
    let (portal, other) = (world.portal("authenticator_app"), world.portal("managed"));
    portal.open(anna_smith()).await;
    for n in 0..120 {
        let user = json!({ "id": format!("o-{n}"), "display_name": "Anna Other", "organization": "other" });
        portal.put_user(&format!("o-{n}"), &without_id(user)).await;
    }
    other.open(json!({ "id": "m-1", "display_name": "Anna Elsewhere" })).await;
    world.running.stream_is_delivered().await;
    let role = json!({ "role": "org_admin", "portal": portal.id, "organization": "own" });
    let org = world.make_admin("org", role).await;
    let boss = json!({ "role": "portal_admin", "portal": portal.id });
    let boss = world.make_admin("boss", boss).await;
    let users = format!("/v1/admin/portals/{}/users", portal.id);
    let own = world.by(&org, "GET", &format!("{users}?find=anna"), None).await.body;
    assert_eq!(ids(&own), ["u-1842"]);
    assert_eq!((&own["total"], &own["next_cursor"]), (&json!(1), &Value::Null));
    let nobody = world.by(&org, "GET", &format!("{users}?find=zzzz"), None).await.body;
    for text in ["other", "o-17", "anna other"] {
        let path = format!("{users}?find={}", encoded(text));
        assert_eq!(world.by(&org, "GET", &path, None).await.body, nobody, "{text}");
    }
    let foreign = format!("{users}?find=anna&organization=other");
    assert_eq!(world.by(&org, "GET", &foreign, None).await.body, nobody);
    let everywhere = async |admin: &Admin| {
        let list = world.by(admin, "GET", "/v1/admin/users?find=anna", None).await.body;
        (ids(&list).len(), list["more_in"].clone())
    };
    assert_eq!(everywhere(&org).await, (1, json!([])));
    assert_eq!(everywhere(&boss).await, (5, json!([portal.id])));
    let all = world.admin_ok("GET", "/v1/admin/users?find=anna", None).await;
    let elsewhere = all["users"].as_array().unwrap().iter().find(|user| user["id"] == "m-1");
    assert_eq!(elsewhere.unwrap()["portal"], "managed");
    assert_eq!(all["users"].as_array().unwrap().len(), 6);
}

fn without_id(mut user: Value) -> Value {
    user.as_object_mut().unwrap().remove("id");
    user
}

#[tokio::test(flavor = "multi_thread")]
async fn many_of_one_name_are_read_page_by_page_with_the_same_calls_however_many_there_are() {
    let world = World::start().await;
    let portal = world.portal("managed");
    let users = format!("/v1/admin/portals/{}/users?find=smith", portal.id);
    let mut calls = vec![];
    for n in 0..130 {
        portal.put_user(&format!("u{n:03}"), &json!({ "display_name": "Anna Smith" })).await;
        if n == 0 {
            world.running.stream_is_delivered().await;
            world.aws.reset();
            world.admin_ok("GET", &users, None).await;
            calls = world.aws.calls();
        }
    }
    world.running.stream_is_delivered().await;
    world.aws.reset();
    let first = world.admin_ok("GET", &users, None).await;
    assert_eq!(world.aws.calls(), calls);
    assert_eq!((ids(&first).len(), &first["total"]), (99, &Value::Null), "there are more");
    let next = format!("{users}&cursor={}", first["next_cursor"].as_str().unwrap());
    let last = world.admin_ok("GET", &next, None).await;
    assert_eq!(last["next_cursor"], Value::Null);
    let mut all = [ids(&first), ids(&last)].concat();
    assert!(ids(&first).is_sorted() && ids(&last).is_sorted());
    all.sort();
    all.dedup();
    assert_eq!(all.len(), 130);
}

#[tokio::test(flavor = "multi_thread")]
async fn locked_users_are_listed_until_the_lock_ends() {
    let world = World::start().await;
    let portal = world.portal("authenticator_app");
    let secret = portal.enrol_app(&world, anna_smith()).await;
    portal.open(json!({ "id": "u-7" })).await;
    let sign_in = portal.open(anna_smith()).await;
    let wrong = crate::harness::other_than(&world.totp(&secret));
    for _ in 0..5 {
        portal.verify(&sign_in, &wrong).await;
    }
    world.running.stream_is_delivered().await;
    let path = format!("/v1/admin/portals/{}/users?state=locked", portal.id);
    let locked = world.admin_ok("GET", &path, None).await;
    assert_eq!(ids(&locked), ["u-1842"]);
    let found = &locked["users"][0]["found"];
    assert_eq!(found["locked"], true);
    assert_eq!(found["locked_until"], world.now().unix() + 30);
    world.advance(30);
    assert!(ids(&world.admin_ok("GET", &path, None).await).is_empty(), "the lock is over");
}

impl World {
    /// Returns the item of a portal's one user, as a record of the stream has it.
    async fn image(&self, portal: &Portal) -> Value {
        let client = self.table_client().await;
        let scan = client.scan().table_name(&self.running.table).send().await.unwrap();
        let start = format!("USER#{}#", portal.id);
        let is_theirs = |item: &&HashMap<String, AttributeValue>| {
            item["pk"].as_s().unwrap().starts_with(&start)
        };
        let item = scan.items().iter().find(is_theirs).unwrap();
        let value = |value: &AttributeValue| match value {
            AttributeValue::S(text) => json!({ "S": text }),
            AttributeValue::N(number) => json!({ "N": number }),
            other => panic!("{other:?}"),
        };
        item.iter().map(|(name, of)| (name.clone(), value(of))).collect::<Map<_, _>>().into()
    }

    /// Delivers a record of the stream, and says if it was handled.
    async fn deliver(&self, name: &str, old: Option<&Value>, new: &Value) -> bool {
        let (context, sender) = self.function().await;
        let (noted, logs, meter) = (KeyUses::default(), HeldLogs::default(), drop);
        let (journal, hand_over) = (self.journal().await, HandOver::AtOnce);
        let bus = None;
        let handler =
            ActivityHandler { context, sender, meter, noted, logs, journal, hand_over, bus };
        let mut record = json!({
            "eventID": "1", "eventName": name, "eventSource": "aws:dynamodb", "awsRegion": "local",
            "dynamodb": {
                "ApproximateCreationDateTime": 0, "Keys": {}, "SequenceNumber": "1", "SizeBytes": 1,
                "StreamViewType": "NEW_AND_OLD_IMAGES", "NewImage": new,
            },
        });
        if let Some(old) = old {
            record["dynamodb"]["OldImage"] = old.clone();
        }
        let event = serde_json::from_value(json!({ "Records": [record] })).unwrap();
        portcullis_activity::handle(&handler, event).await.batch_item_failures.is_empty()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn s25_old_records_that_come_again_bring_back_neither_an_address_nor_an_erased_user() {
    let world = World::start().await;
    let portal = world.portal("managed");
    portal.put_user("u-1842", &anna_without_id()).await;
    let first = world.image(&portal).await;
    assert_eq!(first["found"], json!({ "S": "1" }), "the write says that it changed something");
    let moved = json!({ "email": "anna@example.org", "email_verified": true });
    portal.put_user("u-1842", &moved).await;
    let second = world.image(&portal).await;
    let now = world.finds(&portal).await;
    for (old, new) in [(None, &first), (Some(&first), &second), (None, &first)] {
        let name = if old.is_some() { "MODIFY" } else { "INSERT" };
        assert!(world.deliver(name, old, new).await);
        assert_eq!(world.finds(&portal).await, now);
    }
    let erase = format!("/v1/admin/portals/{}/user/erase", portal.id);
    world.admin_ok("POST", &erase, on_user("u-1842", "left")).await;
    let erased = world.image(&portal).await;
    assert!(world.finds(&portal).await.is_empty());
    for (old, new) in [(None, &first), (Some(&first), &second), (Some(&second), &erased)] {
        let name = if old.is_some() { "MODIFY" } else { "INSERT" };
        assert!(world.deliver(name, old, new).await);
        assert!(world.finds(&portal).await.is_empty(), "{new}");
    }
}

/// Returns the places of the calls of a record with which its user is indexed.
pub async fn sites_of_an_indexed_record() -> Vec<Site> {
    let world = World::start().await;
    let portal = world.portal("managed");
    portal.put_user("u-1842", &anna_without_id()).await;
    let image = world.image(&portal).await;
    world.aws.record_sites();
    assert!(world.deliver("INSERT", None, &image).await);
    world.aws.sites()
}

#[tokio::test(flavor = "multi_thread")]
async fn s19_a_record_comes_again_until_its_user_is_indexed() {
    let world = World::start().await;
    let portal = world.portal("managed");
    portal.put_user("u-1842", &anna_without_id()).await;
    let image = world.image(&portal).await;
    let indexed = world.finds(&portal).await;
    for operation in ["BatchGetItem", "BatchWriteItem"] {
        // The SDK tries three times.
        world.aws.break_calls(operation, 0, 3);
        assert!(!world.deliver("INSERT", None, &image).await, "{operation}");
        world.aws.mend();
        assert!(world.deliver("INSERT", None, &image).await, "{operation}, then again");
        assert_eq!(world.finds(&portal).await, indexed, "{operation}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_ordinary_sign_in_is_not_marked_and_costs_the_index_nothing() {
    let world = World::start().await;
    let portal = world.portal("authenticator_app");
    let secret = portal.enrol_app(&world, anna_smith()).await;
    let before = world.finds(&portal).await;
    world.advance(60);
    let sign_in = portal.open(anna_smith()).await;
    assert_eq!(world.image(&portal).await.get("found"), None);
    assert_eq!(portal.verify(&sign_in, &world.totp(&secret)).await.status, 200);
    assert_eq!(world.image(&portal).await.get("found"), None);
    assert_eq!(world.finds(&portal).await, before);
}
