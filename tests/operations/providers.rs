//! SES, SNS and KMS as moto has them: another reading of the same wire protocols than our own
//! stand-in.

use aws_config::{BehaviorVersion, Region, SdkConfig};
use portcullis_delivery::{Ses, Sns, Transport};
use portcullis_domain::{
    Code, Email, Phone, PortalId, Purpose, Timestamp, UserId, portal::Profile,
    sign_in::challenge::SendOutcome,
};
use portcullis_keys::{KeyPurpose, Keyring, KmsKey, Purposes, WrappedKeyring};
use portcullis_messages::{CodeText, EmailTemplate, TextMessage};
use serde_json::Value;
use std::{
    net::TcpListener,
    process::{Child, Command, Stdio},
    time::Duration,
};

struct Moto {
    process: Child,
    url: String,
}

impl Drop for Moto {
    fn drop(&mut self) {
        let _ended = self.process.kill().and_then(|()| self.process.wait());
    }
}

impl Moto {
    async fn start() -> Self {
        let port = TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port();
        let command = Command::new("moto_server")
            .args(["-H", "127.0.0.1", "-p", &port.to_string()])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
        let process = command.expect("moto_server is installed (by tests/run --set-up)");
        let moto = Self { process, url: format!("http://127.0.0.1:{port}") };
        for _ in 0..300 {
            if reqwest::get(format!("{}/moto-api/data.json", moto.url)).await.is_ok() {
                return moto;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!("moto_server did not answer");
    }

    async fn aws(&self) -> SdkConfig {
        let credentials =
            aws_sdk_dynamodb::config::Credentials::new("test", "test", None, None, "test");
        aws_config::defaults(BehaviorVersion::latest())
            .region(Region::new("eu-west-1"))
            .credentials_provider(credentials)
            .endpoint_url(&self.url)
            .load()
            .await
    }

    async fn saw(&self, service: &str, model: &str) -> Value {
        let data: Value = reqwest::get(format!("{}/moto-api/data.json", self.url))
            .await
            .unwrap()
            .json()
            .await
            .unwrap();
        data[service][model].clone()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn ses_sns_and_kms_take_what_we_send() {
    let moto = Moto::start().await;
    let aws = moto.aws().await;
    let (profile, code) = (Profile::plain("Müller & Søn"), Code::from_number(42));

    let (from, to) = (
        Email::parse("no-reply@portal.example").unwrap(),
        Email::parse("testing@example.co.nz").unwrap(),
    );
    let template = EmailTemplate { profile: &profile, from: &from, to: &to, locale: None };
    let words =
        CodeText { code: &code, purpose: Purpose::SignIn, minutes: 5, host: None, about: None };
    let email = template.with_code(&words);
    let refused = Ses::new(&aws).send(&email).await;
    assert_eq!(refused.outcome, SendOutcome::NotSent, "an unverified sender is refused");
    assert_eq!(refused.error.unwrap().as_str(), "MessageRejected");
    let ses = aws_sdk_sesv2::Client::new(&aws);
    ses.create_email_identity().email_identity(from.as_str()).send().await.unwrap();
    assert_eq!(Ses::new(&aws).send(&email).await.outcome, SendOutcome::Sent);
    assert!(moto.saw("ses", "Message").await.to_string().contains("000042"));

    let text = TextMessage::with_code(
        &profile,
        None,
        &Phone::parse("+64211234589", None).unwrap(),
        &words,
    );
    assert_eq!(Sns::new(&aws).send(&text).await.outcome, SendOutcome::Sent);

    let kms = aws_sdk_kms::Client::new(&aws);
    let key = kms.create_key().send().await.unwrap().key_metadata.unwrap().key_id;
    let keyring = WrappedKeyring::make(&kms, &key, [7; 12], Timestamp::from_unix(0)).await.unwrap();
    let open = async |purposes| {
        Keyring::open(&kms, &keyring, purposes, Timestamp::from_unix(0)).await.unwrap()
    };
    let few = Purposes::lookup_and(&[KeyPurpose::Settings]);
    let (one, two) = (open(Purposes::ALL).await, open(few).await);
    let (portal, user) = (PortalId::parse("acme").unwrap(), UserId::parse("anna").unwrap());
    assert_eq!(one.locator(&portal, &user), two.locator(&portal, &user));
    let sealed = one.seal_setting("name", "secret", [3; 12]).unwrap();
    assert_eq!(*two.open_setting("name", &sealed).unwrap(), "secret");
}

#[tokio::test(flavor = "multi_thread")]
async fn s43_a_root_key_under_another_key_of_kms_than_the_others_is_refused() {
    let moto = Moto::start().await;
    let kms = aws_sdk_kms::Client::new(&moto.aws().await);
    let key = async || kms.create_key().send().await.unwrap().key_metadata.unwrap().key_id;
    let (ours, another, now) = (key().await, key().await, Timestamp::from_unix(0));
    let keyring = WrappedKeyring::make(&kms, &ours, [7; 12], now).await.unwrap();
    let refused = keyring.with_new_root(&kms, &another, KeyPurpose::Seal, now).await.unwrap_err();
    assert!(refused.to_string().contains("is not the key of KMS that wraps"), "{refused}");
    let rotated = keyring.with_new_root(&kms, &ours, KeyPurpose::Seal, now).await.unwrap();
    assert_eq!(rotated.root_versions(now).len(), KeyPurpose::ALL.len() + 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn s43_root_keys_under_several_keys_of_kms_are_rewrapped_under_one() {
    let moto = Moto::start().await;
    let kms = aws_sdk_kms::Client::new(&moto.aws().await);
    let key = async || {
        let made = kms.create_key().send().await.unwrap();
        made.key_metadata.unwrap().arn.unwrap()
    };
    let (ours, another, now) = (key().await, key().await, Timestamp::from_unix(0));
    let keyring = WrappedKeyring::make(&kms, &ours, [7; 12], now).await.unwrap();
    let to = KmsKey { client: &kms, key_id: &another };
    let moved = keyring.rewrapped(&kms, to).await.unwrap();
    assert!(moved.is_changed());
    assert_eq!(moved.keyring.opened_in(&kms).await.unwrap(), [another.as_str()]);
    let again = moved.keyring.rewrapped(&kms, to).await.unwrap();
    assert!(!again.is_changed() && again.roots.iter().all(|root| root.from == another));
    let opened = async |keyring: &WrappedKeyring| {
        Keyring::open(&kms, keyring, Purposes::ALL, now).await.unwrap()
    };
    let (before, after) = (opened(&keyring).await, opened(&moved.keyring).await);
    let sealed = before.seal_setting("name", "secret", [3; 12]).unwrap();
    assert_eq!(*after.open_setting("name", &sealed).unwrap(), "secret");
    // A keyring with some root keys under either: rotated by a restored table's operator.
    let mixed = moved.keyring.with_new_root(&kms, &another, KeyPurpose::Seal, now).await.unwrap();
    let back = mixed.rewrapped(&kms, KmsKey { client: &kms, key_id: &ours }).await.unwrap();
    assert_eq!(back.keyring.opened_in(&kms).await.unwrap(), [ours.as_str()]);
}

#[tokio::test(flavor = "multi_thread")]
async fn s23_without_kms_there_is_no_ring() {
    let moto = Moto::start().await;
    let aws = moto.aws().await;
    let kms = aws_sdk_kms::Client::new(&aws);
    let key = kms.create_key().send().await.unwrap().key_metadata.unwrap().key_id;
    let keyring = WrappedKeyring::make(&kms, &key, [7; 12], Timestamp::from_unix(0)).await.unwrap();
    let nobody = aws.into_builder().endpoint_url("http://127.0.0.1:9").build();
    let nobody = aws_sdk_kms::Client::new(&nobody);
    assert!(
        Keyring::open(&nobody, &keyring, Purposes::ALL, Timestamp::from_unix(0)).await.is_err()
    );
}
