use portcullis_domain::{
    ContactUpdate, DecisionContext, DisplayName, Email, Locale, Malformed, OrganisationId,
    Timestamp, TypedPhone, User,
    account::{self, Kept},
    decision::{DeniedReason, NextStep},
    sign_in::{Event, ListedCodes, MethodOptions, Stage},
    user::{Entry, PasswordChange, PasswordProof},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{ChangedByName, KindName, MethodName, TrustedBrowserView, UserSettingsView, nullable};
use crate::{
    UserName,
    words::{self, Sentence},
};

/// A user in a sign-in. A contact field that is left out stays as it is; `null` or an empty text
/// clears it.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UserFields {
    /// The portal's own immutable id, 1 to 256 bytes, compared byte for byte.
    #[schema(example = "u-1842")]
    pub id: String,
    /// The name shown to people, cut to 128 characters.
    #[serde(default, deserialize_with = "nullable")]
    #[schema(value_type = Option<String>)]
    pub display_name: Option<Option<String>>,
    /// One email address.
    #[serde(default, deserialize_with = "nullable")]
    #[schema(value_type = Option<String>, example = "testing@example.co.nz")]
    pub email: Option<Option<String>>,
    /// True if the portal has verified the address; codes go to no other.
    #[serde(default)]
    pub email_verified: Option<bool>,
    /// A phone number; one that cannot take text messages leaves the field blank.
    #[serde(default, deserialize_with = "nullable")]
    #[schema(value_type = Option<String>, example = "+64 21 123 4589")]
    pub phone: Option<Option<String>>,
    /// The customer company the user belongs to.
    #[serde(default, deserialize_with = "nullable")]
    #[schema(value_type = Option<String>)]
    pub organization: Option<Option<String>>,
    /// The language to write in, as a tag such as `en`, `nl-NZ` or `en_US`.
    #[serde(default, deserialize_with = "nullable")]
    #[schema(value_type = Option<String>, example = "en")]
    pub locale: Option<Option<String>>,
}

impl UserFields {
    pub fn update(self) -> Result<ContactUpdate, Malformed> {
        Ok(ContactUpdate {
            display_name: self.display_name.map(|name| DisplayName::from_any(&name?)),
            email: parsed(self.email, Email::parse)?,
            email_verified: self.email_verified,
            phone: self.phone.map(|phone| filled(phone).map(TypedPhone::new)),
            organisation: parsed(self.organization, OrganisationId::parse)?,
            locale: self.locale.map(|locale| Locale::from_any(&locale?)),
        })
    }
}

fn parsed<T>(
    field: Option<Option<String>>,
    parse: fn(&str) -> Result<T, Malformed>,
) -> Result<Option<Option<T>>, Malformed> {
    field.map(|value| filled(value).map(|text| parse(&text)).transpose()).transpose()
}

/// Returns a text without the blanks around it, if anything is left.
fn filled(text: Option<String>) -> Option<String> {
    text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
}

/// The whole contact record of a user; a field that is left out is cleared.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ContactRecord {
    /// The portal's own immutable id, 1 to 256 bytes, compared byte for byte.
    #[schema(example = "u-1842")]
    pub id: String,
    /// The name shown to people, cut to 128 characters.
    pub display_name: Option<String>,
    /// One email address.
    #[schema(example = "testing@example.co.nz")]
    pub email: Option<String>,
    /// True if the portal has verified the address; codes go to no other.
    #[serde(default)]
    pub email_verified: bool,
    /// A phone number; one that cannot take text messages leaves the field blank.
    #[schema(example = "+64 21 123 4589")]
    pub phone: Option<String>,
    /// The customer company the user belongs to.
    pub organization: Option<String>,
    /// The language to write in, as a tag such as `en`, `nl-NZ` or `en_US`.
    #[schema(example = "en")]
    pub locale: Option<String>,
    /// Tells that the user's password was changed, so that what the old one began ends: open
    /// sign-ins and known browsers, and the lock of browsers that never got in.
    #[serde(default)]
    pub password_changed: Option<PasswordChangeFields>,
    /// The person who changed the record. An address that an admin takes away is told of it, and
    /// gets no link to stop sign-in with.
    #[serde(default)]
    #[schema(value_type = Option<ChangedByName>)]
    pub changed_by: Option<ChangedByName>,
}

/// A change of the password in the portal. It acts once for each newer `at`.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PasswordChangeFields {
    /// Unix time of the change.
    pub at: i64,
    /// The way the user proved the right to it. Codes by `email` or `sms` are not taken for a day
    /// after a change by the same channel, if the user has another way.
    pub by: PasswordProofName,
}

/// The proof by which a password was changed.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PasswordProofName {
    /// The old password.
    OldPassword,
    /// A link or a code by email.
    Email,
    /// A code by text message.
    Sms,
    /// The portal's support desk.
    Support,
}

impl PasswordChangeFields {
    /// Returns the change, as of the moment we are told.
    pub fn told(&self, now: Timestamp) -> Result<PasswordChange, Malformed> {
        let by = match self.by {
            PasswordProofName::OldPassword => PasswordProof::OldPassword,
            PasswordProofName::Email => PasswordProof::Email,
            PasswordProofName::Sms => PasswordProof::Sms,
            PasswordProofName::Support => PasswordProof::Support,
        };
        PasswordChange::told(Timestamp::from_unix(self.at), by, now)
    }
}

impl ContactRecord {
    pub fn into_update(self) -> Result<(UserName, ContactUpdate), Malformed> {
        let update = ContactUpdate {
            display_name: Some(self.display_name.and_then(|name| DisplayName::from_any(&name))),
            email: parsed(Some(self.email), Email::parse)?,
            email_verified: Some(self.email_verified),
            phone: Some(filled(self.phone).map(TypedPhone::new)),
            organisation: parsed(Some(self.organization), OrganisationId::parse)?,
            locale: Some(self.locale.and_then(|locale| Locale::from_any(&locale))),
        };
        Ok((UserName::Id(self.id), update))
    }
}

/// The fate of a number that was sent. A number that was left out leaves the field blank.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PhoneKeptName {
    Kept,
    Blank,
    Rejected,
}

/// The parts of a contact record that were kept.
#[derive(Debug, Serialize, ToSchema)]
pub struct ContactKept {
    /// The address, masked.
    #[schema(example = "test*****.co.nz")]
    pub email: Option<String>,
    /// True if codes may go to the address.
    pub email_verified: bool,
    /// The reason why the record has another address than the one sent.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(
        example = "email is not verified, so the verified address on record stays: send it again with email_verified: true once you have verified it"
    )]
    pub email_reason: Option<String>,
    /// The fate of the number.
    pub phone: PhoneKeptName,
    /// The reason why the number was rejected.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone_reason: Option<String>,
}

impl From<&Kept> for ContactKept {
    fn from(kept: &Kept) -> Self {
        let contact = &kept.user.contact;
        let phone = match (&kept.not_kept.phone, &contact.phone) {
            (Some(_), _) => PhoneKeptName::Rejected,
            (None, Some(_)) => PhoneKeptName::Kept,
            (None, None) => PhoneKeptName::Blank,
        };
        Self {
            email: contact.email.as_ref().map(|email| email.address.masked().to_string()),
            email_verified: contact.verified_email().is_some(),
            email_reason: kept.not_kept.email.map(|malformed| malformed.to_string()),
            phone,
            phone_reason: kept.not_kept.phone.map(|malformed| malformed.to_string()),
        }
    }
}

/// The answer of a user's next sign-in: a state of the sign-in, or that no code is checked now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum UserStatusName {
    Allowed,
    Challenge,
    Enrol,
    CheckEmail,
    Denied,
    Locked,
}

/// The methods a user has bound, and the answer of the next sign-in.
#[derive(Debug, Serialize, ToSchema)]
pub struct UserView {
    /// The answer of the next sign-in.
    pub status: UserStatusName,
    /// The methods bound in this generation of the portal.
    pub methods: Vec<BoundView>,
    /// True if the user skipped, and the skip counts now.
    pub skipped: bool,
    /// The saved default.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default: Option<MethodName>,
    /// The way to the user's own security settings. Offer it instead of a reset.
    pub settings: UserSettingsView,
    /// Unix time of the last reset or erasure, if there was one: end the user's own sessions that
    /// began before it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sessions_not_before: Option<i64>,
    /// The recovery codes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recovery_codes: Option<RecoveryCodesView>,
    /// The browsers in which the user is not asked now, the oldest first.
    pub trusted_browsers: Vec<TrustedBrowserView>,
    /// True if "Enable MFA" can be offered.
    pub can_opt_in: bool,
    /// True if the last number given could not be kept.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub phone_rejected: bool,
}

/// The recovery codes of a user; never the codes themselves.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub struct RecoveryCodesView {
    /// The number of codes that were not used yet.
    pub left: u8,
    /// Unix time at which they were made.
    pub made_at: i64,
}

impl RecoveryCodesView {
    /// Returns them if they count.
    pub(crate) fn of(context: &DecisionContext<'_>, user: &User) -> Option<Self> {
        let codes = user.counting_codes(context.portal, context.settings)?;
        Some(Self { left: codes.left(), made_at: codes.made_at.unix() })
    }

    pub(crate) fn listed(codes: ListedCodes) -> Option<Self> {
        let (left, made_at) = codes.left?;
        Some(Self { left, made_at: made_at.unix() })
    }
}

/// An authenticator.
#[derive(Debug, Serialize, ToSchema)]
pub struct BoundView {
    /// Its id.
    #[schema(example = "5tGdL2qWc0Y")]
    pub id: String,
    /// The name that the user gave it, if there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Its method.
    pub method: MethodName,
    /// The masked destination of its codes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// Unix time at which it was bound.
    pub bound_at: i64,
}

impl UserView {
    pub fn of(context: &DecisionContext<'_>, user: &User) -> Self {
        let generation = context.portal.generation;
        let stage = Stage::begun(Event::Login, context.portal.usual_pages());
        let options = MethodOptions::of(context, user, stage);
        let bound = user.bound(generation).map(|authenticator| BoundView {
            id: authenticator.id.to_string(),
            name: authenticator.name.as_ref().map(|name| name.as_str().to_owned()),
            method: authenticator.method().into(),
            to: authenticator.destination().map(|to| to.masked().to_string()),
            bound_at: authenticator.bound_at.unix(),
        });
        let can_opt_in = account::can_opt_in(context, user);
        let locked = user.failures.has_lock(context.now);
        let locale = context.locale(user);
        Self {
            status: if locked { UserStatusName::Locked } else { options.next_step.into() },
            methods: bound.collect(),
            skipped: can_opt_in,
            default: options.email_default.then_some(MethodName::Email),
            settings: UserSettingsView::of(context, user),
            sessions_not_before: user.sessions_not_before.map(Timestamp::unix),
            recovery_codes: RecoveryCodesView::of(context, user),
            trusted_browsers: TrustedBrowserView::all(context, user, locale.as_ref()),
            can_opt_in,
            phone_rejected: user.contact.phone_rejected,
        }
    }
}

impl From<NextStep> for UserStatusName {
    fn from(next_step: NextStep) -> Self {
        match next_step {
            NextStep::Allowed(_) => Self::Allowed,
            NextStep::Challenge | NextStep::ChallengeThenEnrol(_) => Self::Challenge,
            NextStep::Enrol { .. } => Self::Enrol,
            NextStep::CheckEmail => Self::CheckEmail,
            NextStep::Denied(
                DeniedReason::Frozen
                | DeniedReason::Disabled
                | DeniedReason::NoUsableMethod
                | DeniedReason::NothingToManage
                | DeniedReason::CannotStepUp
                | DeniedReason::NoVerifiedEmail,
            ) => Self::Denied,
        }
    }
}

/// Confirms "Enable MFA".
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OptInRequest {
    /// The portal's id of the user.
    #[schema(example = "u-1842")]
    pub id: String,
    /// Must be `true`: the user was asked and confirmed.
    pub confirm: bool,
}

/// The skip is cleared.
#[derive(Debug, Serialize, ToSchema)]
pub struct OptInDone {
    /// True if the portal has to sign the user out; the next sign-in enrols.
    pub sign_out: bool,
}

/// The user is erased.
#[derive(Debug, Serialize, ToSchema)]
pub struct UserErased {
    /// Always `true`.
    pub erased: bool,
}

/// One entry of a user's activity.
#[derive(Debug, Serialize, ToSchema)]
pub struct ActivityView {
    /// Unix time, in seconds.
    pub at: i64,
    /// The kind of event, for programs.
    pub event: KindName,
    /// The kind of entry, for people.
    #[serde(rename = "type")]
    #[schema(example = "Client Portal Information")]
    pub kind: &'static str,
    /// A sentence on the event, for people.
    #[schema(value_type = String, example = "Authenticator App code sent to email test*****.co.nz")]
    pub detail: Sentence,
    /// Unix time before which sessions of the user are to end, if it ends any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sessions_not_before: Option<i64>,
}

impl ActivityView {
    pub fn of(context: &DecisionContext<'_>, entry: &Entry) -> Self {
        let (kind, detail) = words::activity(&context.portal.policy, entry);
        let sessions_not_before = entry.sessions_not_before().map(Timestamp::unix);
        let (at, event) = (entry.at.unix(), entry.kind.into());
        Self { at, event, kind, detail, sessions_not_before }
    }
}
