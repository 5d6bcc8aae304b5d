//! The one loop of every change: read, decide, and write under the condition that nothing was
//! written since.

use portcullis_domain::{RandomBytes, Refusal};
use portcullis_store::{Record, StoreError, WriteOutcome};
use std::time::Duration;

use crate::{AppContext, Cause, CommandError, request_notes::note_conflict};

/// The times that a change is decided and written before it gives way to other writes.
pub(crate) const TRIES: u32 = 5;

/// A decision: the change to write, if there is one, and the answer once it is written.
pub(crate) struct Update<C, T> {
    pub(crate) change: Option<C>,
    pub(crate) answer: T,
}

/// A change that ended before it was written, or of which nobody knows, with the last state that
/// was read.
pub(crate) struct Stopped<S> {
    pub(crate) error: CommandError,
    pub(crate) last: Option<Box<S>>,
}

impl<S> Stopped<S> {
    /// Returns the error for an admin: one whose change gave way is told to read again.
    pub(crate) fn for_admin(self) -> CommandError {
        match self.error.cause {
            Cause::Store(StoreError::Contended) => Refusal::ChangedMeanwhile.into(),
            Cause::Refused(_)
            | Cause::NotSent { .. }
            | Cause::Store(
                StoreError::Unavailable { .. }
                | StoreError::Unread
                | StoreError::Unwritten
                | StoreError::Undecodable { .. }
                | StoreError::NewerRelease { .. }
                | StoreError::Missing { .. },
            )
            | Cause::Keys(_)
            | Cause::RngUnavailable => self.error,
        }
    }
}

impl AppContext {
    /// Makes a change by an admin, and returns the state it left.
    pub(crate) async fn update_by_admin<R: Record>(
        &self,
        record: &R,
        held: Option<R::Snapshot>,
        decide: impl Fn(&R::Snapshot) -> Result<R::Change, Cause>,
    ) -> Result<R::Snapshot, CommandError> {
        let decide_change = |read: &R::Snapshot, _: &RandomBytes| {
            Ok(Update { change: Some(decide(read)?), answer: () })
        };
        let done = self.update(record, held, decide_change).await;
        done.map(|((), after)| after).map_err(Stopped::for_admin)
    }

    /// Makes a change, and returns its answer with the state it left. A change that meets another
    /// write is decided again from what is there then, after a random pause. `held` is what a write
    /// before left, so that the first try needs no read.
    pub(crate) async fn update<R: Record, T>(
        &self,
        record: &R,
        held: Option<R::Snapshot>,
        decide: impl Fn(&R::Snapshot, &RandomBytes) -> Result<Update<R::Change, T>, Cause>,
    ) -> Result<(T, R::Snapshot), Stopped<R::Snapshot>> {
        let (mut held, mut last) = (held, None);
        for tried in 0..TRIES {
            let random_bytes = self.random_bytes().map_err(|error| self.stopped(error, None))?;
            let read = match held.take() {
                Some(held) => Ok(held),
                None => record.read(self.store()).await,
            };
            let snapshot = read.map_err(|error| self.stopped(error.into(), None))?;
            let Update { change, answer } = match decide(&snapshot, &random_bytes) {
                Ok(update) => update,
                Err(cause) => return Err(self.stopped(cause, Some(snapshot.into()))),
            };
            let Some(change) = change else { return Ok((answer, snapshot)) };
            match record.write(self.store(), &snapshot, change, random_bytes.write).await {
                Ok(WriteOutcome::Written(after)) => return Ok((answer, after)),
                Ok(WriteOutcome::Conflict) => {
                    note_conflict();
                    tokio::time::sleep(full_jitter(tried, &random_bytes)).await
                }
                Err(error) => return Err(self.stopped(error.into(), Some(snapshot.into()))),
            }
            last = Some(Box::new(snapshot));
        }
        Err(self.stopped(StoreError::Contended.into(), last))
    }

    fn stopped<S>(&self, cause: Cause, last: Option<Box<S>>) -> Stopped<S> {
        Stopped { error: self.error(cause), last }
    }

    /// An error of this moment, from which a refusal counts the seconds to wait.
    pub fn error(&self, cause: impl Into<Cause>) -> CommandError {
        let cause = cause.into();
        let retry_after = cause.refusal().and_then(Refusal::until);
        let retry_after = retry_after.map(|until| until.since(self.now()));
        CommandError { retry_after, ..cause.into() }
    }
}

/// A random part of 20 ms, doubled with each try; the chance is the write id of the put that
/// lost.
fn full_jitter(tried: u32, random_bytes: &RandomBytes) -> Duration {
    let chance = random_bytes
        .write
        .as_bytes()
        .first_chunk::<4>()
        .map_or(0, |bytes| u32::from_be_bytes(*bytes));
    Duration::from_micros(u64::from(chance) % (20_000 << tried))
}
