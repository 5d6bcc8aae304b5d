//! Keys are rotated while users sign in.

use super::{Shell, key_set, kids};
use crate::harness::{Portal, World, verified_claims};
use portcullis_domain::KeyVersion;
use portcullis_keys::{KeyPurpose, USED_AFTER, VersionState, WrappedKeyring};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use tokio::task::JoinSet;

/// The seconds between two rounds: each user has a new code.
const ROUND: i64 = 60;
/// Users who sign in at once in each round, of those that there are: nobody signs in so often that
/// a limit is met.
const AT_ONCE: usize = 4;
const USERS: usize = 16;
/// The rounds after which a portal reads the key set again.
const CACHED: usize = 5;

#[derive(Clone)]
struct Signer {
    user: Value,
    secret: String,
}

/// A portal that keeps the key set for five minutes, as the answer says that it may.
pub struct Load<'a> {
    world: &'a World,
    portal: Portal,
    users: Vec<Signer>,
    cached: Value,
    /// The ids of keys that assertions were signed with.
    signed_with: BTreeSet<String>,
    rounds: usize,
}

impl<'a> Load<'a> {
    pub async fn start(world: &'a World) -> Self {
        let portal = world.portal("authenticator_app");
        let mut users = vec![];
        for n in 0..USERS {
            let user = json!({ "id": format!("u{n}"), "email": format!("u{n}@example.com"), "email_verified": true });
            let secret = portal.enrol_app(world, user.clone()).await;
            users.push(Signer { user, secret });
        }
        let cached = key_set(world).await;
        Self { world, portal, users, cached, signed_with: BTreeSet::new(), rounds: 0 }
    }

    /// The portal reads the key set again, as its operator is told to.
    pub async fn read_key_set(&mut self) {
        self.cached = key_set(self.world).await;
    }

    /// Some users open a sign-in, a minute passes, and all of them get in.
    async fn round(&mut self) -> String {
        if self.rounds.is_multiple_of(CACHED) {
            self.cached = key_set(self.world).await;
        }
        let first = self.rounds * AT_ONCE;
        let mut opening = JoinSet::new();
        for n in first..first + AT_ONCE {
            let Signer { user, secret } = self.users[n % USERS].clone();
            let portal = self.portal.clone();
            opening.spawn(async move { (portal.open(user).await, secret) });
        }
        let opened = opening.join_all().await;
        self.world.advance(ROUND);
        let mut verifying = JoinSet::new();
        for (sign_in, secret) in opened {
            let (portal, code) = (self.portal.clone(), self.world.totp(&secret));
            verifying.spawn(async move { portal.verify(&sign_in, &code).await });
        }
        let mut last = String::new();
        for reply in verifying.join_all().await {
            assert_eq!(reply.status, 200, "round {}: {:?}", self.rounds, reply.body);
            last = reply.body["assertion"].as_str().unwrap().to_owned();
            let kid = kid_of(&last);
            assert!(kids(&self.cached).contains(&kid), "round {}: {kid}", self.rounds);
            self.signed_with.insert(kid);
        }
        self.rounds += 1;
        last
    }

    pub async fn rounds(&mut self, rounds: i64) -> String {
        let mut last = String::new();
        for _ in 0..rounds {
            last = self.round().await;
        }
        last
    }
}

fn kid_of(assertion: &str) -> String {
    use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
    let header = assertion.split('.').next().unwrap();
    let header: Value =
        serde_json::from_slice(&BASE64_URL_SAFE_NO_PAD.decode(header).unwrap()).unwrap();
    header["kid"].as_str().unwrap().to_owned()
}

async fn states(world: &World, purpose: KeyPurpose) -> Vec<VersionState> {
    let keyring: WrappedKeyring = world.running.store.keyring().await.unwrap().unwrap();
    let versions = keyring.root_versions(world.now());
    versions.into_iter().filter(|root| root.purpose == purpose).map(|root| root.state).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn s43_no_verify_fails_while_every_key_is_rotated_and_the_old_ones_are_retired() {
    let world = World::start().await;
    let shell = Shell::of(&world).await;
    let mut load = Load::start(&world).await;
    let old = kids(&load.cached);
    let before = load.rounds(2).await;
    for purpose in [KeyPurpose::Signing, KeyPurpose::Seal, KeyPurpose::Codes, KeyPurpose::Settings]
    {
        shell.operator.rotate_root(purpose).await.unwrap();
    }
    shell.operator.rotate_signing().await.unwrap();
    let both = kids(&key_set(&world).await);
    assert!(both.len() == 2 * old.len() && old.iter().all(|kid| both.contains(kid)));
    assert_eq!(load.signed_with.len(), 1);
    // Until every process has read the keyring again, all go on with the old keys.
    load.rounds(USED_AFTER / ROUND - 2).await;
    assert_eq!(load.signed_with.len(), 1, "nothing is signed with a key that is so new");
    load.rounds(10).await;
    assert_eq!(load.signed_with.len(), 2, "the new key is in use");
    verified_claims(&before, &key_set(&world).await, &load.portal.id);

    shell.operator.reseal(u32::MAX).await.unwrap();
    // Those of the users, and that of the operator.
    let all = format!("{} secrets sealed anew, under version 2", USERS + 1);
    let printed = shell.printed();
    assert!(printed.contains(&all), "{printed}");
    load.rounds(20).await;
    shell.operator.retire_signing().await.unwrap();
    for purpose in [KeyPurpose::Seal, KeyPurpose::Settings] {
        let waits = shell.operator.retire_root(purpose, KeyVersion(1)).await;
        let is_early = purpose == KeyPurpose::Settings;
        assert_eq!(waits.is_err(), is_early, "{waits:?}");
    }
    let left = kids(&key_set(&world).await);
    assert!(left.len() == old.len() && old.iter().all(|kid| !left.contains(kid)));
    assert_eq!(states(&world, KeyPurpose::Seal).await, [VersionState::InUse]);
    let last = load.rounds(6).await;
    verified_claims(&last, &key_set(&world).await, &load.portal.id);
    assert!(load.rounds > 50, "{} rounds of {AT_ONCE} sign-ins", load.rounds);
}
