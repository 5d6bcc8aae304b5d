//! Lines of the journal, as objects of its bucket hold them: the restore of a later release reads
//! the lines of this one.

use portcullis_domain::{
    Contact, Destination, DestinationHash, User, UserState,
    account::journal::{Written, journal},
    admin::Roster,
    portal::KeyHash,
    user::{Entry, EntryKind, LinkOnly, Tombstone},
};
use serde_json::Value;

use super::{golden, samples::*};
use crate::{JournalLine, JournalSubject, stored::JournalKey};

/// Returns the line of a write with an entry of this kind.
fn line(key: JournalKey, written: Written, kind: EntryKind) -> JournalLine {
    let entries = [Entry { kind, at: NOW, ..entry() }];
    let hash = |to: &Destination| match to {
        Destination::Email(_) => DestinationHash::new([1; 8]),
        Destination::Sms(_) => DestinationHash::new([2; 8]),
    };
    let record = journal(written, &entries, &hash).unwrap();
    let subject = JournalSubject::of(key, record).unwrap();
    JournalLine { at: NOW, sequence: "100000000002".to_owned(), kinds: vec![kind], subject }
}

#[test]
fn a_line_of_the_journal_about_each_subject_lies_in_the_bucket_as_in_the_file() {
    let before = user();
    let after = User {
        contact: Contact { locale: user().contact.locale, ..Contact::default() },
        authenticators: vec![],
        link_only_to: Some(LinkOnly::To(DestinationHash::new([3; 8]))),
        sessions_not_before: Some(NOW),
        ..user()
    };
    let of_user =
        |after: UserState| Written::User { before: Some(Box::new(before.clone())), after };
    let erased = UserState::Erased(Box::new(Tombstone::of(user(), NOW)));
    let roster = Roster { operators: vec![user_key().locator], used: vec![KeyHash::new([18; 32])] };
    let (key, portal) = (|| JournalKey::User(user_key()), || JournalKey::Portal(portal_id()));
    let admin = || JournalKey::Admin(user_key().locator);
    let lines = [
        line(key(), of_user(UserState::Known(Box::new(after))), EntryKind::ContactChanged),
        line(key(), of_user(erased), EntryKind::Erased),
        line(portal(), Written::Portal(Box::new(with_limited_keys())), EntryKind::KeyAdded),
        line(portal(), Written::DeletedPortal, EntryKind::PortalDeleted),
        line(
            JournalKey::System,
            Written::Settings(Box::new(settings())),
            EntryKind::SettingsChanged,
        ),
        line(
            admin(),
            Written::Admin(Box::new(super::samples::admin()), Some(roster)),
            EntryKind::AdminAdded,
        ),
        line(admin(), Written::Admin(Box::new(admin_at_the_door()), None), EntryKind::AdminReset),
        line(JournalKey::System, Written::Keyring, EntryKind::RootKeyWithdrawn),
    ];
    let made =
        lines.iter().map(|line| serde_json::from_str::<Value>(&line.to_json().unwrap()).unwrap());
    let file = golden("journal", &made.collect::<Value>());
    let read = file.as_array().unwrap().iter().map(|line| JournalLine::parse(&line.to_string()));
    assert_eq!(read.collect::<Result<Vec<_>, _>>().unwrap(), lines);
}
