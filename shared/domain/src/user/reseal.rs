//! Sealing a user's secrets anew, so that an older version of the keys can be retired, and taking
//! away what was derived from one that leaked.

use super::{Binding, SignIn, User};
use crate::{KeyVersion, PortalKeys, SecretOwner, Unreadable, limits};

/// The codes of a user that were taken away with the key that they came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WithdrawnCodes {
    /// There was a set of recovery codes, of which the user is told.
    pub recovery_codes: bool,
    /// The number of codes and links that live minutes to days.
    pub others: usize,
}

impl User {
    /// Seals the secrets of authenticator apps anew that are under another version than the one in
    /// use. Returns their number.
    ///
    /// # Errors
    /// [`Unreadable`] if one does not open; the user is left as it was.
    pub fn reseal(
        &mut self,
        keys: &dyn PortalKeys,
        in_use: KeyVersion,
        nonces: &[[u8; 12]; limits::AUTHENTICATORS],
    ) -> Result<usize, Unreadable> {
        let mut authenticators = self.authenticators.clone();
        let mut resealed = 0;
        for (authenticator, nonce) in authenticators.iter_mut().zip(nonces) {
            match &mut authenticator.binding {
                Binding::App { secret, .. } if secret.version != in_use => {
                    let (portal, user) = (&self.portal, &self.id);
                    let owner = SecretOwner { portal, user, authenticator: authenticator.id };
                    *secret = keys.seal(owner, &keys.open(owner, secret)?, *nonce)?;
                    resealed += 1;
                }
                Binding::App { .. } | Binding::Email(_) | Binding::Sms(_) | Binding::Passkey(_) => {
                }
            }
        }
        self.authenticators = authenticators;
        Ok(resealed)
    }

    /// Takes away the codes and links that were made under this version, which leaked: none of them
    /// can be checked any more. The user asks for new ones. A code that was sent to check a
    /// destination stays with its counters, and is refused until it has expired.
    pub fn withdraw_codes(&mut self, leaked: KeyVersion) -> WithdrawnCodes {
        let recovery_codes = self.recovery_codes.take_if(|codes| codes.version == leaked).is_some();
        let bypass = self.bypass.take_if(|bypass| bypass.version == leaked).is_some();
        let ticket = self.ticket.take_if(|ticket| ticket.version == leaked).is_some();
        let mut others = usize::from(bypass) + usize::from(ticket);
        for SignIn { challenges, late, .. } in &mut self.sign_ins {
            others += challenges.iter().filter(|challenge| challenge.version == leaked).count();
            challenges.retain(|challenge| challenge.version != leaked);
            late.retain(|n| challenges.iter().any(|kept| kept.n == *n));
        }
        WithdrawnCodes { recovery_codes, others }
    }
}
