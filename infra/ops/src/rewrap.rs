//! `rewrap`: the root keys, wrapped under another key of KMS.

use portcullis_domain::user::EntryKind;
use portcullis_keys::{KmsKey, Rewrapped, Wrapping};

use crate::{Operator, OpsError, Run};

impl Operator {
    /// Wraps every root key in the keyring under another key of KMS, in one conditional write. Run
    /// again, it finds nothing to do.
    ///
    /// # Errors
    /// [`OpsError::Keys`] if a root key does not open, or if KMS refuses the new key;
    /// [`OpsError::Refused`] if the new key does not bind the purpose.
    pub async fn rewrap(&self, to: KmsKey<'_>) -> Result<(), OpsError> {
        let before = self.keyring().await?;
        self.progress(format!("Trying {} as functions use it ...", to.key_id));
        let after = before.value.rewrapped(&self.kms, to).await?;
        if after.is_changed() {
            let what = format!("under {}", after.to);
            let entry = self.entry(EntryKind::KeysRewrapped, what);
            self.replace(&before, &after.keyring, vec![entry]).await?;
        }
        self.print(row("root key", "version", "wrapping"));
        for Rewrapped { purpose, version, from, wrapping } in &after.roots {
            let wrapping = match wrapping {
                Wrapping::Stays => format!("stays, {from}"),
                Wrapping::New => format!("new, was {from}"),
            };
            self.print(row(purpose.as_str(), &version.0.to_string(), &wrapping));
        }
        let all = after.roots.len();
        let to = &after.to;
        match (after.is_changed(), self.run) {
            (false, _) => {
                self.print(format!("All {all} root keys open under {to} already. Nothing to do."));
            }
            (true, Run::Dry) => self.print(format!("{all} root keys would be wrapped by {to}.")),
            (true, Run::Real) => {
                self.print(format!("{all} root keys are wrapped by {to}, and each opens."));
                self.print(
                    "Next: keep the key from before enabled for 15 minutes, until every process \
                     has read the keyring again;",
                );
                self.print(
                    "then deploy with ExistingKeyArn, and keep that key for as long as a backup \
                     may be restored.",
                );
            }
        }
        Ok(())
    }
}

fn row(name: &str, version: &str, wrapping: &str) -> String {
    format!("{name:<10} {version:<8} {wrapping}")
}
