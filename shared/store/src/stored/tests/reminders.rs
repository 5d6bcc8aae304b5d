//! The moment of a reminder, in the table: in the list's projection of a user.

use portcullis_domain::{MfaState, StateChange, User, UserState, WriteKind, user::EntryKind};

use super::{golden_item, samples::*};
use crate::{
    Listed,
    item::{Item, parse, user_item, user_state},
    recent_writes::RecentWrites,
};

fn written(change: &StateChange) -> Item {
    user_item(&user_key(), change, &RecentWrites::default(), WRITE).unwrap()
}

#[test]
fn a_reminder_lies_in_the_table_as_in_the_file_and_a_user_of_before_has_none() {
    let contact = user().contact;
    let reminded = |at| User { reminded_at: at, contact: contact.clone(), ..nobody() };
    let entry = EntryKind::EnrolmentReminder.at(NOW);
    let of = |at| changed(reminded(at), std::slice::from_ref(&entry), WriteKind::Reminded);
    let item = golden_item("reminded", &written(&of(Some(NOW))));
    let Some(UserState::Known(read)) = user_state(Some(&item)).unwrap() else { panic!() };
    assert_eq!(read.reminded_at, Some(NOW));
    let listed: Listed = parse("user", &item, "listed").unwrap();
    assert_eq!(listed.mfa_state, MfaState::of(&read));
    let grace = super::item_in_file("grace");
    let Some(UserState::Known(before)) = user_state(Some(&grace)).unwrap() else { panic!() };
    assert_eq!(before.reminded_at, None);
    let without = written(&of(None));
    let bytes = |item: &Item| item["listed"].as_s().unwrap().len();
    assert!(bytes(&item) - bytes(&without) <= 20, "it takes little room");
}

fn nobody() -> User {
    User::new(portal_id(), user().id)
}
