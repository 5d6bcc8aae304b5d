//! Read, decide, write: the loop that every command goes through.

use portcullis_domain::{Decision, RandomBytes, Refusal, UserState};
use std::time::Duration;

use crate::{
    Place, Read, Store, StoreError,
    item::{Writes, user_item},
    write::Wrote,
};

/// How often a command is decided again when other writes come first.
const TRIES: u32 = 5;

/// A command that went through: its answer, and the state it left, from which a second write can start without a read.
#[derive(Debug)]
pub struct Committed<T> {
    /// What is answered; a refusal here was written down before it is told.
    pub answer: Result<T, Refusal>,
    /// The state after the write.
    pub after: Read,
}

/// Why a command stopped before anything was written.
#[derive(Debug)]
pub enum Stop {
    /// It was refused; nothing was written.
    Refused(Refusal),
    /// The table failed.
    Store(StoreError),
    /// No random bytes were to be had.
    RngUnavailable,
}

/// A command that stopped, with the state that was read for whoever was let in.
#[derive(Debug)]
pub struct Stopped {
    /// Why.
    pub why: Stop,
    /// What was read, if the caller was let in.
    pub read: Option<Box<Read>>,
}

impl From<Refusal> for Stop {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<StoreError> for Stop {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl<E: Into<Stop>> From<E> for Stopped {
    fn from(why: E) -> Self {
        Self { why: why.into(), read: None }
    }
}

impl Stopped {
    fn after(why: impl Into<Stop>, read: Read) -> Self {
        Self { why: why.into(), read: Some(Box::new(read)) }
    }
}

impl Store {
    /// Runs a command: one read (none where the caller holds the state of the write before), one decision, one write.
    /// When another write came first it reads and decides again, up to five times with full jitter. Nothing of what was
    /// read goes to a caller who was not let in.
    ///
    /// # Errors
    /// [`Stopped`] when nothing was written, or nobody knows whether it was.
    pub async fn command<T>(
        &self,
        place: &Place,
        held: Option<Read>,
        random_bytes: impl Fn() -> Option<RandomBytes>,
        admit: impl Fn(&Read) -> Result<(), Refusal>,
        decide: impl Fn(&Read, &RandomBytes) -> Result<Decision<T>, Refusal>,
    ) -> Result<Committed<T>, Stopped> {
        let (mut held, mut last) = (held, None);
        for attempt in 0..TRIES {
            let random_bytes = random_bytes().ok_or(Stop::RngUnavailable)?;
            let read = match held.take() {
                Some(read) => read,
                None => self.read(place).await?,
            };
            admit(&read)?;
            let decided = match decide(&read, &random_bytes) {
                Ok(decided) => decided,
                Err(refusal) => return Err(Stopped::after(refusal, read)),
            };
            let Some(state) = decided.state else {
                return Ok(Committed { answer: decided.answer, after: read });
            };
            let item = user_item(
                place,
                &state,
                &decided.entries,
                &read.writes,
                random_bytes.write,
                decided.kind,
            )?;
            let writes = Writes::of(&item);
            let wrote =
                match self.put_if(item, read.last_write.as_deref(), random_bytes.write).await {
                    Ok(wrote) => wrote,
                    Err(error) => return Err(Stopped::after(error, read)),
                };
            match wrote {
                Wrote::Landed => {
                    let last_write = Some(random_bytes.write.to_string());
                    let (user, tombstone) = match state {
                        UserState::Known(user) => (Some(*user), None),
                        UserState::Erased(tombstone) => (None, Some(tombstone)),
                    };
                    let after = Read { user, tombstone, last_write, writes, ..read };
                    return Ok(Committed { answer: decided.answer, after });
                }
                Wrote::Overtaken => tokio::time::sleep(full_jitter(attempt, &random_bytes)).await,
            }
            last = Some(Box::new(read));
        }
        Err(Stopped { why: StoreError::Contended.into(), read: last })
    }
}

/// A random part of 20 ms, doubled with each attempt; the write id that was not used is the chance.
fn full_jitter(attempt: u32, random_bytes: &RandomBytes) -> Duration {
    let chance = random_bytes
        .write
        .as_bytes()
        .first_chunk::<4>()
        .map_or(0, |bytes| u32::from_be_bytes(*bytes));
    Duration::from_micros(u64::from(chance) % (20_000 << attempt))
}
