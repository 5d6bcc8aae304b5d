//! The journal and a restore, when AWS fails on the way.

use super::{Folder, Shell};
use crate::{
    harness::{Site, World},
    journeys::{activity::record_of_a_reset, digests},
};
use portcullis_domain::Timestamp;
use portcullis_ops::OpsError;

/// A world in which a user was reset, and the folder with the journal of it.
async fn before_a_restore(name: &str) -> (World, Shell, Folder, Timestamp) {
    let world = World::start().await;
    let shell = Shell::of(&world).await;
    let backup = world.now();
    world.running.stream_is_delivered().await;
    world.advance(3_600);
    let activity = digests::activity(&world).await;
    assert_eq!(activity.deliver(1, &[1]).await, None);
    let folder = Folder::with_journal_of(&world, name);
    (world, shell, folder, backup)
}

/// Returns the places of the calls that the journal and a restore make.
pub async fn sites_of_a_restore() -> Vec<Site> {
    let world = World::start().await;
    let shell = Shell::of(&world).await;
    world.running.stream_is_delivered().await;
    let activity = digests::activity(&world).await;
    world.aws.record_sites();
    assert_eq!(activity.deliver(1, &[1]).await, None);
    let folder = Folder::with_journal_of(&world, "sites");
    shell.operator.restore(&folder.0, world.now()).await.unwrap();
    world.aws.sites()
}

#[tokio::test(flavor = "multi_thread")]
async fn s50_a_record_that_the_journal_cannot_take_is_delivered_again_and_handled_then() {
    let world = World::start().await;
    world.running.stream_is_delivered().await;
    let activity = digests::activity(&world).await;
    let objects = || world.running.bucket.objects().len();
    let (before, received) = (objects(), world.messages().await.len());
    // The SDK tries three times; the archive is the second object.
    for skip in [0, 1] {
        world.aws.break_calls("PutObject", skip, 3);
        assert_eq!(activity.deliver(1, &[1, 2]).await.as_deref(), Some("1"));
        assert_eq!(world.messages().await.len(), received, "nobody is told before it is kept");
    }
    world.aws.mend();
    assert_eq!(activity.deliver(1, &[1, 2]).await, None);
    assert_eq!(objects(), before + 2, "one object of each for the batch");
    assert_eq!(activity.deliver(1, &[1, 2]).await, None);
    assert_eq!(objects(), before + 2, "and the same when it is delivered again");
    assert!(world.messages().await.len() > received);
}

#[tokio::test(flavor = "multi_thread")]
async fn s50_a_record_that_does_not_decode_keeps_none_before_it_from_the_journal() {
    let world = World::start().await;
    world.running.stream_is_delivered().await;
    let activity = digests::activity(&world).await;
    let mut broken = record_of_a_reset(1, 2, world.now());
    broken["dynamodb"]["NewImage"]["state"] = serde_json::json!({ "S": "no state" });
    let records = [record_of_a_reset(1, 1, world.now()), broken];
    let event = serde_json::from_value(serde_json::json!({ "Records": records })).unwrap();
    let failed = portcullis_activity::handle(&activity.handler, event).await.batch_item_failures;
    assert_eq!(failed.len(), 1);
    assert_eq!(failed[0].item_identifier.as_deref(), Some("2"));
    let objects = world.running.bucket.objects();
    assert!(objects.iter().any(|(name, _)| name.starts_with("journal/") && name.contains("/1-1.")));
}

#[tokio::test(flavor = "multi_thread")]
async fn s19_a_restore_that_fails_anywhere_is_made_good_by_the_next_run() {
    let (world, shell, folder, backup) = before_a_restore("interrupted").await;
    let restore = async || shell.operator.restore(&folder.0, backup).await;
    // The SDK tries three times. First the mark, then the settings.
    for operation in ["GetItem", "PutItem", "TransactWriteItems"] {
        world.aws.break_calls(operation, 0, 3);
        let stopped = restore().await;
        assert!(matches!(stopped, Err(OpsError::Store(_))), "{operation}: {stopped:?}");
    }
    world.aws.break_calls("BatchGetItem", 0, 3);
    let refused = restore().await.unwrap_err().to_string();
    assert!(refused.starts_with("1 users were not restored"), "{refused}");
    world.aws.mend();
    restore().await.unwrap();
    let settings = world.running.store.settings().await.unwrap().unwrap().value;
    assert_eq!(settings.restore_number, 1, "raised once, however often it was begun");
    shell.printed();
    restore().await.unwrap();
    let printed = shell.printed();
    assert!(printed.contains("were restored") && printed.contains("0 changed"), "{printed}");
}

#[tokio::test(flavor = "multi_thread")]
async fn s50_what_comes_late_of_users_is_replayed_and_of_portals_is_left_to_the_operator() {
    let (world, shell, folder, backup) = before_a_restore("late").await;
    let restore = async |folder: &Folder| shell.operator.restore(&folder.0, backup).await;
    restore(&folder).await.unwrap();
    shell.printed();
    let portal = world.portal("sms_enrolment");
    let path = format!("/v1/admin/portals/{}/mfa", portal.id);
    let off = serde_json::json!({ "enabled": false, "confirm": true });
    world.admin_ok("POST", &path, Some(off)).await;
    let activity = digests::activity(&world).await;
    assert_eq!(activity.deliver(2, &[5]).await, None);
    world.running.stream_is_delivered().await;
    let later = Folder::with_journal_of(&world, "later");
    let refused = restore(&later).await.unwrap_err().to_string();
    assert!(refused.contains("came into the journal after that"), "{refused}");
    assert!(shell.printed().contains("1 changed"), "the user");
}
