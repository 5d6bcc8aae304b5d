//! `reseal`: seals anew what is in the table under an older version. It may be stopped and run
//! again: what is sealed under the version in use is left alone.

use portcullis_app::{TWILIO_AUTH_TOKEN, TWILIO_SECRET};
use portcullis_domain::{
    KeyVersion, Settings, SmsProvider, StateChange, UserState, WriteKind, limits,
};
use portcullis_keys::{
    KeyError, KeyPurpose, Keyring, PortalKeyring, Purposes, VersionState, WrappedKeyring,
};
use portcullis_store::{
    Record, Replacement, SettingsRecord, StoreError, UserChange, UserKey, Versioned, WriteOutcome,
};
use std::time::Duration;

use crate::{Operator, OpsError, Run, alive::sealed_under, error::at};

const PURPOSES: Purposes = Purposes::lookup_and(&[KeyPurpose::Seal, KeyPurpose::Settings]);

/// The times that a user is read and written before it gives way to the user's own writes.
const TRIES: u32 = 5;

/// The outcome for one user.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Resealed {
    Secrets(usize),
    /// Nothing of the user is under an older version any more.
    Nothing,
    /// The portal was deleted, and with it the salt without which nothing opens.
    PortalDeleted,
}

/// The outcomes for all users.
#[derive(Clone, Copy, Debug, Default)]
struct Sum {
    users: u64,
    secrets: usize,
    /// Users of deleted portals.
    gone: u64,
    failed: u64,
}

impl Operator {
    /// Seals the secrets of authenticator apps, and the secret of the SMS provider, under the
    /// versions in use: one conditional write for each user, at most `per_second` of them.
    ///
    /// # Errors
    /// [`OpsError::Refused`] while a new version is published and not in use yet, and after the
    /// last user if some could not be sealed anew.
    pub async fn reseal(&self, per_second: u32) -> Result<(), OpsError> {
        let stored = self.keyring().await?;
        self.refuse_before_its_time(&stored.value)?;
        let keyring = Keyring::open(&self.kms, &stored.value, PURPOSES, self.now()).await?;
        self.reseal_provider(&keyring).await?;
        let in_use = keyring.in_use(KeyPurpose::Seal).map_err(KeyError::from)?;
        let pause = Duration::from_secs(1) / per_second.max(1);
        let (mut sum, mut after) = (Sum::default(), None);
        loop {
            let page = self.store.scan_users(after.as_deref()).await?;
            // What is in use may be another version meanwhile, and this one be retired.
            if self.keyring().await?.write != stored.write {
                return Err(OpsError::Refused(format!(
                    "the keyring was changed meanwhile; {} secrets were sealed anew before, so run \
                     the command again for the rest",
                    sum.secrets
                )));
            }
            for (place, read) in page.users {
                sum.users += 1;
                let is_old = read.map(|user| sealed_under(&user).any(|version| version != in_use));
                let done = match is_old {
                    Ok(false) => continue,
                    Ok(true) => self.reseal_user(&keyring, &place, in_use).await,
                    Err(error) => Err(error.into()),
                };
                match done {
                    Ok(Resealed::Secrets(number)) => sum.secrets += number,
                    Ok(Resealed::Nothing) => {}
                    Ok(Resealed::PortalDeleted) => sum.gone += 1,
                    Err(error) => {
                        sum.failed += 1;
                        self.progress(format!("{place:?}: {error}"));
                    }
                }
                if self.run == Run::Real {
                    tokio::time::sleep(pause).await;
                }
            }
            self.progress(format!("{} users were read, {} secrets", sum.users, sum.secrets));
            match page.next {
                Some(next) => after = Some(next),
                None => return self.finish(&sum, in_use),
            }
        }
    }

    /// Says what was done, and refuses if something was left.
    fn finish(&self, sum: &Sum, in_use: KeyVersion) -> Result<(), OpsError> {
        let (Sum { users, secrets, gone, failed }, version) = (sum, in_use.0);
        self.print(match self.run {
            Run::Real => {
                format!("{users} users: {secrets} secrets sealed anew, under version {version}.")
            }
            Run::Dry => format!(
                "Dry run: of {users} users, {secrets} secrets would be sealed anew, under version \
                 {version}."
            ),
        });
        if *gone > 0 {
            self.print(format!(
                "{gone} users of deleted portals were left: nothing of theirs opens."
            ));
        }
        if *failed > 0 {
            return Err(OpsError::Refused(format!(
                "{failed} users could not be sealed anew; the lines above say why, and the command \
                 may be run again"
            )));
        }
        Ok(())
    }

    fn refuse_before_its_time(&self, stored: &WrappedKeyring) -> Result<(), OpsError> {
        let versions = stored.root_versions(self.now()).into_iter();
        let mut resealed = versions.filter(|root| match root.purpose {
            KeyPurpose::Seal | KeyPurpose::Settings => true,
            KeyPurpose::Lookup | KeyPurpose::Codes | KeyPurpose::Signing => false,
        });
        let waits = resealed.find_map(|root| match root.state {
            VersionState::Published { used_from } => Some((root, used_from)),
            VersionState::InUse | VersionState::Older { .. } => None,
        });
        match waits {
            Some((root, from)) => Err(OpsError::Refused(format!(
                "version {} of the keys for {} is used from {}; seal anew after that",
                root.version.0,
                root.purpose,
                at(from)
            ))),
            None => Ok(()),
        }
    }

    /// Seals the secrets of one user anew, from what is there now.
    async fn reseal_user(
        &self,
        keyring: &Keyring,
        user_key: &UserKey,
        in_use: KeyVersion,
    ) -> Result<Resealed, OpsError> {
        for _ in 0..TRIES {
            let read = user_key.read(&self.store).await?;
            let Some(portal) = &read.portal else { return Ok(Resealed::PortalDeleted) };
            let Some(mut user) = read.user.clone() else { return Ok(Resealed::Nothing) };
            let mut nonces = [[0; 12]; limits::AUTHENTICATORS];
            for nonce in &mut nonces {
                *nonce = self.random()?;
            }
            let keys = PortalKeyring::new(keyring, portal);
            let number = user.reseal(&keys, in_use, &nonces).map_err(KeyError::from)?;
            if number == 0 {
                return Ok(Resealed::Nothing);
            }
            if self.run == Run::Dry {
                return Ok(Resealed::Secrets(number));
            }
            let state = UserState::Known(Box::new(user));
            let change = StateChange { state, entries: vec![], kind: WriteKind::Resealed };
            let change = UserChange { change, key: None };
            match user_key.write(&self.store, &read, change, self.write_id()?).await? {
                WriteOutcome::Written(_) => return Ok(Resealed::Secrets(number)),
                WriteOutcome::Conflict => {}
            }
        }
        Err(StoreError::Contended.into())
    }

    /// Seals the secret of the SMS provider anew.
    pub(crate) async fn reseal_provider(&self, keyring: &Keyring) -> Result<(), OpsError> {
        let in_use = keyring.in_use(KeyPurpose::Settings).map_err(KeyError::from)?;
        let before = self.store.settings().await?;
        let Some(Versioned { value, .. }) = &before else { return Ok(()) };
        let mut value: Settings = value.clone();
        let Some(SmsProvider::Twilio { client_secret, auth_token, .. }) = &mut value.sms else {
            return Ok(());
        };
        let secrets =
            [(TWILIO_SECRET, Some(client_secret)), (TWILIO_AUTH_TOKEN, auth_token.as_mut())];
        let mut changed = false;
        for (name, sealed) in secrets {
            let Some(sealed) = sealed.filter(|sealed| sealed.version != in_use) else { continue };
            let secret = keyring.open_setting(name, sealed)?;
            *sealed = keyring.seal_setting(name, &secret, self.random()?)?;
            changed = true;
        }
        if !changed {
            return Ok(());
        }
        if self.run == Run::Real {
            let change = Replacement { value, entries: None };
            let write = self.write_id()?;
            match SettingsRecord.write(&self.store, &before, change, write).await? {
                WriteOutcome::Written(_) => {}
                WriteOutcome::Conflict => return Err(OpsError::ChangedMeanwhile),
            }
        }
        let (what, version) = ("secret of the SMS provider", in_use.0);
        self.print(match self.run {
            Run::Real => format!("The {what}: sealed anew, under version {version}."),
            Run::Dry => format!("The {what}: would be sealed anew, under version {version}."),
        });
        Ok(())
    }
}
