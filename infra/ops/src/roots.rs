//! The root keys: `rotate-root` and `retire-root`.

use portcullis_domain::{KeyVersion, user::EntryKind};
use portcullis_keys::{KeyPurpose, RootVersion, VersionState};

use crate::{Operator, OpsError, alive::Alive, error::at};

impl Operator {
    /// Publishes a new root key of a purpose.
    ///
    /// # Errors
    /// [`OpsError::Refused`] for the purpose that is never rotated, and while a rotation is under
    /// way.
    pub async fn rotate_root(&self, purpose: KeyPurpose) -> Result<(), OpsError> {
        let before = self.keyring().await?;
        let now = self.now();
        let after = before.value.with_new_root(&self.kms, &self.root_key_id, purpose, now).await?;
        let newest = after.root_versions(now).into_iter().rfind(|root| root.purpose == purpose);
        let Some(RootVersion { version, state, .. }) = newest else { return Ok(()) };
        let VersionState::Published { used_from } = state else { return Ok(()) };
        let what = format!("version {} of the keys for {purpose}", version.0);
        let from = at(used_from);
        let entry = self.entry(EntryKind::RootKeyPublished, format!("{what}, used from {from}"));
        self.replace(&before, &after, vec![entry]).await?;
        self.print_roots(&after);
        self.print_outcome(
            [
                format!("Published {what}: it is in use from {from}."),
                format!("Next, after that: {}", next_step(purpose)),
            ],
            format!("{what} would be published, and in use from {from}."),
        );
        Ok(())
    }

    /// Takes away a root key that nothing needs any more. The whole table is read first.
    ///
    /// # Errors
    /// [`OpsError::Refused`] if something needs it, with what that is.
    pub async fn retire_root(
        &self,
        purpose: KeyPurpose,
        version: KeyVersion,
    ) -> Result<(), OpsError> {
        self.refuse_unnamed()?;
        let before = self.keyring().await?;
        before.value.without_root(purpose, version, self.now())?;
        self.progress("Counting what lies in the table under each version ...");
        let alive = Alive::count(self).await?;
        alive.refuse_to_retire(purpose, version)?;
        // Reading the table takes a while, in which a version that was published may have come into
        // use.
        let after = before.value.without_root(purpose, version, self.now())?;
        self.print(format!(
            "{} users were read; nothing lies under version {}.",
            alive.users, version.0
        ));
        let what = format!("version {} of the keys for {purpose}", version.0);
        let entry = self.entry(EntryKind::RootKeyRetired, what.clone());
        self.replace(&before, &after, vec![entry]).await?;
        self.print_roots(&after);
        self.print_outcome([format!("Retired {what}.")], format!("{what} would be retired."));
        Ok(())
    }
}

/// Returns what follows the publishing of a root key.
const fn next_step(purpose: KeyPurpose) -> &'static str {
    match purpose {
        KeyPurpose::Seal => "cargo ops reseal",
        KeyPurpose::Settings => {
            "cargo ops reseal, and cargo ops retire-root settings after a while"
        }
        KeyPurpose::Signing => "cargo ops rotate-signing, so that a signing key is sealed under it",
        KeyPurpose::Codes => "nothing; `cargo ops keys` says when the older version may go",
        KeyPurpose::Lookup => "nothing",
    }
}
