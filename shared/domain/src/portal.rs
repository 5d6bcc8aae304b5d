//! A portal: who it is, how its back end proves itself, and its policy.

mod colour;
mod copies;
mod key;
mod log_days;
mod log_partitions;
mod logo;
pub mod policy;
mod profile;
mod relying_party;
mod room;
mod sending;
pub mod settings;
mod share;

pub use colour::Colour;
pub use copies::{MendedPortal, Undecided, mend_portal, mend_settings};
pub use key::{KeyExpiry, KeyTerms, KeyUse, PortalKey};
pub use log_days::LogDays;
pub use log_partitions::{LogPartitions, LogStep};
pub use logo::{Logo, LogoFormat, LogoId, LogoName};
pub use profile::{Audience, Profile};
pub use relying_party::ShownBy;
pub use sending::Sending;
pub use share::{Share, ShareCount, ShareKind, ShareMinute};

use crate::{
    Acted, Policy, PolicyRefusal, PortalId, Refusal, Timestamp, UnknownMembers, limits,
    policy::{Issuer, RememberBrowser, WhenOnAgain},
    values::id::byte_id,
};

byte_id!(
    /// Salts every key derived for one portal: with it gone, the portal's secrets are unreadable.
    PortalSalt, 16, "the portal's salt"
);
byte_id!(
    /// SHA-256 of an API key.
    KeyHash, 32, "the key's hash"
);

/// The path that the prompt sends admins back to who sign in, on the same service.
pub const CONSOLE_RETURN: &str = "/console/back";
/// The path that it sends them back to from the settings of their own second step.
pub const CONSOLE_SETTINGS_RETURN: &str = "/console/second-step/back";

/// The URLs of the console, in the order of [`ReturnTo`].
const CONSOLE_RETURNS: [&str; 2] = [CONSOLE_RETURN, CONSOLE_SETTINGS_RETURN];

/// One of the portal's return URLs, by its place in the list: an item has no room for the URL
/// itself. Where the list changes while the user signs in, the browser goes to another of the
/// portal's own pages, which expects no such `state`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReturnTo(pub u8);

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Portal {
    /// Its id; it must match the item's key.
    pub id: PortalId,
    pub profile: Profile,
    pub policy: Policy,
    /// Raised when everyone must enrol again; older enrolments, opt-outs and defaults are stale.
    pub generation: u32,
    pub salt: PortalSalt,
    /// The moment at which trust in every browser of its users was ended: proofs from
    /// before it no longer count.
    pub trust_not_before: Option<Timestamp>,
    /// The calls that it may make within a minute, if an operator gave it a share of its own.
    pub share: Option<Share>,
    /// The days for which its log keeps entries.
    pub log_days: LogDays,
    /// Its own senders and daily caps.
    pub sending: Sending,
    /// The API keys of its back end, of which at most four work.
    pub keys: Vec<PortalKey>,
    pub acted: Acted,
    pub unknown: UnknownMembers,
}

impl Portal {
    /// Returns the name that authenticator apps show now, if the portal has that method; its
    /// description if no issuer is set.
    pub fn issuer(&self) -> Option<Issuer> {
        self.policy.issuer_of(&self.profile.description)
    }

    /// The place of a URL among those a browser may be sent back to: exactly as it is registered.
    ///
    /// # Errors
    /// [`Refusal::ReturnUrlUnknown`] where it is not.
    pub fn return_to(&self, url: &str) -> Result<ReturnTo, Refusal> {
        let place = if self.id.is_console() {
            CONSOLE_RETURNS.iter().position(|known| *known == url)
        } else {
            self.profile.return_urls.iter().position(|known| known == url)
        };
        let place = place.and_then(|place| u8::try_from(place).ok());
        place.map(ReturnTo).ok_or(Refusal::ReturnUrlUnknown)
    }

    pub fn return_url(&self, place: ReturnTo) -> Option<&str> {
        let place = usize::from(place.0);
        if self.id.is_console() {
            return CONSOLE_RETURNS.get(place).copied();
        }
        self.profile.return_urls.get(place).map(String::as_str)
    }

    /// Returns the setting that has browsers remembered, if the portal remembers any. The console
    /// never does: an admin gives a second step each time.
    pub fn remember_browser(&self) -> Option<RememberBrowser> {
        self.policy.remember_browser.filter(|_| !self.id.is_console())
    }

    /// Returns true if notices carry a freeze link. Those to admins carry none: another operator
    /// ends their sessions and resets them, and a mailbox is no way to shut the last one out.
    pub fn has_freeze_links(&self) -> bool {
        self.policy.has_freeze_links() && !self.id.is_console()
    }

    /// The portal under another policy. Switching on what was off, where that means to enrol again,
    /// begins a new generation: everything bound, skipped or made a default before is stale with
    /// this one write.
    ///
    /// # Errors
    /// [`PolicyRefusal`] when the policy cannot be saved for this portal.
    pub fn with_policy(self, policy: Policy) -> Result<Self, PolicyRefusal> {
        policy.check(&self.profile)?;
        let again = !self.policy.enabled
            && policy.enabled
            && policy.when_on_again == WhenOnAgain::EnrolAgain;
        Ok(Self { generation: self.generation + u32::from(again), policy, ..self })
    }
}

impl Portal {
    /// The portal presenting itself in another way, with the same logo.
    ///
    /// # Errors
    /// [`Refusal::Malformed`], or [`Refusal::Policy`] where the policy depends on what is changed.
    pub fn with_profile(self, profile: Profile) -> Result<Self, Refusal> {
        profile.check()?;
        self.policy.check(&profile)?;
        let changed = Self { profile: Profile { logo: self.profile.logo, ..profile }, ..self };
        changed.check_room()?;
        Ok(changed)
    }

    /// The portal with another logo, or without one.
    #[must_use]
    pub fn with_logo(self, logo: Option<LogoId>) -> Self {
        Self { profile: Profile { logo, ..self.profile }, ..self }
    }

    /// Returns the portal with the trust ended in every browser that its users trust by now.
    #[must_use]
    pub fn with_trust_ended(self, now: Timestamp) -> Self {
        // A clock that runs behind brings no trust back.
        Self { trust_not_before: self.trust_not_before.max(Some(now)), ..self }
    }

    pub fn share(&self) -> Share {
        self.share.unwrap_or_default()
    }

    /// The portal with one more API key; keys that have expired go.
    ///
    /// # Errors
    /// [`Refusal::TooManyKeys`] when it has four that work; [`Refusal::Malformed`] when the key has
    /// more limits than there is room for.
    pub fn with_key(mut self, key: PortalKey, now: Timestamp) -> Result<Self, Refusal> {
        self.keys.retain(|key| key.is_active(now));
        if self.keys.len() >= limits::KEYS_PER_PORTAL {
            return Err(Refusal::TooManyKeys);
        }
        self.keys.push(key);
        self.check_room()?;
        Ok(self)
    }

    /// The portal without an API key.
    ///
    /// # Errors
    /// [`Refusal::UnknownKey`] when it has none of that id.
    pub fn without_key(mut self, id: &str) -> Result<Self, Refusal> {
        let before = self.keys.len();
        self.keys.retain(|key| key.id != id);
        if self.keys.len() < before { Ok(self) } else { Err(Refusal::UnknownKey) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{KeyDescription, SourceRange, Sources, policy::Preset};

    fn portal(preset: Preset) -> Portal {
        let enrolment_url = Some("https://portal.example/enrol".to_owned());
        Portal {
            id: PortalId::parse("acme").unwrap(),
            profile: Profile { enrolment_url, ..Profile::plain("Acme") },
            policy: preset.policy(),
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

    #[test]
    fn a_browser_goes_back_to_a_registered_url_or_nowhere() {
        let urls = ["https://portal.example/a", "https://portal.example/b"];
        let mut acme = portal(Preset::AuthenticatorApp);
        acme.profile.return_urls = urls.map(str::to_owned).into();
        for url in urls {
            let place = acme.return_to(url).unwrap();
            assert_eq!(acme.return_url(place), Some(url));
        }
        for other in ["https://portal.example/", "https://portal.example/a/", CONSOLE_RETURN] {
            assert_eq!(acme.return_to(other), Err(Refusal::ReturnUrlUnknown), "{other}");
        }
        assert_eq!(acme.return_url(ReturnTo(2)), None);
        let console = Portal { id: PortalId::console(), ..portal(Preset::AuthenticatorApp) };
        assert_eq!(console.return_to(urls[0]), Err(Refusal::ReturnUrlUnknown));
        for url in CONSOLE_RETURNS {
            let place = console.return_to(url).unwrap();
            assert_eq!(console.return_url(place), Some(url));
        }
    }

    #[test]
    fn an_issuer_falls_back_to_the_description() {
        let acme = portal(Preset::AuthenticatorApp);
        assert_eq!(acme.issuer().unwrap().as_str(), "Acme");
        assert_eq!(portal(Preset::SmsEnrolment).issuer(), None);
    }

    #[test]
    fn f2_the_audience_cannot_change_under_a_fallback() {
        let before = portal(Preset::AuthenticatorAppWithEmail);
        let staff = Profile { audience: Audience::Staff, ..before.profile.clone() };
        let refused = before.with_profile(staff).map(|_| ());
        assert_eq!(refused, Err(Refusal::Policy(PolicyRefusal::FallbackForStaff)));
    }

    #[test]
    fn t2_trust_that_was_ended_for_a_portal_never_comes_back() {
        let now = Timestamp::from_unix(1_000);
        let ended = |portal: Portal, at| portal.with_trust_ended(now.plus(at));
        let once = ended(portal(Preset::Managed), 0);
        assert_eq!(once.trust_not_before, Some(now));
        assert_eq!(ended(once.clone(), 60).trust_not_before, Some(now.plus(60)));
        assert_eq!(ended(once.clone(), -60).trust_not_before, Some(now), "a clock ran behind");
        assert_eq!(Portal { trust_not_before: None, ..once }, portal(Preset::Managed));
    }

    fn key(id: &str, now: Timestamp, terms: KeyTerms) -> PortalKey {
        let (id, hash) = (id.to_owned(), KeyHash::new([0; 32]));
        PortalKey { id, hash, created_at: now, terms, unknown: UnknownMembers::default() }
    }

    #[test]
    fn four_keys_work_at_once_and_an_expired_one_makes_room() {
        let now = Timestamp::from_unix(1_000);
        let key =
            |id: &str, expires_at| key(id, now, KeyTerms { expires_at, ..KeyTerms::usual(now) });
        let add = |portal: Portal, id| portal.with_key(key(id, None), now).unwrap();
        let three = ["a", "b", "c"].into_iter().fold(portal(Preset::Managed), add);
        let four = three.with_key(key("d", Some(now.plus(60))), now).unwrap();
        let fifth = four.clone().with_key(key("e", None), now).map(|_| ());
        assert_eq!(fifth, Err(Refusal::TooManyKeys));
        assert!(four.clone().with_key(key("e", None), now.plus(60)).is_ok());
        assert_eq!(four.clone().without_key("x").map(|_| ()), Err(Refusal::UnknownKey));
        assert_eq!(four.without_key("a").unwrap().keys.len(), 3);
    }

    #[test]
    fn s49_the_limits_of_keys_and_the_texts_of_a_profile_share_the_room_of_a_portal() {
        let now = Timestamp::from_unix(1_000);
        let range = SourceRange::parse("2001:db8:1111:2222:3333:4444:5555:6666").unwrap();
        let limited = |id| {
            let sources = Sources::of(vec![range; limits::SOURCES_PER_KEY]).unwrap();
            let description = KeyDescription::parse(&"\"".repeat(64)).ok();
            key(id, now, KeyTerms { sources, description, ..KeyTerms::usual(now) })
        };
        let url = |bytes: usize| format!("https://a.example/{}", "x".repeat(bytes - 18));
        let with_urls = |portal: Portal, bytes| {
            let return_urls = vec![url(bytes); Profile::RETURN_URLS];
            let (enrolment_url, support) = (Some(url(bytes)), Some("x".repeat(bytes.min(200))));
            let profile = portal.profile.clone();
            portal.with_profile(Profile { return_urls, enrolment_url, support, ..profile })
        };
        let add = |portal: Portal, id| portal.with_key(limited(id), now).unwrap();
        let four = ["a", "b", "c", "d"].into_iter().fold(portal(Preset::Managed), add);
        assert!(with_urls(four.clone(), 20).is_ok());
        let refused = with_urls(four, 256).unwrap_err();
        assert!(refused.to_string().contains("revoke a key"), "{refused}");
        let full = with_urls(portal(Preset::Managed), 256).unwrap();
        let plain =
            |portal: Portal, id| portal.with_key(key(id, now, KeyTerms::usual(now)), now).unwrap();
        let full = ["a", "b", "c"].into_iter().fold(full, plain);
        assert!(matches!(full.with_key(limited("d"), now), Err(Refusal::Malformed(_))));
    }
}
