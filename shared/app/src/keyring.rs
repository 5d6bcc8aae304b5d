//! The keyring that a process holds, and when it is read again.

use portcullis_domain::{Refusal, Timestamp, Unreadable};
use portcullis_keys::{HELD_FOR, KeyError, Keyring, Purposes, READ_AGAIN_AFTER, WrappedKeyring};
use portcullis_store::Store;
use std::sync::Arc;
use tokio::sync::Mutex;

use crate::{Cause, CommandError};

/// The seconds between two tries to read the keyring again, if a try failed or a version was not
/// known. Requests that name made-up versions cause no more reads than this.
const TRY_AGAIN_AFTER: i64 = 10;

/// The keyring of a process. It is read when it is first needed, and again in time for what other
/// processes write.
#[derive(Default)]
pub(crate) struct HeldKeyring(Mutex<Option<Held>>);

struct Held {
    keyring: Arc<Keyring>,
    read_at: Timestamp,
    tried_at: Timestamp,
}

/// The source of keyrings: the table, and KMS for the keys of these purposes.
#[derive(Clone, Copy)]
pub(crate) struct Source<'a> {
    pub(crate) store: &'a Store,
    pub(crate) kms: &'a aws_sdk_kms::Client,
    pub(crate) purposes: Purposes,
}

/// The age of a keyring that a caller accepts.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wanted {
    /// The age that a rotation counts on.
    Known,
    /// It was read within this second: a key that was withdrawn is gone from it.
    Current,
}

/// The step that comes before a held keyring is used.
#[derive(Debug, PartialEq, Eq)]
enum Step {
    Use,
    /// It is read again, and used as it is if that fails.
    Try,
    /// It is read again, and not used if that fails: another process may already write with a
    /// version that it does not have.
    Read,
}

impl Held {
    fn step(&self, wanted: Wanted, now: Timestamp) -> Step {
        let due = self.keyring.met_unknown_version()
            || now.since(self.read_at) >= READ_AGAIN_AFTER
            || wanted == Wanted::Current;
        let pause = match wanted {
            Wanted::Known => TRY_AGAIN_AFTER,
            Wanted::Current => 1,
        };
        step(now.since(self.read_at), due, now.since(self.tried_at) >= pause)
    }
}

/// Decides by a keyring's age, by a reason to read it again, and by the time since the last try.
const fn step(age: i64, due: bool, may_try: bool) -> Step {
    if age >= HELD_FOR || age < 0 {
        Step::Read
    } else if due && may_try {
        Step::Try
    } else {
        Step::Use
    }
}

impl HeldKeyring {
    /// Holds a keyring that was read at this moment.
    pub(crate) fn read_at(keyring: Arc<Keyring>, now: Timestamp) -> Self {
        Self(Mutex::new(Some(Held { keyring, read_at: now, tried_at: now })))
    }

    /// Returns the keyring, read again if it is time to.
    pub(crate) async fn get(
        &self,
        from: Source<'_>,
        wanted: Wanted,
        now: Timestamp,
    ) -> Result<Arc<Keyring>, CommandError> {
        let mut held = self.0.lock().await;
        let before = held.as_ref().map(|held| held.keyring.clone());
        let step = held.as_ref().map_or(Step::Read, |held| held.step(wanted, now));
        let read = match step {
            Step::Use => None,
            Step::Try | Step::Read => {
                Some(Box::pin(from.read(before.as_deref(), now)).await.map(Arc::new))
            }
        };
        match (read, &mut *held) {
            (Some(Ok(keyring)), held) => {
                *held = Some(Held { keyring: keyring.clone(), read_at: now, tried_at: now });
                Ok(keyring)
            }
            (Some(Err(error)), Some(kept)) if step == Step::Try => {
                tracing::error!(%error, cause = ?error.cause, "the keyring was not read again");
                kept.tried_at = now;
                Ok(kept.keyring.clone())
            }
            (Some(Err(error)), _) => Err(error),
            (None, Some(kept)) => Ok(kept.keyring.clone()),
            (None, None) => Err(KeyError::NoKeyring.into()),
        }
    }
}

impl Source<'_> {
    async fn read(self, before: Option<&Keyring>, now: Timestamp) -> Result<Keyring, CommandError> {
        let Self { store, kms, purposes } = self;
        let wrapped = store.keyring::<WrappedKeyring>().await?.ok_or(KeyError::NoKeyring)?;
        let keyring = match before {
            Some(before) => before.open_again(kms, &wrapped, purposes, now).await?,
            None => Keyring::open(kms, &wrapped, purposes, now).await?,
        };
        for error in keyring.left_out() {
            let cause = std::error::Error::source(error);
            tracing::error!(%error, ?cause, "a root key that is not in use does not open");
        }
        Ok(keyring)
    }
}

impl CommandError {
    /// Returns true if something was under a version of a key that the keyring does not have.
    pub(crate) const fn met_unknown_version(&self) -> bool {
        match &self.cause {
            Cause::Refused(Refusal::Unreadable(why)) | Cause::Keys(KeyError::Unreadable(why)) => {
                match why {
                    Unreadable::UnknownVersion(_) => true,
                    Unreadable::NotOpened(_) | Unreadable::DoesNotOpen => false,
                }
            }
            Cause::Refused(_)
            | Cause::NotSent { .. }
            | Cause::Store(_)
            | Cause::Keys(_)
            | Cause::RngUnavailable => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn s43_a_keyring_is_read_again_in_time_and_one_that_is_too_old_is_not_used() {
        let after = |age| step(age, age >= READ_AGAIN_AFTER, true);
        assert_eq!(after(0), Step::Use);
        assert_eq!(after(READ_AGAIN_AFTER - 1), Step::Use);
        assert_eq!(after(READ_AGAIN_AFTER), Step::Try);
        assert_eq!(after(HELD_FOR - 1), Step::Try);
        assert_eq!(after(HELD_FOR), Step::Read);
        assert_eq!(after(-1), Step::Read, "a clock that was set back");
    }

    #[test]
    fn s43_a_keyring_that_could_not_be_read_again_is_not_tried_at_every_call() {
        assert_eq!(step(READ_AGAIN_AFTER, true, false), Step::Use);
        assert_eq!(step(HELD_FOR, true, false), Step::Read);
        assert_eq!(step(20, true, true), Step::Try, "an unknown version");
        assert_eq!(step(5, true, false), Step::Use, "junk that names one");
    }
}
