//! A portal: who it is, how its back end proves itself, and its policy.

mod colour;
pub mod policy;
mod profile;
pub mod settings;

pub use colour::Colour;
pub use profile::{Audience, Profile};

use crate::{
    Acted, Policy, PolicyRefusal, PortalId, Refusal, Timestamp, UnknownMembers, limits,
    policy::{Issuer, WhenOnAgain},
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

/// The path that the prompt sends admins back to, on the same service.
pub const CONSOLE_RETURN: &str = "/console/back";

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
    /// The API keys of its back end, at most two.
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
        if self.id.is_console() && url == CONSOLE_RETURN {
            return Ok(ReturnTo(0));
        }
        let place = self.profile.return_urls.iter().position(|known| known == url);
        let place = place.and_then(|place| u8::try_from(place).ok());
        place.map(ReturnTo).ok_or(Refusal::ReturnUrlUnknown)
    }

    pub fn return_url(&self, place: ReturnTo) -> Option<&str> {
        if self.id.is_console() {
            return Some(CONSOLE_RETURN);
        }
        self.profile.return_urls.get(usize::from(place.0)).map(String::as_str)
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
    /// The portal presenting itself in another way.
    ///
    /// # Errors
    /// [`Refusal::Malformed`], or [`Refusal::Policy`] where the policy depends on what is changed.
    pub fn with_profile(self, profile: Profile) -> Result<Self, Refusal> {
        profile.check()?;
        self.policy.check(&profile)?;
        Ok(Self { profile, ..self })
    }

    /// The portal with one more API key; keys that have expired go.
    ///
    /// # Errors
    /// [`Refusal::TooManyKeys`] when it has two that work.
    pub fn with_key(mut self, key: PortalKey, now: Timestamp) -> Result<Self, Refusal> {
        self.keys.retain(|key| key.is_active(now));
        if self.keys.len() >= limits::KEYS_PER_PORTAL {
            return Err(Refusal::TooManyKeys);
        }
        self.keys.push(key);
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

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PortalKey {
    /// The id of the key, which is part of the key itself.
    pub id: String,
    pub hash: KeyHash,
    pub created_at: Timestamp,
    pub expires_at: Option<Timestamp>,
}

impl PortalKey {
    pub fn is_active(&self, now: Timestamp) -> bool {
        self.expires_at.is_none_or(|end| now < end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::Preset;

    fn portal(preset: Preset) -> Portal {
        let enrolment_url = Some("https://portal.example/enrol".to_owned());
        Portal {
            id: PortalId::parse("acme").unwrap(),
            profile: Profile { enrolment_url, ..Profile::plain("Acme") },
            policy: preset.policy(),
            generation: 1,
            salt: PortalSalt::new([0; 16]),
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
        let place = console.return_to(CONSOLE_RETURN).unwrap();
        assert_eq!(console.return_url(place), Some(CONSOLE_RETURN));
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
    fn two_keys_work_at_once_and_an_expired_one_makes_room() {
        let now = Timestamp::from_unix(1_000);
        let key = |id: &str, expires_at| PortalKey {
            id: id.to_owned(),
            hash: KeyHash::new([0; 32]),
            created_at: now,
            expires_at,
        };
        let soon = Some(now.plus(60));
        let two = portal(Preset::Managed).with_key(key("a", None), now).unwrap();
        let two = two.with_key(key("b", soon), now).unwrap();
        let third = two.clone().with_key(key("c", None), now).map(|_| ());
        assert_eq!(third, Err(Refusal::TooManyKeys));
        assert!(two.clone().with_key(key("c", None), now.plus(60)).is_ok());
        assert_eq!(two.clone().without_key("x").map(|_| ()), Err(Refusal::UnknownKey));
        assert_eq!(two.without_key("a").unwrap().keys.len(), 1);
    }
}
