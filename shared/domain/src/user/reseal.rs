//! Sealing a user's secrets anew, so that an older version of the keys can be retired.

use super::{Binding, User};
use crate::{KeyVersion, PortalKeys, SecretOwner, Unreadable, limits};

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
}
