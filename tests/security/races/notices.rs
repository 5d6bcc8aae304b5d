//! Sweeps beside each other, and beside the stream: each notice is sent once.

use super::rounds;
use crate::{
    harness::World,
    journeys::digests::{activity, told},
};
use portcullis_activity::sweep;
use tokio::task::JoinSet;

#[tokio::test(flavor = "multi_thread")]
async fn s31_of_sweeps_at_once_one_sends_the_digest_and_no_change_is_lost_beside_them() {
    let world = World::start().await;
    for round in 0..u8::try_from(rounds(40)).unwrap() {
        let stream = activity(&world).await;
        assert_eq!(stream.deliver(round, &[0, 1, 2]).await, None);
        let mut sweeps = JoinSet::new();
        for _ in 0..4 {
            let sweeper = activity(&world).await;
            sweeper.clock.advance(3_600);
            sweeps.spawn(async move { sweep(&sweeper.handler).await.is_ok() });
        }
        // Another change comes meanwhile, from a process whose clock is behind.
        assert_eq!(stream.deliver(round, &[3]).await, None);
        assert!(sweeps.join_all().await.into_iter().all(|swept| swept));
        stream.clock.advance(7_200);
        sweep(&stream.handler).await.unwrap();
        let messages = told(&world, round).await;
        let texts = messages.concat();
        let digests: Vec<usize> =
            ["(2 times)", "(3 times)"].map(|times| texts.matches(times).count()).into();
        // The last change is in the one digest, or comes after it alone.
        let fits = match messages.len() {
            2 => digests == [0, 1],
            3 => digests == [1, 0],
            _ => false,
        };
        assert!(fits, "{messages:?}");
    }
}
