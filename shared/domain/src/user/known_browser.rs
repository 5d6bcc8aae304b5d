//! Known browsers of a user: how one proves itself, and how one comes to be known.

use super::User;
use crate::{BrowserId, BrowserToken, PortalKeys, Timestamp, Unreadable, limits};

impl User {
    /// Returns the browser that one of these tokens proves to have got in before. A token of trust
    /// belongs to the system's restore number.
    ///
    /// # Errors
    /// [`Unreadable`] if the keys are not open. A token under a key that was retired is no proof.
    pub fn known_browser(
        &self,
        keys: &dyn PortalKeys,
        tokens: &[BrowserToken],
        restore: u32,
        now: Timestamp,
    ) -> Result<Option<BrowserId>, Unreadable> {
        let token = self.good_token(keys, tokens, restore, now)?;
        Ok(token.and_then(|token| self.known_by(token)))
    }

    /// Returns the first of these tokens that was given to a browser of this user, and is good.
    ///
    /// # Errors
    /// [`Unreadable`] if the keys are not open.
    pub(crate) fn good_token<'t>(
        &self,
        keys: &dyn PortalKeys,
        tokens: &'t [BrowserToken],
        restore: u32,
        now: Timestamp,
    ) -> Result<Option<&'t BrowserToken>, Unreadable> {
        for token in tokens {
            if self.is_browser_token(keys, token, restore, now)? {
                return Ok(Some(token));
            }
        }
        Ok(None)
    }

    /// Returns the browser of a good token, unless codes were wrong in it too often.
    pub(crate) fn known_by(&self, good: &BrowserToken) -> Option<BrowserId> {
        Some(good.id).filter(|id| !self.failures.is_failing(*id))
    }

    /// Returns true for a token that was given to a browser of this user, and is good.
    pub fn is_browser_token(
        &self,
        keys: &dyn PortalKeys,
        token: &BrowserToken,
        restore: u32,
        now: Timestamp,
    ) -> Result<bool, Unreadable> {
        let BrowserToken { version, id, epoch, since, counter, mac } = *token;
        let age = now.since(since);
        let is_in_force = epoch == self.epoch
            && self.password_change.is_none_or(|change| change.told_at < since)
            && (0..limits::KNOWN_BROWSER_SECONDS).contains(&age);
        if !is_in_force {
            return Ok(false);
        }
        let subject = BrowserToken::subject(id, epoch, since, counter, restore);
        match keys.secret_mac(version, &self.id, &subject) {
            Ok(wanted) => Ok(wanted.is(&mac)),
            Err(Unreadable::UnknownVersion(_)) => Ok(false),
            Err(other @ (Unreadable::NotOpened(_) | Unreadable::DoesNotOpen)) => Err(other),
        }
    }

    /// Makes the token of a browser in which the user got in by a code at this moment; one of trust
    /// has a counter.
    pub fn browser_token(
        &self,
        keys: &dyn PortalKeys,
        id: BrowserId,
        since: Timestamp,
        counter: Option<u32>,
        restore: u32,
    ) -> Result<BrowserToken, Unreadable> {
        let (version, epoch) = (keys.version()?, self.epoch);
        let subject = BrowserToken::subject(id, epoch, since, counter, restore);
        let mac = keys.secret_mac(version, &self.id, &subject)?;
        Ok(BrowserToken { version, id, epoch, since, counter, mac })
    }
}
