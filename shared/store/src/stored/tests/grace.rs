//! The time that users have to set something up, in the table: what a policy gives, and what a user
//! has used of it.

use aws_sdk_dynamodb::types::AttributeValue;
use portcullis_domain::{
    Day, MfaState, Portal, StateChange, Timestamp, User, UserState, WriteKind,
    policy::{Enforcement, Grace, GraceDays, GraceSignIns, Preset},
    user::{EntryKind, GraceState, Tombstone},
};

use super::{first_copy, golden_item, samples::*};
use crate::{
    Listed, ListedPortal,
    item::{Item, parse, string, user_item, user_state},
    portals,
    recent_writes::RecentWrites,
};

const SINCE: Timestamp = NOW.plus(-3 * 86_400);

/// A user with nothing bound, who skipped twice.
fn in_grace(grace: GraceState) -> User {
    let contact = user().contact;
    let mut user = User { grace, contact, ..User::new(portal_id(), user().id) };
    user.remember(&[EntryKind::GraceUsed.at(NOW)]);
    user
}

fn written(change: &StateChange) -> Item {
    user_item(&user_key(), change, &RecentWrites::default(), WRITE).unwrap()
}

#[test]
fn g2_what_a_user_used_lies_in_the_table_as_in_the_file_and_in_the_list() {
    let begun = GraceState::Begun { since: SINCE, sign_ins: 2 };
    for (file, grace) in [("grace", begun), ("grace-over", GraceState::Over)] {
        let change = changed(in_grace(grace), &[EntryKind::GraceUsed.at(NOW)], WriteKind::Skipped);
        let item = golden_item(file, &written(&change));
        let Some(UserState::Known(read)) = user_state(Some(&item)).unwrap() else { panic!() };
        assert_eq!(read.grace, grace);
        let listed: Listed = parse("user", &item, "listed").unwrap();
        assert_eq!((listed.mfa_state.grace, listed.mfa_state.last_in), (grace, Some(Day::of(NOW))));
        assert_eq!(listed.mfa_state, MfaState::of(&read));
    }
}

#[test]
fn g2_what_an_erasure_leaves_of_it_lies_in_the_table_as_in_the_file() {
    let grace = GraceState::Begun { since: SINCE, sign_ins: 2 };
    let tombstone = Tombstone::of(in_grace(grace), NOW);
    let state = UserState::Erased(Box::new(tombstone.clone()));
    let change = StateChange { state, entries: vec![], kind: WriteKind::Erased };
    let item = golden_item("tombstone-grace", &written(&change));
    let Some(UserState::Erased(read)) = user_state(Some(&item)).unwrap() else { panic!() };
    assert_eq!(*read, tombstone);
    assert_eq!(read.revive(user().id).grace, grace);
    let guarded = Tombstone::of(User { reset_at: Some(NOW), ..in_grace(grace) }, NOW);
    assert_eq!(guarded.revive(user().id).grace, GraceState::Over);
}

#[test]
fn g1_a_policy_with_a_grace_lies_in_the_table_as_in_the_file() {
    for (file, grace) in [
        ("portal-grace-until", Grace::Until(Day::parse("2026-12-12").unwrap())),
        ("portal-grace-sign-ins", Grace::SignIns(GraceSignIns::parse(3).unwrap())),
        ("portal-grace-days", Grace::Days(GraceDays::parse(14).unwrap())),
    ] {
        let mut policy = Preset::AuthenticatorApp.policy();
        policy.enforcement = Enforcement::Required { grace: Some(grace) };
        let portal = Portal { policy, keys: vec![], ..portal() };
        let item = golden_item(file, &first_copy(&portal));
        assert_eq!(portals::read(&item).unwrap(), Some(portal.clone()));
        let listed: ListedPortal = parse("portal", &item, "listed").unwrap();
        assert_eq!(listed.policy, portal.policy);
    }
}

#[test]
fn g1_a_grace_that_the_rules_do_not_know_leaves_the_portal_unread() {
    let portal = Portal { policy: Preset::EmailEnrolmentOptOut.policy(), ..portal() };
    let listed = string(&first_copy(&portal), "listed").unwrap().clone();
    let with_grace = listed.replacen("\"f\":2,", "\"f\":2,\"g\":{\"d\":14},", 1);
    let unknown = with_grace.replacen("\"f\":2,", "\"f\":1,", 1).replacen("\"d\"", "\"w\"", 1);
    for (text, is_read) in [(listed, true), (with_grace, false), (unknown, false)] {
        let mut item = first_copy(&portal);
        item.insert("listed".to_owned(), AttributeValue::S(text.clone()));
        assert_eq!(portals::read(&item).is_ok(), is_read, "{text}");
    }
}
