use portcullis_domain::{
    Settings, SmsProvider, UserState, WriteId,
    admin::{Admin, Role, Roster},
    portal::KeyHash,
    user::Tombstone,
};

use super::{golden_item, samples::*};
use crate::{
    Listed, ListedPortal, LogLine, StreamEntries,
    item::{formatted, json, parse, user_item, user_state},
    key, portals, stream_entries,
    system::{document_item, read},
    writes::Writes,
};

#[test]
fn a_user_lies_in_the_table_as_in_the_file() {
    let state = UserState::Known(Box::new(user()));
    let before = Writes::default();
    let item = user_item(&user_key(), &state, &[entry()], &before, WRITE, "reset").unwrap();
    let item = golden_item("user", &item);
    let Some(UserState::Known(read)) = user_state(Some(&item)).unwrap() else { panic!() };
    assert_eq!(*read, user());
    let listed: Listed = parse("user", &item, "listed").unwrap();
    assert_eq!((&listed.id, listed.mfa_state), (&read.id, portcullis_domain::MfaState::of(&read)));
    assert!(Writes::of(&item).contains(WRITE));
    let caused = StreamEntries {
        portal: portal_id(),
        locator: Some(user_key().locator),
        write: WRITE,
        entries: vec![entry()],
    };
    assert_eq!(stream_entries(&item).unwrap(), Some(caused));
}

#[test]
fn s28_the_last_eight_writes_are_known_by_their_ids_whatever_came_between() {
    let state = UserState::Known(Box::new(user()));
    let write = |n: u8| WriteId::new([n; 12]);
    let mut item = None;
    for n in 1..=20 {
        let before = item.as_ref().map(Writes::of).unwrap_or_default();
        item = Some(user_item(&user_key(), &state, &[], &before, write(n), "code").unwrap());
        let writes = Writes::of(item.as_ref().unwrap());
        assert_eq!(writes.last(), Some(write(n).to_string().as_str()));
        let known: Vec<u8> = (0..=21).filter(|other| writes.contains(write(*other))).collect();
        assert_eq!(known, (n.saturating_sub(7).max(1)..=n).collect::<Vec<_>>());
    }
    let erased = UserState::Erased(Tombstone::of(user(), NOW));
    let before = Writes::of(item.as_ref().unwrap());
    let item = user_item(&user_key(), &erased, &[], &before, write(21), "erased").unwrap();
    assert!((14..=21).all(|n| Writes::of(&item).contains(write(n))));
}

#[test]
fn an_erased_user_lies_in_the_table_as_in_the_file() {
    let tombstone = Tombstone::of(user(), NOW);
    let state = UserState::Erased(tombstone.clone());
    let item = user_item(&user_key(), &state, &[], &Writes::default(), WRITE, "erased").unwrap();
    let item = golden_item("tombstone", &item);
    let Some(UserState::Erased(read)) = user_state(Some(&item)).unwrap() else { panic!() };
    assert_eq!(read, tombstone);
}

#[test]
fn a_portal_lies_in_the_table_as_in_the_file() {
    let item =
        golden_item("portal", &portals::item(&portal(), WRITE, Some(&audit_entries())).unwrap());
    assert_eq!(portals::read(&item).unwrap(), Some(portal()));
    let listed: ListedPortal = parse("portal", &item, "listed").unwrap();
    assert_eq!(listed, ListedPortal::of(&portal()));
    assert_eq!(stream_entries(&item).unwrap().unwrap().entries, audit_entries().entries);
}

#[test]
fn the_settings_lie_in_the_table_as_in_the_file() {
    let key = key::alone(key::SETTINGS);
    let item = document_item("settings", key, &settings(), WRITE, Some(&audit_entries())).unwrap();
    let item = golden_item("settings", &item);
    assert_eq!(read::<Settings>("settings", &item).unwrap().value, settings());
    let sns = Settings { sms: Some(SmsProvider::Sns { from: None }), ..settings() };
    let item = document_item("settings", key::alone(key::SETTINGS), &sns, WRITE, None).unwrap();
    assert_eq!(read::<Settings>("settings", &item).unwrap().value, sns);
}

#[test]
fn admins_and_their_roster_lie_in_the_table_as_in_the_files() {
    let key = || key::admin(user_key().locator);
    let item = document_item("admin", key(), &admin(), WRITE, None).unwrap();
    let item = golden_item("admin", &item);
    assert_eq!(read::<Admin>("admin", &item).unwrap().value, admin());
    for role in [
        Role::Operator,
        Role::Technician { portals: vec![portal_id()] },
        Role::PortalAdmin { portal: portal_id() },
        Role::Auditor,
    ] {
        let other = Admin { role, removed_at: None, sessions: vec![], ..admin() };
        let item = document_item("admin", key(), &other, WRITE, None).unwrap();
        assert_eq!(read::<Admin>("admin", &item).unwrap().value, other);
    }
    let roster = Roster { operators: vec![user_key().locator], used: Some(KeyHash::new([18; 32])) };
    let item = document_item("roster", key::alone(key::ROSTER), &roster, WRITE, None).unwrap();
    let item = golden_item("roster", &item);
    assert_eq!(read::<Roster>("roster", &item).unwrap().value, roster);
}

#[test]
fn a_line_of_the_log_lies_in_the_table_as_in_the_file() {
    let line = LogLine::of(WRITE, Some(user_key().locator), vec![entry()]).next().unwrap();
    let mut item = formatted(key::pair("LOG#acme#20833", "001800000000#x.0"));
    item.insert("line".to_owned(), json("log line", &line).unwrap());
    assert_eq!(parse::<LogLine>("log line", &golden_item("line", &item), "line").unwrap(), line);
}
