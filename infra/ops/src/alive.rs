//! The count of what lies in the table under each version of a root key.

use portcullis_domain::{KeyVersion, SmsProvider, User, user::Binding};
use portcullis_keys::KeyPurpose;
use std::collections::BTreeMap;

use crate::{Operator, OpsError};

/// The numbers of things in the table that do not expire, by the version that they are under.
#[derive(Debug, Default)]
pub(crate) struct Alive {
    pub(crate) users: u64,
    /// Users whom this release cannot read: nobody knows what they have.
    unreadable: u64,
    /// Secrets of authenticator apps, under the keys for `seal`.
    secrets: BTreeMap<KeyVersion, u64>,
    /// Sets of recovery codes, under the keys for `codes`.
    recovery_sets: BTreeMap<KeyVersion, u64>,
    /// The secrets of the SMS provider, under the keys for `settings`.
    provider: BTreeMap<KeyVersion, u64>,
}

impl Alive {
    /// Reads all users of all portals, and the settings.
    pub(crate) async fn count(operator: &Operator) -> Result<Self, OpsError> {
        let settings = operator.store.settings().await?.map(|stored| stored.value);
        let mut alive = Self::default();
        if let Some(provider) = settings.and_then(|settings| settings.sms) {
            alive.add_provider(&provider);
        }
        let (mut after, mut portals) = (None, BTreeMap::<String, bool>::new());
        loop {
            let page = operator.store.scan_users(after.as_deref()).await?;
            for (place, user) in page.users {
                // The secrets of a deleted portal's users do not open: its salt is gone with it.
                let is_there = match portals.get(place.portal.as_str()) {
                    Some(is_there) => *is_there,
                    None => {
                        let is_there = operator.store.portal(&place.portal).await?.is_some();
                        portals.insert(place.portal.to_string(), is_there);
                        is_there
                    }
                };
                if !is_there {
                    continue;
                }
                alive.users += 1;
                match user {
                    Ok(user) => alive.add(&user),
                    Err(error) => {
                        alive.unreadable += 1;
                        operator.progress(format!("{place:?}: {error}"));
                    }
                }
            }
            operator.progress(format!("{} users were read", alive.users));
            match page.next {
                Some(next) => after = Some(next),
                None => return Ok(alive),
            }
        }
    }

    /// Counts each secret of the SMS provider: functions open all of them.
    fn add_provider(&mut self, provider: &SmsProvider) {
        let secrets = match provider {
            SmsProvider::Twilio { client_secret, auth_token, .. } => {
                [Some(client_secret), auth_token.as_ref()]
            }
            SmsProvider::Sns { .. } => [None, None],
        };
        for secret in secrets.into_iter().flatten() {
            *self.provider.entry(secret.version).or_default() += 1;
        }
    }

    fn add(&mut self, user: &User) {
        for version in sealed_under(user) {
            *self.secrets.entry(version).or_default() += 1;
        }
        if let Some(codes) = &user.recovery_codes {
            *self.recovery_sets.entry(codes.version).or_default() += 1;
        }
        // An authenticator of a newer release may have a secret that this one does not see.
        if !user.unknown_bound.is_empty() {
            self.unreadable += 1;
        }
    }

    /// Refuses to retire a version that something in the table needs.
    pub(crate) fn refuse_to_retire(
        &self,
        purpose: KeyPurpose,
        version: KeyVersion,
    ) -> Result<(), OpsError> {
        let refused = |why: String| Err(OpsError::Refused(why));
        let of = |counted: &BTreeMap<KeyVersion, u64>| counted.get(&version).copied().unwrap_or(0);
        let (number, what, remedy) = match purpose {
            KeyPurpose::Seal => {
                (of(&self.secrets), "secrets of authenticator apps", "run `cargo ops reseal` first")
            }
            KeyPurpose::Codes => (
                of(&self.recovery_sets),
                "sets of recovery codes",
                "their codes are derived from it, so it stays until their users have new sets",
            ),
            KeyPurpose::Settings => {
                (of(&self.provider), "secrets of the SMS provider", "run `cargo ops reseal` first")
            }
            KeyPurpose::Lookup | KeyPurpose::Signing => (0, "", ""),
        };
        let is_needed_by_users = match purpose {
            KeyPurpose::Seal | KeyPurpose::Codes => true,
            KeyPurpose::Lookup | KeyPurpose::Signing | KeyPurpose::Settings => false,
        };
        if number > 0 {
            return refused(format!("{number} {what} lie under version {}: {remedy}", version.0));
        }
        if is_needed_by_users && self.unreadable > 0 {
            return refused(format!(
                "{} users hold what this release does not know; retire the version with the \
                 newest release in use",
                self.unreadable
            ));
        }
        Ok(())
    }
}

/// Returns the versions that the secrets of a user's authenticator apps are sealed under.
pub(crate) fn sealed_under(user: &User) -> impl Iterator<Item = KeyVersion> {
    user.authenticators.iter().filter_map(|authenticator| match &authenticator.binding {
        Binding::App { secret, .. } => Some(secret.version),
        Binding::Email(_) | Binding::Sms(_) | Binding::Passkey(_) => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use portcullis_domain::Sealed;

    fn sealed(version: u32) -> Sealed {
        Sealed { version: KeyVersion(version), bytes: vec![] }
    }

    /// The versions of the keys for `settings` that stay, with these secrets of the SMS provider.
    fn kept(client_secret: u32, auth_token: Option<u32>) -> Vec<u32> {
        let mut alive = Alive::default();
        alive.add_provider(&SmsProvider::Twilio {
            account: None,
            client_id: String::new(),
            client_secret: sealed(client_secret),
            auth_token: auth_token.map(sealed),
            from: String::new(),
        });
        let stays = |version: &u32| {
            alive.refuse_to_retire(KeyPurpose::Settings, KeyVersion(*version)).is_err()
        };
        (1..=4).filter(stays).collect()
    }

    #[test]
    fn s43_every_version_that_a_secret_of_the_sms_provider_is_under_stays() {
        assert_eq!(kept(1, None), [1]);
        assert_eq!(kept(3, None), [3]);
        assert_eq!(kept(1, Some(3)), [1, 3]);
        assert_eq!(kept(3, Some(1)), [1, 3]);
        assert_eq!(kept(2, Some(2)), [2]);
        let mut other = Alive::default();
        other.add_provider(&SmsProvider::Sns { from: None });
        assert!(other.refuse_to_retire(KeyPurpose::Settings, KeyVersion(1)).is_ok());
    }
}
