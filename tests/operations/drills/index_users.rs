//! Users whom a release before the index wrote are found after `index-users`.

use super::Shell;
use crate::harness::World;
use aws_sdk_dynamodb::types::AttributeValue::{self, S};
use serde_json::json;
use std::collections::HashMap;

async fn index(world: &World, portal: &str) -> Vec<(String, String)> {
    world.running.stream_is_delivered().await;
    let scan = world.table_client().await.scan().table_name(&world.running.table).send().await;
    let of_portal = format!("FIND#{portal}#");
    let key = |item: &HashMap<String, AttributeValue>| {
        let part = |name: &str| item[name].as_s().unwrap().clone();
        (part("pk"), part("sk"))
    };
    let mut keys: Vec<_> = scan.unwrap().items().iter().map(key).collect();
    keys.retain(|(pk, _)| pk.starts_with(&of_portal));
    keys.sort();
    keys
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_missing_in_the_index_is_written_and_a_second_run_finds_nothing() {
    let world = World::start().await;
    let shell = Shell::of(&world).await;
    let portal = world.portal("managed");
    for n in 0..3 {
        let user = json!({ "display_name": "Anna Smith", "email": format!("u{n}@example.com") });
        portal.put_user(&format!("user-{n}"), &user).await;
    }
    let erase = format!("/v1/admin/portals/{}/user/erase", portal.id);
    world.admin_ok("POST", &erase, crate::harness::on_user("user-2", "left")).await;
    let before = index(&world, &portal.id).await;
    let client = world.table_client().await;
    for (pk, sk) in before.iter().skip(1) {
        let delete = client.delete_item().table_name(&world.running.table);
        let key = (S(pk.clone()), S(sk.clone()));
        delete.key("pk", key.0).key("sk", key.1).send().await.unwrap();
    }
    let missing = before.len() - 1;
    shell.dry().index_users(1_000).await.unwrap();
    assert_eq!(index(&world, &portal.id).await, before[..1], "a dry run writes nothing");
    let printed = shell.printed();
    assert!(printed.contains(&format!("2 would be indexed, by {missing} values.")), "{printed}");
    shell.operator.index_users(1_000).await.unwrap();
    assert_eq!(index(&world, &portal.id).await, before);
    shell.printed();
    shell.operator.index_users(1_000).await.unwrap();
    assert!(shell.printed().ends_with("0 indexed, by 0 values."));
}
