//! The share of a portal.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Sets the share of a portal.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ShareRequest {
    /// Sign-ins that the portal may open within a minute, and calls about users that it may make:
    /// 1 to 60000, or `null` for the usual 3000.
    #[serde(deserialize_with = "Option::deserialize")]
    #[schema(example = 6000, required = true)]
    pub per_minute: Option<u32>,
}

/// The share of a portal is set.
#[derive(Serialize, ToSchema)]
pub struct ShareSet {
    /// The share in force, in calls of each kind a minute.
    pub per_minute: u32,
}
