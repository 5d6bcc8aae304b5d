//! The kinds of entries, each with its row: everything that the rules know of it.

use super::{Entry, Figure};
use crate::{Timestamp, values::Named};

struct Row {
    name: &'static str,
    subject: Subject,
    notice: Notice,
    metric: Option<MetricEvent>,
    figure: Option<Figure>,
    lets_in: bool,
}

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
    /// It reminds of something, and goes to the email address alone: nothing was changed.
    Reminder,
    /// It changes who can get in.
    Required,
    /// It does, and the user's sessions at the portal are to end.
    EndsSessions,
    /// It was done to an admin, who is told as users are.
    ToAdmin,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MetricEvent {
    /// A code was sent, or may have been, which may cost as much.
    CodeSent,
    CodeAccepted,
    SendHeldBack,
}

const fn user(name: &'static str) -> Row {
    let (metric, figure) = (None, None);
    Row { name, subject: Subject::User, notice: Notice::None, metric, figure, lets_in: false }
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

    /// Users are reminded by email.
    const fn reminds(self) -> Self {
        Self { notice: Notice::Reminder, ..self }
    }

    /// Users are told, and nobody may keep them from it: it changes who can get in.
    const fn always_notified(self) -> Self {
        Self { notice: Notice::Required, ..self }
    }

    /// The same, and the user's sessions at the portal are to end.
    const fn ends_sessions(self) -> Self {
        Self { notice: Notice::EndsSessions, ..self }
    }

    /// The admin to whom it was done is told.
    const fn told_to_admin(self) -> Self {
        Self { notice: Notice::ToAdmin, ..self }
    }

    /// The user got in.
    const fn lets_in(self) -> Self {
        Self { lets_in: true, ..self.counted(Figure::LetIn) }
    }

    /// It counts among the numbers of its day.
    const fn counted(self, figure: Figure) -> Self {
        Self { figure: Some(figure), ..self }
    }

    const fn metered(self, metric: MetricEvent) -> Self {
        Self { metric: Some(metric), ..self }
    }
}

macro_rules! kinds {
    ($($(#[$doc:meta])* $kind:ident: $row:expr,)*) => {
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum EntryKind {
            $($(#[$doc])* $kind,)*
        }

        impl EntryKind {
            pub const ALL: &[Self] = &[$(Self::$kind,)*];

            const fn row(self) -> Row {
                match self { $(Self::$kind => $row,)* }
            }
        }
    };
}

kinds! {
    CodeAccepted: user("code_accepted").metered(MetricEvent::CodeAccepted).lets_in(),
    CodeWrong: user("code_wrong").counted(Figure::Refused),
    /// A right code came after its time.
    CodeExpired: user("code_expired").counted(Figure::Refused),
    /// A right code came a second time, or after a newer one.
    CodeReused: user("code_reused").counted(Figure::Refused),
    SignInDead: user("sign_in_dead"),
    Locked: user("locked").counted(Figure::Locked).notified(),
    Disabled: user("disabled").counted(Figure::Locked).notified(),
    /// A code was asked for and charged.
    CodeRequested: user("code_requested"),
    CodeSent: user("code_sent").counted(Figure::Sent).metered(MetricEvent::CodeSent),
    /// The message was surely not sent.
    CodeNotSent: user("code_not_sent").counted(Figure::NotSent),
    /// Nobody knows whether the message was sent.
    CodeUnknown: user("code_unknown").counted(Figure::Sent).metered(MetricEvent::CodeSent),
    /// A provider reported that it delivered a message.
    MessageDelivered: user("message_delivered").counted(Figure::Delivered),
    /// A provider reported that a message is not there yet, or did not get there this time.
    MessageDelayed: user("message_delayed"),
    /// A message came back: for a day nothing more is sent there.
    MessageReturned: user("message_returned").counted(Figure::Returned),
    /// Somebody called a message unwanted, which takes nothing away.
    MessageComplained: user("message_complained"),
    /// A full cap held a message back; the first of its window.
    SendLimited: user("send_limited").counted(Figure::NotSent).metered(MetricEvent::SendHeldBack),
    /// A link to enrol again was charged.
    LinkRequested: user("link_requested"),
    LinkSent: user("link_sent").counted(Figure::Sent),
    LinkNotSent: user("link_not_sent").counted(Figure::NotSent),
    LinkUnknown: user("link_unknown").counted(Figure::Sent),
    /// A sign-in was opened with the ticket of a link, and may enrol.
    TicketSpent: user("ticket_spent"),
    Enrolled: user("enrolled").counted(Figure::Enrolled).always_notified(),
    AuthenticatorRemoved: user("authenticator_removed").always_notified(),
    AuthenticatorRenamed: user("authenticator_renamed"),
    /// The user got in without a second step: the policy does not ask for one.
    NotRequired: user("not_required").lets_in(),
    /// The user got in without a second step: a remembered skip.
    Skipped: user("skipped").lets_in(),
    OptedOut: user("opted_out").always_notified().lets_in(),
    Denied: user("denied").counted(Figure::Denied),
    OptedIn: user("opted_in").notified(),
    DefaultSet: user("default_set").always_notified(),
    DefaultUnset: user("default_unset").always_notified(),
    /// A user became known by a contact record.
    ContactAdded: user("contact_added"),
    ContactChanged: user("contact_changed").always_notified(),
    /// Name, organisation or language of the contact record were changed, and no destination.
    DetailsChanged: user("details_changed"),
    Reset: user("reset").counted(Figure::Helped).ends_sessions(),
    /// Somebody said by the link of a notice that a change was not theirs.
    Frozen: user("frozen").counted(Figure::Locked).ends_sessions(),
    Unlocked: user("unlocked").counted(Figure::Helped).notified(),
    SkipCleared: user("skip_cleared").notified(),
    BypassIssued: user("bypass_issued").counted(Figure::Helped).always_notified(),
    BypassAccepted: user("bypass_accepted").notified().lets_in(),
    BypassWrong: user("bypass_wrong").counted(Figure::Refused),
    /// A set of recovery codes was made; an older one no longer counts.
    RecoveryCodesMade: user("recovery_codes_made").always_notified(),
    RecoveryCodeUsed: user("recovery_code_used").counted(Figure::LetIn).always_notified(),
    RecoveryCodeWrong: user("recovery_code_wrong").counted(Figure::Refused),
    /// Few recovery codes are left after one was used.
    RecoveryCodesLow: user("recovery_codes_low").notified(),
    /// No more recovery codes are judged for a while: too many were wrong.
    RecoveryCodesLocked: user("recovery_codes_locked").counted(Figure::Locked).notified(),
    /// The key that a set was derived from leaked, and the set no longer counts.
    RecoveryCodesWithdrawn: user("recovery_codes_withdrawn").notified(),
    /// A browser is not asked again for a while.
    BrowserTrusted: user("browser_trusted"),
    /// A trusted browser was not asked.
    TrustedSignIn: user("trusted_sign_in").lets_in(),
    /// The token of a trusted browser was used in two places; the browser is trusted no more.
    TrustCopied: user("trust_copied").notified(),
    TrustEnded: user("trust_ended"),
    /// The user set nothing up yet, while there is time for it.
    GraceUsed: user("grace_used").lets_in(),
    /// An admin had the user reminded to set up a second step.
    EnrolmentReminder: user("enrolment_reminder").reminds(),
    Erased: user("erased").ends_sessions(),
    Exported: user("exported").notified(),
    PortalCreated: portal("portal_created"),
    /// A portal's profile was changed.
    PortalChanged: portal("portal_changed"),
    PortalDeleted: portal("portal_deleted"),
    KeyAdded: portal("key_added"),
    KeyRevoked: portal("key_revoked"),
    PolicyChanged: portal("policy_changed"),
    SwitchedOn: portal("switched_on"),
    SwitchedOff: portal("switched_off"),
    /// No browser of any user is trusted any more.
    AllTrustEnded: portal("all_trust_ended"),
    /// An admin asked for the reset of many users, which another admin has to approve.
    BulkResetAsked: portal("bulk_reset_asked"),
    /// Another admin approved it, and it began.
    BulkResetBegun: portal("bulk_reset_begun"),
    BulkResetEnded: portal("bulk_reset_ended"),
    BulkResetWithdrawn: portal("bulk_reset_withdrawn"),
    SettingsChanged: administration("settings_changed"),
    /// An operator sent a test message to themselves.
    TestSent: administration("test_sent"),
    AdminAdded: administration("admin_added"),
    AdminChanged: administration("admin_changed").told_to_admin(),
    AdminRemoved: administration("admin_removed").told_to_admin(),
    AdminReset: administration("admin_reset").told_to_admin(),
    /// An admin changed their password, or a portal told that a user did.
    PasswordChanged: administration("password_changed").told_to_admin(),
    /// A wrong password was given for an admin; the first of a visitor within an hour.
    PasswordWrong: administration("password_wrong"),
    /// No more passwords are judged for an admin: too many were wrong.
    PasswordLocked: administration("password_locked").told_to_admin(),
    AdminUnlocked: administration("admin_unlocked").told_to_admin(),
    SessionsEnded: administration("sessions_ended"),
    AdminSessionsEnded: administration("admin_sessions_ended").told_to_admin(),
    /// The first root keys and the first signing key were made.
    KeyringMade: administration("keyring_made"),
    RootKeyPublished: administration("root_key_published"),
    RootKeyRetired: administration("root_key_retired"),
    /// A root key that leaked was taken away.
    RootKeyWithdrawn: administration("root_key_withdrawn"),
    SigningKeyPublished: administration("signing_key_published"),
    SigningKeyRetired: administration("signing_key_retired"),
    /// A signing key that leaked was taken away.
    SigningKeyWithdrawn: administration("signing_key_withdrawn"),
    /// The root keys were wrapped under another key of KMS.
    KeysRewrapped: administration("keys_rewrapped"),
}

impl Named for EntryKind {
    const ALL: &'static [Self] = Self::ALL;

    fn name(self) -> &'static str {
        self.row().name
    }
}

impl EntryKind {
    pub const fn at(self, at: Timestamp) -> Entry {
        let (method, to, sign_in, device, ground) = (None, None, None, None, None);
        let (by, checked, why) = (None, None, None);
        let changes = vec![];
        Entry { at, kind: self, method, to, sign_in, device, ground, by, checked, why, changes }
    }

    pub const fn subject(self) -> Subject {
        self.row().subject
    }

    pub const fn metric(self) -> Option<MetricEvent> {
        self.row().metric
    }

    /// Returns the number that it counts in, if it counts.
    pub const fn figure(self) -> Option<Figure> {
        self.row().figure
    }

    /// Returns true if the user got in with it.
    pub(super) const fn lets_in(self) -> bool {
        self.row().lets_in
    }

    /// Returns true if the user is told, at every known address: somebody else may have done it.
    pub const fn is_notified(self) -> bool {
        match self.row().notice {
            Notice::None | Notice::ToAdmin => false,
            Notice::Sent | Notice::Reminder | Notice::Required | Notice::EndsSessions => true,
        }
    }

    /// Returns true if it reminds the user of something by email, and nothing was changed.
    pub const fn is_reminder(self) -> bool {
        match self.row().notice {
            Notice::Reminder => true,
            Notice::None
            | Notice::Sent
            | Notice::Required
            | Notice::EndsSessions
            | Notice::ToAdmin => false,
        }
    }

    /// Returns true if the admin to whom it was done is told.
    pub const fn is_told_to_admin(self) -> bool {
        match self.row().notice {
            Notice::ToAdmin => true,
            Notice::None
            | Notice::Sent
            | Notice::Reminder
            | Notice::Required
            | Notice::EndsSessions => false,
        }
    }

    /// Returns true if the user's sessions at the portal are to end with it.
    pub(super) const fn ends_sessions(self) -> bool {
        match self.row().notice {
            Notice::None | Notice::Sent | Notice::Reminder | Notice::Required | Notice::ToAdmin => {
                false
            }
            Notice::EndsSessions => true,
        }
    }

    /// Returns true if it changes who can get in: nobody may keep the user from being told of it.
    pub const fn changes_who_gets_in(self) -> bool {
        match self.row().notice {
            Notice::None | Notice::Sent | Notice::Reminder | Notice::ToAdmin => false,
            Notice::Required | Notice::EndsSessions => true,
        }
    }
}
