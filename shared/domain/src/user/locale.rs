use super::User;
use crate::{Locale, Portal};

impl Portal {
    /// The language to write to a user in: the user's own, else the portal's.
    pub fn locale_for<'a>(&'a self, user: Option<&'a User>) -> Option<&'a Locale> {
        let own = user.and_then(|user| user.contact.locale.as_ref());
        own.or(self.profile.locale.as_ref())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Acted, PortalId, UnknownMembers, UserId,
        policy::Preset,
        portal::{LogDays, PortalSalt, Profile, Sending},
    };

    #[test]
    fn a_users_own_language_comes_before_the_portals() {
        let french = Locale::parse("fr").unwrap();
        let acme = Portal {
            id: PortalId::parse("acme").unwrap(),
            profile: Profile { locale: Some(french.clone()), ..Profile::plain("Acme") },
            policy: Preset::Managed.policy(),
            generation: 1,
            salt: PortalSalt::new([0; 16]),
            trust_not_before: None,
            share: None,
            log_days: LogDays::MOST,
            sending: Sending::default(),
            keys: vec![],
            acted: Acted::default(),
            unknown: UnknownMembers::default(),
        };
        let mut user = User::new(acme.id.clone(), UserId::parse("anna").unwrap());
        assert_eq!(acme.locale_for(None), Some(&french));
        assert_eq!(acme.locale_for(Some(&user)), Some(&french));
        user.contact.locale = Locale::parse("mi").ok();
        assert_eq!(acme.locale_for(Some(&user)).map(Locale::as_str), Some("mi"));
    }
}
