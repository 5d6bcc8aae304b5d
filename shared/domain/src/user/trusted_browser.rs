//! Browsers in which a user is not asked again for a while.

use super::{
    PasskeyUse, User,
    sign_in::{Acceptance, Role},
};
use crate::{BrowserId, BrowserToken, Device, Method, Timestamp, limits, policy::TrustDays};

/// A browser that has been trusted since a proof. Nothing secret of it is stored: the browser's
/// token has its id and its counter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TrustedBrowser {
    pub id: BrowserId,
    /// The newest counter that was given out.
    pub counter: u32,
    /// The moment of the proof that earned it.
    pub since: Timestamp,
    /// The days that the policy gave then. If it gives fewer now, those count.
    pub days: TrustDays,
    /// The method of that proof.
    pub method: Method,
    pub role: Role,
    /// The things that the passkey showed, if it was one.
    pub passkey: Option<PasskeyUse>,
    /// The portal's generation at that moment.
    pub generation: u32,
    /// The device, without its network: the name by which people know it.
    pub device: Option<Device>,
}

impl TrustedBrowser {
    /// Returns the moment at which the trust ends, if the policy gives so many days now. Using it
    /// never moves that moment.
    pub fn until(&self, days: TrustDays) -> Timestamp {
        self.since.plus(self.days.min(days).seconds())
    }

    /// Returns an acceptance with the earlier proof, which stands for a new one.
    pub(crate) fn stands_in(&self, acceptance: Acceptance) -> Acceptance {
        Acceptance {
            method: Some(self.method),
            role: Some(self.role),
            passkey: self.passkey,
            proven_at: Some(self.since),
            ..acceptance
        }
    }
}

/// The use of a good token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TokenUse {
    /// It is of no trusted browser.
    NoTrust,
    Trusted,
    /// A newer one of the same browser was used already, so two have it.
    Copied,
}

impl User {
    /// Uses a good token. The newest one of a trusted browser is used up: the next token has the
    /// next counter. The used one stays good until the next is brought, because an answer may be
    /// lost. An older one was copied, and ends the trust in its browser.
    pub(crate) fn use_trust(&mut self, good: &BrowserToken, now: Timestamp) -> TokenUse {
        let is_its = |trusted: &&mut TrustedBrowser| {
            trusted.id == good.id && now < trusted.until(trusted.days)
        };
        let trusted = self.trusted_browsers.iter_mut().find(is_its);
        let (Some(counter), Some(trusted)) = (good.counter, trusted) else {
            return TokenUse::NoTrust;
        };
        if counter == trusted.counter {
            trusted.counter = trusted.counter.saturating_add(1);
            TokenUse::Trusted
        } else if counter > trusted.counter {
            // The item was restored from a backup, which does not know this token.
            TokenUse::NoTrust
        } else if counter.saturating_add(1) == trusted.counter {
            TokenUse::Trusted
        } else {
            self.trusted_browsers.retain(|trusted| trusted.id != good.id);
            TokenUse::Copied
        }
    }

    pub fn trusted_browser(&self, id: BrowserId) -> Option<&TrustedBrowser> {
        self.trusted_browsers.iter().find(|trusted| trusted.id == id)
    }

    /// Trusts a browser, in place of the one that it was before. One more than there is room for
    /// drops the oldest.
    pub(crate) fn trust(&mut self, trusted: TrustedBrowser, before: Option<BrowserId>) {
        self.trusted_browsers.retain(|known| known.id != trusted.id && Some(known.id) != before);
        self.trusted_browsers.push(trusted);
        let surplus = self.trusted_browsers.len().saturating_sub(limits::TRUSTED_BROWSERS);
        self.trusted_browsers.drain(..surplus);
    }

    /// Ends trust that codes to the contact record earned by this method: the record has another
    /// destination now.
    pub(crate) fn distrust_directory(&mut self, method: Method) {
        let is_by_it =
            |trusted: &TrustedBrowser| trusted.role == Role::Directory && trusted.method == method;
        self.trusted_browsers.retain(|trusted| !is_by_it(trusted));
    }

    /// Ends trust in all browsers.
    pub(crate) fn end_trust(&mut self) {
        self.trusted_browsers.clear();
    }
}
