//! A document in several copies is never half new, whatever becomes of the transaction that writes
//! it.

use crate::harness::{Fault, Reply, World, because};
use serde_json::{Value, json};

/// A change of what lies in copies.
#[derive(Clone, Copy, Debug)]
enum Change {
    Create,
    Switch,
    Delete,
    Settings,
}

impl Change {
    const ALL: [Self; 4] = [Self::Create, Self::Switch, Self::Delete, Self::Settings];

    async fn make(self, world: &World, portal: &str) -> Reply {
        let path = |rest: &str| format!("/v1/admin/portals/{portal}{rest}");
        match self {
            Self::Create => world.admin("POST", "/v1/admin/portals", None, Some(new(portal))).await,
            Self::Switch => {
                let off = json!({ "enabled": false, "confirm": true });
                world.admin("POST", &path("/mfa"), None, Some(off)).await
            }
            Self::Delete => world.admin("POST", &path("/delete"), None, because("test")).await,
            Self::Settings => {
                let read = world.admin("GET", "/v1/admin/settings", None, None).await;
                let mut settings = read.body;
                let cap = settings["caps"]["texts_per_prefix_per_day"].as_u64().unwrap();
                settings["caps"]["texts_per_prefix_per_day"] = json!(cap + 1);
                let etag = read.etag.as_deref();
                world.admin("PUT", "/v1/admin/settings", etag, Some(settings)).await
            }
        }
    }

    /// The status of a second try, if the first one was done.
    const fn done_before(self) -> u16 {
        match self {
            Self::Create => 409,
            Self::Delete => 404,
            Self::Switch | Self::Settings => 200,
        }
    }

    async fn copied(self, world: &World, portal: &str) -> Option<String> {
        match self {
            Self::Create | Self::Switch | Self::Delete => world.copied_portal(portal).await,
            Self::Settings => world.copied_settings().await,
        }
    }

    async fn survives(self, world: &World, portal: &str, fault: Fault, times: u32) {
        let what = format!("{self:?} {fault:?} x {times}");
        if !matches!(self, Self::Create | Self::Settings) {
            world.admin_ok("POST", "/v1/admin/portals", Some(new(portal))).await;
        }
        let before = self.copied(world, portal).await;
        let gone = world.aws.fault_at("TransactWriteItems", fault, times);
        let first = tokio::select! {
            reply = self.make(world, portal) => Some(reply),
            () = gone.notified() => None,
        };
        world.aws.mend();
        let between = self.copied(world, portal).await;
        match first {
            Some(Reply { status: 200..300, .. }) => assert_ne!(between, before, "{what}"),
            Some(refused) => {
                assert_eq!(refused.problem(), (503, "unavailable"), "{what}");
                let second = self.make(world, portal).await;
                let good = second.status < 300 || second.status == self.done_before();
                assert!(good, "{what}, then {:?}", second.body);
            }
            None => assert_ne!(between, before, "{what}: the table had done it"),
        }
        let after = self.copied(world, portal).await;
        assert_ne!(after, before, "{what}");
        if fault == Fault::Refused && times == 1 {
            assert_eq!(after, between, "{what}: the second try of the same call is enough");
        }
    }
}

fn new(portal: &str) -> Value {
    let profile = json!({ "description": "Acme" });
    json!({ "id": portal, "profile": profile, "preset": "authenticator_app" })
}

#[tokio::test(flavor = "multi_thread")]
async fn s19_what_lies_in_copies_is_never_half_new_whatever_becomes_of_its_transaction() {
    let world = World::start().await;
    let mut n = 0;
    for change in Change::ALL {
        for (fault, times) in Fault::ROWS {
            n += 1;
            change.survives(&world, &format!("portal-{n}"), fault, times).await;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_portal_in_copies_is_listed_once_and_its_deletion_takes_every_copy() {
    let world = World::start().await;
    for change in [Change::Create, Change::Switch, Change::Delete] {
        assert!(change.make(&world, "acme").await.status < 300, "{change:?}");
        let listed = world.admin_ok("GET", "/v1/admin/portals", None).await;
        let listed = listed["portals"].as_array().unwrap().iter();
        let times = listed.filter(|portal| portal["id"] == "acme").count();
        assert_eq!(times, usize::from(!matches!(change, Change::Delete)), "{change:?}");
    }
    let deleted = world.copied_portal("acme").await.unwrap();
    assert!(deleted.contains("deleted") && !deleted.contains("salt"), "{deleted}");
}
