use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{BulkFailure, SelectionDocument};

/// Asks for the next step of a reminder to many users, or for a count of them.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BulkReminderRequest {
    /// The users. Each step of one reminder has the same.
    pub selection: SelectionDocument,
    /// True to count alone: nobody is reminded.
    pub dry_run: bool,
    /// The `next_cursor` of the step before. Without it, the step begins with the first user; those
    /// who were reminded within the last day are counted, and not reminded again.
    #[serde(default)]
    pub cursor: Option<String>,
}

/// The progress of a reminder to many users, with this step and those before it.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
pub struct BulkReminderProgress {
    /// Users who were reminded; in a dry run, those who would be.
    pub reminded: u32,
    /// Users who had been reminded within the last day.
    pub reminded_before: u32,
    /// Users who have set something up, also in an older generation of the portal, or whom the next
    /// sign-in does not ask to.
    pub not_needed: u32,
    /// Users without a verified address that an email can be delivered to now. A dry run does not
    /// know which addresses are too new, or send emails back.
    pub no_address: u32,
    /// The first of them.
    pub no_address_users: Vec<String>,
    /// Users who could not be reminded. Begin again without a cursor to try them once more.
    pub failed: u32,
    /// The first of them, with the reasons.
    pub failures: Vec<BulkFailure>,
}

/// A step of a reminder is done.
#[derive(Debug, Serialize, ToSchema)]
pub struct BulkReminderStep {
    /// The progress.
    pub progress: BulkReminderProgress,
    /// Ids that were named and that no user of the portal has.
    pub unknown_users: Vec<String>,
    /// The start of the next step; none after the last user.
    pub next_cursor: Option<String>,
}
