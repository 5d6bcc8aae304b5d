//! The activity log of a user: destinations masked, and never a code.

mod figure;
mod kind;
mod numbers;
mod roll_up;

pub use figure::Figure;
pub use kind::{EntryKind, MetricEvent, Subject};
pub use numbers::{DayNumbers, TextCounts};
pub use roll_up::{CountUnderWay, CountedDay, RollUp};

use super::User;
use crate::{
    Day, Device, Malformed, Masked, Method, SignInKey, Timestamp, UserId,
    admin::AdminId,
    change::Change,
    user::sign_in::Ground,
    values::{id::text_outside, named::named},
};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub at: Timestamp,
    pub kind: EntryKind,
    pub method: Option<Method>,
    pub to: Option<Masked>,
    pub sign_in: Option<SignInKey>,
    /// The device of that sign-in.
    pub device: Option<Device>,
    /// The ground on which it was done there, if it changes who can get in.
    pub ground: Option<Ground>,
    /// The person who did it, if it was not the user.
    pub by: Option<By>,
    /// The way in which an admin checked who asked for it.
    pub checked: Option<CheckedBy>,
    /// Why, in the words of whoever did it; or what it was done to.
    pub why: Option<String>,
    /// The fields that were changed, if it was a change of a portal, of the settings or of a role.
    pub changes: Vec<Change>,
}

impl User {
    /// Returns the moment of the last entry with which the user got in, if it is kept.
    pub fn last_in(&self) -> Option<Timestamp> {
        self.activity.iter().rfind(|entry| entry.kind.lets_in()).map(|entry| entry.at)
    }

    /// Returns the day of the last entry with which the user got in, while nothing is bound.
    pub(crate) fn last_in_with_nothing_bound(&self) -> Option<Day> {
        self.last_in().filter(|_| self.has_nothing_set_up()).map(Day::of)
    }
}

/// A person other than the user who did something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum By {
    /// An admin of a portal's own, whom its back end vouched for.
    Portal(UserId),
    /// An admin of a portal's own, whom its back end did not name.
    PortalAdmin,
    Admin(AdminId),
    /// Whoever has the set-up secret of the deployment.
    SetUp,
    /// Whoever ran a command of `cargo ops`, by the name they gave. AWS knows whose credentials
    /// they had.
    Ops(AdminId),
}

impl By {
    pub fn parse(text: &str) -> Result<Self, Malformed> {
        match text.split_once(':') {
            Some(("portal", id)) => UserId::parse(id).map(Self::Portal),
            Some(("admin", id)) => AdminId::parse(id).map(Self::Admin),
            Some(("ops", name)) => AdminId::parse(name).map(Self::Ops),
            Some(_) => Err(Malformed::new("actor", "must begin with portal:, admin: or ops:")),
            None if text == "set-up" => Ok(Self::SetUp),
            None if text == "portal-admin" => Ok(Self::PortalAdmin),
            None => Err(Malformed::new("actor", "must begin with portal:, admin: or ops:")),
        }
    }
}

impl std::fmt::Display for By {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Portal(id) => write!(f, "portal:{id}"),
            Self::Admin(id) => write!(f, "admin:{id}"),
            Self::SetUp => f.write_str("set-up"),
            Self::Ops(name) => write!(f, "ops:{name}"),
            Self::PortalAdmin => f.write_str("portal-admin"),
        }
    }
}

text_outside!(By, |by| by.to_string());

/// A way in which an admin checked who asked for a reset: by the admin's own word, unless it was a
/// code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CheckedBy {
    /// They know each other, and met or saw each other.
    KnownInPerson,
    CalledBackOnRecord,
    IdentityDocument,
    /// The user read out a code that was sent to a known destination.
    CodeReadOut,
    /// In another way, which the reason says.
    Other,
}

/// The way in which a change came about, as the user is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// In a sign-in, by whoever had the password alone.
    PasswordAlone,
    AppCode,
    EmailCode,
    SmsCode,
    MailedLink,
    BypassCode,
    /// By the link of a notice, which says that a change was somebody else's.
    FreezeLink,
    RecoveryCode,
    Passkey,
    /// In a sign-in, where it was nobody's choice.
    SignIn,
    Admin,
    PortalAdmin,
    Portal,
}

named! {
    CheckedBy {
        KnownInPerson: "known_in_person", CalledBackOnRecord: "called_back_on_record",
        IdentityDocument: "identity_document", CodeReadOut: "code_read_out", Other: "other",
    }
    How {
        PasswordAlone: "password_alone", AppCode: "app_code", EmailCode: "email_code",
        SmsCode: "sms_code", MailedLink: "mailed_link", BypassCode: "bypass_code",
        FreezeLink: "freeze_link", RecoveryCode: "recovery_code", Passkey: "passkey",
        SignIn: "sign_in", Admin: "admin", PortalAdmin: "portal_admin", Portal: "portal",
    }
}

impl Entry {
    #[must_use]
    pub fn by_method(self, method: Method) -> Self {
        Self { method: Some(method), ..self }
    }

    #[must_use]
    pub fn to(self, to: Option<Masked>) -> Self {
        Self { to, ..self }
    }

    #[must_use]
    pub fn within(self, sign_in: SignInKey) -> Self {
        Self { sign_in: Some(sign_in), ..self }
    }

    #[must_use]
    pub fn on(self, ground: Ground) -> Self {
        Self { ground: Some(ground), ..self }
    }

    #[must_use]
    pub fn done_by(self, by: By) -> Self {
        Self { by: Some(by), ..self }
    }

    /// For this reason, or with this about it.
    #[must_use]
    pub fn because(self, why: impl Into<String>) -> Self {
        Self { why: Some(why.into()), ..self }
    }

    #[must_use]
    pub fn changing(self, changes: Vec<Change>) -> Self {
        Self { changes, ..self }
    }

    /// Returns the moment before which the user's sessions at the portal end, if this ends any.
    pub const fn sessions_not_before(&self) -> Option<Timestamp> {
        if self.kind.ends_sessions() { Some(self.at) } else { None }
    }

    /// Returns how it came about, as the user is told; `None` of what strangers did.
    pub const fn how(&self) -> Option<How> {
        if matches!(self.kind, EntryKind::PasswordLocked) {
            return None;
        }
        Some(match (&self.by, self.ground) {
            (Some(By::Admin(_) | By::SetUp | By::Ops(_)), _) => How::Admin,
            (Some(By::Portal(_) | By::PortalAdmin), _) => How::PortalAdmin,
            (None, Some(Ground::PasswordAlone)) => How::PasswordAlone,
            (None, Some(Ground::AppCode)) => How::AppCode,
            (None, Some(Ground::EmailCode)) => How::EmailCode,
            (None, Some(Ground::SmsCode)) => How::SmsCode,
            (None, Some(Ground::MailedLink)) => How::MailedLink,
            (None, Some(Ground::BypassCode)) => How::BypassCode,
            (None, None) if matches!(self.kind, EntryKind::Frozen) => How::FreezeLink,
            (None, Some(Ground::RecoveryCode)) => How::RecoveryCode,
            (None, Some(Ground::Passkey)) => How::Passkey,
            // A contact record that came with an opening is the portal's word too.
            (None, None)
                if self.sign_in.is_none() || matches!(self.kind, EntryKind::ContactChanged) =>
            {
                How::Portal
            }
            (None, None) => How::SignIn,
        })
    }
}
