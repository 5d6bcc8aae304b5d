//! The party that a portal's passkeys are made for.

use super::{Portal, settings::Settings};
use crate::passkey::{RelyingParty, ServiceAddress};

impl Portal {
    /// Returns the party in force: that of the service. `None` if it has no domain of its own; then
    /// no passkey can be made or used.
    pub fn relying_party(&self, _: &Settings, service: &ServiceAddress) -> Option<RelyingParty> {
        service.relying_party()
    }
}
