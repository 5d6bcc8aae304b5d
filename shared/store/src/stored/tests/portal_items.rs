//! Portals as they lie in the table, and what an older release makes of their keys.

use aws_sdk_dynamodb::types::AttributeValue;
use portcullis_domain::{
    Named, Policy, Portal, PortalId, Scope, Scopes,
    policy::Preset,
    portal::{KeyTerms, LogDays, PortalKey, Sending, Share},
};

use super::{
    first_copy, golden_item, item_in_file, items::others_are_copies_of_the_first, samples::*,
};
use crate::{
    ListedPortal,
    item::{parse, string},
    key::Copied,
    portals, stream_entries,
};

#[test]
fn a_portal_lies_in_the_table_as_in_the_file() {
    let id = portal_id();
    let copies = portals::item(&portal(), WRITE, Some(&audit_entries())).unwrap();
    let copies = copies.of(Copied::Portal(&id));
    let item = golden_item("portal-with-logo", &copies[0]);
    assert_eq!(portals::read(&item).unwrap(), Some(portal()));
    let listed: ListedPortal = parse("portal", &item, "listed").unwrap();
    assert_eq!(listed, ListedPortal::of(&portal()));
    assert_eq!(stream_entries(&item).unwrap().unwrap().entries, audit_entries().entries);
    assert!(copies.iter().all(|copy| portals::read(copy).unwrap() == Some(portal())));
    others_are_copies_of_the_first("PORTAL#acme", 4, &copies);
}

#[test]
fn p8_the_console_has_the_policy_of_the_release_whatever_was_stored() {
    let console = |policy| Portal { id: PortalId::console(), policy, ..portal() };
    let stored = first_copy(&console(Preset::AuthenticatorApp.policy()));
    let listed: ListedPortal = parse("portal", &stored, "listed").unwrap();
    assert_eq!(listed.policy, Preset::AuthenticatorApp.policy());
    assert_eq!(portals::read(&stored).unwrap(), Some(console(Policy::of_console())));
    assert_eq!(listed.clone().in_force("console").policy, Policy::of_console());
    assert_eq!(listed.clone().in_force("acme"), listed);
}

#[test]
fn s49_keys_with_limits_lie_in_the_table_as_in_the_file() {
    let item = golden_item("portal-with-logo-limited-keys", &first_copy(&with_limited_keys()));
    assert_eq!(portals::read(&item).unwrap(), Some(with_limited_keys()));
}

#[test]
fn t2_a_portal_that_ended_all_trust_lies_in_the_table_as_in_the_file() {
    let ended = portal().with_trust_ended(NOW);
    let item = golden_item("portal-trust-ended", &first_copy(&ended));
    assert_eq!(portals::read(&item).unwrap(), Some(ended));
}

#[test]
fn s46_a_portal_with_a_share_of_its_own_lies_in_the_table_as_in_the_file() {
    let shared = Portal { share: Share::parse(600).ok(), ..portal() };
    let item = golden_item("portal-with-share", &first_copy(&shared));
    assert_eq!(portals::read(&item).unwrap(), Some(shared));
    // No such share can be given, so nothing decides by it.
    let mut item = item;
    let state = string(&item, "state").unwrap().replacen(r#""h":600"#, r#""h":0"#, 1);
    item.insert("state".to_owned(), AttributeValue::S(state));
    assert!(portals::read(&item).is_err());
}

#[test]
fn a_portal_says_how_long_its_log_keeps_entries_and_one_that_does_not_keeps_them_longest() {
    let before = first_copy(&Portal { log_days: LogDays::MOST, ..portal() });
    assert!(!string(&before, "state").unwrap().contains(r#""d":"#));
    let made_now = Portal { log_days: LogDays::USUAL, ..portal() };
    let item = first_copy(&made_now);
    assert!(string(&item, "state").unwrap().contains(r#""d":90"#));
    assert_eq!(portals::read(&item).unwrap(), Some(made_now));
    // No such number can be given, so nothing is kept by it.
    let mut item = item;
    let state = string(&item, "state").unwrap().replacen(r#""d":90"#, r#""d":7"#, 1);
    item.insert("state".to_owned(), AttributeValue::S(state));
    assert!(portals::read(&item).is_err());
}

#[test]
fn e8_a_portal_with_senders_and_caps_of_its_own_lies_in_the_table_as_in_the_file() {
    let sending = Sending::parse(Some("codes@acme.example"), Some("ACME"), Some(50), None).unwrap();
    let own = Portal { sending, ..portal() };
    let item = golden_item("portal-with-senders", &first_copy(&own));
    assert_eq!(portals::read(&item).unwrap(), Some(own));
    // Nothing is sent from what could be two addresses.
    let mut item = item;
    let state = string(&item, "state").unwrap().replacen("codes@", "codes@a.example,", 1);
    item.insert("state".to_owned(), AttributeValue::S(state));
    assert!(portals::read(&item).is_err());
}

#[test]
fn a_portal_of_before_logos_were_uploaded_is_read_without_its_picture() {
    for (file, sample) in [("portal", portal()), ("portal-limited-keys", with_limited_keys())] {
        let read = portals::read(&item_in_file(file)).unwrap();
        assert_eq!(read, Some(sample.with_logo(None)), "{file}");
    }
}

/// A release without scopes knows the member `k` alone: the keys of the file without limits.
#[test]
fn s49_a_release_without_scopes_does_not_see_a_key_with_limits() {
    let item = first_copy(&with_limited_keys());
    let state: serde_json::Value = serde_json::from_str(string(&item, "state").unwrap()).unwrap();
    let seen: Vec<_> = state["k"].as_array().unwrap().iter().map(|key| &key[0]).collect();
    assert_eq!(seen, ["0aB1cD", "2eF3gH"]);
    // Each limit alone takes a key out of what such a release sees.
    let limited = with_limited_keys().keys.remove(2);
    let unlimited = portal().keys.pop().unwrap();
    let KeyTerms { scopes, sources, description, .. } = limited.terms;
    let plain = || unlimited.terms.clone();
    for terms in [
        KeyTerms { scopes, ..plain() },
        KeyTerms { scopes: Scopes::of(Scope::ALL).unwrap(), ..plain() },
        KeyTerms { sources, ..plain() },
        KeyTerms { description, ..plain() },
    ] {
        let keys = vec![PortalKey { terms, ..unlimited.clone() }];
        let limited = Portal { keys, ..portal() };
        let item = first_copy(&limited);
        assert!(!string(&item, "state").unwrap().contains(r#""k":"#), "{limited:?}");
        assert_eq!(portals::read(&item).unwrap(), Some(limited));
    }
}

#[test]
fn s49_a_limit_that_is_not_known_closes_its_key_alone_and_is_kept() {
    let mut item = first_copy(&with_limited_keys());
    let state = string(&item, "state").unwrap().replacen(r#"{"i":"#, r#"{"Hours":[8,18],"i":"#, 1);
    item.insert("state".to_owned(), AttributeValue::S(state));
    let read = portals::read(&item).unwrap().unwrap();
    let closed: Vec<_> = read.keys.iter().map(|key| key.unknown.need_a_newer_release()).collect();
    assert_eq!(closed, [false, false, true, false]);
    assert_eq!(portals::read(&first_copy(&read)).unwrap(), Some(read));
}
