//! The device of a sign-in, kept coarse. Nothing is decided by it; it is only shown.

use std::{
    fmt,
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
};

use super::{
    id::{decode, encode, text_outside},
    named::named,
};
use crate::Malformed;

/// The most bytes of a user agent that are looked at; browsers send about 120.
const LOOKED_AT: usize = 512;

/// A device as a portal, or the prompt, saw it. At least one part is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Device {
    pub browser: Option<BrowserFamily>,
    /// The operating system.
    pub system: Option<OperatingSystem>,
    pub network: Option<CoarseNetwork>,
}

/// The family of a browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BrowserFamily {
    /// Chrome, and what says no more than that it is built on it.
    Chrome,
    Edge,
    Firefox,
    Opera,
    Safari,
    Samsung,
}

/// An operating system.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OperatingSystem {
    Android,
    ChromeOs,
    /// iOS, and iPads that say so.
    Ios,
    Linux,
    /// macOS, and iPads that say so.
    MacOs,
    Windows,
}

/// The network of an address: its first 24 bits (IPv4) or 48 bits (IPv6).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CoarseNetwork(IpAddr);

impl Device {
    /// Reads what a request says of its device: the user agent, and the address it came from. What
    /// is not understood is as if it had not been said.
    pub fn seen<'a>(user_agent: Option<&'a str>, address: Option<&str>) -> Option<Self> {
        let cut =
            |agent: &'a str| (0..=LOOKED_AT.min(agent.len())).rev().find_map(|n| agent.get(..n));
        let agent = user_agent.and_then(cut);
        let browser = agent.and_then(BrowserFamily::of_agent);
        let system = agent.and_then(OperatingSystem::of_agent);
        Self::of(browser, system, address.and_then(CoarseNetwork::of_address))
    }

    /// Puts its parts together; none if nothing is known.
    pub fn of(
        browser: Option<BrowserFamily>,
        system: Option<OperatingSystem>,
        network: Option<CoarseNetwork>,
    ) -> Option<Self> {
        let is_known = browser.is_some() || system.is_some() || network.is_some();
        is_known.then_some(Self { browser, system, network })
    }
}

/// The marks of browsers in a user agent. The first that is found decides, because each browser
/// also names those that it descends from.
const BROWSERS: [(&str, BrowserFamily); 12] = [
    ("Edg/", BrowserFamily::Edge),
    ("EdgA/", BrowserFamily::Edge),
    ("EdgiOS/", BrowserFamily::Edge),
    ("OPR/", BrowserFamily::Opera),
    ("OPT/", BrowserFamily::Opera),
    ("SamsungBrowser/", BrowserFamily::Samsung),
    ("Firefox/", BrowserFamily::Firefox),
    ("FxiOS/", BrowserFamily::Firefox),
    ("CriOS/", BrowserFamily::Chrome),
    ("Chrome/", BrowserFamily::Chrome),
    ("Chromium/", BrowserFamily::Chrome),
    ("Safari/", BrowserFamily::Safari),
];

/// The marks of operating systems; the first that is found decides.
const SYSTEMS: [(&str, OperatingSystem); 9] = [
    ("Windows NT", OperatingSystem::Windows),
    ("Android", OperatingSystem::Android),
    ("iPhone", OperatingSystem::Ios),
    ("iPad", OperatingSystem::Ios),
    ("iPod", OperatingSystem::Ios),
    ("CrOS", OperatingSystem::ChromeOs),
    ("Macintosh", OperatingSystem::MacOs),
    ("Linux", OperatingSystem::Linux),
    ("X11", OperatingSystem::Linux),
];

/// Returns the first whose mark is in a user agent.
fn marked<T: Copy>(agent: &str, marks: &[(&str, T)]) -> Option<T> {
    marks.iter().find(|(mark, _)| agent.contains(mark)).map(|(_, marked)| *marked)
}

impl BrowserFamily {
    fn of_agent(agent: &str) -> Option<Self> {
        marked(agent, &BROWSERS)
    }

    /// Its name for people.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Chrome => "Chrome",
            Self::Edge => "Edge",
            Self::Firefox => "Firefox",
            Self::Opera => "Opera",
            Self::Safari => "Safari",
            Self::Samsung => "Samsung Internet",
        }
    }
}

impl OperatingSystem {
    fn of_agent(agent: &str) -> Option<Self> {
        marked(agent, &SYSTEMS)
    }

    /// Its name for people.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Android => "Android",
            Self::ChromeOs => "Chrome OS",
            Self::Ios => "iOS",
            Self::Linux => "Linux",
            Self::MacOs => "macOS",
            Self::Windows => "Windows",
        }
    }
}

impl CoarseNetwork {
    /// Returns the network of an address as requests bring it: with a port or without.
    fn of_address(text: &str) -> Option<Self> {
        let text = text.trim();
        let bare = || text.parse::<IpAddr>().ok();
        let with_port = || text.parse::<SocketAddr>().ok().map(|socket| socket.ip());
        bare().or_else(with_port).map(Self::of)
    }

    fn of(address: IpAddr) -> Self {
        Self(match address.to_canonical() {
            IpAddr::V4(address) => {
                let [a, b, c, _] = address.octets();
                Ipv4Addr::new(a, b, c, 0).into()
            }
            IpAddr::V6(address) => {
                let [a, b, c, ..] = address.segments();
                Ipv6Addr::new(a, b, c, 0, 0, 0, 0, 0).into()
            }
        })
    }

    /// Reads the form it is kept in: its 3 or 6 bytes as unpadded base64url.
    ///
    /// # Errors
    /// [`Malformed`] for any other.
    pub fn parse(text: &str) -> Result<Self, Malformed> {
        let mut bytes = [0; 6];
        let network = match (decode(text, &mut bytes), bytes) {
            (Some(3), [a, b, c, ..]) => Some(Ipv4Addr::new(a, b, c, 0).into()),
            (Some(6), [a, b, c, d, e, f]) => {
                let [a, c, e] = [[a, b], [c, d], [e, f]].map(u16::from_be_bytes);
                Some(Ipv6Addr::new(a, c, e, 0, 0, 0, 0, 0).into())
            }
            (Some(_) | None, _) => None,
        };
        network.map(Self).ok_or(Malformed::new("network", "must be 3 or 6 bytes as base64url"))
    }

    fn kept(self) -> String {
        match self.0 {
            IpAddr::V4(address) => {
                let [a, b, c, _] = address.octets();
                encode(&[a, b, c])
            }
            IpAddr::V6(address) => {
                let [a, b, c, d, e, f, ..] = address.octets();
                encode(&[a, b, c, d, e, f])
            }
        }
    }
}

impl fmt::Display for CoarseNetwork {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            IpAddr::V4(address) => write!(f, "{address}/24"),
            IpAddr::V6(address) => write!(f, "{address}/48"),
        }
    }
}

text_outside!(CoarseNetwork, CoarseNetwork::kept);

named! {
    BrowserFamily {
        Chrome: "chrome", Edge: "edge", Firefox: "firefox", Opera: "opera", Safari: "safari",
        Samsung: "samsung_internet",
    }
    OperatingSystem {
        Android: "android", ChromeOs: "chrome_os", Ios: "ios", Linux: "linux", MacOs: "macos",
        Windows: "windows",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(agent: &str) -> (Option<&'static str>, Option<&'static str>) {
        let device = Device::seen(Some(agent), None);
        let browser = device.and_then(|device| device.browser).map(BrowserFamily::as_str);
        (browser, device.and_then(|device| device.system).map(OperatingSystem::as_str))
    }

    #[test]
    fn h5_a_user_agent_is_its_browsers_family_on_its_operating_system() {
        let gecko = "(KHTML, like Gecko)";
        let (webkit, blink) =
            (format!("AppleWebKit/605.1.15 {gecko}"), format!("AppleWebKit/537.36 {gecko}"));
        let blink = format!("{blink} Chrome/140.0.0.0");
        let [windows, mac, linux] = [
            "Windows NT 10.0; Win64; x64",
            "Macintosh; Intel Mac OS X 10_15_7",
            "X11; Linux x86_64",
        ];
        let [android, iphone] =
            ["Linux; Android 10; K", "iPhone; CPU iPhone OS 18_6 like Mac OS X"];
        for (system, rest, browser, on) in [
            (windows, format!("{blink} Safari/537.36"), "Chrome", "Windows"),
            (windows, format!("{blink} Safari/537.36 Edg/140.0.0.0"), "Edge", "Windows"),
            (mac, format!("{blink} Safari/537.36 OPR/121.0.0.0"), "Opera", "macOS"),
            (mac, format!("{webkit} Version/18.6 Safari/605.1.15"), "Safari", "macOS"),
            (linux, "Gecko/20100101 Firefox/143.0".to_owned(), "Firefox", "Linux"),
            ("X11; CrOS x86_64 14541.0.0", format!("{blink} Safari/537.36"), "Chrome", "Chrome OS"),
            (android, format!("{blink} Mobile Safari/537.36"), "Chrome", "Android"),
            (
                android,
                format!("{blink} SamsungBrowser/28.0 Mobile Safari/537.36"),
                "Samsung Internet",
                "Android",
            ),
            (
                iphone,
                format!("{webkit} CriOS/140.0.0.0 Mobile/15E148 Safari/604.1"),
                "Chrome",
                "iOS",
            ),
            (
                iphone,
                format!("{webkit} FxiOS/143.0 Mobile/15E148 Safari/605.1.15"),
                "Firefox",
                "iOS",
            ),
            (
                iphone,
                format!("{webkit} EdgiOS/140.0.0.0 Mobile/15E148 Safari/604.1"),
                "Edge",
                "iOS",
            ),
            (iphone, format!("{webkit} Version/18.6 Mobile/15E148 Safari/604.1"), "Safari", "iOS"),
        ] {
            let agent = format!("Mozilla/5.0 ({system}) {rest}");
            assert_eq!(said(&agent), (Some(browser), Some(on)), "{agent}");
        }
        for unknown in ["", "curl/8.5.0", "Mozilla/5.0", "Dalvik", "\u{202e}emorhC"] {
            assert_eq!(said(unknown), (None, None), "{unknown}");
        }
    }

    #[test]
    fn h5_an_address_is_its_network_alone() {
        let network = |text| Device::seen(None, Some(text)).and_then(|device| device.network);
        for (address, kept) in [
            ("203.0.113.77", "203.0.113.0/24"),
            (" 203.0.113.77 ", "203.0.113.0/24"),
            ("203.0.113.77:4711", "203.0.113.0/24"),
            ("::ffff:203.0.113.77", "203.0.113.0/24"),
            ("2001:db8:12:34:56:78:9a:bc", "2001:db8:12::/48"),
            ("[2001:db8:12:34::1]:443", "2001:db8:12::/48"),
            ("::1", "::/48"),
        ] {
            let network = network(address).unwrap();
            assert_eq!(network.to_string(), kept);
            assert_eq!(CoarseNetwork::parse(&String::from(network)), Ok(network));
        }
        for nothing in ["", "unknown", "203.0.113", "203.0.113.7, 10.0.0.1", "fe80::1%eth0"] {
            assert_eq!(network(nothing), None, "{nothing}");
        }
        assert_eq!(String::from(network("203.0.113.77").unwrap()), "ywBx");
        for other in ["", "ywB", "ywBxAA", "IAENuBI", "IAENuBI0AA", "203.0.113.0/24"] {
            assert!(CoarseNetwork::parse(other).is_err(), "{other}");
        }
    }

    #[test]
    fn s14_nothing_of_a_user_agent_is_kept_but_words_of_ours() {
        let long = format!("Mozilla/5.0 (Windows NT 10.0) {}", "é".repeat(5_000));
        let odd = format!("{}Chrome/1 Android", "é".repeat(300));
        for agent in
            [long.as_str(), &odd, "\r\nBcc: x Chrome/1", "<b>Chrome/1</b>", "\u{202e}Chrome/1"]
        {
            let Some(device) = Device::seen(Some(agent), Some("\u{202e}1.2.3.4")) else { continue };
            assert_eq!(device.network, None);
            let words = [
                device.browser.map_or("", BrowserFamily::as_str),
                device.system.map_or("", OperatingSystem::as_str),
            ];
            assert!(words.concat().is_ascii());
        }
        assert_eq!(Device::seen(None, None), None);
    }
}
