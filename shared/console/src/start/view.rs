use askama::Template;

use crate::{Frame, overview::view::Need};

/// The first page of the console: what needs attention, and the portals with their last days.
#[derive(Template)]
#[template(path = "start/page.html")]
pub struct Start {
    pub frame: Frame,
    /// Needs that are of no portal.
    pub needs: Vec<Need>,
    pub portals: Vec<PortalLine>,
    pub next: Option<String>,
    pub days: i64,
    pub may_make: bool,
}

impl Start {
    fn is_calm(&self) -> bool {
        self.needs.is_empty() && self.portals.iter().all(|portal| portal.needs.is_empty())
    }
}

/// A portal, and its figures over the last whole days.
pub struct PortalLine {
    pub id: String,
    pub description: String,
    pub enabled: bool,
    pub needs: Vec<Need>,
    /// None if no day was counted yet.
    pub figures: Option<LineFigures>,
    /// None if nobody looked at the portal yet.
    pub users: Option<LineUsers>,
}

pub struct LineFigures {
    pub sign_ins: u64,
    pub success: String,
    pub sent: u64,
    pub not_sent: u64,
}

/// The users at the last count, with its day.
pub struct LineUsers {
    pub enrolled: String,
    pub shut_out: u64,
    pub more: bool,
    pub day: String,
}
