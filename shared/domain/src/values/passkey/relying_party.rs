//! The names under which passkeys are made and used.

use crate::Malformed;

/// The RP id: the domain that a passkey belongs to. A browser uses the passkey on its hosts alone.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct RpId(String);

/// The host of a laptop, which browsers trust without a certificate.
const LOCALHOST: &str = "localhost";

impl RpId {
    /// Takes a domain name. IP addresses and public suffixes are refused, as browsers do, and so is
    /// the host of an API gateway: passkeys would be lost with the gateway.
    pub fn parse(text: &str) -> Result<Self, Malformed> {
        let wrong = |why| Err(Malformed::new("rp_id", why));
        if text == LOCALHOST {
            return Ok(Self(text.to_owned()));
        }
        if !is_host(text) {
            return wrong("must be a domain name in small letters, such as example.com");
        }
        if psl::suffix(text.as_bytes()).is_none_or(|suffix| suffix == text) {
            return wrong("must be below a public suffix such as com or co.nz");
        }
        if text.split('.').any(|label| label == "execute-api") {
            return wrong("must be a domain of your own: the API's own host can be replaced");
        }
        Ok(Self(text.to_owned()))
    }

    /// Takes one that was accepted before and is read back. The list of public suffixes grows: a
    /// domain that has become one is still the domain that passkeys were made for.
    pub fn stored(text: String) -> Result<Self, Malformed> {
        if text == LOCALHOST || is_host(&text) {
            Ok(Self(text))
        } else {
            Err(Malformed::new("rp_id", "is not a domain name"))
        }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns true if a page on this host may use its passkeys.
    pub(crate) fn covers(&self, host: &str) -> bool {
        host.strip_suffix(self.as_str()).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    }
}

impl From<RpId> for String {
    fn from(RpId(text): RpId) -> Self {
        text
    }
}

/// The origin of a page (RFC 6454), as browsers write it: scheme, host, and the port unless it is
/// the scheme's own.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Origin(String);

impl Origin {
    /// Takes an `https` origin, or one of `http://localhost`, where alone browsers offer passkeys.
    pub fn parse(text: &str) -> Result<Self, Malformed> {
        let wrong = Malformed::new("origins", "must be origins such as https://login.example.com");
        let (scheme, host, port) = split(text).ok_or(wrong)?;
        let is_good_host = match scheme {
            "https" => host == LOCALHOST || is_host(host),
            "http" => host == LOCALHOST,
            _ => false,
        };
        let own = if scheme == "https" { 443 } else { 80 };
        let is_good_port = port.is_none_or(|port| {
            port.parse().is_ok_and(|n: u16| n != 0 && n != own && n.to_string() == port)
        });
        if is_good_host && is_good_port { Ok(Self(text.to_owned())) } else { Err(wrong) }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub(crate) fn host(&self) -> &str {
        split(&self.0).map_or("", |(_, host, _)| host)
    }
}

impl TryFrom<String> for Origin {
    type Error = Malformed;

    fn try_from(text: String) -> Result<Self, Malformed> {
        Self::parse(&text)
    }
}

impl From<Origin> for String {
    fn from(Origin(text): Origin) -> Self {
        text
    }
}

/// Returns scheme, host and port.
fn split(origin: &str) -> Option<(&str, &str, Option<&str>)> {
    let (scheme, rest) = origin.split_once("://")?;
    match rest.split_once(':') {
        Some((host, port)) => Some((scheme, host, Some(port))),
        None => Some((scheme, rest, None)),
    }
}

/// Returns true for a name in DNS of two labels or more, in small letters (RFC 1123, section 2.1).
/// Its last label does not begin with a digit, as that of an IP address does.
fn is_host(text: &str) -> bool {
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.bytes().all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'-'))
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let Some((_, last)) = text.rsplit_once('.') else { return false };
    text.len() <= 253
        && text.split('.').all(is_label)
        && last.starts_with(|first: char| first.is_ascii_lowercase())
}

/// The party that passkeys are made for: an RP id, and the origins whose pages may use it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RelyingParty {
    rp_id: RpId,
    origins: Vec<Origin>,
}

impl RelyingParty {
    /// The most origins that a party can have.
    pub const ORIGINS: usize = 5;

    /// Takes them if browsers let each of the origins use the RP id.
    pub fn new(rp_id: RpId, origins: Vec<Origin>) -> Result<Self, Malformed> {
        if origins.is_empty() {
            return Err(Malformed::new("origins", "must not be empty"));
        }
        if origins.len() > Self::ORIGINS {
            return Err(Malformed::new("origins", "must be at most 5"));
        }
        if !origins.iter().all(|origin| rp_id.covers(origin.host())) {
            return Err(Malformed::new("origins", "must be on the domain of rp_id, or below it"));
        }
        Ok(Self { rp_id, origins })
    }

    /// Returns the party of the service's pages on the same domain; `None` if they do not lie on
    /// it.
    pub fn at_service(&self, service: &ServiceAddress) -> Option<Self> {
        let page = service.origin().filter(|origin| self.rp_id.covers(origin.host()))?;
        Some(Self { rp_id: self.rp_id.clone(), origins: vec![page.clone()] })
    }

    pub const fn rp_id(&self) -> &RpId {
        &self.rp_id
    }

    pub fn origins(&self) -> &[Origin] {
        &self.origins
    }

    /// Returns true if the origin is one of its own, character for character.
    pub fn has_origin(&self, origin: &str) -> bool {
        self.origins.iter().any(|own| own.as_str() == origin)
    }
}

/// The public address of this service. Without a domain of its own it has none that passkeys could
/// be made for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ServiceAddress {
    origin: Option<Origin>,
}

impl ServiceAddress {
    /// The address of a service with a domain of its own, or on this machine.
    pub const fn at(origin: Origin) -> Self {
        Self { origin: Some(origin) }
    }

    /// Reads the origin of a service, such as `https://mfa.example.com`. One that passkeys cannot
    /// be made for is none: a host that dies with its gateway, an IP address.
    pub fn of(origin: &str) -> Self {
        Self { origin: Origin::parse(origin).ok() }
    }

    pub const fn origin(&self) -> Option<&Origin> {
        self.origin.as_ref()
    }

    /// Returns the party of the service itself: its one origin, on a domain or else on its own
    /// host. `None` if it lies outside the domain.
    pub fn relying_party(&self, domain: Option<&RpId>) -> Option<RelyingParty> {
        let origin = self.origin.clone()?;
        let of_host = || RpId::parse(origin.host()).ok();
        let rp_id = domain.cloned().or_else(of_host)?;
        RelyingParty::new(rp_id, vec![origin]).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn p4_an_rp_id_is_a_domain_of_ones_own() {
        let long = format!("{}.example.com", "a".repeat(63));
        for good in ["localhost", "example.com", "login.example.co.nz", "xn--mnchen-3ya.de", &long]
        {
            assert_eq!(RpId::parse(good).unwrap().as_str(), good);
        }
        let too_long = format!("{}.example.com", "a".repeat(64));
        for wrong in [
            "",
            ".",
            "com",
            "co.nz",
            "github.io",
            "127.0.0.1",
            "1.2.3.4",
            "[::1]",
            "Example.com",
            "example.com.",
            ".example.com",
            "a..example.com",
            "-a.example.com",
            "a-.example.com",
            "exämple.com",
            "example.com:443",
            "https://example.com",
            "a_b.example.com",
            "localhost.",
            "abc123.execute-api.eu-central-1.amazonaws.com",
            &too_long,
        ] {
            assert!(RpId::parse(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn z3_a_domain_that_became_a_public_suffix_is_still_read_back() {
        for was_good in ["github.io", "localhost", "example.com"] {
            assert_eq!(RpId::stored(was_good.to_owned()).unwrap().as_str(), was_good);
        }
        for damaged in ["", "com", "127.0.0.1", "Example.com", "example.com/", "a..example.com"] {
            assert!(RpId::stored(damaged.to_owned()).is_err(), "{damaged}");
        }
    }

    #[test]
    fn p3_an_origin_is_written_as_browsers_write_it() {
        for good in [
            "https://example.com",
            "https://example.com:8443",
            "http://localhost",
            "http://localhost:3000",
            "https://localhost",
        ] {
            assert_eq!(Origin::parse(good).unwrap().as_str(), good);
        }
        for wrong in [
            "",
            "example.com",
            "https://",
            "https://example.com/",
            "https://example.com:443",
            "http://localhost:80",
            "https://example.com:0",
            "https://example.com:08443",
            "https://example.com:",
            "https://example.com:99999",
            "http://example.com",
            "https://Example.com",
            "HTTPS://example.com",
            "https://a@example.com",
            "https://127.0.0.1",
            "http://127.0.0.1:3000",
            "https://[::1]",
            "null",
            "*",
            "https://*.example.com",
            "android:apk-key-hash:abc",
            "https://example.com:8443:1",
            "https://example.com ",
            "https://example.com?",
        ] {
            assert!(Origin::parse(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn p4_a_service_has_a_party_of_its_own_on_its_own_domain_alone() {
        for (origin, rp_id) in [
            ("https://mfa.example.com", Some("mfa.example.com")),
            ("http://localhost:8080", Some("localhost")),
            ("https://abc123.execute-api.eu-central-1.amazonaws.com", None),
            ("http://127.0.0.1:8080", None),
            ("https://192.0.2.7", None),
            ("https://co.nz", None),
            ("", None),
        ] {
            let party = ServiceAddress::of(origin).relying_party(None);
            assert_eq!(party.as_ref().map(|party| party.rp_id().as_str()), rp_id, "{origin}");
            assert!(party.is_none_or(|party| party.has_origin(origin)));
        }
        assert_eq!(ServiceAddress::default().relying_party(None), None);
    }

    #[test]
    fn p4_every_origin_lies_on_the_domain_of_the_rp_id() {
        let party = |rp_id: &str, origins: &[&str]| {
            let origins = origins.iter().map(|text| Origin::parse(text).unwrap()).collect();
            RelyingParty::new(RpId::parse(rp_id).unwrap(), origins)
        };
        for (rp_id, origin, is_good) in [
            ("example.com", "https://example.com", true),
            ("example.com", "https://a.b.example.com:8443", true),
            ("localhost", "http://localhost:3000", true),
            ("example.com", "https://badexample.com", false),
            ("login.example.com", "https://example.com", false),
            ("login.example.com", "https://shop.example.com", false),
            ("example.com", "https://example.com.evil.org", false),
        ] {
            assert_eq!(party(rp_id, &[origin]).is_ok(), is_good, "{rp_id} {origin}");
        }
        assert!(party("example.com", &[]).is_err());
        assert!(party("example.com", &["https://example.com"; RelyingParty::ORIGINS]).is_ok());
        assert!(party("example.com", &["https://example.com"; RelyingParty::ORIGINS + 1]).is_err());
        let mixed = ["https://example.com", "https://example.org"];
        assert!(party("example.com", &mixed).is_err());
        let two = ["https://example.com", "https://a.example.com"];
        let two = party("example.com", &two).unwrap();
        assert!(two.has_origin("https://a.example.com") && two.has_origin("https://example.com"));
        for other in
            ["https://b.example.com", "https://example.com:8443", "https://EXAMPLE.com", ""]
        {
            assert!(!two.has_origin(other), "{other}");
        }
    }
}
