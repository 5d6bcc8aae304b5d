//! The keys of the purpose `lookup`: locators, hashes of destinations, and the filter of made-up
//! keys.

use aws_lc_rs::hmac;
use portcullis_domain::{
    CanonicalAddress, CounterHash, Destination, DestinationHash, FindHash, Locator, PortalId,
    SignInId, SignInKey, SignInTag, SignInTags, UserId,
    passkey::UserHandle,
    portal::{LogoId, LogoName},
    user::FindKey,
};

use subtle::ConstantTimeEq;

use super::Keyring;
use crate::{
    KeyError, KeyPurpose, SignInMark,
    root::{SubPurpose, length_prefixed},
    wrapped_keyring::OpenRoot,
};

/// The bytes of an API key's MAC: twelve characters of base64url, with no bit left over.
pub(crate) const API_KEY_MAC: usize = 9;

/// The keys of the purpose `lookup`. They are of its first version, without salt, and never
/// rotated: they hide and filter, and nothing is ever decided by them alone. The bucket of the
/// journal has a lock of its own beside the MAC of its lines.
pub(super) struct LookupKeys {
    locator: hmac::Key,
    destination: hmac::Key,
    find: hmac::Key,
    sign_in_id: hmac::Key,
    api_key: hmac::Key,
    logo: hmac::Key,
    user_handle: hmac::Key,
    sign_in_mark: hmac::Key,
    pub(super) journal: hmac::Key,
}

impl LookupKeys {
    pub(super) fn of(roots: &[OpenRoot]) -> Result<Self, KeyError> {
        let first = roots.iter().find(|root| root.purpose == KeyPurpose::Lookup);
        let OpenRoot { key, .. } = first.ok_or(KeyError::Damaged)?;
        Ok(Self {
            locator: key.hmac(SubPurpose::Locator, b"")?,
            destination: key.hmac(SubPurpose::Destination, b"")?,
            find: key.hmac(SubPurpose::Find, b"")?,
            sign_in_id: key.hmac(SubPurpose::SignInId, b"")?,
            api_key: key.hmac(SubPurpose::ApiKey, b"")?,
            logo: key.hmac(SubPurpose::Logo, b"")?,
            user_handle: key.hmac(SubPurpose::UserHandle, b"")?,
            sign_in_mark: key.hmac(SubPurpose::SignInMark, b"")?,
            journal: key.hmac(SubPurpose::Journal, b"")?,
        })
    }
}

impl Keyring {
    pub fn locator(&self, portal: &PortalId, user: &UserId) -> Locator {
        Locator::new(short_mac(
            &self.lookup.locator,
            &[portal.as_str().as_bytes(), user.case_folded().as_bytes()],
        ))
    }

    /// Returns the name that authenticators know a user of a portal by: ids that differ in case
    /// have others.
    pub(crate) fn user_handle(&self, portal: &PortalId, user: &UserId) -> UserHandle {
        let fields = [portal.as_str().as_bytes(), user.as_str().as_bytes()];
        UserHandle::new(short_mac(&self.lookup.user_handle, &fields))
    }

    /// Returns the keyed hash of a destination, the same for all portals, by which it is known
    /// again.
    pub fn destination_hash(&self, destination: &Destination) -> DestinationHash {
        DestinationHash::new(short_mac(
            &self.lookup.destination,
            &[destination.normalised().as_bytes()],
        ))
    }

    /// Returns the keyed hash of a value that users of a portal are found by.
    pub fn find_hash(&self, portal: &PortalId, key: &FindKey) -> FindHash {
        let [kind, organisation, value] = key.parts();
        let fields = [portal.as_str().as_bytes(), kind, organisation, value];
        FindHash::new(short_mac(&self.lookup.find, &fields))
    }

    /// Returns the keyed hash of a mailbox or a number, by which messages are counted, the same for
    /// all portals.
    pub fn address_hash(&self, address: &CanonicalAddress) -> CounterHash {
        self.hidden("mailbox", address.as_str())
    }

    pub fn prefix_hash(&self, prefix: &str) -> CounterHash {
        self.hidden("prefix", prefix)
    }

    /// Returns a keyed hash, so that the key of a counter does not show what is counted.
    pub fn hidden(&self, what: &str, text: &str) -> CounterHash {
        let fields = [what.as_bytes(), text.as_bytes()];
        CounterHash::new(short_mac(&self.lookup.destination, &fields))
    }

    /// The id of a new picture of a portal.
    pub fn logo_id(&self, portal: &PortalId, random: [u8; LogoId::RANDOM]) -> LogoId {
        let mut id = [0; LogoId::LEN];
        let (number, tag) = id.split_at_mut(LogoId::RANDOM);
        number.copy_from_slice(&random);
        tag.copy_from_slice(&self.logo_tag(portal, &random));
        LogoId::new(id)
    }

    /// Returns true if the id was made here, for this portal.
    pub fn knows_logo(&self, name: &LogoName) -> bool {
        let wanted = self.logo_tag(&name.portal, name.id.random_part());
        name.id.tag().ct_eq(&wanted).into()
    }

    fn logo_tag(&self, portal: &PortalId, random: &[u8]) -> [u8; LogoId::LEN - LogoId::RANDOM] {
        short_mac(&self.lookup.logo, &[portal.as_str().as_bytes(), random])
    }

    /// Returns the name of a sign-in in the log.
    pub fn sign_in_mark(&self, id: &SignInId) -> SignInMark {
        let fields =
            [id.portal.as_str().as_bytes(), id.locator.as_bytes().as_slice(), id.key.as_bytes()];
        SignInMark::new(short_mac(&self.lookup.sign_in_mark, &fields))
    }

    /// The MAC that an API key carries, so that one that was made up is known without a read.
    pub(crate) fn api_key_mac(&self, body: &str) -> [u8; API_KEY_MAC] {
        let mac = hmac::sign(&self.lookup.api_key, body.as_bytes());
        mac.as_ref().first_chunk().copied().unwrap_or_default()
    }
}

impl SignInTags for Keyring {
    fn sign_in_tag(&self, portal: &PortalId, locator: Locator, key: SignInKey) -> SignInTag {
        let fields = [portal.as_str().as_bytes(), locator.as_bytes(), key.as_bytes()];
        SignInTag::new(short_mac(&self.lookup.sign_in_id, &fields))
    }
}

fn short_mac<const N: usize>(key: &hmac::Key, fields: &[&[u8]]) -> [u8; N] {
    let mac = hmac::sign(key, &length_prefixed(fields));
    mac.as_ref().first_chunk().copied().unwrap_or([0; N])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keyring::tests::keyring;
    use portcullis_domain::{Email, OrganisationId, User, admin::Reach};

    fn portal(id: &str) -> PortalId {
        PortalId::parse(id).unwrap()
    }

    fn user(id: &str) -> UserId {
        UserId::parse(id).unwrap()
    }

    #[test]
    fn a_user_lies_in_one_place_per_portal_however_the_id_is_written() {
        let keyring = keyring();
        let anna = keyring.locator(&portal("acme"), &user("anna"));
        assert_eq!(keyring.locator(&portal("acme"), &user("ANNA")), anna);
        let others = [("acme", "ben"), ("initech", "anna"), ("acmea", "nna")];
        for (at, who) in others {
            assert_ne!(keyring.locator(&portal(at), &user(who)), anna, "{who} of {at}");
        }
    }

    #[test]
    fn p3_a_user_handle_is_of_one_user_of_one_portal_and_no_locator() {
        let keyring = keyring();
        let anna = keyring.user_handle(&portal("acme"), &user("anna"));
        assert_eq!(keyring.user_handle(&portal("acme"), &user("anna")), anna);
        for (at, who) in [("acme", "ben"), ("acme", "Anna"), ("initech", "anna"), ("acmea", "nna")]
        {
            assert_ne!(keyring.user_handle(&portal(at), &user(who)), anna, "{who} of {at}");
        }
        let locator = keyring.locator(&portal("acme"), &user("anna"));
        assert!(!anna.as_bytes().windows(16).any(|bytes| bytes == locator.as_bytes()));
    }

    #[test]
    fn what_is_counted_is_hidden_and_never_mixed_up() {
        let (keyring, keyring_again) = (keyring(), keyring());
        let anna = Destination::Email(Email::parse("anna@example.com").unwrap());
        let ben = Destination::Email(Email::parse("ben@example.com").unwrap());
        let counted = |to: &Destination| keyring.address_hash(&to.into()).to_string();
        let shown = |hash: &dyn std::fmt::Display| hash.to_string()[..10].to_owned();
        let mut all = vec![
            shown(&keyring.destination_hash(&anna)),
            shown(&keyring.destination_hash(&ben)),
            shown(&counted(&anna)),
            shown(&counted(&ben)),
            shown(&keyring.prefix_hash("+4412")),
            shown(&keyring.prefix_hash("+4413")),
            shown(&keyring.hidden("address", "+4412")),
            shown(&keyring.hidden("address", "anna@example.com")),
        ];
        assert_eq!(keyring.destination_hash(&anna), keyring_again.destination_hash(&anna));
        assert_eq!(keyring.prefix_hash("+4412"), keyring.hidden("prefix", "+4412"));
        let tagged = Destination::Email(Email::parse("Anna+1@example.com").unwrap());
        assert_eq!(counted(&tagged), counted(&anna), "one mailbox");
        assert_ne!(keyring.destination_hash(&tagged), keyring.destination_hash(&anna));
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), 8);
    }

    #[test]
    fn a_user_is_found_in_one_portal_by_a_hash_that_tells_nothing() {
        let keyring = keyring();
        let of = |who: &str| User::new(portal("acme"), user(who)).findable();
        let hash = |at: &str, key: &FindKey| keyring.find_hash(&portal(at), key);
        let mut all: Vec<FindHash> = of("anna").iter().map(|key| hash("acme", key)).collect();
        assert_eq!(all.len(), 2, "ann, anna");
        all.extend(of("anna").iter().map(|key| hash("initech", key)));
        all.push(hash("acme", &FindKey::locked(&Reach::Portal)));
        let own = OrganisationId::parse("own").unwrap();
        all.push(hash("acme", &FindKey::locked(&Reach::Organisation(own))));
        let again: Vec<FindHash> = of("ANNA").iter().map(|key| hash("acme", key)).collect();
        assert_eq!(again[..], all[..2]);
        let locator = keyring.locator(&portal("acme"), &user("anna"));
        assert!(all.iter().all(|hash| hash.as_bytes() != locator.as_bytes()));
        all.sort_unstable_by_key(|hash| *hash.as_bytes());
        all.dedup();
        assert_eq!(all.len(), 6);
    }

    #[test]
    fn the_id_of_a_logo_is_known_for_the_portal_it_was_made_for() {
        let keyring = keyring();
        let id = keyring.logo_id(&portal("acme"), [5; LogoId::RANDOM]);
        let knows =
            |portal: &str, id| keyring.knows_logo(&LogoName { portal: self::portal(portal), id });
        assert!(knows("acme", id));
        assert!(!knows("initech", id));
        for at in 0..LogoId::LEN {
            let mut other = *id.as_bytes();
            other[at] ^= 1;
            assert!(!knows("acme", LogoId::new(other)), "byte {at}");
        }
    }

    #[test]
    fn the_mark_of_a_sign_in_is_the_same_each_time_and_no_part_of_its_id() {
        let keyring = keyring();
        let id = |portal, locator, key| {
            let (locator, key) = (Locator::new([locator; 16]), SignInKey::new([key; 21]));
            SignInId::new(self::portal(portal), locator, key, &keyring)
        };
        let of = |id: &SignInId| keyring.sign_in_mark(id).to_string();
        let mark = of(&id("acme", 1, 2));
        assert_eq!((of(&id("acme", 1, 2)), mark.len()), (mark.clone(), 12));
        assert!(!id("acme", 1, 2).to_string().contains(&mark));
        for other in [id("initech", 1, 2), id("acme", 3, 2), id("acme", 1, 3)] {
            assert_ne!(of(&other), mark);
        }
        // With keys of another service it is another: the id alone does not give it.
        let elsewhere = crate::keyring::tests::keyring_of(9);
        assert_ne!(elsewhere.sign_in_mark(&id("acme", 1, 2)).to_string(), mark);
    }

    #[test]
    fn the_tag_of_a_sign_in_id_depends_on_every_part_of_it() {
        let keyring = keyring();
        let (here, key) = (Locator::new([1; 16]), SignInKey::new([2; 21]));
        let tag = keyring.sign_in_tag(&portal("acme"), here, key);
        assert_eq!(keyring.sign_in_tag(&portal("acme"), here, key), tag);
        for other in [
            keyring.sign_in_tag(&portal("initech"), here, key),
            keyring.sign_in_tag(&portal("acme"), Locator::new([3; 16]), key),
            keyring.sign_in_tag(&portal("acme"), here, SignInKey::new([3; 21])),
        ] {
            assert_ne!(other, tag);
        }
    }
}
