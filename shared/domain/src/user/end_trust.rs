//! Ending trust in browsers before its time.

use super::User;
use crate::BrowserId;

/// The browsers in which trust is ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Untrusted {
    All,
    One(BrowserId),
}

impl User {
    /// Ends trust in these browsers. Returns true if there was any.
    pub(crate) fn distrust(&mut self, untrusted: Untrusted) -> bool {
        let before = self.trusted_browsers.len();
        match untrusted {
            Untrusted::All => self.end_trust(),
            Untrusted::One(id) => self.trusted_browsers.retain(|browser| browser.id != id),
        }
        self.trusted_browsers.len() < before
    }
}
