//! The list of places where AWS is called, read from the sources, and compared with the places the fault tests break.

use super::{admins, users};
use crate::harness::{Site, World};

#[tokio::test(flavor = "multi_thread")]
async fn s19_every_place_that_calls_aws_is_broken_by_a_test() {
    let world = World::start().await;
    let mut seen = vec![];
    for scenario in users::scenarios() {
        let mut traveller = users::Traveller::before_the_step(&world, &scenario).await;
        world.aws.take_down_sites();
        traveller.step().await;
        seen.extend(world.aws.sites());
    }
    seen.extend(admins::sites_of_every_call().await);
    seen.sort();
    seen.dedup();
    let all = Site::all();
    assert!(all.len() >= 15, "{all:?}");
    assert_eq!(seen, all, "a place without a test, or one that is no longer there");
}
