use askama::Template;

use crate::Frame;

pub struct PortalRow {
    pub id: String,
    pub description: String,
    pub enabled: bool,
    pub policy: Vec<String>,
    pub recent: ActivitySummary,
}

/// The users and today's messages of a portal, as far as they were read.
#[derive(Clone, Debug, Default)]
pub struct ActivitySummary {
    /// Users that were read.
    pub users: usize,
    pub more_users: bool,
    /// Those of them who are enrolled, or use email always.
    pub enrolled: usize,
    pub sent: usize,
    pub failed: usize,
    /// Today's log has more entries than were read.
    pub more: bool,
}

impl ActivitySummary {
    pub fn percent_enrolled(&self) -> usize {
        (self.enrolled * 100).checked_div(self.users).unwrap_or(0)
    }
}

#[derive(Template)]
#[template(path = "portals/page.html")]
pub struct Portals {
    pub frame: Frame,
    pub portals: Vec<PortalRow>,
    pub next: Option<String>,
    pub may_make: bool,
}
