//! The relying party in force: the domain that passkeys of a portal's users are made for, and the
//! pages that may use them.

use super::{Portal, Profile, policy::MethodPolicy, settings::Settings};
use crate::{
    Malformed, Method, PolicyRefusal,
    passkey::{RelyingParty, ServiceAddress},
};

/// The side that shows the pages of a sign-in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ShownBy {
    /// The hosted prompt, on the service's own origin.
    Prompt,
    /// The portal, on its own pages.
    Portal,
}

impl Portal {
    /// Returns the party that passkeys are made for and used with on these pages. Passkeys cannot
    /// be used there if there is none: the service has no domain of its own, or lies outside the
    /// one that is set.
    ///
    /// The prompt has the portal's own party if it lies on its domain, and else the service's: its
    /// origin on the domain that is set, or on its own host. The portal's pages have the portal's
    /// own, and the service's if the portal has none. The console is part of the service.
    pub fn relying_party(
        &self,
        settings: &Settings,
        service: &ServiceAddress,
        shown_by: ShownBy,
    ) -> Option<RelyingParty> {
        let own = self.profile.passkeys.as_ref();
        let own = match shown_by {
            ShownBy::Portal if !self.id.is_console() => own.cloned(),
            ShownBy::Portal | ShownBy::Prompt => own.and_then(|own| own.at_service(service)),
        };
        own.or_else(|| service.relying_party(settings.passkey_domain.as_ref()))
    }

    /// Refuses a policy under which users set up passkeys and nothing else, if there is no page
    /// where they could.
    ///
    /// # Errors
    /// [`PolicyRefusal::PasskeysWithoutDomain`].
    pub fn check_enrolment(
        &self,
        settings: &Settings,
        service: &ServiceAddress,
    ) -> Result<(), PolicyRefusal> {
        let enrolled = self.policy.methods.iter().filter(|method| method.is_enrolled_by_users());
        let mut enrolled = enrolled.map(MethodPolicy::method).peekable();
        let passkeys_alone =
            enrolled.peek().is_some() && enrolled.all(|method| method == Method::Passkey);
        let has_party = [ShownBy::Prompt, ShownBy::Portal]
            .into_iter()
            .any(|shown_by| self.relying_party(settings, service, shown_by).is_some());
        if passkeys_alone && !has_party {
            Err(PolicyRefusal::PasskeysWithoutDomain)
        } else {
            Ok(())
        }
    }

    /// Returns the parties in force: that of the prompt, if it can send browsers back, and that of
    /// the portal's own pages, if it has one for them or if there are no others.
    pub fn relying_parties(
        &self,
        settings: &Settings,
        service: &ServiceAddress,
    ) -> Vec<RelyingParty> {
        let usual = self.usual_pages();
        let own = self.profile.passkeys.as_ref().map(|_| ShownBy::Portal);
        let sides = [Some(usual), own.filter(|own| *own != usual)];
        let parties = sides.into_iter().flatten();
        parties.filter_map(|side| self.relying_party(settings, service, side)).collect()
    }

    /// Returns the side that shows the pages of most sign-ins: the prompt, if it can send browsers
    /// back.
    pub fn usual_pages(&self) -> ShownBy {
        if self.profile.return_urls.is_empty() && !self.id.is_console() {
            ShownBy::Portal
        } else {
            ShownBy::Prompt
        }
    }
}

impl Settings {
    /// Refuses a domain of passkeys that pages of the service could not use.
    pub fn check_passkey_domain(&self, service: &ServiceAddress) -> Result<(), Malformed> {
        let domain = self.passkey_domain.as_ref();
        let is_usable = domain.is_none() || service.relying_party(domain).is_some();
        let why = "must be this service's own domain, or one that it lies below, because browsers \
                   offer passkeys nowhere else";
        if is_usable { Ok(()) } else { Err(Malformed::new("passkey_domain", why)) }
    }
}

impl Profile {
    /// Refuses a relying party that does not cover every page that browsers are sent back to:
    /// nobody makes passkeys for a domain of others.
    pub(super) fn check_passkeys(&self) -> Result<(), Malformed> {
        let Some(party) = &self.passkeys else { return Ok(()) };
        let is_covered = |url: &String| {
            host_of(url).is_some_and(|host| party.rp_id().covers(&host.to_ascii_lowercase()))
        };
        let why = "must all lie on the domain passkeys.rp_id or below it: change them, or remove \
                   passkeys from the profile";
        let all = self.return_urls.iter().all(is_covered);
        if all { Ok(()) } else { Err(Malformed::new("return_urls", why)) }
    }
}

fn host_of(url: &str) -> Option<&str> {
    let (_, rest) = url.split_once("://")?;
    rest.split(['/', '?', '#', ':']).next()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Acted, Policy, PortalId, UnknownMembers,
        passkey::{Origin, RpId},
        policy::{DestinationSource, Preset},
        portal::{LogDays, PortalSalt, Sending},
    };

    fn origin(text: &str) -> Origin {
        Origin::parse(text).unwrap()
    }

    fn party(rp_id: &str, origins: &[&str]) -> RelyingParty {
        let origins = origins.iter().copied().map(origin).collect();
        RelyingParty::new(RpId::parse(rp_id).unwrap(), origins).unwrap()
    }

    fn portal(passkeys: Option<RelyingParty>) -> Portal {
        Portal {
            id: PortalId::parse("acme").unwrap(),
            profile: Profile { passkeys, ..Profile::plain("Acme") },
            policy: Preset::AuthenticatorApp.policy(),
            generation: 1,
            salt: PortalSalt::new([0; 16]),
            trust_not_before: None,
            share: None,
            log_days: LogDays::MOST,
            sending: Sending::default(),
            keys: vec![],
            acted: Acted::default(),
            unknown: UnknownMembers::default(),
        }
    }

    fn on(domain: Option<&str>) -> Settings {
        let passkey_domain = domain.map(|text| RpId::parse(text).unwrap());
        Settings { passkey_domain, ..Settings::default() }
    }

    #[test]
    fn p4_the_party_of_the_service_is_its_origin_on_the_domain_that_is_set_or_on_its_own() {
        for (domain, service, rp_id) in [
            (None, "https://mfa.acme.com", Some("mfa.acme.com")),
            (Some("acme.com"), "https://mfa.acme.com", Some("acme.com")),
            (Some("mfa.acme.com"), "https://mfa.acme.com:8443", Some("mfa.acme.com")),
            (None, "http://localhost:8080", Some("localhost")),
            (Some("a.mfa.acme.com"), "https://mfa.acme.com", None),
            (Some("acme.com"), "https://mfa.other.com", None),
            (Some("acme.com"), "https://badacme.com", None),
            (Some("acme.com"), "http://localhost:8080", None),
            (None, "https://abc123.execute-api.eu-central-1.amazonaws.com", None),
            (None, "https://192.0.2.7", None),
            (None, "", None),
            (Some("acme.com"), "", None),
        ] {
            let (settings, service) = (on(domain), ServiceAddress::of(service));
            let expected = rp_id.and_then(|rp_id| {
                let origins = vec![service.origin()?.clone()];
                RelyingParty::new(RpId::parse(rp_id).unwrap(), origins).ok()
            });
            for shown_by in [ShownBy::Prompt, ShownBy::Portal] {
                let in_force = portal(None).relying_party(&settings, &service, shown_by);
                assert_eq!(in_force, expected, "{domain:?} {service:?}");
            }
            let is_good = domain.is_none() || expected.is_some();
            assert_eq!(settings.check_passkey_domain(&service).is_ok(), is_good, "{domain:?}");
        }
    }

    #[test]
    fn p4_a_portals_own_party_is_for_its_own_pages_and_for_a_prompt_that_lies_on_its_domain() {
        let own = || party("acme.com", &["https://login.acme.com"]);
        for (service, at_the_prompt) in [
            ("https://mfa.acme.com", Some(party("acme.com", &["https://mfa.acme.com"]))),
            ("https://login.acme.com", Some(own())),
            ("https://mfa.other.com", Some(party("mfa.other.com", &["https://mfa.other.com"]))),
            (
                "https://mfa.badacme.com",
                Some(party("mfa.badacme.com", &["https://mfa.badacme.com"])),
            ),
            ("", None),
        ] {
            let service = ServiceAddress::of(service);
            let portal = portal(Some(own()));
            let on_its_pages = portal.relying_party(&on(None), &service, ShownBy::Portal);
            assert_eq!(on_its_pages, Some(own()), "{service:?}");
            let in_force = portal.relying_party(&on(None), &service, ShownBy::Prompt);
            assert_eq!(in_force, at_the_prompt, "{service:?}");
        }
    }

    #[test]
    fn p8_the_console_has_the_party_of_the_service_whichever_page_asks() {
        let service = ServiceAddress::of("https://mfa.other.com");
        let id = PortalId::parse("console").unwrap();
        let console = Portal { id, ..portal(Some(party("acme.com", &["https://acme.com"]))) };
        for shown_by in [ShownBy::Prompt, ShownBy::Portal] {
            let in_force = console.relying_party(&on(None), &service, shown_by).unwrap();
            assert_eq!(in_force.rp_id().as_str(), "mfa.other.com");
        }
        assert_eq!(console.usual_pages(), ShownBy::Prompt);
    }

    #[test]
    fn p4_a_portal_that_can_take_browsers_back_is_usually_shown_by_the_prompt() {
        assert_eq!(portal(None).usual_pages(), ShownBy::Portal);
        let return_urls = vec!["https://acme.com/back".to_owned()];
        let profile = Profile { return_urls, ..Profile::plain("Acme") };
        assert_eq!(Portal { profile, ..portal(None) }.usual_pages(), ShownBy::Prompt);
    }

    #[test]
    fn p4_each_page_in_use_has_a_party_in_force() {
        let own = || Some(party("acme.com", &["https://login.acme.com"]));
        let with_urls = |portal: Portal| {
            let return_urls = vec!["https://acme.com/back".to_owned()];
            Portal { profile: Profile { return_urls, ..portal.profile }, ..portal }
        };
        let service = ServiceAddress::of("https://mfa.other.com");
        for (portal, domains) in [
            (portal(None), &["mfa.other.com"][..]),
            (with_urls(portal(None)), &["mfa.other.com"]),
            (portal(own()), &["acme.com"]),
            (with_urls(portal(own())), &["mfa.other.com", "acme.com"]),
        ] {
            let parties = portal.relying_parties(&on(None), &service);
            let found: Vec<_> = parties.iter().map(|party| party.rp_id().as_str()).collect();
            assert_eq!(found, domains);
        }
        let nowhere =
            with_urls(portal(None)).relying_parties(&on(None), &ServiceAddress::default());
        assert_eq!(nowhere, []);
    }

    #[test]
    fn p4_passkeys_alone_need_a_page_where_they_can_be_made() {
        let passkey_first = Preset::PasskeyFirst.policy();
        let is_passkey = |method: &MethodPolicy| method.method() == Method::Passkey;
        let methods = passkey_first.methods.iter().filter(|method| is_passkey(method));
        let alone = Policy { methods: methods.cloned().collect(), ..passkey_first.clone() };
        let mail = MethodPolicy::Email { destination: DestinationSource::Directory };
        let methods = alone.methods.iter().cloned().chain([mail]).collect();
        let beside_mail = Policy { methods, ..alone.clone() };
        let own = || Some(party("portal.com", &["https://login.portal.com"]));
        let with_domain = ServiceAddress::of("https://mfa.acme.com");
        let without = ServiceAddress::default();
        let refused = Err(PolicyRefusal::PasskeysWithoutDomain);
        for (policy, own, service, wanted) in [
            (&alone, None, &without, refused),
            (&beside_mail, None, &without, refused),
            (&alone, None, &with_domain, Ok(())),
            (&alone, own(), &without, Ok(())),
            (&passkey_first, None, &without, Ok(())),
        ] {
            let portal = Portal { policy: policy.clone(), ..portal(own) };
            assert_eq!(portal.check_enrolment(&on(None), service), wanted);
        }
        let always_on = Portal { policy: Preset::AlwaysOn.policy(), ..portal(None) };
        assert_eq!(always_on.check_enrolment(&on(None), &without), Ok(()));
    }

    #[test]
    fn p4_every_return_url_lies_on_the_domain_of_the_portals_passkeys() {
        let own = party("portal.com", &["https://login.portal.com"]);
        let check = |urls: &[&str]| {
            let return_urls = urls.iter().map(|url| (*url).to_owned()).collect();
            Profile { return_urls, ..portal(Some(own.clone())).profile }.check()
        };
        for good in [
            &[][..],
            &["https://portal.com/back"],
            &["https://a.b.portal.com:8443?x", "https://PORTAL.com"],
        ] {
            assert_eq!(check(good), Ok(()), "{good:?}");
        }
        for wrong in [
            &["https://badportal.com/"][..],
            &["https://portal.com.evil.org/"],
            &["https://portal.com/", "https://other.com/portal.com"],
            &["http://localhost:3000/back"],
            &["https://192.0.2.1/"],
            &["https://[::1]/"],
        ] {
            assert_eq!(check(wrong).unwrap_err().what, "return_urls", "{wrong:?}");
        }
        let before = portal(Some(own));
        let moved = Profile {
            return_urls: vec!["https://other.com/".to_owned()],
            ..before.profile.clone()
        };
        assert!(before.clone().with_profile(moved.clone()).is_err());
        assert!(before.with_profile(Profile { passkeys: None, ..moved }).is_ok());
    }
}
