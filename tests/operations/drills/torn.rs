//! A transaction arrived in part before the Region was lost.

use super::fail_over::{Item, Regions, refusal};
use portcullis_domain::{Portal, PortalId, WriteId};
use portcullis_ops::{OldRegion, OpsError};
use portcullis_store::{LogoChange, PortalChange, PortalRecord, PortalState, Record, StoredPortal};
use serde_json::json;

const PORTAL: &str = "authenticator-app";

/// The Region is lost, and no write is chosen.
const LOST: OldRegion<'_> = OldRegion::Lost { keep: &[] };

impl Regions {
    async fn lose(&self) -> Result<(), OpsError> {
        self.fail_over(&self.shell.operator, LOST).await
    }

    async fn copies(&self, of: &str) -> Vec<Item> {
        let mut items = self.items(&self.replica).await;
        items.retain(|item| item["pk"].as_s().unwrap().starts_with(of));
        items.sort_by_key(|item| item["pk"].as_s().unwrap().clone());
        items
    }

    /// Changes the portal in the old Region, and returns what it was.
    async fn change(&self, state: impl Fn(Portal) -> PortalState) -> Portal {
        let store = &self.world.running.store;
        let id = PortalId::parse(PORTAL).unwrap();
        let record = PortalRecord(&id);
        let before = record.read(store).await.unwrap();
        let StoredPortal::Active(known) = before.clone() else { panic!("{before:?}") };
        let state = state(known.value.clone());
        let change = PortalChange { state, logo: LogoChange::Stays, entries: None };
        record.write(store, &before, change, WriteId::new([9; 12])).await.unwrap();
        known.value
    }

    async fn copy_of_portal(&self, numbers: &[u8]) {
        let keys: Vec<String> = numbers.iter().map(|n| format!("PORTAL#{PORTAL}#{n}")).collect();
        self.copy(|pk| keys.iter().any(|key| key == pk)).await;
    }

    /// Returns the portal in the new Region, after a check that all copies of it are the same.
    async fn portal_there(&self) -> StoredPortal {
        let copies = self.copies(&format!("PORTAL#{PORTAL}#")).await;
        assert_eq!(copies.len(), 4);
        for name in ["write", "state", "deleted", "listed"] {
            assert!(copies.iter().all(|copy| copy.get(name) == copies[0].get(name)), "{name}");
        }
        let id = PortalId::parse(PORTAL).unwrap();
        PortalRecord(&id).read(&self.shell.operator.store).await.unwrap()
    }

    async fn mended(&self) -> Portal {
        self.lose().await.unwrap();
        let there = self.portal_there().await;
        there.active().unwrap().value
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn s43_settings_of_which_nothing_says_which_write_is_the_latest_are_chosen() {
    let regions = Regions::start().await;
    let world = &regions.world;
    world.lift_caps().await;
    world.running.stream_is_delivered().await;
    // Some copies of the settings arrive, and the first does not.
    regions.copy(|pk| pk != "SYSTEM#settings#0" && pk != "SYSTEM#settings#7").await;
    let before = regions.copies("SYSTEM#settings#").await;
    let refused = refusal(regions.lose().await);
    assert!(refused.contains("SYSTEM#settings: the copies differ in the caps"), "{refused}");
    assert!(refused.contains("again with --keep WRITE"), "{refused}");
    let printed = regions.shell.printed();
    assert!(printed.contains("SYSTEM#settings: its copies are of 2 writes:"), "{printed}");
    assert!(printed.contains("     2 of write "), "{printed}");
    assert!(printed.contains(", the first one among them, made 20"), "{printed}");
    assert!(printed.contains("It is not known to be closed."), "{printed}");

    let unknown = ["AAAA".to_owned()];
    let lost = OldRegion::Lost { keep: &unknown };
    let refused = refusal(regions.fail_over(&regions.shell.operator, lost).await);
    assert!(refused.starts_with("no copy that differs is of the write AAAA"), "{refused}");
    let newer = [before[1]["write"].as_s().unwrap().clone()];
    let lost = OldRegion::Lost { keep: &newer };
    regions.fail_over(&regions.shell.dry(), lost).await.unwrap();
    let printed = regions.shell.printed();
    assert!(printed.contains("Dry run: all copies of SYSTEM#settings would become"), "{printed}");
    assert_eq!(regions.copies("SYSTEM#settings#").await, before, "nothing was written");

    regions.fail_over(&regions.shell.operator, lost).await.unwrap();
    let settings = regions.copies("SYSTEM#settings#").await;
    assert_eq!(settings.len(), 16);
    assert!(settings.iter().all(|item| item["write"] == settings[0]["write"]));
    assert!(settings.iter().all(|item| item["state"] == before[1]["state"]));
    // Run again, it finds them whole.
    regions.shell.printed();
    regions.lose().await.unwrap();
    assert!(regions.shell.printed().contains("are of one write."));
}

#[tokio::test(flavor = "multi_thread")]
async fn s43_what_ended_in_any_copy_of_a_portal_ended_in_all_though_the_first_is_older() {
    let regions = Regions::start().await;
    let now = regions.world.now();
    // One copy alone says that everybody has to enrol again, and that trust has ended.
    let older = regions
        .change(|portal| {
            let portal = portal.with_trust_ended(now);
            let generation = portal.generation + 1;
            PortalState::Active(Box::new(Portal { generation, ..portal }))
        })
        .await;
    regions.copy_of_portal(&[2]).await;
    let mended = regions.mended().await;
    assert_eq!(mended.generation, older.generation + 1);
    assert_eq!(mended.trust_not_before, Some(now));
    assert_eq!(mended.keys, older.keys);
}

#[tokio::test(flavor = "multi_thread")]
async fn s43_an_api_key_that_any_copy_of_a_portal_lacks_lets_nobody_in_and_is_named() {
    for arrived in [[0].as_slice(), &[1, 2, 3]] {
        let regions = Regions::start().await;
        let without =
            |portal: Portal| PortalState::Active(Box::new(Portal { keys: vec![], ..portal }));
        let older = regions.change(without).await;
        assert!(!older.keys.is_empty());
        regions.copy_of_portal(arrived).await;
        let mended = regions.mended().await;
        assert_eq!(mended, Portal { keys: vec![], ..older.clone() }, "{arrived:?}");
        let named = format!("The API key {} of PORTAL#{PORTAL} works no more", older.keys[0].id);
        assert!(regions.shell.printed().contains(&named), "{arrived:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn s43_a_portal_that_is_deleted_in_any_copy_is_deleted() {
    let regions = Regions::start().await;
    let at = regions.world.now();
    regions.change(|_| PortalState::Deleted { at }).await;
    regions.copy_of_portal(&[3]).await;
    regions.lose().await.unwrap();
    assert!(matches!(regions.portal_there().await, StoredPortal::Deleted { .. }));
}

#[tokio::test(flavor = "multi_thread")]
async fn s43_a_portal_of_which_the_first_copy_did_not_arrive_is_made_whole() {
    let regions = Regions::start().await;
    let profile = json!({ "description": "Fresh" });
    let body = json!({ "id": "fresh", "profile": profile, "preset": "authenticator_app" });
    regions.world.admin_ok("POST", "/v1/admin/portals", Some(body)).await;
    regions.copy(|pk| ["PORTAL#fresh#1", "PORTAL#fresh#3"].contains(&pk)).await;
    regions.lose().await.unwrap();
    let copies = regions.copies("PORTAL#fresh#").await;
    assert_eq!(copies.len(), 4);
    assert_eq!(copies[0]["users_of"].as_s().unwrap(), "PORTAL#", "it is listed");
    assert!(copies[1..].iter().all(|copy| !copy.contains_key("users_of")));
    assert!(copies.iter().all(|copy| copy["state"] == copies[0]["state"]));
}
