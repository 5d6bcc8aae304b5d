use super::Colour;
use crate::values::named::named;
use crate::{Country, Locale, Malformed};
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
    /// A short plain name for text messages: up to 20 ASCII characters.
    pub sms_name: Option<String>,
    /// The way to get help, shown with every refusal.
    pub support: Option<String>,
    /// The page a mailed link to enrol again leads to.
    pub enrolment_url: Option<String>,
    /// The URLs that the hosted prompt may send a browser back to, at most
    /// [`Profile::RETURN_URLS`].
    pub return_urls: Vec<String>,
    pub color: Option<Colour>,
    pub logo_url: Option<String>,
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
            logo_url: None,
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
        if self.sms_name.as_ref().is_some_and(|name| !line(name, 20) || !name.is_ascii()) {
            return Err(Malformed::new(
                "sms_name",
                "must be 1 to 20 ASCII characters, so that a message stays one segment",
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
        if self.logo_url.as_ref().is_some_and(|url| !https(url) || url.contains([';', ','])) {
            return Err(Malformed::new(
                "logo_url",
                "must be an https URL with a plain host name, of at most 256 characters, without ; and ,",
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
        Ok(())
    }

    /// The domain the portal's own pages lie on, where a link says so.
    pub fn domain(&self) -> Option<&str> {
        let urls = self.enrolment_url.iter().chain(&self.return_urls);
        let rest = urls.into_iter().find_map(|url| url.strip_prefix("https://"))?;
        rest.split(['/', '?', '#', ':']).next().filter(|domain| !domain.is_empty())
    }

    pub fn name_in_sms(&self) -> String {
        self.sms_name.clone().unwrap_or_else(|| {
            let plain: String = self
                .description
                .chars()
                .filter(|c| c.is_ascii_graphic() || *c == ' ')
                .take(20)
                .collect();
            if plain.trim().is_empty() { "Portal".to_owned() } else { plain.trim().to_owned() }
        })
    }
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
                with(&|profile, url| profile.logo_url = Some(url)),
            ];
            assert!(all == [all[0]; 3], "{host:?}");
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
        assert!(!local("http://localhost:1;x/") && !local("http://localhost:1@a.example/"));
    }

    #[test]
    fn every_text_has_its_length_and_every_link_its_form() {
        let x = |count: usize| "x".repeat(count);
        let url = |length: usize| format!("https://a.example/{}", x(length - 18));
        type Set = fn(&mut Profile, String);
        let fields: [(&str, Set, usize); 7] = [
            ("description", |p, t| p.description = t, 128),
            ("sender_name", |p, t| p.sender_name = Some(t), 64),
            ("sms_name", |p, t| p.sms_name = Some(t), 20),
            ("support", |p, t| p.support = Some(t), 200),
            ("enrolment_url", |p, t| p.enrolment_url = Some(t), 256),
            ("logo_url", |p, t| p.logo_url = Some(t), 256),
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
    fn a_portals_domain_is_read_off_its_own_links() {
        let of = |urls: &[&str]| {
            let return_urls = urls.iter().map(|url| (*url).to_owned()).collect();
            Profile { return_urls, ..Profile::plain("Acme") }.domain().map(str::to_owned)
        };
        for urls in [
            ["https://a.example/back", "https://b.example/"],
            ["http://localhost/", "https://a.example:8443"],
            ["https://a.example?x", "https://b.example/"],
        ] {
            assert_eq!(of(&urls).as_deref(), Some("a.example"), "{urls:?}");
        }
        assert_eq!([of(&[]), of(&["http://localhost/"]), of(&["https:///x"])], [None, None, None]);
    }

    #[test]
    fn a_text_names_the_portal_in_twenty_plain_characters() {
        let named = |description: &str| Profile::plain(description).name_in_sms();
        assert_eq!(named("Acme Customer Portal of Wellington"), "Acme Customer Portal");
        assert_eq!(named("Müller & Søn: Portal"), "Mller & Sn: Portal");
        assert_eq!([named("客户"), named("客 户")], ["Portal", "Portal"]);
        let sms_name = Some("ACME".to_owned());
        assert_eq!(Profile { sms_name, ..Profile::plain("Acme Ltd") }.name_in_sms(), "ACME");
    }

    #[test]
    fn names_in_texts_are_ascii_logos_cannot_add_a_policy_and_local_pages_may_ask() {
        let with = |change: fn(&mut Profile)| {
            let mut profile = Profile::plain("Acme");
            change(&mut profile);
            profile.check().is_ok()
        };
        assert!(!with(|p| p.sms_name = Some("Müller".to_owned())));
        for logo in ["https://a.example/;x", "https://a.example/,x", "http://localhost/x"] {
            let logo_url = Some(logo.to_owned());
            assert!(Profile { logo_url, ..Profile::plain("Acme") }.check().is_err(), "{logo}");
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
