//! The parts that every command works with.

use portcullis_app::{AppContext, Clock, Rng};
use portcullis_domain::{
    PortalId, Timestamp, WriteId,
    user::{By, Entry, EntryKind},
};
use portcullis_keys::{KeyError, Purposes, WrappedKeyring};
use portcullis_store::{AuditEntries, Replacement, Store, Versioned, WriteOutcome};
use std::sync::Arc;

use crate::OpsError;

/// A line that a command prints.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line<'a> {
    /// A line of the transcript, on standard output.
    Transcript(&'a str),
    /// A line about progress, on standard error.
    Progress(&'a str),
}

/// Prints lines.
pub type Say = Arc<dyn Fn(Line<'_>) + Send + Sync>;

/// The effect that a command has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Run {
    /// Everything is read and decided, and nothing is written.
    Dry,
    Real,
}

/// The table, the key of KMS that wraps root keys, the clock and the random source.
#[derive(Clone)]
pub struct Operator {
    pub store: Store,
    pub kms: aws_sdk_kms::Client,
    /// The id or the ARN of the key of KMS under which new root keys are wrapped.
    pub root_key_id: String,
    pub clock: Clock,
    pub rng: Rng,
    /// The name in the log of whoever changes keys; without one nothing is changed.
    pub by: Option<By>,
    pub run: Run,
    pub say: Say,
}

impl Operator {
    pub(crate) fn now(&self) -> Timestamp {
        (self.clock)()
    }

    pub(crate) fn print(&self, line: impl AsRef<str>) {
        (self.say)(Line::Transcript(line.as_ref()));
    }

    pub(crate) fn progress(&self, line: impl AsRef<str>) {
        (self.say)(Line::Progress(line.as_ref()));
    }

    pub(crate) fn random<const N: usize>(&self) -> Result<[u8; N], OpsError> {
        let mut bytes = [0; N];
        if (self.rng)(&mut bytes) { Ok(bytes) } else { Err(OpsError::NoRandomBytes) }
    }

    /// Prints what was done, or what would be in a dry run.
    pub(crate) fn print_outcome<const N: usize>(&self, done: [String; N], would_be: String) {
        match self.run {
            Run::Real => done.iter().for_each(|line| self.print(line)),
            Run::Dry => self.print(would_be),
        }
    }

    /// Refuses to change keys for somebody who gave no name, in a dry run too: it asks for what the
    /// command asks for.
    pub(crate) fn refuse_unnamed(&self) -> Result<(), OpsError> {
        match self.by {
            Some(_) => Ok(()),
            None => Err(OpsError::Refused(
                "the log says who changed keys; give your name with --by".to_owned(),
            )),
        }
    }

    /// Returns the id of a new write.
    pub(crate) fn write_id(&self) -> Result<WriteId, OpsError> {
        Ok(WriteId::new(self.random()?))
    }

    /// Returns a context with the keys of these purposes.
    pub(crate) fn context(&self, purposes: Purposes) -> AppContext {
        let (store, kms) = (self.store.clone(), self.kms.clone());
        // Nothing is signed here, so the issuer does not matter.
        AppContext::new(store, kms, purposes, "", self.clock.clone(), self.rng.clone())
    }

    pub(crate) async fn keyring(&self) -> Result<Versioned<WrappedKeyring>, OpsError> {
        let stored = self.store.versioned_keyring().await?;
        Ok(stored.ok_or(KeyError::NoKeyring)?)
    }

    /// Returns an entry for the log about keys, with what it was done to.
    pub(crate) fn entry(&self, kind: EntryKind, what: impl Into<String>) -> Entry {
        Entry { by: self.by.clone(), ..kind.at(self.now()).because(what) }
    }

    /// Puts a keyring in the place of the one that was read, unless this is a dry run. The entries
    /// go to the log of the console.
    pub(crate) async fn replace(
        &self,
        before: &Versioned<WrappedKeyring>,
        after: &WrappedKeyring,
        entries: Vec<Entry>,
    ) -> Result<(), OpsError> {
        self.refuse_unnamed()?;
        match self.run {
            Run::Dry => {
                self.print("Dry run: nothing was written. It would be like this:");
                Ok(())
            }
            Run::Real => {
                let write = self.write_id()?;
                let log = AuditEntries { portal: PortalId::console(), admin: None, entries };
                let after = Replacement { value: after.clone(), entries: Some(log) };
                match self.store.replace_keyring(before, &after, write).await? {
                    WriteOutcome::Written(()) => Ok(()),
                    WriteOutcome::Conflict => Err(OpsError::ChangedMeanwhile),
                }
            }
        }
    }
}

impl std::fmt::Debug for Operator {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Operator").field("run", &self.run).finish_non_exhaustive()
    }
}
