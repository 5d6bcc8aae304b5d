//! Dry runs ask for what the commands ask for, and say what would be.

use super::{Folder, Shell, key_set, kids};
use crate::harness::{World, anna};
use portcullis_domain::KeyVersion;
use portcullis_keys::{HELD_FOR, KeyPurpose, KmsKey, USED_AFTER};
use portcullis_ops::{Operator, OpsError};

const OLD: KeyVersion = KeyVersion(1);

/// A world in which every key has a version that may go.
async fn after_a_rotation() -> (World, Shell) {
    let world = World::start().await;
    world.portal("authenticator_app").enrol_app(&world, anna()).await;
    let shell = Shell::of(&world).await;
    shell.operator.rotate_signing().await.unwrap();
    for purpose in [KeyPurpose::Seal, KeyPurpose::Codes, KeyPurpose::Signing, KeyPurpose::Settings]
    {
        shell.operator.rotate_root(purpose).await.unwrap();
    }
    world.advance(USED_AFTER);
    shell.operator.reseal(u32::MAX).await.unwrap();
    world.advance(HELD_FOR + 200 * 86_400);
    shell.printed();
    (world, shell)
}

/// Runs each command that changes keys, and returns what became of it.
async fn each(operator: &Operator, kid: &str, to: &str) -> Vec<(&'static str, Done)> {
    let (kms, per_second) = (operator.kms.clone(), u32::MAX);
    vec![
        ("rotate-signing", operator.rotate_signing().await),
        ("retire-signing", operator.retire_signing().await),
        ("withdraw", operator.withdraw(kid).await),
        ("rotate-root", operator.rotate_root(KeyPurpose::Seal).await),
        ("retire-root", operator.retire_root(KeyPurpose::Seal, OLD).await),
        ("withdraw-root", operator.withdraw_root(KeyPurpose::Seal, OLD, per_second).await),
        ("withdraw-root", operator.withdraw_root(KeyPurpose::Codes, OLD, per_second).await),
        ("withdraw-root", operator.withdraw_root(KeyPurpose::Signing, OLD, per_second).await),
        ("withdraw-root", operator.withdraw_root(KeyPurpose::Settings, OLD, per_second).await),
        ("rewrap", operator.rewrap(KmsKey { client: &kms, key_id: to }).await),
    ]
}

type Done = Result<(), OpsError>;

/// Returns the lines that say that something was done, or what to do next.
fn as_done(printed: &str) -> Vec<&str> {
    let says = |line: &&str| {
        let words = ["Published", "Retired", "Withdrew", "Next", "taken away", "sealed anew"];
        let others = ["are refused", "are wrapped", "was made", "ended", "removed", "changed"];
        words.iter().chain(&others).any(|word| line.contains(word)) && !line.contains("would")
    };
    printed.lines().filter(says).collect()
}

async fn another_key(shell: &Shell) -> String {
    let made = shell.operator.kms.create_key().multi_region(true).send().await.unwrap();
    made.key_metadata.unwrap().arn.unwrap()
}

async fn items(world: &World) -> Vec<(String, String)> {
    let kinds = ["SYSTEM#", "PORTAL#", "USER#", "ADMIN#"];
    let items = world.raw_items().await.into_iter();
    let mut items: Vec<_> =
        items.filter(|(pk, _)| kinds.iter().any(|kind| pk.starts_with(kind))).collect();
    items.sort();
    items
}

#[tokio::test(flavor = "multi_thread")]
async fn s43_a_dry_run_of_each_command_asks_for_the_name_that_the_command_asks_for() {
    let (world, shell) = after_a_rotation().await;
    let (kid, to) = (kids(&key_set(&world).await)[0].clone(), another_key(&shell).await);
    let before = items(&world).await;
    for unnamed in [shell.dry(), shell.operator.clone()] {
        let unnamed = Operator { by: None, ..unnamed };
        for (command, done) in each(&unnamed, &kid, &to).await {
            let refused = done.expect_err(command);
            assert!(matches!(refused, OpsError::Refused(_)), "{command}: {refused:?}");
            assert!(refused.to_string().contains("give your name with --by"), "{command}");
        }
    }
    assert_eq!(items(&world).await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn s43_a_dry_run_of_each_command_says_what_would_be_and_changes_nothing() {
    let (world, shell) = after_a_rotation().await;
    let (kid, to) = (kids(&key_set(&world).await)[0].clone(), another_key(&shell).await);
    let before = items(&world).await;
    for (command, done) in each(&shell.dry(), &kid, &to).await {
        done.expect(command);
    }
    let printed = shell.printed();
    assert_eq!(as_done(&printed), Vec::<&str>::new());
    assert!(printed.matches("would be").count() >= 10, "{printed}");
    shell.dry().reseal(u32::MAX).await.unwrap();
    world.running.stream_is_delivered().await;
    let folder = Folder::with_journal_of(&world, "dry-run");
    shell.dry().restore(&folder.0, world.now()).await.unwrap();
    let printed = shell.printed();
    assert_eq!(as_done(&printed), Vec::<&str>::new());
    assert_eq!(items(&world).await, before);
    // What is looked for is what the commands print.
    shell.operator.rotate_signing().await.unwrap();
    assert!(!as_done(&shell.printed()).is_empty());
}
