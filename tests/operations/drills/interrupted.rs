//! Drills that fail on the way.

use super::Shell;
use crate::harness::{Site, World, anna};
use portcullis_keys::{KeyPurpose, USED_AFTER};
use portcullis_ops::OpsError;

/// A user with a secret under a version that is no longer in use.
async fn before_a_reseal() -> (World, Shell) {
    let world = World::start().await;
    let shell = Shell::of(&world).await;
    world.portal("authenticator_app").enrol_app(&world, anna()).await;
    shell.operator.rotate_root(KeyPurpose::Seal).await.unwrap();
    world.advance(USED_AFTER);
    (world, shell)
}

async fn anna_of(world: &World) -> String {
    world.raw_user(&world.portal("authenticator_app").id, "anna").await
}

/// Returns the places of the calls that sealing anew makes.
pub async fn sites_of_a_reseal() -> Vec<Site> {
    let (world, shell) = before_a_reseal().await;
    world.aws.record_sites();
    shell.operator.reseal(u32::MAX).await.unwrap();
    world.aws.sites()
}

#[tokio::test(flavor = "multi_thread")]
async fn s19_a_reseal_that_fails_anywhere_is_made_good_by_the_next_run() {
    let (world, shell) = before_a_reseal().await;
    let before = anna_of(&world).await;
    // The SDK tries three times.
    for operation in ["GetItem", "Scan"] {
        world.aws.break_calls(operation, 0, 3);
        let stopped = shell.operator.reseal(u32::MAX).await;
        assert!(matches!(stopped, Err(OpsError::Store(_))), "{operation}: {stopped:?}");
        assert_eq!(anna_of(&world).await, before);
    }
    for operation in ["BatchGetItem", "PutItem"] {
        world.aws.break_calls(operation, 0, 3);
        let refused = shell.operator.reseal(u32::MAX).await.unwrap_err().to_string();
        assert!(refused.starts_with("1 users could not be sealed anew"), "{refused}");
    }
    shell.printed();
    shell.operator.reseal(u32::MAX).await.unwrap();
    shell.operator.reseal(u32::MAX).await.unwrap();
    assert!(shell.printed().ends_with(": 0 secrets sealed anew, under version 2."));
    let after = anna_of(&world).await;
    assert_ne!(after, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn s43_a_reseal_goes_by_no_keyring_that_was_changed_meanwhile() {
    let (world, shell) = before_a_reseal().await;
    let before = anna_of(&world).await;
    let held = world.aws.delay("Scan");
    let operator = shell.operator.clone();
    let resealing = tokio::spawn(async move { operator.reseal(u32::MAX).await });
    held.arrived.notified().await;
    shell.operator.rotate_signing().await.unwrap();
    held.release.notify_one();
    let stopped = resealing.await.unwrap().unwrap_err().to_string();
    assert!(stopped.starts_with("the keyring was changed meanwhile; 0 secrets"), "{stopped}");
    assert_eq!(anna_of(&world).await, before);
    shell.operator.reseal(u32::MAX).await.unwrap();
    assert_ne!(anna_of(&world).await, before);
}
