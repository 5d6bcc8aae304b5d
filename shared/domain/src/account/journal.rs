//! The journal: what a restored backup must not bring back, written outside the table, and how it
//! is put in force again on an older state.

use crate::{
    Acted, Destination, DestinationHash, Locator, Portal, Settings, Timestamp, User, UserState,
    admin::{Admin, Role, Roster},
    portal::PortalSalt,
    user::{Entry, EntryKind, InForce, Tombstone},
};

/// A change that one write made, as the table's stream tells it.
#[derive(Clone, Debug)]
pub enum Written {
    User {
        before: Option<Box<User>>,
        after: UserState,
    },
    Portal(Box<Portal>),
    DeletedPortal,
    Settings(Box<Settings>),
    /// An admin, and the roster if the write changed it too.
    Admin(Box<Admin>, Option<Roster>),
    /// The keyring, which is not replayed: its keys open what is in the backup.
    Keyring,
    /// Something that is kept nowhere but in its entries.
    Other,
}

/// The part of a write that the journal keeps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum JournalRecord {
    User(Box<InForce>),
    /// The whole portal, without its salt: deleting a portal makes its secrets unreadable for good.
    Portal(Box<Portal>),
    DeletedPortal,
    Settings(Box<Settings>),
    /// The whole admin without sessions, and the roster if the write changed it too.
    Admin(Box<Admin>, Option<Roster>),
    /// The changes of the keyring, in words for the operator, who repeats them.
    Keyring(Vec<String>),
}

/// Returns true if a restored backup must not undo it. Whatever a kind's write changed beside it is
/// in force again with it, so a kind that always stands beside another needs no record of its own.
pub const fn is_journalled(kind: EntryKind) -> bool {
    match kind {
        // Guesses: the counters resume at the stricter value.
        EntryKind::CodeWrong
        | EntryKind::CodeExpired
        | EntryKind::CodeReused
        | EntryKind::Locked
        | EntryKind::Disabled
        // What was bound or chosen, and guards the door from then on.
        | EntryKind::Enrolled
        | EntryKind::AuthenticatorRemoved
        | EntryKind::DefaultSet
        | EntryKind::DefaultUnset
        | EntryKind::OptedIn
        | EntryKind::SkipCleared
        | EntryKind::GraceUsed
        // What is good once.
        | EntryKind::TicketSpent
        | EntryKind::BypassAccepted
        // Who the user is, and what ended.
        | EntryKind::ContactChanged
        | EntryKind::DetailsChanged
        | EntryKind::Reset
        | EntryKind::Frozen
        | EntryKind::Unlocked
        | EntryKind::Erased
        | EntryKind::PasswordChanged
        // Portals, settings and admins: the whole new version.
        | EntryKind::PortalCreated
        | EntryKind::PortalChanged
        | EntryKind::PortalDeleted
        | EntryKind::KeyAdded
        | EntryKind::KeyRevoked
        | EntryKind::PolicyChanged
        | EntryKind::SwitchedOn
        | EntryKind::SwitchedOff
        | EntryKind::AllTrustEnded
        | EntryKind::SettingsChanged
        | EntryKind::AdminAdded
        | EntryKind::AdminChanged
        | EntryKind::AdminRemoved
        | EntryKind::AdminReset
        | EntryKind::AdminUnlocked
        // Keys that leaked are in the keyring of the backup: the operator does it again.
        | EntryKind::RootKeyWithdrawn
        | EntryKind::SigningKeyWithdrawn
        | EntryKind::KeysRewrapped => true,
        // They let somebody in, or give something that is lost with the backup.
        EntryKind::CodeAccepted
        | EntryKind::NotRequired
        | EntryKind::Skipped
        | EntryKind::OptedOut
        | EntryKind::BypassIssued
        | EntryKind::ContactAdded
        | EntryKind::BrowserTrusted
        | EntryKind::TrustedSignIn
        // The restore number ends recovery codes and trusted browsers of before.
        | EntryKind::RecoveryCodesMade
        | EntryKind::RecoveryCodeUsed
        | EntryKind::RecoveryCodeWrong
        | EntryKind::RecoveryCodesLow
        | EntryKind::RecoveryCodesLocked
        | EntryKind::RecoveryCodesWithdrawn
        | EntryKind::TrustCopied
        | EntryKind::TrustEnded
        // Sign-ins and messages are over within minutes, and sessions are ended by the restore.
        | EntryKind::SignInDead
        | EntryKind::CodeRequested
        | EntryKind::CodeSent
        | EntryKind::CodeNotSent
        | EntryKind::CodeUnknown
        | EntryKind::SendLimited
        | EntryKind::LinkRequested
        | EntryKind::LinkSent
        | EntryKind::LinkNotSent
        | EntryKind::LinkUnknown
        | EntryKind::SessionsEnded
        | EntryKind::AdminSessionsEnded
        // A destination that messages come back from is tried again after a day in any case.
        | EntryKind::MessageDelivered
        | EntryKind::MessageDelayed
        | EntryKind::MessageReturned
        | EntryKind::MessageComplained
        // They change nothing that opens or closes a door.
        | EntryKind::AuthenticatorRenamed
        | EntryKind::EnrolmentReminder
        | EntryKind::BypassWrong
        | EntryKind::Denied
        | EntryKind::Exported
        | EntryKind::TestSent
        | EntryKind::PasswordWrong
        | EntryKind::PasswordLocked
        | EntryKind::KeyringMade
        | EntryKind::RootKeyPublished
        | EntryKind::RootKeyRetired
        | EntryKind::SigningKeyPublished
        | EntryKind::SigningKeyRetired
        // Each user's own reset is journalled; a bulk reset of before the restore is asked for
        // again.
        | EntryKind::BulkResetAsked
        | EntryKind::BulkResetBegun
        | EntryKind::BulkResetEnded
        | EntryKind::BulkResetWithdrawn => false,
    }
}

/// Returns what the journal keeps of a write with these entries, if it keeps anything.
pub fn journal(
    written: Written,
    entries: &[Entry],
    hash: &dyn Fn(&Destination) -> DestinationHash,
) -> Option<JournalRecord> {
    let mut journalled = entries.iter().filter(|entry| is_journalled(entry.kind));
    let at = journalled.clone().map(|entry| entry.at).max()?;
    match written {
        Written::User { before, after: UserState::Known(after) } => {
            let in_force = InForce::of(before.as_deref(), &after, hash, at);
            Some(JournalRecord::User(Box::new(in_force)))
        }
        Written::User { before: _, after: UserState::Erased(tombstone) } => {
            Some(JournalRecord::User(Box::new(InForce::erased(&tombstone))))
        }
        Written::Portal(portal) => {
            let (salt, acted) = (PortalSalt::new([0; 16]), Acted::default());
            Some(JournalRecord::Portal(Box::new(Portal { salt, acted, ..*portal })))
        }
        Written::DeletedPortal => Some(JournalRecord::DeletedPortal),
        Written::Settings(settings) => {
            let settings = Settings { acted: Acted::default(), ..*settings };
            Some(JournalRecord::Settings(Box::new(settings)))
        }
        Written::Admin(admin, roster) => {
            let admin = Admin { sessions: vec![], acted: Acted::default(), ..*admin };
            Some(JournalRecord::Admin(Box::new(admin), roster))
        }
        Written::Keyring => {
            let words = |entry: &Entry| entry.why.clone().unwrap_or_default();
            Some(JournalRecord::Keyring(journalled.by_ref().map(words).collect()))
        }
        Written::Other => None,
    }
}

/// Puts a record of a user in force again. A user who is not in the backup has counters and locks
/// then, and nothing else.
pub fn replay_user(
    known: Option<UserState>,
    in_force: &InForce,
    hash: &dyn Fn(&Destination) -> DestinationHash,
) -> UserState {
    let erased =
        |known: Option<&Tombstone>| UserState::Erased(Box::new(in_force.on_tombstone(known)));
    match known {
        Some(UserState::Known(user)) if in_force.erases(&user) => {
            erased(Some(&Tombstone::of(*user, in_force.holds.erased_at)))
        }
        Some(UserState::Known(user)) => UserState::Known(Box::new(in_force.on_user(*user, hash))),
        Some(UserState::Erased(tombstone)) => erased(Some(&tombstone)),
        None => erased(None),
    }
}

/// Returns the portal of the journal in the place of an older one. Salt and logo lie in the table
/// alone, so they stay.
pub fn replay_portal(known: &Portal, journalled: Portal) -> Portal {
    let mut portal = Portal { salt: known.salt, acted: known.acted.clone(), ..journalled };
    portal.profile.logo = known.profile.logo;
    portal.generation = portal.generation.max(known.generation);
    portal.trust_not_before = portal.trust_not_before.max(known.trust_not_before);
    portal
}

/// Returns the settings after a restore: those of the journal if it has any, with a restore number
/// of at least `restore_number`.
pub fn replay_settings(
    known: Settings,
    journalled: Option<Settings>,
    restore_number: u32,
) -> Settings {
    let settings = journalled.unwrap_or(known);
    let restore_number = settings.restore_number.max(restore_number);
    Settings { restore_number, ..settings }
}

/// Returns an admin after a restore: that of the journal if it has any, who is signed in nowhere.
pub fn replay_admin(known: Admin, journalled: Option<Admin>) -> Admin {
    let admin = journalled.unwrap_or(known);
    Admin { sessions: vec![], ..admin }
}

/// Returns the roster of these admins. Set-up secrets that were used stay used.
pub fn replay_roster(
    mut roster: Roster,
    admins: &[(Locator, Admin)],
    journalled: impl IntoIterator<Item = Roster>,
) -> Roster {
    let is_operator = |admin: &Admin| admin.is_active() && admin.role == Role::Operator;
    let operators = admins.iter().filter(|(_, admin)| is_operator(admin));
    let operators: Vec<Locator> = operators.map(|(locator, _)| *locator).collect();
    roster.operators.retain(|known| operators.contains(known));
    for operator in operators {
        if !roster.operators.contains(&operator) {
            roster.operators.push(operator);
        }
    }
    for secret in journalled.into_iter().flat_map(|roster| roster.used) {
        if roster.is_armed(&secret) {
            roster.used.push(secret);
        }
    }
    roster
}

/// The first moment whose records a restore replays: clocks differ, and nothing is undone by a
/// record that the backup has already.
pub const fn replayed_from(backup: Timestamp) -> Timestamp {
    backup.plus(-crate::limits::CLOCK_SKEW_SECONDS)
}
