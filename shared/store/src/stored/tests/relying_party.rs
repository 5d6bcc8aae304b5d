//! The domains of passkeys: a portal's own, and the system's.

use portcullis_domain::{
    CallingCode, Portal, Settings,
    passkey::{Origin, RelyingParty, RpId},
    portal::Profile,
    settings::{Currency, Price, Prices},
};

use super::{
    first_copy, golden_item, item_of,
    samples::{self, WRITE},
    shown,
};
use crate::{
    StoreError,
    key::Copied,
    portals,
    system::{document_item, read},
};

fn with_passkeys() -> Portal {
    let portal = samples::portal();
    let origins = ["https://portal.example", "https://login.portal.example:8443"];
    let origins = origins.map(|text| Origin::parse(text).unwrap()).to_vec();
    let party = RelyingParty::new(RpId::parse("portal.example").unwrap(), origins).unwrap();
    Portal { profile: Profile { passkeys: Some(party), ..portal.profile.clone() }, ..portal }
}

#[test]
fn p4_a_portals_domain_of_passkeys_lies_in_the_table_as_in_the_file() {
    assert_eq!(with_passkeys().profile.check(), Ok(()));
    let item = golden_item("portal-with-passkeys", &first_copy(&with_passkeys()));
    assert_eq!(portals::read(&item).unwrap(), Some(with_passkeys()));
}

/// A domain that passkeys may not be made for opens nothing, however it came there.
#[test]
fn p4_a_damaged_domain_of_passkeys_is_no_portal() {
    let with = |from: &str, to: &str| {
        let text = shown(&first_copy(&with_passkeys())).to_string();
        assert!(text.contains(from), "{text}");
        let item = item_of(&serde_json::from_str(&text.replacen(from, to, 1)).unwrap());
        portals::read(&item)
    };
    for (from, to) in [
        (r#"["portal.example","#, r#"["com","#),
        (r#"["portal.example","#, r#"["other.example","#),
        (r#"["https://portal.example","#, r#"["http://portal.example","#),
        (r#"["https://portal.example","https://login.portal.example:8443"]"#, "[]"),
    ] {
        assert!(
            matches!(with(from, to), Err(StoreError::Undecodable { .. })),
            "{to}: {:?}",
            with(from, to)
        );
    }
}

#[test]
fn z3_portals_and_settings_with_a_domain_that_became_a_public_suffix_are_still_read() {
    let rp_id = || RpId::stored("github.io".to_owned()).unwrap();
    let origins = vec![Origin::parse("https://login.github.io").unwrap()];
    let party = RelyingParty::new(rp_id(), origins).unwrap();
    let profile = Profile { passkeys: Some(party), ..samples::portal().profile };
    let portal = Portal { profile, ..samples::portal() };
    assert_eq!(portals::read(&first_copy(&portal)).unwrap(), Some(portal));
    let settings = Settings { passkey_domain: Some(rp_id()), ..samples::settings() };
    let key = Copied::Settings.first();
    let item = document_item("settings", key, &settings, WRITE, None).unwrap();
    assert_eq!(read::<Settings>("settings", &item).unwrap().value, settings);
}

#[test]
fn prices_lie_in_the_settings_as_in_the_file() {
    let price = |millionths| Price::from_millionths(millionths).unwrap();
    let to = vec![(CallingCode::parse("+64").unwrap(), price(110_000))];
    let currency = Currency::parse("EUR").unwrap();
    let prices = Prices::new(currency, Some(price(100)), None, to).ok();
    let settings = Settings { prices, ..samples::settings() };
    let key = Copied::Settings.first();
    let item = document_item("settings", key, &settings, WRITE, None).unwrap();
    let item = golden_item("settings-prices", &item);
    assert_eq!(read::<Settings>("settings", &item).unwrap().value, settings);
}

#[test]
fn p4_the_systems_domain_of_passkeys_lies_in_the_table_as_in_the_file() {
    let passkey_domain = RpId::parse("acme.example").ok();
    let settings = Settings { passkey_domain, ..samples::settings() };
    let key = Copied::Settings.first();
    let item = document_item("settings", key, &settings, WRITE, None).unwrap();
    let item = golden_item("settings-passkey-domain", &item);
    assert_eq!(read::<Settings>("settings", &item).unwrap().value, settings);
}
