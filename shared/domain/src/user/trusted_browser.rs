//! Browsers in which a user is not asked again for a while.

use super::{PasskeyUse, sign_in::Role};
use crate::{BrowserId, Device, Method, Timestamp, policy::TrustDays};

/// A browser that is trusted since a proof. Nothing secret of it is stored: the browser's token
/// says which one it is, and its counter.
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
}
