//! `withdraw-root`: takes away a root key that leaked, as fast as can be without locking users out.
//!
//! Another version is in use at once. What is sealed under the leaked one is sealed anew before it
//! goes; what was derived from it cannot be, and ends with it.

mod codes;

use portcullis_domain::{
    KeyVersion, Timestamp, Unreadable, limits,
    user::{Entry, EntryKind},
};
use portcullis_keys::{
    KeyError, KeyPurpose, Keyring, Purposes, RootVersion, RotationRefused, VersionState,
    WrappedKeyring,
};
use portcullis_store::Versioned;
use std::time::Duration;

use crate::{Operator, OpsError, Run, alive::Alive, error::at};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Leaked {
    pub(crate) purpose: KeyPurpose,
    pub(crate) version: KeyVersion,
}

impl Leaked {
    pub(crate) fn is(self, root: &RootVersion) -> bool {
        root.purpose == self.purpose && root.version == self.version
    }

    /// Reads the words of the log for a root key that was withdrawn, which the journal keeps.
    pub(crate) fn parse(words: &str) -> Option<Self> {
        let (version, purpose) = words.strip_prefix("version ")?.split_once(" of the keys for ")?;
        let purpose = KeyPurpose::named(purpose)?;
        Some(Self { purpose, version: KeyVersion(version.parse().ok()?) })
    }
}

impl std::fmt::Display for Leaked {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "version {} of the keys for {}", self.version.0, self.purpose)
    }
}

impl Operator {
    /// Takes away a root key that leaked, and puts another in its place at once. Of `seal` it takes
    /// two runs, the second after every process has read the keyring again.
    ///
    /// # Errors
    /// [`OpsError::Refused`] for the purpose that is never rotated, and if there is no such
    /// version; also if some users could not be written, and then it may be run again.
    pub async fn withdraw_root(
        &self,
        purpose: KeyPurpose,
        version: KeyVersion,
        per_second: u32,
    ) -> Result<(), OpsError> {
        self.refuse_unnamed()?;
        let leaked = Leaked { purpose, version };
        let pause = Duration::from_secs(1) / per_second.max(1);
        if purpose != KeyPurpose::Lookup && self.take_back(leaked).await? {
            return Ok(());
        }
        match purpose {
            KeyPurpose::Lookup => Err(RotationRefused::LookupStays.into()),
            KeyPurpose::Signing => self.withdraw_for_signing(leaked).await,
            KeyPurpose::Settings => self.withdraw_for_settings(leaked).await,
            KeyPurpose::Codes => self.withdraw_for_codes(leaked, pause).await,
            KeyPurpose::Seal => self.withdraw_for_seal(leaked, per_second).await,
        }
    }

    /// Takes away a version that is published and not in use, and returns true if it is one:
    /// nothing is under it.
    async fn take_back(&self, leaked: Leaked) -> Result<bool, OpsError> {
        let before = self.keyring().await?;
        let versions = before.value.root_versions(self.now());
        let state = versions.iter().find(|root| leaked.is(root)).map(|root| root.state);
        let Some(VersionState::Published { used_from }) = state else { return Ok(false) };
        // Something may be under it by then, by the fastest of clocks.
        if used_from <= self.now().plus(limits::CLOCK_SKEW_SECONDS) {
            return Err(OpsError::Refused(format!(
                "{leaked} is used from {}; run the command again after that",
                at(used_from)
            )));
        }
        let (after, entries) = self.without(&before.value, leaked, vec![]).await?;
        self.replace(&before, &after, entries).await?;
        self.print_roots(&after);
        self.print_outcome(
            [format!("Withdrew {leaked}; nothing was made under it.")],
            format!("{leaked} would be withdrawn; nothing was made under it."),
        );
        Ok(true)
    }

    /// Nothing in the table is under these keys but the signing keys: one write is all.
    async fn withdraw_for_signing(&self, leaked: Leaked) -> Result<(), OpsError> {
        let before = self.keyring().await?;
        let (next, entries) = self.with_another(&before.value, leaked).await?;
        let (after, entries) = self.without(&next, leaked, entries).await?;
        self.replace(&before, &after, entries).await?;
        self.print_roots(&after);
        self.print_signing(&after);
        self.print_outcome(
            [
                format!("Withdrew {leaked}, and every signing key that it sealed."),
                "Processes that are running may sign with these for five minutes more, and for 15 \
                 if they cannot read the keyring. Portals refuse that as soon as they have read \
                 the key set again."
                    .to_owned(),
                "Next: have every portal read the key set again now.".to_owned(),
            ],
            format!("{leaked} would be withdrawn, with every signing key that it sealed."),
        );
        Ok(())
    }

    /// The secret of the SMS provider and the addresses of waiting notices are sealed anew between
    /// two writes of the keyring.
    async fn withdraw_for_settings(&self, leaked: Leaked) -> Result<(), OpsError> {
        let before = self.put_another(leaked).await?;
        let purposes = Purposes::lookup_and(&[KeyPurpose::Settings]);
        let keyring = Keyring::open(&self.kms, &before.value, purposes, self.now()).await?;
        let is_lost = match self.reseal_provider(&keyring).await {
            Ok(()) => false,
            // It opens no more, whether its key goes or stays.
            Err(OpsError::Keys(KeyError::Unreadable(Unreadable::UnknownVersion(version))))
                if version == leaked.version =>
            {
                true
            }
            Err(error) => return Err(error),
        };
        self.reseal_notices(&keyring).await?;
        let (after, entries) = self.without(&before.value, leaked, vec![]).await?;
        self.replace(&before, &after, entries).await?;
        self.print_roots(&after);
        if is_lost {
            self.print(format!(
                "{leaked} does not open, and the secret of the SMS provider under it is lost: no \
                 text message goes out by it until a new one is in the settings."
            ));
        }
        self.print_outcome(
            [
                format!("Withdrew {leaked}."),
                "Freeze links and cursors of lists from before are refused. Notices that \
                 processes make in the next five minutes, before they read the keyring again, go \
                 only to addresses that their users still have; the log of notices names those \
                 that are lost."
                    .to_owned(),
                "Next: have the SMS provider issue a new secret, and enter it in the settings."
                    .to_owned(),
            ],
            format!("{leaked} would be withdrawn, and freeze links end with it."),
        );
        Ok(())
    }

    /// One write of the keyring, and then what users hold that nobody can check any more.
    async fn withdraw_for_codes(&self, leaked: Leaked, pause: Duration) -> Result<(), OpsError> {
        let before = self.keyring().await?;
        if self.is_gone(&before.value, leaked) {
            self.print(format!("{leaked} is withdrawn already."));
        } else {
            let (next, entries) = self.with_another(&before.value, leaked).await?;
            let (after, entries) = self.without(&next, leaked, entries).await?;
            self.replace(&before, &after, entries).await?;
            self.print_roots(&after);
            self.print_outcome(
                [format!("Withdrew {leaked}.")],
                format!("{leaked} would be withdrawn."),
            );
        }
        self.withdraw_codes(leaked, pause).await?;
        let until = at(self.now().plus(portcullis_keys::HELD_FOR));
        self.print_outcome(
            [
                "Codes, mailed links and bypass codes from before are refused, and known and \
                 trusted browsers are not known."
                    .to_owned(),
                format!(
                    "Next, from {until}: the same command again, for what processes made meanwhile \
                     that hold an older keyring."
                ),
            ],
            "Codes, mailed links and bypass codes from before would be refused, and known and \
             trusted browsers would not be known."
                .to_owned(),
        );
        Ok(())
    }

    /// Secrets of apps are sealed anew before their key goes, or their users would be locked out.
    async fn withdraw_for_seal(&self, leaked: Leaked, per_second: u32) -> Result<(), OpsError> {
        let before = self.put_another(leaked).await?;
        if self.run == Run::Dry {
            self.print(format!("Then the secrets under {leaked} would be sealed anew."));
            return Ok(());
        }
        self.reseal_under_leaked(&before.value, leaked, per_second).await?;
        let until = before.value.written_until(leaked.purpose, leaked.version)?;
        if let Some(until) = until.filter(|until| self.now() < *until) {
            self.print(format!(
                "Not withdrawn yet: a process that cannot read the keyring may seal under {leaked} \
                 until {}.",
                at(until)
            ));
            self.print("Next, after that: the same command again, which takes it away.");
            return Ok(());
        }
        self.progress("Counting what lies in the table under each version ...");
        Alive::count(self).await?.refuse_to_retire(leaked.purpose, leaked.version)?;
        let before = self.keyring().await?;
        let (after, entries) = self.without(&before.value, leaked, vec![]).await?;
        self.replace(&before, &after, entries).await?;
        self.print_roots(&after);
        self.print(format!("Withdrew {leaked}."));
        self.print("Next: reset the users whose secrets may have been read; a secret stays known.");
        Ok(())
    }

    /// Seals secrets of apps anew. Those under a version that does not open stay, and keep it.
    async fn reseal_under_leaked(
        &self,
        keyring: &WrappedKeyring,
        leaked: Leaked,
        per_second: u32,
    ) -> Result<(), OpsError> {
        let resealed = self.reseal(per_second).await;
        let opened = keyring.opens(&self.kms, (leaked.purpose, leaked.version)).await;
        match (resealed, opened) {
            (Err(OpsError::Refused(why)), Err(KeyError::RootNotOpened { .. })) => {
                Err(OpsError::Refused(format!(
                    "{why}. {leaked} does not open, and secrets under it cannot be sealed anew: \
                     enable the KMS key that wraps it and run the command again, or reset their \
                     users first, if that key is gone for good"
                )))
            }
            (resealed, _) => resealed,
        }
    }

    /// Puts another version in use if need be, and returns the keyring that is then in the table.
    /// In a dry run, it returns the one that would be there.
    async fn put_another(&self, leaked: Leaked) -> Result<Versioned<WrappedKeyring>, OpsError> {
        let before = self.keyring().await?;
        let (after, entries) = self.with_another(&before.value, leaked).await?;
        if entries.is_empty() {
            return Ok(before);
        }
        self.replace(&before, &after, entries).await?;
        self.print_roots(&after);
        match self.run {
            Run::Dry => Ok(Versioned { value: after, ..before }),
            Run::Real => self.keyring().await,
        }
    }

    /// Returns a keyring in which another version than the leaked one is in use, and opens, with
    /// the entries for that; the same keyring and none if it is so already.
    async fn with_another(
        &self,
        keyring: &WrappedKeyring,
        leaked: Leaked,
    ) -> Result<(WrappedKeyring, Vec<Entry>), OpsError> {
        let now: Timestamp = self.now();
        let versions = keyring.root_versions(now);
        let is_it =
            |root: &&RootVersion| root.purpose == leaked.purpose && root.version == leaked.version;
        let found = versions.iter().find(is_it);
        let found = found.ok_or_else(|| RotationRefused::Unknown(leaked.to_string()))?;
        let stays = match found.state {
            VersionState::InUse => false,
            VersionState::Published { .. } => true,
            VersionState::Older { .. } => self.opens_in_use(keyring, leaked.purpose).await?,
        };
        if stays {
            return Ok((keyring.clone(), vec![]));
        }
        let key = &self.root_key_id;
        let next = keyring.with_root_at_once(&self.kms, key, leaked.purpose, now).await?;
        let newest =
            next.root_versions(now).into_iter().rfind(|root| root.purpose == leaked.purpose);
        let version = newest.map_or(leaked.version, |root| root.version);
        let what = format!("{}, used at once", Leaked { version, ..leaked });
        Ok((next, vec![self.entry(EntryKind::RootKeyPublished, what)]))
    }

    /// Returns true if the version in use opens: nothing can be made under one that does not.
    async fn opens_in_use(
        &self,
        keyring: &WrappedKeyring,
        purpose: KeyPurpose,
    ) -> Result<bool, OpsError> {
        let versions = keyring.root_versions(self.now()).into_iter();
        let mut of = versions.filter(|root| root.purpose == purpose);
        let Some(in_use) = of.find(|root| root.state == VersionState::InUse) else {
            return Ok(false);
        };
        match keyring.opens(&self.kms, (purpose, in_use.version)).await {
            Ok(()) => Ok(true),
            Err(KeyError::RootNotOpened { .. }) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }

    /// Returns the keyring without the leaked version, and these entries with those for that.
    async fn without(
        &self,
        keyring: &WrappedKeyring,
        leaked: Leaked,
        mut entries: Vec<Entry>,
    ) -> Result<(WrappedKeyring, Vec<Entry>), OpsError> {
        let Leaked { purpose, version } = leaked;
        let (nonce, now) = (self.random()?, self.now());
        let which = (purpose, version);
        let after = keyring.without_leaked_root(&self.kms, which, nonce, now).await?;
        entries.push(self.entry(EntryKind::RootKeyWithdrawn, leaked.to_string()));
        entries.extend(self.signing_changes(keyring, &after));
        Ok((after, entries))
    }

    /// Returns true if there were newer versions than this one, and it is not there.
    fn is_gone(&self, keyring: &WrappedKeyring, leaked: Leaked) -> bool {
        let versions = keyring.root_versions(self.now()).into_iter();
        let mut of = versions.filter(|root| root.purpose == leaked.purpose).peekable();
        let newer = of.peek().is_some_and(|oldest| oldest.version > leaked.version);
        newer && of.all(|root| root.version != leaked.version)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn s50_the_words_of_the_log_name_the_root_key_that_was_withdrawn() {
        for purpose in KeyPurpose::ALL {
            let leaked = Leaked { purpose, version: KeyVersion(12) };
            assert_eq!(Leaked::parse(&leaked.to_string()), Some(leaked));
        }
        for other in ["", "version 1", "version x of the keys for codes", "under a key"] {
            assert_eq!(Leaked::parse(other), None, "{other}");
        }
        let of_a_journal = "version 1 of the keys for seal";
        let seal = Leaked { purpose: KeyPurpose::Seal, version: KeyVersion(1) };
        assert_eq!(Leaked::parse(of_a_journal), Some(seal), "as journals have it");
    }
}
