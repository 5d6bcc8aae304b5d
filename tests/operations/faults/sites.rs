//! Compares the places of AWS calls in the sources with those that the fault tests break.

use super::{admins, door, stream, users};
use crate::{
    harness::{Site, World},
    operations::drills,
    security::shares,
};

#[tokio::test(flavor = "multi_thread")]
async fn s19_every_place_that_calls_aws_is_broken_by_a_test() {
    let world = World::start().await;
    let mut seen = vec![];
    for scenario in users::scenarios() {
        let mut traveller = users::Traveller::before_the_step(&world, &scenario).await;
        world.aws.record_sites();
        traveller.step().await;
        seen.extend(world.aws.sites());
    }
    seen.extend(admins::sites_of_every_call().await);
    seen.extend(door::sites_of_a_wrong_password().await);
    seen.extend(stream::sites_of_a_record().await);
    seen.extend(drills::sites_of_a_reseal().await);
    seen.extend(drills::sites_of_a_restore().await);
    seen.extend(drills::sites_of_a_rewrap().await);
    seen.extend(drills::sites_of_a_fail_over().await);
    seen.extend(shares::sites_of_a_counted_call().await);
    seen.sort();
    seen.dedup();
    let all = Site::all();
    assert!(all.len() >= 15, "{all:?}");
    assert_eq!(seen, all, "a place without a test, or one that is no longer there");
}
