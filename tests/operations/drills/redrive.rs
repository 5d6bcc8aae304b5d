//! Records that Lambda gave up are put through again from a folder.

use super::{Folder, Shell};
use crate::{
    harness::{World, anna},
    journeys::activity::record_of_a_reset,
};
use portcullis_domain::{Locator, PortalId, user::EntryKind};
use portcullis_ops::OpsError;
use serde_json::{Value, json};
use std::path::Path;

/// The number of an erasure among entries in the table.
const ERASED: u16 = 34;

impl Folder {
    /// Writes an object as Lambda does: the event is a text within the document.
    fn object(&self, name: &str, records: &[Value]) {
        let event = json!({ "Records": records });
        let object = json!({
            "requestContext": { "requestId": "r", "condition": "RetryAttemptsExhausted" },
            "version": "1.0", "timestamp": "2026-11-30T09:10:00.000Z",
            "DDBStreamBatchInfo": { "batchSize": records.len() },
            "payload": event.to_string(),
        });
        let day = self.0.join("2026/11/30");
        std::fs::create_dir_all(&day).unwrap();
        std::fs::write(day.join(name), object.to_string()).unwrap();
    }
}

async fn redrive(world: &World, shell: &Shell, from: &Path) -> Result<(), OpsError> {
    let (_, sender) = world.function().await;
    shell.operator.redrive(from, sender, world.journal().await).await
}

/// Returns the ids of the entries that notices are named by.
fn named(printed: &str) -> Vec<String> {
    let notices = printed.lines().filter_map(|line| line.strip_prefix("  notice: "));
    let ids = notices.map(|notice| notice.strip_prefix("portal managed, entry ").unwrap());
    let mut ids: Vec<String> = ids.map(str::to_owned).collect();
    ids.sort();
    ids
}

async fn resets_in_log(world: &World) -> usize {
    in_log(world).await.len()
}

/// Returns the ids of the resets in the log.
async fn in_log(world: &World) -> Vec<String> {
    let log = world.log_of("managed").await;
    let resets = log.into_iter().filter(|line| line.entry.kind == EntryKind::Reset);
    let mut ids: Vec<String> = resets.map(|line| line.id).collect();
    ids.sort();
    ids
}

/// Returns the keys of the items that hold addresses for notices.
async fn notices(world: &World) -> Vec<String> {
    let items = world.raw_items().await.into_iter().map(|(pk, _)| pk);
    let mut notices: Vec<_> = items.filter(|pk| pk.starts_with("NOTICE#")).collect();
    notices.sort();
    notices
}

#[tokio::test(flavor = "multi_thread")]
async fn s25_failed_records_are_put_through_once_however_often_they_are_redriven() {
    let (world, folder) = (World::start().await, Folder::new("once"));
    let shell = Shell::of(&world).await;
    folder.object("b", &[record_of_a_reset(1, 1, world.now())]);
    folder
        .object("a", &[record_of_a_reset(2, 2, world.now()), record_of_a_reset(3, 3, world.now())]);
    world.running.stream_is_delivered().await;
    let received = world.messages().await.len();

    let (_, sender) = world.function().await;
    shell.dry().redrive(&folder.0, sender, world.journal().await).await.unwrap();
    let printed = shell.printed();
    assert!(printed.contains("2026/11/30/a: 2 records, 2 log lines, 2 with notices"), "{printed}");
    assert!(printed.contains("nothing was written, and nothing was sent"), "{printed}");
    assert_eq!(resets_in_log(&world).await, 0);
    assert_eq!(world.messages().await.len(), received);

    redrive(&world, &shell, &folder.0).await.unwrap();
    let printed = shell.printed();
    assert!(printed.contains("All: 3 records, 3 log lines (3 new), 3 with notices"), "{printed}");
    assert_eq!(named(&printed), in_log(&world).await, "each is named by its entry in the log");
    for address in ["@", "+64", "example.co"] {
        assert!(!printed.contains(address), "{address}: {printed}");
    }
    assert_eq!(resets_in_log(&world).await, 3);
    assert_eq!(world.messages().await.len(), received + 3, "each is told");

    redrive(&world, &shell, &folder.0).await.unwrap();
    assert!(shell.printed().contains("All: 3 records, 3 log lines (0 new)"));
    assert_eq!(resets_in_log(&world).await, 3);
    assert_eq!(world.messages().await.len(), received + 3, "and nobody twice");
}

#[tokio::test(flavor = "multi_thread")]
async fn s26_nobody_is_told_at_the_addresses_of_a_user_who_was_erased_since() {
    let (world, folder) = (World::start().await, Folder::new("erased"));
    let shell = Shell::of(&world).await;
    let portal = world.portal("managed");
    portal.open(anna()).await;
    let erased = portal.send("DELETE", "/v1/user?id=anna", None).await;
    assert!(erased.status < 300, "{:?}", erased.body);
    world.running.stream_is_delivered().await;
    let addresses = notices(&world).await;
    let (id, received) = (PortalId::parse("managed").unwrap(), world.messages().await.len());
    let (context, _) = world.function().await;
    let user = portcullis_domain::UserId::parse("anna").unwrap();
    let locator = context.keyring().await.unwrap().locator(&id, &user);
    let mut record = record_of_a_reset(1, 1, world.now());
    assert_ne!(locator, Locator::new([1; 16]));
    record["dynamodb"]["NewImage"]["locator"] = json!({ "S": locator.to_string() });
    folder.object("a", &[record]);

    redrive(&world, &shell, &folder.0).await.unwrap();
    let printed = shell.printed();
    assert!(
        printed.contains("1 log lines (1 new), 0 with notices, 1 of users erased"),
        "{printed}"
    );
    assert_eq!(resets_in_log(&world).await, 1);
    assert_eq!(world.messages().await.len(), received);
    assert_eq!(notices(&world).await, addresses, "no address is kept again");

    // The erasure itself is told, as late as it is put through.
    let late = Folder::new("erased-late");
    let mut record = record_of_a_reset(1, 2, world.now());
    record["dynamodb"]["NewImage"]["locator"] = json!({ "S": locator.to_string() });
    let entries = record["dynamodb"]["NewImage"]["entries"]["S"].as_str().unwrap();
    let erasure = entries.replace("\"k\":28", &format!("\"k\":{ERASED}"));
    assert_ne!(erasure, entries);
    record["dynamodb"]["NewImage"]["entries"] = json!({ "S": erasure });
    late.object("a", &[record]);
    world.advance(13 * 86_400);
    redrive(&world, &shell, &late.0).await.unwrap();
    let printed = shell.printed();
    assert!(
        printed.contains("1 log lines (1 new), 1 with notices, 0 of users erased"),
        "{printed}"
    );
    assert_eq!(world.messages().await.len(), received + 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn s25_a_record_that_fails_again_is_said_and_keeps_no_other_waiting() {
    let (world, folder) = (World::start().await, Folder::new("fails"));
    let shell = Shell::of(&world).await;
    let mut broken = record_of_a_reset(1, 1, world.now());
    broken["dynamodb"]["NewImage"]["entries"] = json!({ "S": "no list" });
    folder.object("a", &[broken, record_of_a_reset(2, 2, world.now())]);
    std::fs::write(folder.0.join("notes.txt"), "of the operator").unwrap();
    let refused = redrive(&world, &shell, &folder.0).await.unwrap_err();
    assert!(matches!(refused, OpsError::Refused(_)), "exit code 2");
    let refused = refused.to_string();
    assert!(refused.starts_with("1 records failed again"), "{refused}");
    let printed = shell.printed();
    assert!(printed.contains("notes.txt: is no object of failed records"), "{printed}");
    assert_eq!(resets_in_log(&world).await, 1);

    let empty = Folder::new("empty");
    let refused = redrive(&world, &shell, &empty.0).await.unwrap_err().to_string();
    assert!(refused.starts_with("there are no objects of failed records"), "{refused}");
}

#[tokio::test(flavor = "multi_thread")]
async fn s25_files_that_are_left_alone_are_listed_and_the_run_is_not_a_success() {
    let (world, folder) = (World::start().await, Folder::new("foreign"));
    let shell = Shell::of(&world).await;
    folder.object("a", &[record_of_a_reset(1, 1, world.now())]);
    folder.object("b", &[record_of_a_reset(2, 2, world.now())]);
    // A copy that broke off.
    let whole = std::fs::read_to_string(folder.0.join("2026/11/30/b")).unwrap();
    std::fs::write(folder.0.join("2026/11/30/b"), &whole[..whole.len() / 2]).unwrap();
    std::fs::write(folder.0.join("notes.txt"), "of the operator").unwrap();
    let (_, sender) = world.function().await;
    let dry = shell.dry().redrive(&folder.0, sender, world.journal().await).await;
    assert!(matches!(dry, Err(OpsError::Refused(_))), "a dry run says so too: {dry:?}");
    for _ in 0..2 {
        let refused = match redrive(&world, &shell, &folder.0).await {
            Err(OpsError::Refused(why)) => why,
            other => panic!("{other:?}"),
        };
        assert!(refused.contains("2 files were left alone"), "{refused}");
        assert!(refused.contains(": 2026/11/30/b, notes.txt;"), "{refused}");
        assert!(refused.contains("copy their objects again with `aws s3 sync`"), "{refused}");
        let printed = shell.printed();
        assert!(printed.contains("All: 1 records"), "{printed}");
        assert!(!printed.contains("The objects may be deleted."), "{printed}");
    }
    assert_eq!(resets_in_log(&world).await, 1);
    std::fs::write(folder.0.join("2026/11/30/b"), whole).unwrap();
    std::fs::remove_file(folder.0.join("notes.txt")).unwrap();
    redrive(&world, &shell, &folder.0).await.unwrap();
    assert!(shell.printed().contains("The objects may be deleted."));
}
