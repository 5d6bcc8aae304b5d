//! The progress of the stream's followers, for whoever waits until all that was written is
//! delivered.

use std::{collections::HashMap, time::Duration};
use tokio::sync::watch;

/// The number of waits that were asked for so far. A look at the stream that begins later sees all
/// that was written before.
type Wait = u64;

#[derive(Debug)]
pub(crate) struct Deliveries {
    asked: watch::Sender<Wait>,
    progress: watch::Sender<Progress>,
}

#[derive(Debug, Default)]
struct Progress {
    /// The wait after which the shards were listed.
    listed: Wait,
    /// The shards that are followed, each with the wait after which nothing in it was left.
    shards: HashMap<String, Wait>,
}

impl Default for Deliveries {
    fn default() -> Self {
        Self { asked: watch::Sender::new(0), progress: watch::Sender::default() }
    }
}

impl Deliveries {
    /// Waits until all that was written before this call is delivered, without a limit of time.
    pub(crate) async fn wait(&self) {
        let mut wait = 0;
        self.asked.send_modify(|asked| {
            *asked += 1;
            wait = *asked;
        });
        let is_over = |progress: &Progress| {
            progress.listed >= wait && progress.shards.values().all(|left| *left >= wait)
        };
        let mut progress = self.progress.subscribe();
        // It cannot fail: the sender lives as long as this.
        let _over = progress.wait_for(is_over).await;
    }

    /// Returns what a follower looks at between two looks at the stream.
    pub(super) fn waits(&self) -> Waits {
        Waits(self.asked.subscribe())
    }

    /// Notes a shard that is followed from now on. Returns false if it was known.
    pub(super) fn follow(&self, shard: &str) -> bool {
        self.progress.send_if_modified(|progress| {
            let is_new = !progress.shards.contains_key(shard);
            progress.shards.entry(shard.to_owned()).or_default();
            is_new
        })
    }

    /// Notes that every shard there is after a wait is followed.
    pub(super) fn listed(&self, after: Wait) {
        self.progress.send_modify(|progress| progress.listed = after);
    }

    /// Notes that nothing was left in a shard after a wait.
    pub(super) fn emptied(&self, shard: &str, after: Wait) {
        self.progress.send_modify(|progress| {
            progress.shards.insert(shard.to_owned(), after);
        });
    }

    /// Notes that nothing more comes in a shard.
    pub(super) fn ended(&self, shard: &str) {
        self.emptied(shard, Wait::MAX);
    }
}

/// The waits as a follower sees them.
#[derive(Debug)]
pub(super) struct Waits(watch::Receiver<Wait>);

impl Waits {
    /// Returns the newest wait.
    pub(super) fn newest(&mut self) -> Wait {
        *self.0.borrow_and_update()
    }

    /// Pauses, but not while somebody waits.
    pub(super) async fn pause(&mut self, at_most: Duration) {
        tokio::select! {
            () = tokio::time::sleep(at_most) => {}
            Ok(()) = self.0.changed() => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{pin::pin, task::Poll};

    /// Long after anybody looks again.
    const DAY: Duration = Duration::from_secs(86_400);

    #[tokio::test]
    async fn a_wait_is_over_when_all_shards_were_listed_and_found_empty_after_it_began() {
        let deliveries = Deliveries::default();
        let mut waits = deliveries.waits();
        assert!(deliveries.follow("a"));
        assert!(!deliveries.follow("a"), "it is followed once");
        let before = waits.newest();
        let mut waiting = pin!(deliveries.wait());
        let mut is_over = async || {
            std::future::poll_fn(|task| Poll::Ready(waiting.as_mut().poll(task).is_ready())).await
        };
        assert!(!is_over().await);
        // The wait ends the pause of a day.
        waits.pause(DAY).await;
        let after = waits.newest();
        deliveries.listed(before);
        deliveries.emptied("a", before);
        assert!(!is_over().await, "those looks began earlier");
        deliveries.emptied("a", after);
        assert!(!is_over().await, "there may be another shard");
        assert!(deliveries.follow("b"));
        deliveries.listed(after);
        assert!(!is_over().await, "nobody has looked into the other one");
        deliveries.ended("b");
        assert!(is_over().await);
    }
}
