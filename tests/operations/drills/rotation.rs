//! Each step of a rotation, and what it refuses.

use super::{Shell, key_set, kids, log_of_keys, publish_a_root_key_that_does_not_open};
use crate::harness::{World, anna};
use portcullis_domain::{KeyVersion, limits};
use portcullis_keys::{HELD_FOR, KeyPurpose, READ_AGAIN_AFTER, USED_AFTER, WrappedKeyring};
use portcullis_ops::OpsError;

fn refusal(done: Result<(), OpsError>) -> String {
    match done {
        Err(OpsError::Refused(why)) => why,
        other => panic!("{other:?}"),
    }
}

/// Returns the items that a drill may change: those of the system, of portals and of users. The
/// items that the stream and the schedule make are left out.
async fn items(world: &World) -> Vec<(String, String)> {
    let kinds = ["SYSTEM#", "PORTAL#", "USER#"];
    let items = world.raw_items().await.into_iter();
    items.filter(|(pk, _)| kinds.iter().any(|kind| pk.starts_with(kind))).collect()
}

async fn stored(world: &World) -> String {
    let keyring: WrappedKeyring = world.running.store.keyring().await.unwrap().unwrap();
    serde_json::to_string(&keyring).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn s43_a_leaked_signing_key_is_gone_from_the_key_set_at_once() {
    let world = World::start().await;
    let shell = Shell::of(&world).await;
    let portal = world.portal("authenticator_app");
    let secret = portal.enrol_app(&world, anna()).await;
    let leaked = kids(&key_set(&world).await);
    shell.operator.withdraw(&leaked[0]).await.unwrap();
    let left = kids(&key_set(&world).await);
    assert!(!left.is_empty() && leaked.iter().all(|kid| !left.contains(kid)));
    // Every process has read the keyring again, and signs with the key that took its place.
    world.advance(READ_AGAIN_AFTER);
    let sign_in = portal.open(anna()).await;
    let done = portal.verify(&sign_in, &world.totp(&secret)).await;
    assert_eq!(done.status, 200, "{:?}", done.body);
    let jwt = done.body["assertion"].as_str().unwrap();
    crate::harness::verified_claims(jwt, &key_set(&world).await, &portal.id);

    let unknown = refusal(shell.operator.withdraw(&leaked[0]).await);
    assert_eq!(unknown, format!("there is no signing key {} in the keyring", leaked[0]));
}

#[tokio::test(flavor = "multi_thread")]
async fn s43_a_published_key_that_leaks_goes_and_the_one_in_use_stays() {
    let world = World::start().await;
    let shell = Shell::of(&world).await;
    let old = kids(&key_set(&world).await);
    shell.operator.rotate_signing().await.unwrap();
    let both = kids(&key_set(&world).await);
    let new = both.iter().find(|kid| !old.contains(kid)).unwrap();
    shell.operator.withdraw(new).await.unwrap();
    assert_eq!(kids(&key_set(&world).await), old);
}

#[tokio::test(flavor = "multi_thread")]
async fn s43_what_would_lose_something_is_refused_with_the_reason_and_changes_nothing() {
    let world = World::start().await;
    let shell = Shell::of(&world).await;
    let operator = &shell.operator;
    world.portal("authenticator_app").enrol_app(&world, anna()).await;
    let before = stored(&world).await;
    let lookup = refusal(operator.rotate_root(KeyPurpose::Lookup).await);
    assert!(lookup.starts_with("the keys for lookup are never rotated"), "{lookup}");
    let lookup = refusal(operator.retire_root(KeyPurpose::Lookup, KeyVersion(1)).await);
    assert!(lookup.starts_with("the keys for lookup are never rotated"), "{lookup}");
    assert!(refusal(operator.retire_signing().await).contains("there is one only"));
    let in_use = refusal(operator.retire_root(KeyPurpose::Seal, KeyVersion(1)).await);
    assert!(in_use.contains("rotate first"), "{in_use}");
    let unknown = refusal(operator.retire_root(KeyPurpose::Seal, KeyVersion(7)).await);
    assert!(unknown.contains("there is no version 7 of the keys for seal"), "{unknown}");
    assert_eq!(stored(&world).await, before);

    operator.rotate_root(KeyPurpose::Seal).await.unwrap();
    operator.rotate_signing().await.unwrap();
    let rotating = stored(&world).await;
    for again in [operator.rotate_root(KeyPurpose::Seal).await, operator.rotate_signing().await] {
        assert!(refusal(again).contains("a rotation is under way"));
    }
    let early = refusal(operator.reseal(u32::MAX).await);
    assert!(early.contains("version 2 of the keys for seal is used from"), "{early}");
    world.advance(USED_AFTER);
    assert!(refusal(operator.retire_signing().await).contains("may be alive"));
    let early = refusal(operator.retire_root(KeyPurpose::Seal, KeyVersion(1)).await);
    assert!(early.contains("may be alive; wait until 20"), "{early}");
    world.advance(HELD_FOR + limits::SIGN_IN_SECONDS);
    let sealed = refusal(operator.retire_root(KeyPurpose::Seal, KeyVersion(1)).await);
    assert!(sealed.contains("secrets of authenticator apps lie under version 1"), "{sealed}");
    assert!(sealed.contains("cargo ops reseal"), "{sealed}");
    assert_eq!(stored(&world).await, rotating);
}

#[tokio::test(flavor = "multi_thread")]
async fn s43_recovery_codes_keep_the_keys_they_are_derived_from() {
    let world = World::start().await;
    let shell = Shell::of(&world).await;
    let portal = world.portal("authenticator_app");
    world.give_recovery_codes(&portal, "offered").await;
    portal.enrol_app(&world, anna()).await;
    shell.operator.rotate_root(KeyPurpose::Codes).await.unwrap();
    world.advance(USED_AFTER + HELD_FOR + 180 * 86_400);
    let why = refusal(shell.operator.retire_root(KeyPurpose::Codes, KeyVersion(1)).await);
    assert!(why.contains("1 sets of recovery codes lie under version 1"), "{why}");
}

#[tokio::test(flavor = "multi_thread")]
async fn s43_a_dry_run_says_what_would_be_done_and_writes_nothing() {
    let world = World::start().await;
    let shell = Shell::of(&world).await;
    world.portal("authenticator_app").enrol_app(&world, anna()).await;
    let before = items(&world).await;
    let dry = shell.dry();
    dry.rotate_signing().await.unwrap();
    dry.rotate_root(KeyPurpose::Seal).await.unwrap();
    dry.withdraw(&kids(&key_set(&world).await)[0]).await.unwrap();
    assert_eq!(
        shell.printed().matches("Dry run: nothing was written. It would be like this:").count(),
        3
    );
    assert_eq!(items(&world).await, before);

    shell.operator.rotate_root(KeyPurpose::Seal).await.unwrap();
    world.advance(USED_AFTER);
    let before = items(&world).await;
    dry.reseal(u32::MAX).await.unwrap();
    let printed = shell.printed();
    assert!(printed.contains("secrets would be sealed anew, under version 2"), "{printed}");
    assert_eq!(items(&world).await, before);
    shell.operator.reseal(u32::MAX).await.unwrap();
    let after = items(&world).await;
    assert_ne!(after, before);
    // Run again, it finds nothing to do.
    shell.operator.reseal(u32::MAX).await.unwrap();
    assert!(shell.printed().contains(" 0 secrets sealed anew"));
    assert_eq!(items(&world).await, after);
}

#[tokio::test(flavor = "multi_thread")]
async fn s43_two_operators_at_once_publish_one_key() {
    let world = World::start().await;
    let (one, other) = (Shell::of(&world).await, Shell::of(&world).await);
    let before = kids(&key_set(&world).await).len();
    let (one, other) = tokio::join!(one.operator.rotate_signing(), other.operator.rotate_signing());
    assert_ne!(one.is_ok(), other.is_ok(), "{one:?} {other:?}");
    assert_eq!(kids(&key_set(&world).await).len(), 2 * before);
}

#[tokio::test(flavor = "multi_thread")]
async fn s43_a_root_key_that_is_published_only_is_taken_back() {
    let world = World::start().await;
    let shell = Shell::of(&world).await;
    let before = stored(&world).await;
    shell.operator.rotate_root(KeyPurpose::Codes).await.unwrap();
    shell.operator.retire_root(KeyPurpose::Codes, KeyVersion(2)).await.unwrap();
    assert_eq!(stored(&world).await, before);
    // In the last minute somebody's clock may say that it is in use.
    shell.operator.rotate_root(KeyPurpose::Codes).await.unwrap();
    world.advance(USED_AFTER - 60);
    let late = refusal(shell.operator.retire_root(KeyPurpose::Codes, KeyVersion(2)).await);
    assert!(late.contains("new things are made under version 2"), "{late}");
}

#[tokio::test(flavor = "multi_thread")]
async fn s43_a_published_root_key_that_does_not_open_stops_nobody_and_is_taken_back() {
    let world = World::start().await;
    let shell = Shell::of(&world).await;
    let portal = world.portal("authenticator_app");
    let secret = portal.enrol_app(&world, anna()).await;
    publish_a_root_key_that_does_not_open(&world).await;

    let signs_in = async || {
        let sign_in = portal.open(anna()).await;
        portal.verify(&sign_in, &world.totp(&secret)).await.status
    };
    world.advance(READ_AGAIN_AFTER);
    assert_eq!(signs_in().await, 200, "processes that read the keyring again");
    let (fresh, _) = world.function().await;
    assert_eq!(fresh.keyring().await.unwrap().left_out().len(), 1, "and those that start");
    shell.operator.retire_root(KeyPurpose::Seal, KeyVersion(2)).await.unwrap();
    world.advance(USED_AFTER);
    assert_eq!(signs_in().await, 200);
    let (fresh, _) = world.function().await;
    assert!(fresh.keyring().await.unwrap().left_out().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn s43_each_change_of_keys_is_in_the_log_of_the_console_with_who_made_it() {
    let world = World::start().await;
    let shell = Shell::of(&world).await;
    let operator = &shell.operator;
    let first = kids(&key_set(&world).await);
    operator.rotate_signing().await.unwrap();
    operator.rotate_root(KeyPurpose::Codes).await.unwrap();
    operator.retire_root(KeyPurpose::Codes, KeyVersion(2)).await.unwrap();
    operator.withdraw(&first[0]).await.unwrap();
    for (event, actor, about) in [
        ("keyring_made", "set-up", ""),
        ("signing_key_published", "ops:olivia", "used from 20"),
        ("root_key_published", "ops:olivia", "version 2 of the keys for codes, used from 20"),
        ("root_key_retired", "ops:olivia", "version 2 of the keys for codes"),
        ("signing_key_withdrawn", "ops:olivia", first[0].as_str()),
    ] {
        let log = log_of_keys(&world, event).await;
        assert_eq!(log.len(), 1, "{event}: {log:?}");
        assert_eq!(log[0]["actor"], actor, "{event}");
        let reason = log[0]["reason"].as_str().unwrap_or_default();
        assert!(reason.contains(about), "{event}: {reason}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn s43_a_root_key_that_came_into_use_while_the_table_was_read_is_not_taken_back() {
    let world = World::start().await;
    let shell = Shell::of(&world).await;
    shell.operator.rotate_root(KeyPurpose::Seal).await.unwrap();
    let before = stored(&world).await;
    let held = world.aws.delay("Scan");
    let operator = shell.operator.clone();
    let retiring =
        tokio::spawn(async move { operator.retire_root(KeyPurpose::Seal, KeyVersion(2)).await });
    held.arrived.notified().await;
    world.advance(USED_AFTER);
    held.release.notify_one();
    let late = refusal(retiring.await.unwrap());
    assert!(late.contains("new things are made under version 2"), "{late}");
    assert_eq!(stored(&world).await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn s43_a_root_key_that_leaks_in_the_minute_before_its_use_waits_for_that() {
    let world = World::start().await;
    let shell = Shell::of(&world).await;
    shell.operator.rotate_root(KeyPurpose::Codes).await.unwrap();
    world.advance(USED_AFTER - 60);
    let withdraw = || shell.operator.withdraw_root(KeyPurpose::Codes, KeyVersion(2), u32::MAX);
    let early = refusal(withdraw().await);
    assert!(early.contains("is used from") && early.contains("after that"), "{early}");
    world.advance(60);
    withdraw().await.unwrap();
}
