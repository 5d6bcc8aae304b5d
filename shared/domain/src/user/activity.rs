//! The activity log of a user: destinations masked, and never a code.

use crate::{
    Malformed, Masked, Method, SignInKey, Timestamp, UserId, admin::AdminId, change::Change,
    values::id::text_outside,
};

/// One line of the activity log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The moment.
    pub at: Timestamp,
    /// The kind of event.
    pub kind: EntryKind,
    /// By which method.
    pub method: Option<Method>,
    /// To which destination, masked.
    pub to: Option<Masked>,
    /// In which sign-in.
    pub sign_in: Option<SignInKey>,
    /// The person who did it, if it was not the user.
    pub by: Option<By>,
    /// Why, in the words of whoever did it; or what it was done to.
    pub why: Option<String>,
    /// The fields that were changed, if it was a change of a portal, of the settings or of a role.
    pub changes: Vec<Change>,
}

/// A person other than the user who did something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum By {
    /// An admin of a portal's own, whom its back end vouched for.
    Portal(UserId),
    /// An admin of ours.
    Admin(AdminId),
    /// Whoever has the set-up secret of the deployment.
    SetUp,
}

impl By {
    /// Reads the form it is written in.
    ///
    /// # Errors
    /// [`Malformed`] for any other.
    pub fn parse(text: &str) -> Result<Self, Malformed> {
        match text.split_once(':') {
            Some(("portal", id)) => UserId::parse(id).map(Self::Portal),
            Some(("admin", id)) => AdminId::parse(id).map(Self::Admin),
            Some(_) => Err(Malformed::new("actor", "must begin with portal: or admin:")),
            None if text == "set-up" => Ok(Self::SetUp),
            None => Err(Malformed::new("actor", "must begin with portal: or admin:")),
        }
    }
}

impl std::fmt::Display for By {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Portal(id) => write!(f, "portal:{id}"),
            Self::Admin(id) => write!(f, "admin:{id}"),
            Self::SetUp => f.write_str("set-up"),
        }
    }
}

text_outside!(By, |by| by.to_string());

/// Declares what can happen, with every kind and its name in one list.
macro_rules! kinds {
    ($($(#[$doc:meta])* $kind:ident: $name:literal,)*) => {
        /// The kind of an entry.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum EntryKind {
            $($(#[$doc])* $kind,)*
        }

        impl EntryKind {
            /// Every kind.
            pub const ALL: &[Self] = &[$(Self::$kind,)*];
        }

        $crate::values::named::named! { EntryKind { $($kind: $name),* } }
    };
}

kinds! {
    /// A code was judged right.
    CodeAccepted: "code_accepted",
    /// A code was judged wrong.
    CodeWrong: "code_wrong",
    /// A right code came after its time.
    CodeExpired: "code_expired",
    /// A right code came a second time.
    CodeReused: "code_reused",
    /// The sign-in ended: too many wrong codes.
    SignInDead: "sign_in_dead",
    /// The user has to wait: too many wrong codes.
    Locked: "locked",
    /// The user was disabled until a reset: too many wrong codes.
    Disabled: "disabled",
    /// A code was asked for and charged.
    CodeRequested: "code_requested",
    /// The provider took the message.
    CodeSent: "code_sent",
    /// The message was surely not sent.
    CodeNotSent: "code_not_sent",
    /// Nobody knows whether the message was sent.
    CodeUnknown: "code_unknown",
    /// A full cap held a message back; the first of its window.
    SendLimited: "send_limited",
    /// A link to enrol again was charged.
    LinkRequested: "link_requested",
    /// The provider took the link.
    LinkSent: "link_sent",
    /// The link was surely not sent.
    LinkNotSent: "link_not_sent",
    /// Nobody knows whether the link was sent.
    LinkUnknown: "link_unknown",
    /// A sign-in was opened with the ticket of a link, and may enrol.
    TicketSpent: "ticket_spent",
    /// An authenticator was bound.
    Enrolled: "enrolled",
    /// The user got in without a second step: the policy does not ask for one.
    NotRequired: "not_required",
    /// The user got in without a second step: a remembered skip.
    Skipped: "skipped",
    /// The user chose to skip.
    OptedOut: "opted_out",
    /// There is no way in for this user.
    Denied: "denied",
    /// The user wants to enrol after a skip.
    OptedIn: "opted_in",
    /// Email was made the default.
    DefaultSet: "default_set",
    /// Email is no longer the default.
    DefaultUnset: "default_unset",
    /// A user became known by a contact record.
    ContactAdded: "contact_added",
    /// A destination of the contact record was changed.
    ContactChanged: "contact_changed",
    /// Name, organisation or language of the contact record were changed, and no destination.
    DetailsChanged: "details_changed",
    /// The user was reset: all authenticators were removed.
    Reset: "reset",
    /// An admin let the user try again at once.
    Unlocked: "unlocked",
    /// An admin cleared a remembered skip.
    SkipCleared: "skip_cleared",
    /// An admin issued a bypass code.
    BypassIssued: "bypass_issued",
    /// A bypass code was judged right.
    BypassAccepted: "bypass_accepted",
    /// A bypass code was judged wrong.
    BypassWrong: "bypass_wrong",
    /// Everything known of the user was erased.
    Erased: "erased",
    /// Everything known of the user was exported.
    Exported: "exported",
    /// A portal was made.
    PortalCreated: "portal_created",
    /// A portal's profile was changed.
    PortalChanged: "portal_changed",
    /// A portal was deleted.
    PortalDeleted: "portal_deleted",
    /// An API key was made.
    KeyAdded: "key_added",
    /// An API key was revoked.
    KeyRevoked: "key_revoked",
    /// The policy was replaced.
    PolicyChanged: "policy_changed",
    /// The policy was switched on.
    SwitchedOn: "switched_on",
    /// The policy was switched off.
    SwitchedOff: "switched_off",
    /// The system's settings were changed.
    SettingsChanged: "settings_changed",
    /// An operator sent a test message to themselves.
    TestSent: "test_sent",
    /// An admin was made.
    AdminAdded: "admin_added",
    /// An admin has another role.
    AdminChanged: "admin_changed",
    /// An admin was removed.
    AdminRemoved: "admin_removed",
    /// An admin's password and second step were reset.
    AdminReset: "admin_reset",
    /// An admin changed their password, or a portal told that a user did.
    PasswordChanged: "password_changed",
}

impl EntryKind {
    /// The entry of this kind, with nothing else to say.
    pub const fn at(self, at: Timestamp) -> Entry {
        let (method, to, sign_in, by, why) = (None, None, None, None, None);
        Entry { at, kind: self, method, to, sign_in, by, why, changes: vec![] }
    }

    /// Returns true if the user is told, at every known address: somebody else may have done it.
    pub const fn is_notified(self) -> bool {
        match self.notice() {
            Notice::None => false,
            Notice::Sent | Notice::Required => true,
        }
    }

    /// Returns true if it changes who can get in: nobody may keep the user from being told of it.
    pub const fn changes_who_gets_in(self) -> bool {
        match self.notice() {
            Notice::None | Notice::Sent => false,
            Notice::Required => true,
        }
    }

    const fn notice(self) -> Notice {
        match self {
            Self::Enrolled
            | Self::OptedOut
            | Self::DefaultSet
            | Self::DefaultUnset
            | Self::ContactChanged
            | Self::Reset
            | Self::BypassIssued
            | Self::Erased => Notice::Required,
            Self::Locked
            | Self::Disabled
            | Self::OptedIn
            | Self::Unlocked
            | Self::SkipCleared
            | Self::BypassAccepted
            | Self::Exported => Notice::Sent,
            Self::CodeAccepted
            | Self::CodeWrong
            | Self::CodeExpired
            | Self::CodeReused
            | Self::SignInDead
            | Self::CodeRequested
            | Self::CodeSent
            | Self::CodeNotSent
            | Self::CodeUnknown
            | Self::SendLimited
            | Self::LinkRequested
            | Self::LinkSent
            | Self::LinkNotSent
            | Self::LinkUnknown
            | Self::TicketSpent
            | Self::NotRequired
            | Self::Skipped
            | Self::Denied
            | Self::ContactAdded
            | Self::DetailsChanged
            | Self::BypassWrong
            | Self::PortalCreated
            | Self::PortalChanged
            | Self::PortalDeleted
            | Self::KeyAdded
            | Self::KeyRevoked
            | Self::PolicyChanged
            | Self::SwitchedOn
            | Self::SwitchedOff
            | Self::SettingsChanged
            | Self::TestSent
            | Self::AdminAdded
            | Self::AdminChanged
            | Self::AdminRemoved
            | Self::AdminReset
            | Self::PasswordChanged => Notice::None,
        }
    }
}

/// The notice that a user gets of an entry.
enum Notice {
    None,
    Sent,
    /// It changes who can get in.
    Required,
}

impl Entry {
    /// By this method.
    #[must_use]
    pub fn by_method(self, method: Method) -> Self {
        Self { method: Some(method), ..self }
    }

    /// To this destination.
    #[must_use]
    pub fn to(self, to: Option<Masked>) -> Self {
        Self { to, ..self }
    }

    /// In this sign-in.
    #[must_use]
    pub fn within(self, sign_in: SignInKey) -> Self {
        Self { sign_in: Some(sign_in), ..self }
    }

    /// By somebody else than the user.
    #[must_use]
    pub fn done_by(self, by: By) -> Self {
        Self { by: Some(by), ..self }
    }

    /// For this reason, or with this about it.
    #[must_use]
    pub fn because(self, why: impl Into<String>) -> Self {
        Self { why: Some(why.into()), ..self }
    }

    /// Changing these fields.
    #[must_use]
    pub fn changing(self, changes: Vec<Change>) -> Self {
        Self { changes, ..self }
    }
}
