//! What is remembered of what happened: masked, and never a code.

use serde::{Deserialize, Serialize};

use crate::{
    Malformed, Masked, Method, SignInKey, Timestamp, UserId, admin::AdminId, change::Change,
    values::id::text_outside,
};

/// One line of the activity log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// When.
    #[serde(rename = "t")]
    pub at: Timestamp,
    /// What happened.
    #[serde(rename = "k")]
    pub kind: EntryKind,
    /// By which method.
    #[serde(rename = "m", default, skip_serializing_if = "Option::is_none")]
    pub method: Option<Method>,
    /// To which destination, masked.
    #[serde(rename = "to", default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Masked>,
    /// In which sign-in.
    #[serde(rename = "si", default, skip_serializing_if = "Option::is_none")]
    pub sign_in: Option<SignInKey>,
    /// Who did it, where it was not the user.
    #[serde(rename = "by", default, skip_serializing_if = "Option::is_none")]
    pub by: Option<By>,
    /// Why, in the words of whoever did it; or what it was done to.
    #[serde(rename = "why", default, skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
    /// The fields that were changed, if it was a change of a portal, of the settings or of a role.
    #[serde(rename = "ch", default, skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<Change>,
}

/// Who did something that the user did not do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
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

/// Declares what can happen, with every kind in one list.
macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident,)*) => {
        /// What can happen.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum EntryKind {
            $($(#[$doc])* $name,)*
        }

        impl EntryKind {
            /// Every kind.
            pub const ALL: &[Self] = &[$(Self::$name,)*];
        }
    };
}

kinds! {
    /// A code was judged right.
    CodeAccepted,
    /// A code was judged wrong.
    CodeWrong,
    /// A right code came after its time.
    CodeExpired,
    /// A right code came a second time.
    CodeReused,
    /// The sign-in ended: too many wrong codes.
    SignInDead,
    /// The user has to wait: too many wrong codes.
    Locked,
    /// What the user has bound stopped working until a reset: too many wrong codes.
    Disabled,
    /// A code was asked for and charged.
    CodeRequested,
    /// The provider took the message.
    CodeSent,
    /// The message was surely not sent.
    CodeNotSent,
    /// Nobody knows whether the message was sent.
    CodeUnknown,
    /// A link to enrol again was charged.
    LinkRequested,
    /// The provider took the link.
    LinkSent,
    /// The link was surely not sent.
    LinkNotSent,
    /// Nobody knows whether the link was sent.
    LinkUnknown,
    /// A sign-in was opened with the ticket of a link, and may enrol.
    TicketSpent,
    /// An authenticator was bound.
    Enrolled,
    /// The user got in without a second step: the policy does not ask for one.
    NotRequired,
    /// The user got in without a second step: a remembered skip.
    Skipped,
    /// The user chose to skip.
    OptedOut,
    /// There is no way in for this user.
    Denied,
    /// The user wants to enrol after a skip.
    OptedIn,
    /// Email was made the default.
    DefaultSet,
    /// Email is no longer the default.
    DefaultUnset,
    /// A user became known by a contact record.
    ContactAdded,
    /// A destination of the contact record was changed.
    ContactChanged,
    /// Name, organisation or language of the contact record were changed, and no destination.
    DetailsChanged,
    /// What the user had bound was removed.
    Reset,
    /// An admin let the user try again at once.
    Unlocked,
    /// An admin cleared a remembered skip.
    SkipCleared,
    /// An admin issued a bypass code.
    BypassIssued,
    /// A bypass code was judged right.
    BypassAccepted,
    /// A bypass code was judged wrong.
    BypassWrong,
    /// Everything known of the user was erased.
    Erased,
    /// Everything known of the user was exported.
    Exported,
    /// A portal was made.
    PortalCreated,
    /// How a portal presents itself was changed.
    PortalChanged,
    /// A portal was deleted.
    PortalDeleted,
    /// An API key was made.
    KeyAdded,
    /// An API key was revoked.
    KeyRevoked,
    /// The policy was replaced.
    PolicyChanged,
    /// The policy was switched on.
    SwitchedOn,
    /// The policy was switched off.
    SwitchedOff,
    /// The system's settings were changed.
    SettingsChanged,
    /// An operator sent a test message to themselves.
    TestSent,
    /// An admin was made.
    AdminAdded,
    /// An admin has another role.
    AdminChanged,
    /// An admin was removed.
    AdminRemoved,
    /// An admin's password and second step were reset.
    AdminReset,
    /// An admin changed the own password.
    PasswordChanged,
}

impl EntryKind {
    /// The entry of this kind, with nothing else to say.
    pub const fn at(self, at: Timestamp) -> Entry {
        let (method, to, sign_in, by, why) = (None, None, None, None, None);
        Entry { at, kind: self, method, to, sign_in, by, why, changes: vec![] }
    }

    /// Returns true if the user is told, at every known address: somebody else may have done it.
    pub const fn is_told(self) -> bool {
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

/// The entries a user's item keeps, each as a short list: when, what, by which method, where to. In which sign-in, by
/// whom and why is with the log alone: an item is bounded.
pub(super) mod remembered {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use super::{Entry, EntryKind};
    use crate::{Masked, Method, Timestamp};

    #[derive(Serialize, Deserialize)]
    struct Short(Timestamp, EntryKind, Option<Method>, Option<Masked>);

    pub(crate) fn serialize<S: Serializer>(
        entries: &[Entry],
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(
            entries.iter().map(|entry| Short(entry.at, entry.kind, entry.method, entry.to.clone())),
        )
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Vec<Entry>, D::Error> {
        let shorts = Vec::<Short>::deserialize(deserializer)?;
        let entry = |Short(at, kind, method, to)| Entry { method, to, ..kind.at(at) };
        Ok(shorts.into_iter().map(entry).collect())
    }
}
