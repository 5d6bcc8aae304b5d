//! Notices that wait, or are in the queue, while the key of their addresses is withdrawn.

use super::Shell;
use crate::{
    harness::{World, anna},
    journeys::digests::{activity, counted, told},
    operations::queue::{ACCOUNT, QUEUE_ARN, deliver, handler},
};
use portcullis_activity::ActivityHandler;
use portcullis_domain::{Destination, Email, KeyVersion, PortalId, UserId, user::EntryKind};
use portcullis_keys::KeyPurpose;
use portcullis_store::{QueuedNotice, QueuedNotices, Told, UserKey};
use std::sync::Mutex;

const KNOWN: &str = "testing@example.co.nz";
const RESET: &str = "Your second step was reset";

/// The lines with metrics of the one test that looks at them.
static METRICS: Mutex<Vec<String>> = Mutex::new(vec![]);

async fn withdraw(world: &World) -> String {
    let shell = Shell::of(world).await;
    let leaked = KeyVersion(1);
    shell.dry().withdraw_root(KeyPurpose::Settings, leaked, u32::MAX).await.unwrap();
    assert!(shell.printed().contains("1 would be sealed anew, 0 failed."));
    shell.operator.withdraw_root(KeyPurpose::Settings, leaked, u32::MAX).await.unwrap();
    shell.printed()
}

#[tokio::test(flavor = "multi_thread")]
async fn s43_a_notice_that_waits_is_sent_after_the_key_of_its_address_was_withdrawn() {
    let world = World::start().await;
    world.running.stream_is_delivered().await;
    assert_eq!(activity(&world).await.deliver(6, &[1, 2]).await, None);
    assert_eq!(told(&world, 6).await.len(), 1, "the second waits");
    let printed = withdraw(&world).await;
    assert!(
        printed.contains("Addresses of waiting notices: 1 sealed anew, 0 failed."),
        "{printed}"
    );
    let after = activity(&world).await;
    after.sweep_after(3_600).await;
    assert_eq!(told(&world, 6).await.len(), 2);
    assert_eq!(counted("NoticesGivenUp", after.clock.now()), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn s43_a_notice_in_the_queue_is_told_where_the_user_still_is_and_else_counted() {
    let world = World::start().await;
    let portal = world.portal("managed");
    portal.open(anna()).await;
    world.running.stream_is_delivered().await;
    // Something waits, so that there is something to seal anew.
    assert_eq!(activity(&world).await.deliver(7, &[1, 2]).await, None);

    let before = handler(&world, ACCOUNT).await;
    let (id, user) = (PortalId::parse(&portal.id).unwrap(), UserId::parse("anna").unwrap());
    let locator = before.context.keyring().await.unwrap().locator(&id, &user);
    let user_key = UserKey { portal: id, locator };
    let mut at = vec![];
    for address in ["dropped@example.com", KNOWN] {
        let to = Destination::Email(Email::parse(address).unwrap());
        at.push(before.context.addressee(&user_key, &to, None, None).await.unwrap());
    }
    let entry = EntryKind::Reset.at(world.now());
    let notices = vec![QueuedNotice { id: "a.0".to_owned(), entry, told: Told::At(at) }];
    let body = QueuedNotices { user_key, notices }.body().unwrap();
    withdraw(&world).await;

    let meter = |line| METRICS.lock().unwrap().push(line);
    let after = ActivityHandler { meter, ..handler(&world, ACCOUNT).await };
    assert_eq!(deliver(&after, QUEUE_ARN, &[&body]).await, [""; 0]);
    // The seventh user was told at once, before the key was withdrawn.
    assert_eq!(world.notices(RESET, 2).await, [KNOWN, "told7@example.com"]);
    let lines = METRICS.lock().unwrap().join("\n");
    assert_eq!(lines.matches("\"NoticesGivenUp\":1").count(), 1, "{lines}");
}
