//! The root keys are wrapped under another key of KMS, or open in another Region.

use super::{Shell, log_of_keys, under_load::Load};
use crate::harness::{Fault, Site, World, anna};
use portcullis_domain::{KeyVersion, WriteId};
use portcullis_keys::{KeyPurpose, KmsKey, READ_AGAIN_AFTER, USED_AFTER, WrappedKeyring};
use portcullis_local::ROOT_KEY_ID;
use portcullis_ops::OpsError;
use portcullis_store::Replacement;

async fn another_key(kms: &aws_sdk_kms::Client) -> String {
    let made = kms.create_key().multi_region(true).send().await.unwrap();
    made.key_metadata.unwrap().arn.unwrap()
}

async fn stored(world: &World) -> WrappedKeyring {
    world.running.store.keyring().await.unwrap().unwrap()
}

async fn rewrap(shell: &Shell, to: &str) -> Result<String, OpsError> {
    let kms = &shell.operator.kms;
    shell.operator.rewrap(KmsKey { client: kms, key_id: to }).await?;
    Ok(shell.printed())
}

/// Returns the places of the calls that wrapping anew makes.
pub async fn sites_of_a_rewrap() -> Vec<Site> {
    let world = World::start().await;
    let shell = Shell::of(&world).await;
    let to = another_key(&shell.operator.kms).await;
    world.aws.record_sites();
    rewrap(&shell, &to).await.unwrap();
    world.aws.sites()
}

#[tokio::test(flavor = "multi_thread")]
async fn s43_no_verify_fails_while_root_keys_are_rewrapped_and_the_old_kms_key_is_disabled() {
    let world = World::start().await;
    let shell = Shell::of(&world).await;
    shell.operator.rotate_root(KeyPurpose::Seal).await.unwrap();
    let mut load = Load::start(&world).await;
    load.rounds(2).await;
    let (kms, to) = (&shell.operator.kms, another_key(&shell.operator.kms).await);
    let before = serde_json::to_string(&stored(&world).await).unwrap();
    let dry = shell.dry();
    dry.rewrap(KmsKey { client: kms, key_id: &to }).await.unwrap();
    assert_eq!(serde_json::to_string(&stored(&world).await).unwrap(), before);
    assert!(shell.printed().contains(&format!("6 root keys would be wrapped by {to}.")));

    let printed = rewrap(&shell, &to).await.unwrap();
    assert!(printed.contains(&format!("6 root keys are wrapped by {to}, and each opens.")));
    load.rounds(2).await;
    // Every process has read the keyring again.
    world.advance(READ_AGAIN_AFTER);
    load.rounds(1).await;
    kms.disable_key().key_id(ROOT_KEY_ID).send().await.unwrap();
    load.rounds(2).await;
    world.advance(READ_AGAIN_AFTER);
    load.rounds(1).await;
    let (fresh, _) = world.function().await;
    assert!(fresh.keyring().await.is_ok(), "a process that starts now");
    let again = rewrap(&shell, &to).await.unwrap();
    assert!(again.contains("open under") && again.contains("Nothing to do."), "{again}");
    let log = log_of_keys(&world, "keys_rewrapped").await;
    assert_eq!(log.len(), 1, "a run that changes nothing leaves no entry: {log:?}");
    assert_eq!(
        (&log[0]["actor"], &log[0]["reason"]),
        (&"ops:olivia".into(), &format!("under {to}").into())
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn s19_a_rewrap_that_fails_anywhere_changes_nothing_or_all_and_the_next_run_makes_it_good() {
    let world = World::start().await;
    let shell = Shell::of(&world).await;
    let to = another_key(&shell.operator.kms).await;
    let before = serde_json::to_string(&stored(&world).await).unwrap();
    // The SDK tries three times. The second Decrypt is the one that KMS has to refuse: without its
    // answer nobody knows that the new key binds the purpose.
    for (operation, skip) in
        [("GetItem", 0), ("GenerateDataKey", 0), ("Decrypt", 0), ("Decrypt", 1), ("Encrypt", 0)]
    {
        world.aws.break_calls(operation, skip, 3);
        let stopped = rewrap(&shell, &to).await;
        world.aws.mend();
        let failed = matches!(stopped, Err(OpsError::Store(_) | OpsError::Keys(_)));
        assert!(failed, "{operation} after {skip}: {stopped:?}");
        assert_eq!(serde_json::to_string(&stored(&world).await).unwrap(), before, "{operation}");
    }
    world.aws.break_calls("PutItem", 0, 3);
    let unwritten = rewrap(&shell, &to).await;
    assert!(matches!(unwritten, Err(OpsError::Store(_))), "{unwritten:?}");
    world.aws.mend();
    assert_eq!(serde_json::to_string(&stored(&world).await).unwrap(), before);
    // The write is made, and nobody hears of it.
    world.aws.fault_at("PutItem", Fault::ReplyLost, 3);
    let unheard = rewrap(&shell, &to).await;
    assert!(matches!(unheard, Err(OpsError::Store(_))), "{unheard:?}");
    world.aws.mend();
    let again = rewrap(&shell, &to).await.unwrap();
    assert!(again.contains("Nothing to do."), "{again}");
    assert_eq!(log_of_keys(&world, "keys_rewrapped").await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn s43_a_keyring_with_root_keys_under_several_kms_keys_is_rewrapped_under_one() {
    let world = World::start().await;
    let mut shell = Shell::of(&world).await;
    let older = serde_json::to_value(stored(&world).await).unwrap();
    let to = another_key(&shell.operator.kms).await;
    rewrap(&shell, &to).await.unwrap();
    // Of one purpose the keyring has what an older one had, as after a repair by hand.
    let before = world.running.store.versioned_keyring::<WrappedKeyring>().await.unwrap().unwrap();
    let mut mixed = serde_json::to_value(&before.value).unwrap();
    mixed["roots"][1] = older["roots"][1].clone();
    let value = serde_json::from_value(mixed).unwrap();
    let mixed = Replacement { value, entries: None };
    let write = WriteId::new([7; 12]);
    world.running.store.replace_keyring(&before, &mixed, write).await.unwrap();
    assert_eq!(stored(&world).await.opened_in(&shell.operator.kms).await.unwrap().len(), 2);
    shell.operator.root_key_id.clone_from(&to);
    let refused = shell.operator.rotate_root(KeyPurpose::Seal).await.unwrap_err().to_string();
    assert!(refused.contains("is not the key of KMS that wraps the version in use"), "{refused}");

    let printed = rewrap(&shell, &to).await.unwrap();
    assert_eq!(printed.matches("new, was").count(), 1, "{printed}");
    assert_eq!(printed.matches("stays, ").count(), 4, "{printed}");
    shell.operator.rotate_root(KeyPurpose::Seal).await.unwrap();
    let arns = stored(&world).await.opened_in(&shell.operator.kms).await.unwrap();
    assert_eq!(arns, [to], "{arns:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn s43_a_kms_key_that_does_not_open_what_it_wraps_is_refused_and_nothing_changes() {
    let world = World::start().await;
    let shell = Shell::of(&world).await;
    let kms = &shell.operator.kms;
    let before = serde_json::to_string(&stored(&world).await).unwrap();
    let disabled = another_key(kms).await;
    kms.disable_key().key_id(&disabled).send().await.unwrap();
    for (to, error) in [(disabled.as_str(), "Disabled"), ("no-such-key", "NotFound")] {
        let refused = rewrap(&shell, to).await.unwrap_err();
        let cause = std::error::Error::source(&refused).map(|cause| format!("{cause:?}"));
        assert!(cause.unwrap().contains(error), "{to}: {refused:?}");
    }
    // A root key that does not open is no reason to lose it.
    super::publish_a_root_key_that_does_not_open(&world).await;
    let to = another_key(kms).await;
    let broken = rewrap(&shell, &to).await.unwrap_err();
    assert_eq!(broken.to_string(), "KMS did not open version 2 of the root key for seal");
    shell.operator.retire_root(KeyPurpose::Seal, KeyVersion(2)).await.unwrap();
    assert_eq!(serde_json::to_string(&stored(&world).await).unwrap(), before);
    rewrap(&shell, &to).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn s43_a_replica_of_a_multi_region_key_opens_the_keyring_and_nothing_is_rewrapped() {
    let world = World::start().await;
    world.portal("authenticator_app").enrol_app(&world, anna()).await;
    let mut shell = Shell::of(&world).await;
    let there = world.kms_in("eu-central-1").await;
    let keyring = stored(&world).await;
    let refused = keyring.opened_in(&there).await.unwrap_err();
    assert!(format!("{refused:?}").contains("AccessDenied"), "{refused:?}");
    let replicate = shell.operator.kms.replicate_key().key_id(ROOT_KEY_ID);
    let replica = replicate.replica_region("eu-central-1").send().await.unwrap();
    let arn = replica.replica_key_metadata.unwrap().arn.unwrap();
    assert_eq!(keyring.opened_in(&there).await.unwrap(), [arn.as_str()]);

    let to = KmsKey { client: &there, key_id: &arn };
    shell.operator.rewrap(to).await.unwrap();
    let printed = shell.printed();
    assert!(printed.contains(&format!("5 root keys open under {arn} already.")), "{printed}");
    // In that Region, keys are rotated under the replica.
    (shell.operator.kms, shell.operator.root_key_id) = (there.clone(), arn.clone());
    shell.operator.rotate_root(KeyPurpose::Seal).await.unwrap();
    world.advance(USED_AFTER);
    shell.operator.reseal(u32::MAX).await.unwrap();
    assert_eq!(stored(&world).await.opened_in(&there).await.unwrap(), [arn]);
}
