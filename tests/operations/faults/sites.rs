//! Compares the places of AWS calls in the sources with those that the fault tests break.

use super::{admins, door, stream, users};
use crate::{
    harness::{Site, World},
    journeys::admin::find,
    operations::drills,
    security::shares,
};
use std::pin::Pin;

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
    // On the heap: all of them in one future are more than a thread's stack.
    let others: [Pin<Box<dyn Future<Output = Vec<Site>>>>; 9] = [
        Box::pin(admins::sites_of_every_call()),
        Box::pin(door::sites_of_a_wrong_password()),
        Box::pin(stream::sites_of_a_record()),
        Box::pin(find::sites_of_an_indexed_record()),
        Box::pin(drills::sites_of_a_reseal()),
        Box::pin(drills::sites_of_a_restore()),
        Box::pin(drills::sites_of_a_rewrap()),
        Box::pin(drills::sites_of_a_fail_over()),
        Box::pin(shares::sites_of_a_counted_call()),
    ];
    for other in others {
        seen.extend(other.await);
    }
    seen.sort();
    seen.dedup();
    let all = Site::all();
    assert!(all.len() >= 15, "{all:?}");
    assert_eq!(seen, all, "a place without a test, or one that is no longer there");
}
