//! A frozen user, and what a freeze leaves, in the table.

use portcullis_domain::{
    DestinationHash, Timestamp, User, UserState, WriteId, WriteKind,
    user::{EntryKind, FreezeGround, LinkOnly, Notices, Tombstone, Unsent},
};

use super::{golden_item, samples::*};
use crate::{
    Listed, NoticesChange, NoticesKey,
    item::{parse, string, user_item, user_state},
    notices::notices_item,
    recent_writes::RecentWrites,
    system::read,
};

fn frozen() -> User {
    let mut user = user();
    user.new_address_at = Some(NOW.plus(-3_600));
    user.freeze(DestinationHash::new([19; 8]), NOW);
    user
}

#[test]
fn h3_a_frozen_user_lies_in_the_table_as_in_the_file_and_no_older_release_decides_without_it() {
    let change = changed(frozen(), &[EntryKind::Frozen.at(NOW)], WriteKind::Frozen);
    let item = user_item(&user_key(), &change, &RecentWrites::default(), WRITE).unwrap();
    let item = golden_item("frozen", &item);
    let Some(UserState::Known(read)) = user_state(Some(&item)).unwrap() else { panic!() };
    assert_eq!(*read, frozen());
    let listed: Listed = parse("user", &item, "listed").unwrap();
    assert!(listed.mfa_state.frozen && listed.mfa_state.link_forced);
    // A capital letter says that nothing is decided without knowing the member.
    let state: serde_json::Value = serde_json::from_str(string(&item, "state").unwrap()).unwrap();
    assert!(state.get("F").is_some() && state.get("L").is_some(), "{state}");
}

#[test]
fn h3_what_an_erasure_leaves_of_a_frozen_user_lies_in_the_table_as_in_the_file() {
    let tombstone = Tombstone::of(frozen(), NOW);
    let state = UserState::Erased(Box::new(tombstone.clone()));
    let change = portcullis_domain::StateChange { state, entries: vec![], kind: WriteKind::Erased };
    let item = user_item(&user_key(), &change, &RecentWrites::default(), WRITE).unwrap();
    let item = golden_item("tombstone-frozen", &item);
    let Some(UserState::Erased(read)) = user_state(Some(&item)).unwrap() else { panic!() };
    assert_eq!(*read, tombstone);
    let again = read.revive(user().id);
    assert_eq!((again.frozen_at, again.link_only_to), (Some(NOW), Some(LinkOnly::Nowhere)));
    let change = changed(again.clone(), &[], WriteKind::Contact);
    let item = user_item(&user_key(), &change, &RecentWrites::default(), WRITE).unwrap();
    let Some(UserState::Known(read)) = user_state(Some(&item)).unwrap() else { panic!() };
    assert_eq!(*read, again, "with no address that a link may go to");
}

#[test]
fn h3_notices_keep_the_ground_of_their_link_as_in_the_file() {
    let key = NoticesKey { user_key: user_key(), to: DestinationHash::new([19; 8]) };
    let unsent = |kind, freeze, claim: Option<WriteId>| {
        let (newest, since, due): (Timestamp, Timestamp, Timestamp) = (NOW, NOW, NOW.plus(300));
        Unsent { kind, count: 1, newest, how: None, device: None, freeze, since, due, claim }
    };
    let ground = |dropped| Some(FreezeGround { epoch: 3, dropped });
    let unsent = vec![
        unsent(EntryKind::ContactChanged, ground(true), Some(WRITE)),
        unsent(EntryKind::Enrolled, ground(false), None),
        unsent(EntryKind::Locked, None, None),
    ];
    let notices = Notices { unsent, ..Notices::default() };
    let change = NoticesChange { notices: notices.clone(), until: NOW };
    let item = golden_item("notices-freeze", &notices_item(&key, &change, WRITE).unwrap());
    assert_eq!(read::<Notices>("notices", &item).unwrap().value, notices);
}
