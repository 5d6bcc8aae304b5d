//! The keys that assertions and ID tokens are signed with: `rotate-signing`, `retire-signing` and
//! `withdraw`.

use portcullis_domain::user::{Entry, EntryKind};
use portcullis_keys::{SigningVersion, WrappedKeyring, dead_from, used_from};

use crate::{Operator, OpsError, error::at};

impl Operator {
    /// Publishes a new signing key beside the others.
    ///
    /// # Errors
    /// [`OpsError::Refused`] while the last one that was published is not in use yet.
    pub async fn rotate_signing(&self) -> Result<(), OpsError> {
        let before = self.keyring().await?;
        let now = self.now();
        let after = before.value.with_new_signing_key(&self.kms, self.random()?, now).await?;
        let versions = after.signing_versions(now);
        let Some(SigningVersion { kids, .. }) = versions.last() else { return Ok(()) };
        let key = kids.join(" and ");
        let what = format!("{key}, used from {}", at(used_from(now)));
        let entry = self.entry(EntryKind::SigningKeyPublished, what);
        self.replace(&before, &after, vec![entry]).await?;
        self.print_signing(&after);
        let used = at(used_from(now));
        self.print_outcome(
            [
                format!("Published {key}: they are in the key sets from now on, and sign"),
                format!("assertions and ID tokens from {used}."),
                format!("Next, from {}: cargo ops retire-signing", at(dead_from(now))),
            ],
            format!("A pair of keys like {key} would be in the key sets, and sign from {used}."),
        );
        Ok(())
    }

    /// Takes away the signing keys whose assertions have all expired.
    ///
    /// # Errors
    /// [`OpsError::Refused`] if there is none, with the moment to wait for.
    pub async fn retire_signing(&self) -> Result<(), OpsError> {
        let before = self.keyring().await?;
        let (after, kids) = before.value.without_dead_signing_keys(self.now())?;
        let kids = kids.join(" and ");
        let entry = self.entry(EntryKind::SigningKeyRetired, kids.clone());
        self.replace(&before, &after, vec![entry]).await?;
        self.print_signing(&after);
        self.print_outcome(
            [format!("Retired {kids}: nothing that they signed is alive.")],
            format!("{kids} would be retired: nothing that they signed is alive."),
        );
        Ok(())
    }

    /// Takes away a signing key that leaked, at once.
    ///
    /// # Errors
    /// [`OpsError::Refused`] if there is no such key.
    pub async fn withdraw(&self, kid: &str) -> Result<(), OpsError> {
        let before = self.keyring().await?;
        let (now, nonce) = (self.now(), self.random()?);
        let after = before.value.without_signing_key(&self.kms, kid, nonce, now).await?;
        self.replace(&before, &after, self.signing_changes(&before.value, &after)).await?;
        self.print_signing(&after);
        self.print_outcome(
            [
                format!("Withdrew {kid}, and its pair. They are gone from the key sets."),
                "Processes that are running may sign with it for five minutes more. Portals \
                 refuse that as soon as they have read the key set again."
                    .to_owned(),
                "Next: have every portal read the key set again now; then cargo ops \
                 rotate-signing"
                    .to_owned(),
            ],
            format!("{kid} and its pair would be withdrawn, and go from the key sets."),
        );
        Ok(())
    }

    /// Returns the entries for signing keys that leaked, and for those that took their place.
    pub(crate) fn signing_changes(
        &self,
        before: &WrappedKeyring,
        after: &WrappedKeyring,
    ) -> Vec<Entry> {
        let kids = |of: &WrappedKeyring| -> Vec<String> {
            let versions = of.signing_versions(self.now()).into_iter();
            versions.map(|version| version.kids.join(" and ")).collect()
        };
        let (old, new) = (kids(before), kids(after));
        let entries = |kind, of: &[String], others: &[String]| -> Vec<Entry> {
            let those = of.iter().filter(|kids| !others.contains(kids));
            those.map(|kids| self.entry(kind, kids.clone())).collect()
        };
        let mut changes = entries(EntryKind::SigningKeyWithdrawn, &old, &new);
        changes.extend(entries(EntryKind::SigningKeyPublished, &new, &old));
        changes
    }
}
