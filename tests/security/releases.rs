//! Items that a newer release wrote, read by this one. The rules are tried over every mix of two
//! releases beside the store; here is what callers see.

use crate::harness::{World, anna};
use aws_sdk_dynamodb::types::AttributeValue::{N, S};
use serde_json::json;

/// Changes one text of an item, in all of its copies, as a release of the next format may. The key
/// is the beginning of theirs.
pub async fn change(world: &World, key: &str, attribute: &str, old: &str, new: &str) {
    let items = world.raw_items().await;
    let keys: Vec<String> =
        items.into_iter().map(|(pk, _)| pk).filter(|pk| pk.starts_with(key)).collect();
    assert!(!keys.is_empty(), "nothing under {key}");
    for pk in keys {
        change_one(world, pk, attribute, old, new).await;
    }
}

async fn change_one(world: &World, pk: String, attribute: &str, old: &str, new: &str) {
    let (client, table) = (world.table_client().await, &world.running.table);
    let get = client.get_item().table_name(table).key("pk", S(pk)).key("sk", S("#".to_owned()));
    let mut item = get.send().await.unwrap().item.unwrap();
    let text = item[attribute].as_s().unwrap();
    assert!(text.contains(old), "{old} in {text}");
    let text = S(text.replacen(old, new, 1));
    item.insert(attribute.to_owned(), text);
    item.insert("format".to_owned(), N("2".to_owned()));
    client.put_item().table_name(table).set_item(Some(item)).send().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn s47_who_has_bound_what_only_a_newer_release_knows_is_denied_until_it_is_back() {
    let world = World::start().await;
    let portal = world.portal("authenticator_app");
    let secret = portal.enrol_app(&world, anna()).await;
    world.advance(60);
    let user = format!("USER#{}#", portal.id);
    change(&world, &user, "listed", r#""b":[[1,1]]"#, r#""b":[[40,1]]"#).await;
    let denied = portal.open(anna()).await;
    assert_eq!(
        (&denied["status"], &denied["reason"]),
        (&json!("denied"), &json!("no_usable_method"))
    );
    for (action, body) in [
        ("verify", json!({ "code": world.totp(&secret) })),
        ("enrolment", json!({ "method": "authenticator_app" })),
        ("skip", json!({})),
    ] {
        let refused = portal.act(&denied, action, body).await;
        assert_eq!(refused.problem(), (403, "no_usable_method"), "{action}");
    }
    change(&world, &user, "listed", r#""b":[[40,1]]"#, r#""b":[[1,1]]"#).await;
    let asked = portal.open(anna()).await;
    assert_eq!(portal.verify(&asked, &world.totp(&secret)).await.body["status"], "allowed");
}

#[tokio::test(flavor = "multi_thread")]
async fn s47_a_restriction_that_only_a_newer_release_knows_ends_the_calls_about_that_user_alone() {
    let world = World::start().await;
    let portal = world.portal("authenticator_app");
    let secret = portal.enrol_app(&world, anna()).await;
    world.advance(60);
    let open = portal.open(anna()).await;
    let user = format!("USER#{}#", portal.id);
    change(&world, &user, "state", "{", r#"{"Frozen":true,"#).await;
    let before = world.raw_user(&portal.id, "anna").await;
    let actor = json!({ "id": "boss", "role": "portal_admin" });
    let reset = json!({ "actor": actor, "reason": "called back", "confirm": true });
    for refused in [
        portal.try_open(anna()).await,
        portal.verify(&open, &world.totp(&secret)).await,
        portal.get("/v1/user?id=anna").await,
        portal.reset_user("anna", reset).await,
    ] {
        assert_eq!(refused.problem(), (503, "newer_release"));
        assert_eq!(refused.retry_after, Some(60));
    }
    assert_eq!(world.raw_user(&portal.id, "anna").await, before, "nothing was written");
    assert_eq!(portal.open(json!({ "id": "ben" })).await["status"], "enrol");
}

#[tokio::test(flavor = "multi_thread")]
async fn s47_a_policy_that_only_a_newer_release_knows_ends_the_calls_of_that_portal_alone() {
    let world = World::start().await;
    let (portal, other) = (world.portal("authenticator_app"), world.portal("managed"));
    let item = format!("PORTAL#{}", portal.id);
    change(&world, &item, "listed", r#""p":{"#, r#""p":{"text_needs":"bound","#).await;
    assert_eq!(portal.try_open(anna()).await.problem(), (503, "newer_release"));
    assert_eq!(other.try_open(anna()).await.status, 201);
}
