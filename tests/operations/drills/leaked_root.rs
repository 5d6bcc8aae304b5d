//! A root key that leaked is withdrawn while users sign in.

use super::{Shell, key_set, kids, log_of_keys, under_load::Load};
use crate::harness::{Browser, World, anna, other_than, recovery_codes};
use portcullis_domain::KeyVersion;
use portcullis_keys::{HELD_FOR, KeyPurpose, READ_AGAIN_AFTER, WrappedKeyring};
use portcullis_ops::OpsError;
use serde_json::json;

const LEAKED: KeyVersion = KeyVersion(1);

async fn versions(world: &World, purpose: KeyPurpose) -> Vec<u32> {
    let keyring: WrappedKeyring = world.running.store.keyring().await.unwrap().unwrap();
    let versions = keyring.root_versions(world.now()).into_iter();
    versions.filter(|root| root.purpose == purpose).map(|root| root.version.0).collect()
}

async fn withdraw(shell: &Shell, purpose: KeyPurpose) -> String {
    shell.operator.withdraw_root(purpose, LEAKED, u32::MAX).await.unwrap();
    shell.printed()
}

#[tokio::test(flavor = "multi_thread")]
async fn s43_a_leaked_root_key_of_secrets_goes_in_fifteen_minutes_and_no_sign_in_is_lost() {
    let world = World::start().await;
    let shell = Shell::of(&world).await;
    let mut load = Load::start(&world).await;
    load.rounds(2).await;
    let first = withdraw(&shell, KeyPurpose::Seal).await;
    assert!(first.contains("secrets sealed anew, under version 2"), "{first}");
    assert!(first.contains("Not withdrawn yet"), "{first}");
    assert_eq!(versions(&world, KeyPurpose::Seal).await, [1, 2]);
    // A process that read its keyring within ten seconds before answers 503 until these are over.
    world.advance(10);
    load.rounds(2).await;
    let early = withdraw(&shell, KeyPurpose::Seal).await;
    assert!(early.contains("Not withdrawn yet"), "{early}");
    world.advance(HELD_FOR);
    load.rounds(1).await;
    let last = withdraw(&shell, KeyPurpose::Seal).await;
    assert!(last.contains("Withdrew version 1 of the keys for seal."), "{last}");
    assert_eq!(versions(&world, KeyPurpose::Seal).await, [2]);
    world.advance(READ_AGAIN_AFTER);
    load.rounds(4).await;
    let log = log_of_keys(&world, "root_key_withdrawn").await;
    assert_eq!(log[0]["reason"], "version 1 of the keys for seal", "{log:?}");
    let log = log_of_keys(&world, "root_key_published").await;
    assert_eq!(log[0]["reason"], "version 2 of the keys for seal, used at once", "{log:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn s43_a_process_that_has_just_read_the_keyring_answers_503_for_ten_seconds_at_most() {
    let world = World::start().await;
    let shell = Shell::of(&world).await;
    let portal = world.portal("authenticator_app");
    let secret = portal.enrol_app(&world, anna()).await;
    world.advance(READ_AGAIN_AFTER);
    let sign_in = portal.open(anna()).await;
    let code = world.totp(&secret);
    // With this it has read the keyring, in this second.
    let wrong = portal.verify(&sign_in, &other_than(&code)).await;
    assert_eq!(wrong.problem(), (403, "code_wrong"));
    withdraw(&shell, KeyPurpose::Seal).await;
    let early = portal.verify(&sign_in, &code).await;
    assert_eq!(early.problem(), (503, "unavailable"));
    world.advance(10);
    let done = portal.verify(&sign_in, &world.totp(&secret)).await;
    assert_eq!(done.status, 200, "{:?}", done.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn s43_a_leaked_root_key_of_signing_goes_at_once_with_every_key_it_sealed() {
    let world = World::start().await;
    let shell = Shell::of(&world).await;
    let mut load = Load::start(&world).await;
    load.rounds(2).await;
    let old = kids(&key_set(&world).await);
    withdraw(&shell, KeyPurpose::Signing).await;
    let new = kids(&key_set(&world).await);
    assert!(!new.is_empty() && new.iter().all(|kid| !old.contains(kid)));
    assert_eq!(versions(&world, KeyPurpose::Signing).await, [2]);
    // Until every process has read the keyring again, portals refuse what they sign; the answer
    // itself comes, and the user signs in again.
    world.advance(READ_AGAIN_AFTER);
    load.read_key_set().await;
    load.rounds(4).await;
    let log = log_of_keys(&world, "signing_key_withdrawn").await;
    assert_eq!(log.len(), 1, "{log:?}");
    assert_eq!(log_of_keys(&world, "signing_key_published").await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn s43_a_leaked_root_key_of_codes_goes_at_once_with_what_was_derived_from_it() {
    let world = World::start().await;
    let shell = Shell::of(&world).await;
    let portal = world.portal("authenticator_app");
    world.give_recovery_codes(&portal, "offered").await;
    let sign_in = portal.open(anna()).await;
    let enrolment = json!({ "method": "authenticator_app" });
    let secret = portal.act(&sign_in, "enrolment", enrolment).await.secret().to_owned();
    let code = json!({ "code": world.totp(&secret) });
    let done = portal.act(&sign_in, "enrolment/confirm", code).await;
    let recovery = recovery_codes(&done.body);
    assert!(!recovery.is_empty(), "{:?}", done.body);
    world.advance(30);
    // A code is on its way to another user.
    let emailed = world.portal("always_on");
    let under_way = emailed.open(anna()).await;
    let sent = emailed.act(&under_way, "challenge", json!({ "method": "email" })).await;
    assert_eq!(sent.status, 202, "{:?}", sent.body);
    let sent_code = world.code_sent_to("testing@example.co.nz").await;

    let printed = withdraw(&shell, KeyPurpose::Codes).await;
    assert!(printed.contains("1 sets of recovery codes and 1 other codes and links"), "{printed}");
    assert_eq!(versions(&world, KeyPurpose::Codes).await, [2]);
    // Whatever keyring a process holds, what was derived from the leaked key is not accepted.
    for wait in [0, READ_AGAIN_AFTER] {
        world.advance(wait);
        let late = emailed.verify(&under_way, &sent_code).await;
        assert!(late.status >= 400, "{:?}", late.body);
        let other = portal.open(anna()).await;
        let used = portal.verify(&other, &recovery[0]).await;
        assert!(used.status >= 400, "{:?}", used.body);
        world.advance(30);
    }
    world.notices("Your recovery codes no longer work", 1).await;
    // What needs no code of before works on.
    let fresh = portal.open(anna()).await;
    assert_eq!(portal.verify(&fresh, &world.totp(&secret)).await.status, 200);
    let fresh = emailed.open(anna()).await;
    world.advance(60);
    let asked = emailed.act(&fresh, "challenge", json!({ "method": "email" })).await;
    assert_eq!(asked.status, 202, "{:?}", asked.body);
    let code = world.code_sent_to("testing@example.co.nz").await;
    assert_eq!(emailed.verify(&fresh, &code).await.status, 200);
    let again = withdraw(&shell, KeyPurpose::Codes).await;
    assert!(again.contains("withdrawn already"), "{again}");
    assert!(again.contains(": 0 sets of recovery codes and 0 other"), "{again}");
}

#[tokio::test(flavor = "multi_thread")]
async fn s43_a_leaked_root_key_of_settings_goes_at_once_and_texts_go_out_under_the_next() {
    let world = World::start().await;
    let shell = Shell::of(&world).await;
    let portal = world.portal("managed");
    portal.open(anna()).await;
    let printed = withdraw(&shell, KeyPurpose::Settings).await;
    assert!(printed.contains("Withdrew version 1 of the keys for settings."), "{printed}");
    assert_eq!(versions(&world, KeyPurpose::Settings).await, [2]);
    world.advance(READ_AGAIN_AFTER);
    // The secret of the provider opens, and notices go out.
    let (context, _) = world.function().await;
    let keyring = context.keyring().await.unwrap();
    let settings = world.running.store.settings().await.unwrap().unwrap().value;
    if let Some(portcullis_domain::SmsProvider::Twilio { client_secret, .. }) = settings.sms {
        let name = portcullis_app::TWILIO_SECRET;
        assert!(keyring.open_setting(name, &client_secret).is_ok());
    }
    let boss = json!({ "id": "boss", "role": "portal_admin" });
    let reset = json!({ "actor": boss, "reason": "lost", "confirm": true });
    assert!(portal.reset_user("anna", reset).await.status < 300);
    world.notices("Your second step was reset", 1).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn s43_a_freeze_link_under_a_leaked_root_key_is_refused() {
    let world = World::start().await;
    let shell = Shell::of(&world).await;
    let portal = world.with_freeze_links("authenticator_app").await;
    portal.enrol_app(&world, anna()).await;
    let enrolled = "A new way to sign in was set up";
    let link = world.freeze_link_in(enrolled, "testing@example.co.nz").await;
    withdraw(&shell, KeyPurpose::Settings).await;
    world.advance(READ_AGAIN_AFTER);
    let page = Browser::new(&world).open(&link).await;
    assert!(page.status == 410 && page.says("This link no longer works"), "{page:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn s43_lookup_is_not_withdrawn_nor_an_unknown_version_and_a_dry_run_writes_nothing() {
    let world = World::start().await;
    let shell = Shell::of(&world).await;
    let stored = async || {
        let keyring: WrappedKeyring = world.running.store.keyring().await.unwrap().unwrap();
        serde_json::to_string(&keyring).unwrap()
    };
    let before = stored().await;
    let refused = |done: Result<(), OpsError>| done.unwrap_err().to_string();
    let lookup = refused(shell.operator.withdraw_root(KeyPurpose::Lookup, LEAKED, 1).await);
    assert!(lookup.starts_with("the keys for lookup are never rotated"), "{lookup}");
    for purpose in [KeyPurpose::Seal, KeyPurpose::Codes, KeyPurpose::Signing] {
        let unknown = shell.operator.withdraw_root(purpose, KeyVersion(7), 1).await;
        assert!(refused(unknown).contains("there is no version 7 of the keys for"));
        shell.dry().withdraw_root(purpose, LEAKED, 1).await.unwrap();
        assert!(shell.printed().contains("Dry run: nothing was written."));
    }
    let nobody = portcullis_ops::Operator { by: None, ..shell.operator.clone() };
    let unnamed = refused(nobody.withdraw_root(KeyPurpose::Signing, LEAKED, 1).await);
    assert!(unnamed.contains("give your name with --by"), "{unnamed}");
    assert_eq!(stored().await, before);
    // One that is published only goes without another in its place.
    shell.operator.rotate_root(KeyPurpose::Seal).await.unwrap();
    shell.operator.withdraw_root(KeyPurpose::Seal, KeyVersion(2), 1).await.unwrap();
    assert_eq!(stored().await, before);
}
