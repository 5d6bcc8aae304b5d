//! The keys that leaked after a backup. The keyring of the backup has them, so they are named in
//! each run until they are withdrawn again.

use portcullis_domain::{Timestamp, user::EntryKind};
use portcullis_keys::WrappedKeyring;

use super::journal::KeyringChange;
use crate::withdraw_root::Leaked;

/// Returns what the operator has to do about each key that the journal says was withdrawn and that
/// this keyring has. A root key that was published since the backup is another one.
pub(super) fn withdrawn_keys(
    changes: &[KeyringChange],
    keyring: &WrappedKeyring,
    backup: Timestamp,
    now: Timestamp,
) -> Vec<String> {
    let roots = keyring.root_versions(now);
    let signing = keyring.signing_versions(now);
    let mut left = vec![];
    for KeyringChange { kinds, words } in changes {
        let mut leaked = words.iter().filter_map(|word| Leaked::parse(word)).peekable();
        if kinds.contains(&EntryKind::RootKeyWithdrawn) && leaked.peek().is_none() {
            let words = words.join(", ");
            left.push(format!(
                "a root key was withdrawn since, and this release cannot read which: {words}"
            ));
        }
        let is_there = |leaked: &Leaked| {
            roots.iter().any(|root| leaked.is(root) && root.published_at <= backup)
        };
        left.extend(leaked.filter(is_there).map(|leaked| {
            format!(
                "{leaked} leaked, and the restored keyring has it: run `cargo ops withdraw-root {} \
                 {}` on this table, and then this command again",
                leaked.purpose, leaked.version.0
            )
        }));
        let kids = signing.iter().map(|key| key.kids.join(" and "));
        left.extend(kids.filter(|kids| words.contains(kids)).map(|kids| {
            let kid = kids.split(' ').next().unwrap_or(&kids);
            format!(
                "the signing key {kids} leaked, and the restored keyring has it: run `cargo ops \
                 withdraw {kid}` on this table, and then this command again"
            )
        }));
    }
    left.dedup();
    left
}
