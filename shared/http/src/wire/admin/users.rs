use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use portcullis_domain::{
    AuthenticatorId, Channel, Code, ListedState, Malformed, Method, Timestamp,
    account::{WhoAsks, destination_check::CheckDispatch},
    decision::SendOutcome,
    dry_run::Configuration,
    user::CheckedBy,
};
use portcullis_store::Listed;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{ChannelName, FormatName, FoundView, GraceLeftView, StateFilterName, as_document};
use crate::{
    UserName,
    wire::{MethodName, PasskeyUseName, confirmed, reason},
};

#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListQuery {
    /// The `next_cursor` of the page before.
    #[serde(default)]
    pub cursor: Option<String>,
}

#[derive(Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct UserListQuery {
    /// Only users who are found by this text: a whole id, email address or phone number, at least
    /// the first 3 letters of an id or of a word of the name, or a whole name of 2 letters. A plus
    /// is `%2B`, and a blank `%20`.
    #[serde(default)]
    #[param(example = "anna@example.co.nz")]
    pub find: Option<String>,
    /// Only users in this state.
    #[serde(default)]
    pub state: Option<StateFilterName>,
    /// Only users of this organisation.
    #[serde(default)]
    pub organization: Option<String>,
    /// `json`, `jsonl` or `csv`.
    #[serde(default)]
    #[param(required = false)]
    pub format: FormatName,
    /// The `next_cursor` of the page before.
    #[serde(default)]
    pub cursor: Option<String>,
}

impl UserListQuery {
    /// Returns the state and the organisation as parts of a URL's query, each with an ampersand.
    pub fn filter_in_url(&self) -> String {
        let state = self.state.and_then(|state| serde_json::to_value(state).ok());
        let state = state.as_ref().and_then(serde_json::Value::as_str).map(str::to_owned);
        [("state", state), ("organization", self.organization.clone())]
            .into_iter()
            .filter_map(|(name, value)| Some((name, value?)))
            .map(|(name, value)| {
                format!("{name}={}&", utf8_percent_encode(&value, NON_ALPHANUMERIC))
            })
            .collect()
    }
}

/// The state of a user in a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum StateName {
    Frozen,
    Disabled,
    NoWayIn,
    ResetPending,
    Enrolled,
    EmailDefault,
    Skipped,
    Stale,
    Ready,
    NotEnrolled,
}

impl From<ListedState> for StateName {
    fn from(state: ListedState) -> Self {
        match state {
            ListedState::Frozen => Self::Frozen,
            ListedState::Disabled => Self::Disabled,
            ListedState::NoWayIn => Self::NoWayIn,
            ListedState::ResetPending => Self::ResetPending,
            ListedState::Enrolled => Self::Enrolled,
            ListedState::EmailDefault => Self::EmailDefault,
            ListedState::Skipped => Self::Skipped,
            ListedState::Stale => Self::Stale,
            ListedState::Ready => Self::Ready,
            ListedState::NotEnrolled => Self::NotEnrolled,
        }
    }
}

impl From<StateName> for ListedState {
    fn from(name: StateName) -> Self {
        match name {
            StateName::Frozen => Self::Frozen,
            StateName::Disabled => Self::Disabled,
            StateName::NoWayIn => Self::NoWayIn,
            StateName::ResetPending => Self::ResetPending,
            StateName::Enrolled => Self::Enrolled,
            StateName::EmailDefault => Self::EmailDefault,
            StateName::Skipped => Self::Skipped,
            StateName::Stale => Self::Stale,
            StateName::Ready => Self::Ready,
            StateName::NotEnrolled => Self::NotEnrolled,
        }
    }
}

/// A page of a portal's users, in no particular order; those who were looked for by name.
#[derive(Default, Serialize, ToSchema)]
pub struct UserList {
    /// The users.
    pub users: Vec<UserSummary>,
    /// The number of users who were looked for, if they are all on this page.
    pub total: Option<usize>,
    /// The start of the next page, or `null` on the last one. A page may be empty and still have a
    /// next one.
    pub next_cursor: Option<String>,
}

/// A user in the list.
#[derive(Serialize, ToSchema)]
pub struct UserSummary {
    /// The portal.
    #[schema(example = "acme")]
    pub portal: String,
    /// The portal's id of the user.
    #[schema(example = "u-1842")]
    pub id: String,
    /// The locator, which names the user in the URLs of the console.
    #[serde(skip)]
    pub locator: String,
    /// The user's name, masked.
    #[schema(example = "Anna*****")]
    pub name: Option<String>,
    /// The user's organisation.
    pub organization: Option<String>,
    /// The state.
    #[serde(serialize_with = "as_document::<StateName, _, _>")]
    #[schema(value_type = StateName)]
    pub state: ListedState,
    /// The methods bound in this generation of the portal, each once.
    pub methods: Vec<MethodName>,
    /// The use of the passkeys among them.
    pub passkeys: PasskeyUseName,
    /// The rest of the time to set something up, if the next sign-in can be skipped because of it.
    pub grace: Option<GraceLeftView>,
    /// More of the user, if the list was asked by `find`, or for `locked` users.
    pub found: Option<FoundView>,
}

impl UserSummary {
    pub fn of(under: Configuration<'_>, locator: String, listed: &Listed, now: Timestamp) -> Self {
        let Configuration { portal, settings, .. } = under;
        Self {
            portal: portal.id.to_string(),
            locator,
            id: listed.id.to_string(),
            name: listed.name.as_ref().map(ToString::to_string),
            organization: listed.organisation.as_ref().map(ToString::to_string),
            state: listed.mfa_state.state(portal, settings),
            methods: Method::ALL
                .into_iter()
                .filter(|method| listed.mfa_state.methods(portal).any(|bound| bound == *method))
                .map(MethodName::from)
                .collect(),
            passkeys: listed.mfa_state.passkey_state(portal, &under.relying_parties()).into(),
            grace: listed.mfa_state.grace_in(portal, settings, now).map(GraceLeftView::from),
            found: None,
        }
    }
}

/// A request with a reason.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReasonedRequest {
    /// The reason, for the activity log: 1 to 200 bytes on one line.
    #[schema(example = "Lost phone, checked by call back")]
    pub reason: String,
    /// Must be `true`: the admin was asked and confirmed.
    pub confirm: bool,
}

impl ReasonedRequest {
    pub fn into_reason(self) -> Result<String, Malformed> {
        confirmed(self.confirm)?;
        reason(&self.reason)
    }
}

/// A request about a user, with a reason.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UserActionRequest {
    /// The portal's id of the user.
    #[schema(example = "u-1842")]
    pub id: String,
    /// The reason, for the activity log: 1 to 200 bytes on one line.
    #[schema(example = "Lost phone, checked by call back")]
    pub reason: String,
    /// Must be `true`: the admin was asked and confirmed.
    pub confirm: bool,
}

impl UserActionRequest {
    pub fn split(self) -> (UserName, ReasonedRequest) {
        let Self { id, reason, confirm } = self;
        (UserName::Id(id), ReasonedRequest { reason, confirm })
    }
}

/// The removal of one of a user's authenticators.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RemoveAuthenticatorRequest {
    /// The portal's id of the user.
    #[schema(example = "u-1842")]
    pub id: String,
    /// The id of the authenticator.
    #[schema(example = "5tGdL2qWc0Y")]
    pub authenticator: String,
    /// The reason, for the activity log: 1 to 200 bytes on one line.
    #[schema(example = "Lost phone, checked by call back")]
    pub reason: String,
    /// Must be `true`: the admin was asked and confirmed.
    pub confirm: bool,
}

impl RemoveAuthenticatorRequest {
    /// # Errors
    /// [`Malformed`] if the id of the authenticator is of another form.
    pub fn split(self) -> Result<(UserName, AuthenticatorId, ReasonedRequest), Malformed> {
        let Self { id, authenticator, reason, confirm } = self;
        let removed = AuthenticatorId::parse(&authenticator)?;
        Ok((UserName::Id(id), removed, ReasonedRequest { reason, confirm }))
    }
}

/// A reset of a user.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UserResetRequest {
    /// The portal's id of the user.
    #[schema(example = "u-1842")]
    pub id: String,
    /// The way in which you checked who asks for it.
    pub checked_by: CheckedByName,
    /// The code that the user read out to you, if you checked by one.
    #[serde(default)]
    pub code: Option<String>,
    /// The reason, for the activity log: 1 to 200 bytes on one line. It explains `other`.
    #[schema(example = "Lost phone")]
    pub reason: String,
    /// Must be `true`: the admin was asked and confirmed.
    pub confirm: bool,
}

impl UserResetRequest {
    /// # Errors
    /// [`Malformed`] if a code is missing, is of another form, or does not belong there.
    pub fn split(self) -> Result<(UserName, WhoAsks, ReasonedRequest), Malformed> {
        let Self { id, checked_by, code, reason, confirm } = self;
        let who_asks = checked_by.with_code(code.as_deref())?;
        Ok((UserName::Id(id), who_asks, ReasonedRequest { reason, confirm }))
    }
}

/// Has a code sent to a user, who reads it out to you.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ResetCodeRequest {
    /// The portal's id of the user.
    #[schema(example = "u-1842")]
    pub id: String,
    /// The channel. The code goes to what the user enrolled for it, else to the contact record.
    pub channel: ChannelName,
    /// The reason, for the activity log: 1 to 200 bytes on one line.
    #[schema(example = "Lost phone")]
    pub reason: String,
    /// Must be `true`: the admin was asked and confirmed.
    pub confirm: bool,
}

impl ResetCodeRequest {
    pub fn split(self) -> (UserName, Channel, ReasonedRequest) {
        let Self { id, channel, reason, confirm } = self;
        (UserName::Id(id), channel.into(), ReasonedRequest { reason, confirm })
    }
}

/// The outcome of a message that was not refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum OutcomeName {
    Sent,
    Unknown,
}

/// A code outside of a sign-in is on its way.
#[derive(Serialize, ToSchema)]
pub struct CheckSent {
    /// The outcome; `unknown` if the provider did not answer in time, and the code may still
    /// arrive.
    pub outcome: OutcomeName,
    /// The shortened destination.
    #[schema(example = "anna*****.com")]
    pub to: String,
    /// Unix time at which the code expires.
    pub expires_at: i64,
}

impl CheckSent {
    pub fn of(dispatch: &CheckDispatch, outcome: SendOutcome) -> Self {
        let outcome = match outcome {
            SendOutcome::Sent => OutcomeName::Sent,
            SendOutcome::NotSent | SendOutcome::Unknown => OutcomeName::Unknown,
        };
        let to = dispatch.to.masked().to_string();
        Self { outcome, to, expires_at: dispatch.expires_at.unix() }
    }
}

/// A way in which an admin checked who asks for a reset: they met or saw each other, a number that
/// was on record before was called back, a document was shown, the user read out a code that was
/// sent for it, or what the reason says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CheckedByName {
    KnownInPerson,
    CalledBackOnRecord,
    IdentityDocument,
    CodeReadOut,
    Other,
}

impl From<CheckedBy> for CheckedByName {
    fn from(checked: CheckedBy) -> Self {
        match checked {
            CheckedBy::KnownInPerson => Self::KnownInPerson,
            CheckedBy::CalledBackOnRecord => Self::CalledBackOnRecord,
            CheckedBy::IdentityDocument => Self::IdentityDocument,
            CheckedBy::CodeReadOut => Self::CodeReadOut,
            CheckedBy::Other => Self::Other,
        }
    }
}

impl CheckedByName {
    /// Returns the proof of who asks: the admin's word, or the code that the user read out.
    ///
    /// # Errors
    /// [`Malformed`] if a code is missing, is of another form, or does not belong there.
    pub fn with_code(self, code: Option<&str>) -> Result<WhoAsks, Malformed> {
        let word = match self {
            Self::CodeReadOut => {
                let code = code.ok_or(Malformed {
                    what: "code",
                    why: "is needed for code_read_out, with 6 digits",
                })?;
                return Ok(WhoAsks::CodeReadOut(Code::parse(code)?));
            }
            Self::KnownInPerson => CheckedBy::KnownInPerson,
            Self::CalledBackOnRecord => CheckedBy::CalledBackOnRecord,
            Self::IdentityDocument => CheckedBy::IdentityDocument,
            Self::Other => CheckedBy::Other,
        };
        match code {
            None => Ok(WhoAsks::CheckedBy(word)),
            Some(_) => Err(Malformed {
                what: "code",
                why: "must be left out unless checked_by is code_read_out",
            }),
        }
    }
}

/// The request is done.
#[derive(Serialize, ToSchema)]
pub struct Done {
    /// True if something changed; false if there was nothing to do.
    pub changed: bool,
}

/// A bypass code.
#[derive(Serialize, ToSchema)]
pub struct BypassIssued {
    /// The code, shown only once. The user enters it in place of a code.
    #[schema(example = "KJ4M-22QX-90AB-7YTR")]
    pub code: String,
    /// Unix time at which it expires.
    pub expires_at: i64,
}

#[cfg(test)]
mod tests {
    use super::*;
    use utoipa::PartialSchema;

    #[test]
    fn every_state_has_its_word_in_the_document() {
        let states: Vec<_> = ListedState::ALL
            .iter()
            .map(|state| serde_json::to_value(StateName::from(*state)).unwrap())
            .collect();
        let schema = serde_json::to_value(StateName::schema()).unwrap();
        assert_eq!(schema["enum"].as_array().unwrap(), &states);
    }
}
