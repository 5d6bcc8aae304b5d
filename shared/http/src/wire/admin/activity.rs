use portcullis_domain::{
    Locator, Malformed, Portal, SignInKey, Timestamp, UserId,
    change::{Change, Values},
    user::{By, EntryKind, Figure},
};
use portcullis_store::LogLine;
use serde::{Deserialize, Serialize};
use std::fmt;
use utoipa::{IntoParams, ToSchema};

use super::{CheckedByName, of_optional};
use crate::{
    wire::{DeviceView, GroundName, KindName, MethodName},
    words::{self, Sentence},
};

#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ActivityQuery {
    /// Only entries from this Unix time on.
    #[serde(default)]
    pub since: Option<i64>,
    /// Only entries up to this Unix time.
    #[serde(default)]
    pub until: Option<i64>,
    /// Only entries about this user, by the portal's id.
    #[serde(default)]
    pub user: Option<String>,
    /// Only entries of this kind, such as `code_sent`.
    #[serde(default, deserialize_with = "of_optional::<KindName, _, _>")]
    #[param(value_type = Option<KindName>)]
    pub event: Option<EntryKind>,
    /// Only entries caused by this actor, such as `admin:jo`.
    #[serde(default)]
    pub actor: Option<String>,
    /// `json`, `jsonl` or `csv`.
    #[serde(default)]
    #[param(required = false)]
    pub format: FormatName,
    /// The `next_cursor` of the page before.
    #[serde(default)]
    pub cursor: Option<String>,
}

/// The format of an answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum FormatName {
    #[default]
    Json,
    Jsonl,
    /// Comma-separated values (RFC 4180).
    Csv,
}

#[derive(Debug)]
pub struct ActivityFilter {
    pub since: Timestamp,
    pub locator: Option<Locator>,
    event: Option<EntryKind>,
    outcome: Option<Figure>,
    actor: Option<By>,
}

impl ActivityQuery {
    pub fn filter(
        &self,
        locator: impl FnOnce(&UserId) -> Locator,
    ) -> Result<ActivityFilter, Malformed> {
        let user = self.user.as_deref().map(UserId::parse).transpose()?;
        Ok(ActivityFilter {
            since: Timestamp::from_unix(self.since.unwrap_or(0)),
            locator: user.as_ref().map(locator),
            event: self.event,
            outcome: None,
            actor: self.actor.as_deref().map(By::parse).transpose()?,
        })
    }
}

impl ActivityFilter {
    /// Takes only entries that count in this number.
    #[must_use]
    pub fn with_outcome(self, outcome: Option<Figure>) -> Self {
        Self { outcome, ..self }
    }

    pub fn takes(&self, line: &LogLine) -> bool {
        self.since <= line.entry.at
            && self.locator.is_none_or(|locator| line.locator == Some(locator))
            && self.event.is_none_or(|event| line.entry.kind == event)
            && self.outcome.is_none_or(|outcome| line.entry.kind.figure() == Some(outcome))
            && self.actor.as_ref().is_none_or(|actor| line.entry.by.as_ref() == Some(actor))
    }
}

/// Entries of the log, newest first.
#[derive(Serialize, ToSchema)]
pub struct ActivityPage {
    /// The entries.
    pub entries: Vec<AdminEntryView>,
    /// The start of the next page, or `null` on the last one. A page may be empty and still have a
    /// next one.
    pub next_cursor: Option<String>,
}

/// Entries of the logs of several portals, newest first.
#[derive(Serialize, ToSchema)]
pub struct ActivityEverywhere {
    /// The entries.
    pub entries: Vec<AdminEntryView>,
    /// The extent of this page.
    pub looked_at: LookedAt,
    /// The start of the next page, or `null` on the last one. A page may be empty and still have a
    /// next one.
    pub next_cursor: Option<String>,
}

/// The portals and the time that a page was looked for in.
#[derive(Serialize, ToSchema)]
pub struct LookedAt {
    /// The number of portals.
    pub portals: usize,
    /// Unix time down to which they were looked at; none if nothing older is kept.
    pub since: Option<i64>,
    /// Unix time from which they were looked at, backwards.
    pub until: i64,
}

impl LookedAt {
    /// The portals whose entries are merged: if there are more, a day is shown for some of them
    /// after the others.
    pub const TOGETHER: usize = 25;
}

/// An entry of the log.
#[derive(Serialize, ToSchema)]
pub struct AdminEntryView {
    /// Its id, which never changes.
    pub id: String,
    /// The portal in whose log it is.
    #[schema(example = "acme")]
    pub portal: String,
    /// Unix time, in seconds.
    pub at: i64,
    /// The kind of event, for programs.
    pub event: KindName,
    /// The kind of entry, for people.
    #[serde(rename = "type")]
    #[schema(example = "Multi-factor authentication")]
    pub kind: &'static str,
    /// A sentence on the event, for people.
    #[schema(value_type = String, example = "Code sent by email to test*****.co.nz")]
    pub detail: Sentence,
    /// The user it is about, unless the user was erased.
    pub user: Option<String>,
    /// The method.
    pub method: Option<MethodName>,
    /// The masked destination.
    pub to: Option<String>,
    /// The device of the sign-in it happened in.
    pub device: Option<DeviceView>,
    /// The proof before it in that sign-in, if it changes who can get in.
    pub ground: Option<GroundName>,
    /// The actor, if it was not the user.
    #[schema(example = "admin:jo")]
    pub actor: Option<String>,
    /// The reason, or the object of the action.
    pub reason: Option<String>,
    /// The way in which an admin checked who asked for a reset.
    pub checked_by: Option<CheckedByName>,
    /// Unix time before which sessions of the user are to end, if it is a reset or an erasure.
    pub sessions_not_before: Option<i64>,
    /// The fields that were changed in a portal, its policy, the settings or a role.
    pub changes: Vec<ChangeView>,
    /// The sign-in it happened in, which joins entries on the console's page and is shown nowhere.
    #[serde(skip)]
    pub sign_in: Option<SignInKey>,
}

/// One field that was changed.
#[derive(Serialize, ToSchema)]
pub struct ChangeView {
    /// The field, by its name in the API.
    #[schema(example = "enforcement")]
    pub field: String,
    /// The value before, for people: words and numbers as in the API, `on` or `off`, texts in
    /// quotation marks, `none` if there was none. An ellipsis marks where a long value was cut.
    /// Null if the field holds a secret.
    #[schema(example = "required")]
    pub old: Option<String>,
    /// The value after, in the same form.
    #[schema(example = "opt_out")]
    pub new: Option<String>,
}

impl fmt::Display for ChangeView {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.old, &self.new) {
            (Some(old), Some(new)) => write!(f, "{}: {old} -> {new}", self.field),
            (_, None) | (None, _) => write!(f, "{}: changed", self.field),
        }
    }
}

impl From<Change> for ChangeView {
    fn from(Change { field, values }: Change) -> Self {
        let (old, new) = values.map(|Values { old, new }| (old, new)).unzip();
        Self { field, old, new }
    }
}

impl AdminEntryView {
    pub fn of(portal: &Portal, line: LogLine, user: Option<String>) -> Self {
        let entry = line.entry;
        let (kind, detail) = words::activity(&portal.policy, &entry);
        let sessions_not_before = entry.sessions_not_before().map(Timestamp::unix);
        Self {
            id: line.id,
            portal: portal.id.to_string(),
            at: entry.at.unix(),
            event: entry.kind.into(),
            kind,
            detail,
            user,
            method: entry.method.map(MethodName::from),
            to: entry.to.map(|to| to.to_string()),
            device: entry.device.map(DeviceView::from),
            ground: entry.ground.map(GroundName::from),
            actor: entry.by.map(|by| by.to_string()),
            checked_by: entry.checked.map(CheckedByName::from),
            sessions_not_before,
            reason: entry.why,
            changes: entry.changes.into_iter().map(ChangeView::from).collect(),
            sign_in: entry.sign_in,
        }
    }
}
