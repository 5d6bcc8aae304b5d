//! A root key is withdrawn though it, or the one in use, does not open: its key of KMS is disabled.

use super::Shell;
use crate::harness::{World, anna, settings_with_twilio};
use aws_sdk_kms::{primitives::Blob, types::DataKeySpec};
use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use portcullis_domain::{KeyVersion, WriteId};
use portcullis_keys::{HELD_FOR, KeyPurpose, READ_AGAIN_AFTER, USED_AFTER, WrappedKeyring};
use portcullis_ops::OpsError;
use portcullis_store::Replacement;
use serde_json::json;

const OLDER: KeyVersion = KeyVersion(1);
const NEWEST: KeyVersion = KeyVersion(2);

/// A world in which the newest version of some keys is in use, under a key of KMS of its own.
struct Wrapped {
    world: World,
    shell: Shell,
    purpose: KeyPurpose,
    other: String,
    /// The secret of Anna's app, which is sealed under the older version.
    secret: String,
}

impl Wrapped {
    async fn start(purpose: KeyPurpose) -> Self {
        let world = World::start().await;
        let saved = world.put_settings(settings_with_twilio()).await;
        assert_eq!(saved.status, 200, "{:?}", saved.body);
        let secret = world.portal("authenticator_app").enrol_app(&world, anna()).await;
        let shell = Shell::of(&world).await;
        let kms = &shell.operator.kms;
        let other = kms.create_key().send().await.unwrap().key_metadata.unwrap().key_id;
        let made = kms.generate_data_key().key_id(&other).key_spec(DataKeySpec::Aes256);
        let made = made.encryption_context("portcullis", purpose.as_str()).send().await.unwrap();
        let wrapped = made.ciphertext_blob.map(Blob::into_inner).unwrap();
        let store = &world.running.store;
        let before = store.versioned_keyring::<WrappedKeyring>().await.unwrap().unwrap();
        let mut keyring = serde_json::to_value(&before.value).unwrap();
        keyring["roots"].as_array_mut().unwrap().push(json!({
            "purpose": purpose.as_str(), "version": NEWEST.0,
            "wrapped": BASE64_URL_SAFE_NO_PAD.encode(wrapped),
            "published_at": world.now().plus(-USED_AFTER).unix(),
        }));
        let value: WrappedKeyring = serde_json::from_value(keyring).unwrap();
        let published = Replacement { value, entries: None };
        store.replace_keyring(&before, &published, WriteId::new([7; 12])).await.unwrap();
        Self { world, shell, purpose, other, secret }
    }

    async fn disable(&self) {
        let kms = &self.shell.operator.kms;
        kms.disable_key().key_id(&self.other).send().await.unwrap();
    }

    async fn withdraw(&self, version: KeyVersion) -> Result<String, OpsError> {
        self.shell.operator.withdraw_root(self.purpose, version, u32::MAX).await?;
        Ok(self.shell.printed())
    }

    /// Withdraws a version, in two runs if that is what it takes.
    async fn withdraw_whole(&self, version: KeyVersion) {
        let mut printed = self.withdraw(version).await.unwrap();
        if printed.contains("Not withdrawn yet") {
            self.world.advance(HELD_FOR);
            printed = self.withdraw(version).await.unwrap();
        }
        assert!(printed.contains("Withdrew version"), "{}: {printed}", self.purpose);
    }

    async fn versions(&self) -> Vec<u32> {
        let keyring: Option<WrappedKeyring> = self.world.running.store.keyring().await.unwrap();
        let versions = keyring.unwrap().root_versions(self.world.now()).into_iter();
        let of = versions.filter(|root| root.purpose == self.purpose);
        of.map(|root| root.version.0).collect()
    }

    /// Checks that processes start, that a user signs in, and that text messages go out.
    async fn works(&self) {
        let (world, purpose) = (&self.world, self.purpose);
        world.advance(READ_AGAIN_AFTER);
        let (fresh, _) = world.function().await;
        let keyring = fresh.keyring().await.unwrap();
        let portal = world.portal("authenticator_app");
        let sign_in = portal.open(anna()).await;
        let done = portal.verify(&sign_in, &world.totp(&self.secret)).await;
        assert_eq!(done.status, 200, "{purpose}: {:?}", done.body);
        let settings = world.running.store.settings().await.unwrap().unwrap().value;
        let Some(portcullis_domain::SmsProvider::Twilio { client_secret, .. }) = settings.sms
        else {
            panic!("{purpose}: text messages go out by Twilio");
        };
        let name = portcullis_app::TWILIO_SECRET;
        assert!(keyring.open_setting(name, &client_secret).is_ok(), "{purpose}");
    }
}

const ROTATED: [KeyPurpose; 4] =
    [KeyPurpose::Seal, KeyPurpose::Codes, KeyPurpose::Signing, KeyPurpose::Settings];

#[tokio::test(flavor = "multi_thread")]
async fn s43_the_newest_root_key_is_withdrawn_though_it_does_not_open() {
    for purpose in ROTATED {
        let wrapped = Wrapped::start(purpose).await;
        wrapped.disable().await;
        wrapped.withdraw_whole(NEWEST).await;
        assert_eq!(wrapped.versions().await, [1, 3], "{purpose}");
        wrapped.works().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn s43_an_older_root_key_is_withdrawn_though_the_newest_does_not_open() {
    for purpose in ROTATED {
        let wrapped = Wrapped::start(purpose).await;
        wrapped.disable().await;
        wrapped.withdraw_whole(OLDER).await;
        assert_eq!(wrapped.versions().await, [2, 3], "{purpose}");
        wrapped.works().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn s43_secrets_under_a_root_key_that_does_not_open_keep_it_until_it_opens() {
    let wrapped = Wrapped::start(KeyPurpose::Seal).await;
    let (world, portal) = (&wrapped.world, wrapped.world.portal("authenticator_app"));
    world.advance(READ_AGAIN_AFTER);
    let ben = json!({ "id": "ben", "email": "ben@example.com", "email_verified": true });
    let secret = portal.enrol_app(world, ben.clone()).await;
    wrapped.disable().await;
    let refused = wrapped.withdraw(NEWEST).await.unwrap_err();
    assert!(matches!(refused, OpsError::Refused(_)), "{refused:?}");
    let refused = refused.to_string();
    assert!(refused.starts_with("1 users could not be sealed anew"), "{refused}");
    let why = "version 2 of the keys for seal does not open, and secrets under it cannot be";
    assert!(refused.contains(why) && refused.contains("enable the KMS key"), "{refused}");
    assert_eq!(wrapped.versions().await, [1, 2, 3]);
    // Everybody else signs in meanwhile, and nobody by what does not open.
    wrapped.works().await;
    let sign_in = portal.open(ben.clone()).await;
    assert_eq!(portal.verify(&sign_in, &world.totp(&secret)).await.status, 503);

    let kms = &wrapped.shell.operator.kms;
    kms.enable_key().key_id(&wrapped.other).send().await.unwrap();
    world.advance(HELD_FOR);
    wrapped.withdraw_whole(NEWEST).await;
    world.advance(READ_AGAIN_AFTER);
    let sign_in = portal.open(ben).await;
    assert_eq!(portal.verify(&sign_in, &world.totp(&secret)).await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn s43_a_provider_secret_under_a_root_key_that_does_not_open_is_said_to_be_lost() {
    let wrapped = Wrapped::start(KeyPurpose::Settings).await;
    wrapped.shell.operator.reseal(u32::MAX).await.unwrap();
    wrapped.disable().await;
    let printed = wrapped.withdraw(NEWEST).await.unwrap();
    assert!(printed.contains("the secret of the SMS provider under it is lost"), "{printed}");
    assert_eq!(wrapped.versions().await, [1, 3]);
    let saved = wrapped.world.put_settings(settings_with_twilio()).await;
    assert_eq!(saved.status, 200, "a new one is entered: {:?}", saved.body);
    wrapped.works().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn s43_a_root_key_that_does_not_open_is_named_with_its_version() {
    for purpose in ROTATED {
        let wrapped = Wrapped::start(purpose).await;
        wrapped.disable().await;
        let named = format!("KMS did not open version 2 of the root key for {purpose}");
        let keyring: Option<WrappedKeyring> = wrapped.world.running.store.keyring().await.unwrap();
        let opened = keyring.unwrap().opened_in(&wrapped.shell.operator.kms).await;
        assert_eq!(opened.unwrap_err().to_string(), named);
        let (fresh, _) = wrapped.world.function().await;
        let failed = format!("{:?}", fresh.keyring().await.unwrap_err());
        assert!(failed.contains("RootNotOpened") && failed.contains("KeyVersion(2)"), "{failed}");
    }
}
