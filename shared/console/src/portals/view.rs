//! The list of portals.

use askama::Template;

use crate::Frame;

/// A portal in the list.
pub struct PortalRow {
    pub id: String,
    pub description: String,
    pub enabled: bool,
    pub policy: Vec<String>,
    pub recent: ActivitySummary,
}

/// The latest events in a portal.
#[derive(Clone, Debug, Default)]
pub struct ActivitySummary {
    /// Users that were looked at.
    pub users: usize,
    pub more_users: bool,
    /// Of those, with something that counts.
    pub enrolled: usize,
    /// Messages sent today.
    pub sent: usize,
    /// Messages that could not be sent today.
    pub failed: usize,
    /// There was more today than was looked at.
    pub more: bool,
}

impl ActivitySummary {
    /// The share of users with something that counts, in percent.
    pub fn share(&self) -> usize {
        (self.enrolled * 100).checked_div(self.users).unwrap_or(0)
    }
}

/// The portals within reach.
#[derive(Template)]
#[template(path = "portals/page.html")]
pub struct Portals {
    pub frame: Frame,
    pub portals: Vec<PortalRow>,
    /// The cursor of the next page.
    pub next: Option<String>,
    pub may_make: bool,
}
