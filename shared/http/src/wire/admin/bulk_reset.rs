use portcullis_domain::{
    ListedState, Malformed, Timestamp,
    decision::{BulkReset, BulkResetId, BulkStage, Selection},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{BulkFailure, SelectionDocument, StateName, as_document};
use crate::wire::{confirmed, reason};

/// Asks how many users a bulk reset would reset.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BulkResetCountRequest {
    /// The users.
    pub selection: SelectionDocument,
}

/// Asks for a bulk reset.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BulkResetRequest {
    /// The users.
    pub selection: SelectionDocument,
    /// The reason, for the activity log: 1 to 90 bytes on one line.
    #[schema(example = "Lost master list of phones")]
    pub reason: String,
    /// Must be `true`: the admin was asked and confirmed.
    pub confirm: bool,
}

impl BulkResetRequest {
    pub fn parse(&self) -> Result<(Selection, String), Malformed> {
        confirmed(self.confirm)?;
        let reason = reason(&self.reason)?;
        BulkReset::check_reason(&reason)?;
        Ok((self.selection.parse()?, reason))
    }
}

/// Names an open bulk reset.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BulkResetNamed {
    /// The id of the bulk reset.
    #[schema(example = "q83vEjRWeJA")]
    pub id: String,
    /// Must be `true`: the admin was asked and confirmed.
    pub confirm: bool,
}

impl BulkResetNamed {
    pub fn parse(&self) -> Result<BulkResetId, Malformed> {
        confirmed(self.confirm)?;
        BulkResetId::parse(&self.id)
    }
}

/// Asks for the next step of a bulk reset.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BulkResetStepRequest {
    /// The id of the bulk reset.
    #[schema(example = "q83vEjRWeJA")]
    pub id: String,
    /// The `next_cursor` of the step before. Without it, the step begins with the first user; those
    /// who were reset before are counted, and not reset again.
    #[serde(default)]
    pub cursor: Option<String>,
}

/// A number of users in one state.
#[derive(Debug, Serialize, ToSchema)]
pub struct StateCount {
    /// The state.
    #[serde(serialize_with = "as_document::<StateName, _, _>")]
    #[schema(value_type = StateName)]
    pub state: ListedState,
    /// The users in it.
    pub users: u32,
}

/// The users of a bulk reset, by what would be done with them. Nothing is changed.
#[derive(Debug, Default, Serialize, ToSchema)]
pub struct BulkResetCount {
    /// Users who would be reset.
    pub to_reset: u32,
    /// Users who have nothing set up, and would be left out.
    pub nothing_set_up: u32,
    /// Users who have no address for a link to enrol again, and would be left out.
    pub no_link: u32,
    /// The first 100 of them.
    pub no_link_users: Vec<String>,
    /// Ids that were named and that no user of the portal has.
    pub unknown_users: Vec<String>,
    /// All of these users by their state.
    pub by_state: Vec<StateCount>,
    /// True if there are more users than were counted.
    pub more: bool,
}

/// The stage of a bulk reset.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum BulkStageName {
    /// It awaits its approval by another admin.
    Asked,
    /// It was approved, and its users are being reset.
    Begun,
    /// It has ended, was withdrawn, or has lapsed.
    Over,
}

/// A bulk reset.
#[derive(Debug, Serialize, ToSchema)]
pub struct BulkResetView {
    /// Its id.
    pub id: String,
    /// Its stage.
    pub stage: BulkStageName,
    /// The users.
    pub selection: SelectionDocument,
    /// The reason.
    pub reason: String,
    /// The users who would be reset, as they were counted when it was asked for.
    pub about: u32,
    /// The admin who asked for it.
    pub asked_by: String,
    /// Unix time at which it was asked for.
    pub asked_at: i64,
    /// The admin who approved it.
    pub approved_by: Option<String>,
    /// Unix time at which it was approved.
    pub approved_at: Option<i64>,
    /// Unix time at which it lapses; none if it is over.
    pub lapses_at: Option<i64>,
}

impl BulkResetView {
    pub fn of(bulk_reset: &BulkReset, now: Timestamp) -> Self {
        let approval = match &bulk_reset.stage {
            BulkStage::Begun(approval) => Some(approval),
            BulkStage::Asked | BulkStage::Over => None,
        };
        let stage = match (bulk_reset.is_open(now), approval) {
            (false, _) => BulkStageName::Over,
            (true, None) => BulkStageName::Asked,
            (true, Some(_)) => BulkStageName::Begun,
        };
        Self {
            id: bulk_reset.id.to_string(),
            stage,
            selection: (&bulk_reset.selection).into(),
            reason: bulk_reset.reason.clone(),
            about: bulk_reset.about,
            asked_by: bulk_reset.asked_by.to_string(),
            asked_at: bulk_reset.asked_at.unix(),
            approved_by: approval.map(|approval| approval.by.to_string()),
            approved_at: approval.map(|approval| approval.at.unix()),
            lapses_at: bulk_reset.lapses_at().filter(|at| now < *at).map(Timestamp::unix),
        }
    }
}

/// The last bulk reset of a portal.
#[derive(Debug, Serialize, ToSchema)]
pub struct LastBulkReset {
    /// The bulk reset; none if there never was one.
    pub bulk_reset: Option<BulkResetView>,
}

/// The progress of a bulk reset, with this step and those before it.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
pub struct BulkResetProgress {
    /// Users who were reset.
    pub reset: u32,
    /// Users who had been reset since it began, and were left as they are.
    pub reset_before: u32,
    /// Users who had nothing set up.
    pub nothing_set_up: u32,
    /// Users without an address for a link to enrol again.
    pub no_link: u32,
    /// The first of them.
    pub no_link_users: Vec<String>,
    /// Users who could not be reset. Begin again without a cursor to try them once more.
    pub failed: u32,
    /// The first of them, with the reasons.
    pub failures: Vec<BulkFailure>,
}

/// A step of a bulk reset is done.
#[derive(Debug, Serialize, ToSchema)]
pub struct BulkResetStep {
    /// The progress.
    pub progress: BulkResetProgress,
    /// The users who would be reset, as they were counted when it was asked for.
    pub about: u32,
    /// True if no user is left, and none failed.
    pub ended: bool,
    /// The start of the next step; none after the last user.
    pub next_cursor: Option<String>,
}
