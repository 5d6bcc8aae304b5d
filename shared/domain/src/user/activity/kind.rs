//! The kinds of entries, each with its row: everything that the rules know of it.

use super::Entry;
use crate::{Timestamp, values::Named};

/// The row of a kind.
struct Row {
    name: &'static str,
    subject: Subject,
    notice: Notice,
    counted: Option<Counted>,
}

/// The subject of an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// A user: sign-ins, authenticators, the contact record.
    User,
    /// A portal: its profile, policy and API keys.
    Portal,
    /// The system: admins and settings.
    Administration,
}

/// The notice that a user gets of an entry.
#[derive(Clone, Copy)]
enum Notice {
    None,
    Sent,
    /// It changes who can get in.
    Required,
}

/// The metric that an entry counts in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counted {
    /// A code was sent, or may have been, which may cost as much.
    CodeSent,
    /// A code was accepted.
    CodeAccepted,
    /// A full cap held messages back.
    SendHeldBack,
}

const fn user(name: &'static str) -> Row {
    Row { name, subject: Subject::User, notice: Notice::None, counted: None }
}

const fn portal(name: &'static str) -> Row {
    Row { subject: Subject::Portal, ..user(name) }
}

const fn administration(name: &'static str) -> Row {
    Row { subject: Subject::Administration, ..user(name) }
}

impl Row {
    /// Users are told at every known address: somebody else may have done it.
    const fn notified(self) -> Self {
        Self { notice: Notice::Sent, ..self }
    }

    /// Users are told, and nobody may keep them from it: it changes who can get in.
    const fn always_notified(self) -> Self {
        Self { notice: Notice::Required, ..self }
    }

    const fn counted(self, counted: Counted) -> Self {
        Self { counted: Some(counted), ..self }
    }
}

/// Declares the kinds, each with its row.
macro_rules! kinds {
    ($($(#[$doc:meta])* $kind:ident: $row:expr,)*) => {
        /// The kind of an entry.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum EntryKind {
            $($(#[$doc])* $kind,)*
        }

        impl EntryKind {
            /// Every kind.
            pub const ALL: &[Self] = &[$(Self::$kind,)*];

            const fn row(self) -> Row {
                match self { $(Self::$kind => $row,)* }
            }
        }
    };
}

kinds! {
    /// A code was judged right.
    CodeAccepted: user("code_accepted").counted(Counted::CodeAccepted),
    /// A code was judged wrong.
    CodeWrong: user("code_wrong"),
    /// A right code came after its time.
    CodeExpired: user("code_expired"),
    /// A right code came a second time.
    CodeReused: user("code_reused"),
    /// The sign-in ended: too many wrong codes.
    SignInDead: user("sign_in_dead"),
    /// The user has to wait: too many wrong codes.
    Locked: user("locked").notified(),
    /// The user was disabled until a reset: too many wrong codes.
    Disabled: user("disabled").notified(),
    /// A code was asked for and charged.
    CodeRequested: user("code_requested"),
    /// The provider took the message.
    CodeSent: user("code_sent").counted(Counted::CodeSent),
    /// The message was surely not sent.
    CodeNotSent: user("code_not_sent"),
    /// Nobody knows whether the message was sent.
    CodeUnknown: user("code_unknown").counted(Counted::CodeSent),
    /// A full cap held a message back; the first of its window.
    SendLimited: user("send_limited").counted(Counted::SendHeldBack),
    /// A link to enrol again was charged.
    LinkRequested: user("link_requested"),
    /// The provider took the link.
    LinkSent: user("link_sent"),
    /// The link was surely not sent.
    LinkNotSent: user("link_not_sent"),
    /// Nobody knows whether the link was sent.
    LinkUnknown: user("link_unknown"),
    /// A sign-in was opened with the ticket of a link, and may enrol.
    TicketSpent: user("ticket_spent"),
    /// An authenticator was bound.
    Enrolled: user("enrolled").always_notified(),
    /// The user got in without a second step: the policy does not ask for one.
    NotRequired: user("not_required"),
    /// The user got in without a second step: a remembered skip.
    Skipped: user("skipped"),
    /// The user chose to skip.
    OptedOut: user("opted_out").always_notified(),
    /// There is no way in for this user.
    Denied: user("denied"),
    /// The user wants to enrol after a skip.
    OptedIn: user("opted_in").notified(),
    /// Email was made the default.
    DefaultSet: user("default_set").always_notified(),
    /// Email is no longer the default.
    DefaultUnset: user("default_unset").always_notified(),
    /// A user became known by a contact record.
    ContactAdded: user("contact_added"),
    /// A destination of the contact record was changed.
    ContactChanged: user("contact_changed").always_notified(),
    /// Name, organisation or language of the contact record were changed, and no destination.
    DetailsChanged: user("details_changed"),
    /// The user was reset: all authenticators were removed.
    Reset: user("reset").always_notified(),
    /// An admin let the user try again at once.
    Unlocked: user("unlocked").notified(),
    /// An admin cleared a remembered skip.
    SkipCleared: user("skip_cleared").notified(),
    /// An admin issued a bypass code.
    BypassIssued: user("bypass_issued").always_notified(),
    /// A bypass code was judged right.
    BypassAccepted: user("bypass_accepted").notified(),
    /// A bypass code was judged wrong.
    BypassWrong: user("bypass_wrong"),
    /// Everything known of the user was erased.
    Erased: user("erased").always_notified(),
    /// Everything known of the user was exported.
    Exported: user("exported").notified(),
    /// A portal was made.
    PortalCreated: portal("portal_created"),
    /// A portal's profile was changed.
    PortalChanged: portal("portal_changed"),
    /// A portal was deleted.
    PortalDeleted: portal("portal_deleted"),
    /// An API key was made.
    KeyAdded: portal("key_added"),
    /// An API key was revoked.
    KeyRevoked: portal("key_revoked"),
    /// The policy was replaced.
    PolicyChanged: portal("policy_changed"),
    /// The policy was switched on.
    SwitchedOn: portal("switched_on"),
    /// The policy was switched off.
    SwitchedOff: portal("switched_off"),
    /// The system's settings were changed.
    SettingsChanged: administration("settings_changed"),
    /// An operator sent a test message to themselves.
    TestSent: administration("test_sent"),
    /// An admin was made.
    AdminAdded: administration("admin_added"),
    /// An admin has another role.
    AdminChanged: administration("admin_changed"),
    /// An admin was removed.
    AdminRemoved: administration("admin_removed"),
    /// An admin's password and second step were reset.
    AdminReset: administration("admin_reset"),
    /// An admin changed their password, or a portal told that a user did.
    PasswordChanged: administration("password_changed"),
}

impl Named for EntryKind {
    const ALL: &'static [Self] = Self::ALL;

    fn name(self) -> &'static str {
        self.row().name
    }
}

impl EntryKind {
    /// The entry of this kind, with nothing else to say.
    pub const fn at(self, at: Timestamp) -> Entry {
        let (method, to, sign_in, by, why) = (None, None, None, None, None);
        Entry { at, kind: self, method, to, sign_in, by, why, changes: vec![] }
    }

    /// Returns the subject of its entries.
    pub const fn subject(self) -> Subject {
        self.row().subject
    }

    /// Returns the metric that its entries count in, if there is one.
    pub const fn counted(self) -> Option<Counted> {
        self.row().counted
    }

    /// Returns true if the user is told, at every known address: somebody else may have done it.
    pub const fn is_notified(self) -> bool {
        match self.row().notice {
            Notice::None => false,
            Notice::Sent | Notice::Required => true,
        }
    }

    /// Returns true if it changes who can get in: nobody may keep the user from being told of it.
    pub const fn changes_who_gets_in(self) -> bool {
        match self.row().notice {
            Notice::None | Notice::Sent => false,
            Notice::Required => true,
        }
    }
}
