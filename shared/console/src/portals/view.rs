//! The list of portals.

use askama::Template;

use crate::Frame;

/// A portal in the list.
pub struct PortalRow {
    /// Its id.
    pub id: String,
    /// Its name.
    pub description: String,
    /// The policy is on.
    pub enabled: bool,
    /// The policy in words.
    pub policy: Vec<String>,
    /// The latest events.
    pub recent: ActivitySummary,
}

/// The latest events in a portal.
#[derive(Clone, Debug, Default)]
pub struct ActivitySummary {
    /// Users that were looked at.
    pub users: usize,
    /// There are more.
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
    /// The frame.
    pub frame: Frame,
    /// The portals.
    pub portals: Vec<PortalRow>,
    /// The cursor of the next page.
    pub next: Option<String>,
    /// Portals can be made.
    pub may_make: bool,
}
