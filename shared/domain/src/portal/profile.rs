use super::{Colour, LogoId};
use crate::values::named::named;
use crate::{Country, Locale, Malformed, gsm, passkey::RelyingParty};
use std::net::Ipv6Addr;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    /// Its name for people: 1 to 128 bytes on one line.
    pub description: String,
    pub audience: Audience,
    /// The country of phone numbers in national form.
    pub default_country: Option<Country>,
    /// The language to write in where the user has none.
    pub locale: Option<Locale>,
    /// The name emails come from; the description where there is none.
    pub sender_name: Option<String>,
    /// A short name for text messages: up to 20 septets of their alphabet.
    pub sms_name: Option<String>,
    /// The way to get help, shown with every refusal.
    pub support: Option<String>,
    /// The page a mailed link to enrol again leads to.
    pub enrolment_url: Option<String>,
    /// The URLs that the hosted prompt may send a browser back to, at most
    /// [`Profile::RETURN_URLS`].
    pub return_urls: Vec<String>,
    pub color: Option<Colour>,
    /// The upload of the logo, if there is one.
    pub logo: Option<LogoId>,
    /// The party that passkeys of its users are made for; the service's own if there is none.
    pub passkeys: Option<RelyingParty>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Audience {
    #[default]
    Clients,
    Staff,
}

impl Profile {
    /// The most return URLs a portal can have.
    pub const RETURN_URLS: usize = 5;

    pub fn plain(description: &str) -> Self {
        Self {
            description: description.to_owned(),
            audience: Audience::Clients,
            default_country: None,
            locale: None,
            sender_name: None,
            sms_name: None,
            support: None,
            enrolment_url: None,
            return_urls: vec![],
            color: None,
            logo: None,
            passkeys: None,
        }
    }

    /// Refuses texts that cannot stand on one line of a message, and links that are not https.
    pub fn check(&self) -> Result<(), Malformed> {
        let line = |text: &str, bytes| crate::values::id::is_line(text, bytes);
        if !line(&self.description, 128) {
            return Err(Malformed::new(
                "description",
                "must be 1 to 128 bytes of text on one line",
            ));
        }
        if self.sender_name.as_ref().is_some_and(|name| !line(name, 64)) {
            return Err(Malformed::new("sender_name", "must be 1 to 64 bytes of text on one line"));
        }
        let is_short = |name: &str| gsm::septets(name).is_some_and(|n| n <= SMS_NAME_SEPTETS);
        if self.sms_name.as_ref().is_some_and(|name| !line(name, 64) || !is_short(name)) {
            return Err(Malformed::new(
                "sms_name",
                "must be 1 to 20 characters that text messages have (GSM 03.38, where ^{}[]~\\| and the \
                 euro sign count twice), so that a message stays one segment",
            ));
        }
        if self.support.as_ref().is_some_and(|support| !line(support, 200)) {
            return Err(Malformed::new("support", "must be 1 to 200 bytes of text on one line"));
        }
        let is_text = |url: &str| {
            url.len() <= 256 && url.bytes().all(|b| b.is_ascii_graphic()) && has_strict_host(url)
        };
        let https = |url: &String| url.starts_with("https://") && is_text(url);
        let local = |url: &String| {
            ["http://localhost", "http://127.0.0.1"].iter().any(|here| {
                url.strip_prefix(here)
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with([':', '/']))
            }) && is_text(url)
        };
        if self.enrolment_url.as_ref().is_some_and(|url| !https(url) && !local(url)) {
            return Err(Malformed::new(
                "enrolment_url",
                "must be an https URL with a plain host name, of at most 256 characters",
            ));
        }
        let good =
            self.return_urls.iter().all(|url| (https(url) || local(url)) && !url.contains('#'));
        if self.return_urls.len() > Self::RETURN_URLS || !good {
            return Err(Malformed::new(
                "return_urls",
                "must be at most 5 https URLs with a plain host name, without #, of at most 256 characters each",
            ));
        }
        self.check_passkeys()
    }

    /// The host of the portal's own pages, if all of them share one. Pages on a developer's machine
    /// do not count.
    pub fn host(&self) -> Option<&str> {
        let urls = self.enrolment_url.iter().chain(&self.return_urls);
        let mut hosts = urls.filter_map(|url| host_of(url));
        let first = hosts.next()?;
        hosts.all(|host| host.eq_ignore_ascii_case(first)).then_some(first)
    }

    pub fn name_in_sms(&self) -> String {
        let name = self.sms_name.as_ref().unwrap_or(&self.description);
        let short = gsm::line(name, SMS_NAME_SEPTETS);
        if short.is_empty() { "Portal".to_owned() } else { short }
    }
}

/// The most septets of the name in text messages.
const SMS_NAME_SEPTETS: usize = 20;

/// Returns the host of an https URL, unless it is an address in brackets, which is local here.
fn host_of(url: &str) -> Option<&str> {
    let host = url.strip_prefix("https://")?.split(['/', '?', '#', ':']).next()?;
    (!host.is_empty() && !host.starts_with('[')).then_some(host)
}

/// Returns true if nothing but a host and a port stands between the scheme and the path.
///
/// The host goes into a Content-Security-Policy header, where a `;` would begin a directive.
fn has_strict_host(url: &str) -> bool {
    let Some((_, rest)) = url.split_once("://") else { return false };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let (host, port) = match authority.rsplit_once(':') {
        Some((host, port)) if !port.ends_with(']') => (host, Some(port)),
        Some(_) | None => (authority, None),
    };
    let is_port =
        |port: &str| port.bytes().all(|b| b.is_ascii_digit()) && port.parse::<u16>().is_ok();
    let is_host = match host.strip_prefix('[') {
        Some(address) => address
            .strip_suffix(']')
            .and_then(|address| address.parse::<Ipv6Addr>().ok())
            .is_some_and(|address| address.is_loopback()),
        None => {
            let plain = |b: u8| b.is_ascii_alphanumeric() || b == b'.' || b == b'-';
            !host.is_empty() && host.bytes().all(plain)
        }
    };
    is_host && port.is_none_or(is_port)
}

named! { Audience { Clients: "clients", Staff: "staff" } }

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_https_urls_without_a_fragment_and_local_ones_are_returned_to() {
        let check = |url: &str| {
            let return_urls = vec![url.to_owned()];
            Profile { return_urls, ..Profile::plain("Acme") }.check().is_ok()
        };
        for good in
            ["https://a.example/back?x=1", "http://localhost:3000/back", "http://127.0.0.1/"]
        {
            assert!(check(good), "{good}");
        }
        for bad in [
            "http://a.example/back",
            "https://a.example/#x",
            "javascript:alert(1)",
            "http://localhost.evil.example/",
            "https://a.example/a b",
        ] {
            assert!(!check(bad), "{bad}");
        }
    }

    #[test]
    fn an_address_has_a_plain_host_that_cannot_add_to_a_policy() {
        // Each address of a profile, with the same host.
        let check = |host: &str| {
            let with = |change: &dyn Fn(&mut Profile, String)| {
                let mut profile = Profile::plain("Acme");
                change(&mut profile, format!("https://{host}/back?x=1"));
                profile.check().is_ok()
            };
            let all = [
                with(&|profile, url| profile.return_urls = vec![url]),
                with(&|profile, url| profile.enrolment_url = Some(url)),
            ];
            assert!(all == [all[0]; 2], "{host:?}");
            all[0]
        };
        for good in ["a-b.example", "A.EXAMPLE:8443", "192.0.2.1", "[::1]", "[::1]:3000"] {
            assert!(check(good), "{good}");
        }
        for bad in [
            "",
            ":8443",
            "a.example;script-src",
            "a.example:1;x",
            "a.example ",
            "a.example'none'",
            "a.example\"",
            "*",
            "*.a.example",
            "a.example:*",
            "a.example:",
            "a.example:+1",
            "a.example:65536",
            "b@a.example",
            "a.example\\x",
            "a%3bb.example",
            "ä.example",
            "a.example\n",
            "a\u{7f}.example",
            "a,b.example",
            "[2001:db8::1]",
            "[::1;x]",
            "[::1%25x]",
            "[::1]x",
            "::1",
        ] {
            assert!(!check(bad), "{bad:?}");
        }
        let local = |url: &str| {
            let return_urls = vec![url.to_owned()];
            Profile { return_urls, ..Profile::plain("Acme") }.check().is_ok()
        };
        assert!(local("http://localhost") && local("http://127.0.0.1:8080?x"));
        assert!(
            !local("http://localhost:*/back") && !local("http://localhost:*"),
            "any port is none"
        );
        assert!(!local("http://localhost:1;x/") && !local("http://localhost:1@a.example/"));
    }

    #[test]
    fn every_text_has_its_length_and_every_link_its_form() {
        let x = |count: usize| "x".repeat(count);
        let url = |length: usize| format!("https://a.example/{}", x(length - 18));
        type Set = fn(&mut Profile, String);
        let fields: [(&str, Set, usize); 6] = [
            ("description", |p, t| p.description = t, 128),
            ("sender_name", |p, t| p.sender_name = Some(t), 64),
            ("sms_name", |p, t| p.sms_name = Some(t), 20),
            ("support", |p, t| p.support = Some(t), 200),
            ("enrolment_url", |p, t| p.enrolment_url = Some(t), 256),
            ("return_urls", |p, t| p.return_urls = vec![t], 256),
        ];
        for (name, set, most) in fields {
            let text = |length| if name.contains("url") { url(length) } else { x(length) };
            let wrong = |text: String| {
                let mut profile = Profile::plain("Acme");
                set(&mut profile, text);
                profile.check().err().map(|why| why.what)
            };
            assert_eq!(wrong(text(most)), None, "{name}");
            for bad in [text(most + 1), format!("{}\n", text(40.min(most - 1))), String::new()] {
                assert_eq!(wrong(bad), Some(name));
            }
        }
    }

    #[test]
    fn v5_a_portal_has_a_host_if_all_of_its_pages_share_one() {
        let of = |urls: &[&str]| {
            let return_urls = urls.iter().map(|url| (*url).to_owned()).collect();
            Profile { return_urls, ..Profile::plain("Acme") }.host().map(str::to_owned)
        };
        for urls in [
            ["https://a.example/back", "https://a.example/"],
            ["http://localhost/", "https://a.example:8443"],
            ["https://a.example?x", "https://A.EXAMPLE#y"],
            ["https://[::1]/", "https://a.example/"],
        ] {
            assert_eq!(of(&urls).as_deref(), Some("a.example"), "{urls:?}");
        }
        for urls in [
            &["https://a.example/", "https://b.example/"][..],
            &["https://a.example/", "https://a.example.evil.example/"],
            &[],
            &["http://localhost/"],
            &["https:///x"],
        ] {
            assert_eq!(of(urls), None, "{urls:?}");
        }
    }

    #[test]
    fn v13_a_text_names_the_portal_in_twenty_septets_and_drops_no_letter() {
        let named = |description: &str| Profile::plain(description).name_in_sms();
        assert_eq!(named("Acme Customer Portal of Wellington"), "Acme Customer Portal");
        assert_eq!(named("Müller & Søn: Portal"), "Müller & Søn: Portal");
        assert_eq!([named("客户"), named("\u{200b}")], ["Ke Hu", "Portal"]);
        for (sms_name, shown) in [("ACME", "ACME"), ("Zo`e", "Zo'e"), ("[[[[[[[[[[[", "[[[[[[[[[[")]
        {
            let sms_name = Some(sms_name.to_owned());
            assert_eq!(Profile { sms_name, ..Profile::plain("Acme Ltd") }.name_in_sms(), shown);
        }
    }

    #[test]
    fn names_in_texts_are_short_and_local_pages_may_ask() {
        let with = |change: fn(&mut Profile)| {
            let mut profile = Profile::plain("Acme");
            change(&mut profile);
            profile.check().is_ok()
        };
        assert!(with(|p| p.sms_name = Some("Müller & Søn".to_owned())));
        for long in ["Zo`e", "Zoë", "[[[[[[[[[[[", "客户"] {
            let sms_name = Some(long.to_owned());
            assert!(Profile { sms_name, ..Profile::plain("Acme") }.check().is_err(), "{long}");
        }
        assert!(with(|p| p.enrolment_url = Some("http://localhost:3000/enrol".to_owned())));
        assert!(!with(|p| p.enrolment_url = Some("http://a.example/enrol".to_owned())));
        assert!(with(
            |p| p.return_urls = vec!["https://a.example/".to_owned(); Profile::RETURN_URLS]
        ));
        let more = |p: &mut Profile| {
            p.return_urls = vec!["https://a.example/".to_owned(); Profile::RETURN_URLS + 1];
        };
        assert!(!with(more));
    }
}
