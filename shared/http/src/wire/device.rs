use portcullis_domain::{BrowserFamily, Device, OperatingSystem};
use serde::Serialize;
use std::fmt;
use utoipa::ToSchema;

/// The device of a sign-in: the one that opened the prompt, else the one that the portal told of.
/// What is not known is null.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct DeviceView {
    /// The family of the browser.
    #[schema(example = "Chrome")]
    pub browser: Option<&'static str>,
    /// The operating system.
    #[schema(example = "Windows")]
    pub system: Option<&'static str>,
    /// The network: a /24 of IPv4, or a /48 of IPv6.
    #[schema(example = "203.0.113.0/24")]
    pub network: Option<String>,
}

impl From<Device> for DeviceView {
    fn from(Device { browser, system, network }: Device) -> Self {
        Self {
            browser: browser.map(BrowserFamily::as_str),
            system: system.map(OperatingSystem::as_str),
            network: network.map(|network| network.to_string()),
        }
    }
}

impl DeviceView {
    /// Returns the browser and the operating system in words.
    pub fn software(&self) -> String {
        match (self.browser, self.system) {
            (Some(browser), Some(system)) => format!("{browser} on {system}"),
            (one, other) => one.or(other).unwrap_or_default().to_owned(),
        }
    }
}

impl fmt::Display for DeviceView {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let software = self.software();
        let software = Some(software.as_str()).filter(|text| !text.is_empty());
        let parts = [software, self.network.as_deref()];
        let parts: Vec<&str> = parts.into_iter().flatten().collect();
        f.write_str(&parts.join(", "))
    }
}
