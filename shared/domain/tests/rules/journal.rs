//! Everything that the journal keeps, by the kind of entry, is in force again on the state before.

use crate::portal_keys::Keys;
use portcullis_domain::{
    Acted, AuthenticatorId, BrowserId, Destination, Email, KeyVersion, KnownEmail, Locator, Named,
    OrganisationId, Portal, PortalId, PortalKeys, SecretMac, Settings, Timestamp, UnknownMembers,
    User, UserId, UserState,
    account::journal::{
        JournalRecord, Written, is_journalled, journal, replay_admin, replay_portal, replay_roster,
        replay_settings, replay_user, replayed_from,
    },
    admin::{Admin, AdminId, PasswordHash, Role, Roster},
    policy::Preset,
    portal::{KeyHash, KeyTerms, LogDays, PortalKey, PortalSalt, Profile, Sending},
    user::{
        Authenticator, Binding, Bypass, EmailDefault, Entry, EntryKind, GraceState, Mark,
        PasswordChange, PasswordProof, Subject, Ticket, Tombstone,
    },
};

const BACKUP: Timestamp = Timestamp::from_unix(1_800_000_000);
/// The moment of the write that the journal keeps.
const LATER: Timestamp = BACKUP.plus(600);

fn hash(to: &Destination) -> portcullis_domain::DestinationHash {
    Keys.destination_hash(to)
}

fn acme() -> PortalId {
    PortalId::parse("acme").unwrap()
}

fn email(text: &str) -> Email {
    Email::parse(text).unwrap()
}

fn bound(id: u8) -> Authenticator {
    Authenticator {
        id: AuthenticatorId::new([id; 8]),
        generation: 1,
        bound_at: BACKUP.plus(-600),
        name: None,
        binding: Binding::Email(email("bound@example.com")),
        unknown: UnknownMembers::default(),
    }
}

/// A user of the backup: everything that may end is there.
fn anna() -> User {
    let mut user = User::new(acme(), UserId::parse("anna").unwrap());
    let address = email("old@example.com");
    user.contact.email = Some(KnownEmail { address: address.clone(), verified: true });
    user.contact.organisation = OrganisationId::parse("old").ok();
    user.authenticators = vec![bound(1), bound(2)];
    user.opt_out = Some(Mark { generation: 1, at: BACKUP.plus(-60) });
    let to = hash(&Destination::Email(address));
    let (generation, at, replaced) = (1, BACKUP.plus(-60), false);
    user.email_default = Some(EmailDefault { generation, at, to, replaced });
    let (version, mac) = (KeyVersion(1), SecretMac::new([1; 16]));
    user.ticket = Some(Ticket { version, mac, expires_at: BACKUP.plus(1_799) });
    user.bypass = Some(Bypass { version, mac, expires_at: BACKUP.plus(599) });
    user
}

/// One kind of change: what the write did, and what must hold of the backup's user then.
struct Case {
    change: fn(&mut User),
    holds: fn(&User) -> bool,
}

const fn case(change: fn(&mut User), holds: fn(&User) -> bool) -> Option<Case> {
    Some(Case { change, holds })
}

/// Returns the case of a kind of entry about a user; an erasure has a test of its own.
fn case_of(kind: EntryKind) -> Option<Case> {
    let wrong: fn(&mut User) = |user| user.failures.count(None, LATER);
    let counted: fn(&User) -> bool = |user| user.failures.codes().strangers.in_a_row == 1;
    match kind {
        EntryKind::CodeWrong
        | EntryKind::CodeExpired
        | EntryKind::CodeReused
        | EntryKind::Locked => case(wrong, counted),
        EntryKind::Disabled => {
            case(|user| user.disabled_at = Some(LATER), |user| user.disabled_at == Some(LATER))
        }
        EntryKind::Enrolled => case(
            |user| user.authenticators = vec![Authenticator { bound_at: LATER, ..bound(3) }],
            |user| user.authenticators.is_empty() && user.is_guarded(),
        ),
        EntryKind::AuthenticatorRemoved => {
            case(|user| user.authenticators.truncate(1), |user| user.authenticators == [bound(1)])
        }
        EntryKind::DefaultSet => case(|_| {}, |user| user.email_default.is_some()),
        EntryKind::DefaultUnset => {
            case(|user| user.email_default = None, |user| user.email_default.is_none())
        }
        EntryKind::OptedIn | EntryKind::SkipCleared => {
            case(|user| user.opt_out = None, |user| user.opt_out.is_none())
        }
        EntryKind::GraceUsed => case(
            |user| user.grace = user.grace.used(LATER),
            |user| user.grace == GraceState::Begun { since: LATER, sign_ins: 1 },
        ),
        EntryKind::TicketSpent => case(|user| user.ticket = None, |user| user.ticket.is_none()),
        EntryKind::BypassAccepted => case(|user| user.bypass = None, |user| user.bypass.is_none()),
        EntryKind::ContactChanged => case(
            |user| {
                let address = email("new@example.com");
                user.contact.email = Some(KnownEmail { address, verified: true });
            },
            |user| user.contact.email.is_none(),
        ),
        EntryKind::DetailsChanged => case(
            |user| user.contact.organisation = OrganisationId::parse("new").ok(),
            |user| user.contact.organisation.is_none(),
        ),
        EntryKind::Reset => case(
            |user| {
                user.authenticators.clear();
                (user.opt_out, user.email_default) = (None, None);
                (user.epoch, user.reset_at) = (user.epoch + 1, Some(LATER));
                user.sessions_not_before = Some(LATER);
            },
            |user| {
                user.authenticators.is_empty()
                    && (user.epoch, user.reset_at) == (1, Some(LATER))
                    && user.sessions_not_before == Some(LATER)
            },
        ),
        EntryKind::Frozen => case(
            |user| user.freeze(hash(&Destination::Email(email("old@example.com"))), LATER),
            |user| (user.epoch, user.frozen_at) == (1, Some(LATER)) && user.link_only_to.is_some(),
        ),
        EntryKind::Unlocked => case(
            |user| user.failures.unlock(LATER).unwrap(),
            |user| {
                let mut failures = user.failures.clone();
                failures.unlock(LATER).unwrap();
                failures.unlock(LATER).is_err()
            },
        ),
        EntryKind::PasswordChanged => case(
            |user| {
                let (at, by, told_at) = (LATER, PasswordProof::Email, LATER);
                assert!(user.change_password(PasswordChange { at, by, told_at }));
            },
            |user| user.password_change.is_some_and(|change| change.told_at == LATER),
        ),
        _ => None,
    }
}

/// Returns the record of a write that made one of these users of the other.
fn record(before: &User, after: UserState, entry: Entry) -> JournalRecord {
    let written = Written::User { before: Some(Box::new(before.clone())), after };
    journal(written, &[entry], &hash).unwrap()
}

fn replayed(known: Option<UserState>, record: &JournalRecord) -> UserState {
    let JournalRecord::User(in_force) = record else { panic!("{record:?}") };
    replay_user(known, in_force, &hash)
}

fn user(state: UserState) -> User {
    let UserState::Known(user) = state else { panic!("{state:?}") };
    *user
}

fn known(user: &User) -> Option<UserState> {
    Some(UserState::Known(Box::new(user.clone())))
}

#[test]
fn s50_each_kind_that_the_journal_keeps_is_in_force_again_and_a_second_time_changes_nothing() {
    for kind in EntryKind::ALL.iter().copied() {
        let is_of_user = kind.subject() == Subject::User || kind == EntryKind::PasswordChanged;
        let has_case = case_of(kind).is_some() || kind == EntryKind::Erased;
        assert_eq!(has_case, is_journalled(kind) && is_of_user, "{}", kind.name());
        let Some(Case { change, holds }) = case_of(kind) else { continue };
        let (before, mut after) = (anna(), anna());
        change(&mut after);
        let record = record(&before, UserState::Known(Box::new(after)), kind.at(LATER));
        let once = user(replayed(known(&before), &record));
        assert!(holds(&once), "{}: {once:?}", kind.name());
        assert_eq!(user(replayed(known(&once), &record)), once, "{}", kind.name());
        assert!(once.ticket.is_none() && once.bypass.is_none(), "what is older than the record");
        let UserState::Erased(unknown) = replayed(None, &record) else { panic!("{record:?}") };
        assert!(unknown.was_guarded, "whoever is not in the backup enrols as after a reset");
        let again = replayed(Some(UserState::Erased(unknown.clone())), &record);
        assert!(matches!(again, UserState::Erased(again) if again == unknown));
    }
}

#[test]
fn s50_a_kind_that_the_journal_does_not_keep_makes_no_record() {
    for kind in EntryKind::ALL.iter().copied().filter(|kind| !is_journalled(*kind)) {
        let written = Written::User { before: None, after: known(&anna()).unwrap() };
        assert_eq!(journal(written, &[kind.at(LATER)], &hash), None, "{}", kind.name());
    }
}

#[test]
fn s50_who_was_erased_is_so_again_and_who_came_again_since_stays() {
    let tombstone = Tombstone::of(anna(), LATER);
    let erased = UserState::Erased(Box::new(tombstone.clone()));
    let record = record(&anna(), erased, EntryKind::Erased.at(LATER));
    for state in [known(&anna()), None] {
        let UserState::Erased(again) = replayed(state, &record) else { panic!("{record:?}") };
        assert_eq!((again.epoch, again.erased_at, again.was_guarded), (1, LATER, true));
    }
    let came_again = tombstone.revive(UserId::parse("anna").unwrap());
    assert_eq!(user(replayed(known(&came_again), &record)), came_again);
}

#[test]
fn s50_the_order_of_records_does_not_matter_and_what_came_after_the_restore_stays() {
    let mut frozen = anna();
    frozen.freeze(hash(&Destination::Email(email("old@example.com"))), LATER);
    let mut reset = frozen.clone();
    reset.authenticators.clear();
    (reset.epoch, reset.frozen_at, reset.reset_at) = (2, None, Some(LATER.plus(60)));
    let one = record(&anna(), known(&frozen).unwrap(), EntryKind::Frozen.at(LATER));
    let two = record(&frozen, known(&reset).unwrap(), EntryKind::Reset.at(LATER.plus(60)));
    let both =
        |first: &_, second: &_| user(replayed(Some(replayed(known(&anna()), first)), second));
    let restored = both(&one, &two);
    assert_eq!((restored.frozen_at, restored.authenticators.len()), (None, 0));
    assert_eq!(both(&two, &one), restored);
    let mut enrolled = restored.clone();
    enrolled.authenticators = vec![Authenticator { bound_at: LATER.plus(3_600), ..bound(9) }];
    enrolled.reset_at = None;
    assert_eq!(user(replayed(known(&enrolled), &two)), enrolled);
}

#[test]
fn s50_counters_resume_at_the_stricter_value_of_both() {
    let (mut older, mut newer) = (anna(), anna());
    let home = Some(BrowserId::new([1; 8]));
    (0..3).for_each(|n| older.failures.count(home, BACKUP.plus(n)));
    (0..2).for_each(|n| newer.failures.count(None, LATER.plus(n)));
    newer.failures.count(home, LATER);
    newer.opened.strangers.add(LATER);
    let record = record(&older, known(&newer).unwrap(), EntryKind::CodeWrong.at(LATER));
    let restored = user(replayed(known(&older), &record));
    let codes = restored.failures.codes();
    assert_eq!((codes.known.in_a_row, codes.strangers.in_a_row), (3, 2));
    assert_eq!(codes.known.recent.len(), 4, "each moment counts");
    assert_eq!(codes.known.within_a_month(LATER), 3);
    assert_eq!(restored.opened, newer.opened);
}

fn portal(keys: &[&str]) -> Portal {
    let key = |id: &&str| PortalKey {
        id: (*id).to_owned(),
        hash: KeyHash::new([1; 32]),
        created_at: BACKUP,
        terms: KeyTerms::usual(BACKUP),
        unknown: UnknownMembers::default(),
    };
    Portal {
        id: acme(),
        profile: Profile::plain("Acme"),
        policy: Preset::AuthenticatorApp.policy(),
        generation: 1,
        salt: PortalSalt::new([7; 16]),
        trust_not_before: None,
        share: None,
        log_days: LogDays::MOST,
        sending: Sending::default(),
        keys: keys.iter().map(key).collect(),
        acted: Acted::default(),
        unknown: UnknownMembers::default(),
    }
}

#[test]
fn s50_a_portal_comes_back_whole_but_for_its_salt_which_the_journal_never_has() {
    let older = portal(&["leaked", "good"]);
    let mut newer = Portal { generation: 2, ..portal(&["good", "new"]) };
    newer.policy.enabled = false;
    newer.trust_not_before = Some(LATER);
    newer.sending = Sending::parse(Some("codes@acme.example"), None, Some(9), None).unwrap();
    // A bulk reset is a document of its own, and each user that it resets has a record.
    let is_bulk = |kind: &EntryKind| kind.name().starts_with("bulk_reset_");
    let of_portal = |kind: &EntryKind| kind.subject() == Subject::Portal && !is_bulk(kind);
    for kind in EntryKind::ALL.iter().copied().filter(of_portal) {
        assert!(is_journalled(kind), "{}", kind.name());
        let written = Written::Portal(Box::new(newer.clone()));
        let record = journal(written, &[kind.at(LATER)], &hash);
        let Some(JournalRecord::Portal(journalled)) = record else { panic!("{record:?}") };
        assert_eq!(journalled.salt, PortalSalt::new([0; 16]));
        assert_eq!(replay_portal(&older, *journalled), newer);
    }
    let deleted = journal(Written::DeletedPortal, &[EntryKind::PortalDeleted.at(LATER)], &hash);
    assert_eq!(deleted, Some(JournalRecord::DeletedPortal));
}

#[test]
fn s50_settings_come_back_with_a_restore_number_that_only_grows() {
    let known = Settings { restore_number: 3, ..Settings::default() };
    let newer = Settings { email_from: Some(email("new@example.com")), ..known.clone() };
    let written = Written::Settings(Box::new(newer.clone()));
    let record = journal(written, &[EntryKind::SettingsChanged.at(LATER)], &hash);
    let Some(JournalRecord::Settings(journalled)) = record else { panic!("{record:?}") };
    let restored = replay_settings(known.clone(), Some(*journalled), 4);
    assert_eq!(restored, Settings { restore_number: 4, ..newer });
    assert_eq!(replay_settings(known.clone(), None, 2), known);
}

#[test]
fn s50_admins_come_back_signed_in_nowhere_and_used_set_up_secrets_stay_used() {
    let admin = |name: &str, role| {
        let password = PasswordHash::new("old".to_owned());
        Admin::new(AdminId::parse(name).unwrap(), role, password, BACKUP)
    };
    let (jo, mut newer) = (admin("jo", Role::Operator), admin("jo", Role::Auditor));
    newer.password = PasswordHash::new("new".to_owned());
    let secret = KeyHash::new([9; 32]);
    let roster = Roster { operators: vec![], used: vec![secret] };
    let kinds = [
        EntryKind::AdminAdded,
        EntryKind::AdminChanged,
        EntryKind::AdminRemoved,
        EntryKind::AdminReset,
        EntryKind::AdminUnlocked,
        EntryKind::PasswordChanged,
    ];
    for kind in kinds {
        let written = Written::Admin(Box::new(newer.clone()), Some(roster.clone()));
        let record = journal(written, &[kind.at(LATER)], &hash);
        let Some(JournalRecord::Admin(journalled, beside)) = record else { panic!("{record:?}") };
        assert_eq!(beside, Some(roster.clone()));
        assert_eq!(replay_admin(jo.clone(), Some(*journalled)), newer);
    }
    let (here, there) = (Locator::new([1; 16]), Locator::new([2; 16]));
    let of_backup = Roster { operators: vec![here], used: vec![] };
    let admins = [(here, newer), (there, admin("boss", Role::Operator))];
    let restored = replay_roster(of_backup, &admins, [roster]);
    assert_eq!(restored, Roster { operators: vec![there], used: vec![secret] });
    assert!(!restored.is_armed(&secret));
}

#[test]
fn s50_records_of_the_minute_before_the_backup_are_replayed_too() {
    assert_eq!(replayed_from(BACKUP), BACKUP.plus(-60));
}
