//! The device of a sign-in. What only a newer release tells apart counts as not known.

use portcullis_domain::{CoarseNetwork, Device};
use serde::{Deserialize, Serialize};

use super::{number::Numbered, value::Text};

/// The numbers of the browser and of the operating system, 0 if there is none, and the network.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct StoredDevice(u16, u16, Option<Text<CoarseNetwork>>);

impl From<Device> for StoredDevice {
    fn from(Device { browser, system, network }: Device) -> Self {
        let (browser, system) = (browser.map(Numbered::number), system.map(Numbered::number));
        Self(browser.unwrap_or(0), system.unwrap_or(0), network.map(Text))
    }
}

impl StoredDevice {
    /// Reads the device, as far as it is known.
    pub(super) fn device(self) -> Option<Device> {
        let Self(browser, system, network) = self;
        let (browser, system) = (Numbered::from_number(browser), Numbered::from_number(system));
        Device::of(browser, system, network.map(Text::value))
    }
}
