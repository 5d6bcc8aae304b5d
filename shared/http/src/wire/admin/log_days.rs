//! The days for which a portal's log keeps entries.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Sets the days for which a portal's log keeps entries.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LogDaysRequest {
    /// 30 to 400.
    #[schema(example = 90, minimum = 30, maximum = 400)]
    pub days: u32,
}

/// The days of a portal's log are set.
#[derive(Serialize, ToSchema)]
pub struct LogDaysSet {
    /// The days for which entries are kept that are written from now on.
    pub days: u32,
}
