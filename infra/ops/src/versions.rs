//! `keys`: the versions in the keyring, and the state of each.

use portcullis_keys::{RootVersion, SigningVersion, VersionState, WrappedKeyring};

use crate::{Operator, OpsError, error::at};

impl Operator {
    /// Prints every version in the keyring.
    ///
    /// # Errors
    /// [`OpsError`] if the keyring cannot be read.
    pub async fn keys(&self) -> Result<(), OpsError> {
        let keyring = self.keyring().await?.value;
        self.print_roots(&keyring);
        self.print_signing(&keyring);
        Ok(())
    }

    pub(crate) fn print_roots(&self, keyring: &WrappedKeyring) {
        self.print(row("root key", "version", "published", "state"));
        for RootVersion { purpose, version, published_at, state } in
            keyring.root_versions(self.now())
        {
            let version = version.0.to_string();
            self.print(row(purpose.as_str(), &version, &at(published_at), &words(state)));
        }
    }

    pub(crate) fn print_signing(&self, keyring: &WrappedKeyring) {
        self.print(row("signing key", "sealed by", "published", "state"));
        for SigningVersion { kids, sealed_under, published_at, state } in
            keyring.signing_versions(self.now())
        {
            let sealed = format!("version {}", sealed_under.0);
            self.print(row(&kids.join(" "), &sealed, &at(published_at), &words(state)));
        }
    }
}

fn row(name: &str, version: &str, published: &str, state: &str) -> String {
    format!("{name:<28} {version:<10} {published:<21} {state}")
}

fn words(state: VersionState) -> String {
    match state {
        VersionState::Published { used_from } => format!("published, used from {}", at(used_from)),
        VersionState::InUse => "in use".to_owned(),
        VersionState::Older { dead_from } => {
            format!("older, read with only; may go from {}", at(dead_from))
        }
    }
}
