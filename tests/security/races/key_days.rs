//! Processes that note the uses of one API key beside each other: the last day stays.

use super::rounds;
use crate::harness::World;
use portcullis_domain::PortalId;
use tokio::task::JoinSet;

#[tokio::test(flavor = "multi_thread")]
async fn s49_of_days_that_are_noted_at_once_the_last_one_stays() {
    let world = World::start().await;
    let portal = PortalId::parse("managed").unwrap();
    for round in 0..rounds(50) {
        let key = format!("key{round:03}");
        let mut notes = JoinSet::new();
        for n in 0..20_i64 {
            let (store, portal, key) = (world.running.store.clone(), portal.clone(), key.clone());
            // In no order, each day several times.
            let day = 20_000 + n * 7 % 10;
            notes.spawn(async move { store.note_key_use(&portal, &key, day).await });
        }
        assert!(notes.join_all().await.into_iter().all(|noted| noted.is_ok()));
        let days = world.running.store.key_days(&portal).await.unwrap();
        assert_eq!(days.get(&key), Some(&20_009), "round {round}");
    }
}
