use askama::Template;

use crate::Frame;

pub struct PortalRow {
    pub id: String,
    pub description: String,
    pub enabled: bool,
    pub policy: Vec<String>,
}

#[derive(Template)]
#[template(path = "portals/page.html")]
pub struct Portals {
    pub frame: Frame,
    pub portals: Vec<PortalRow>,
    pub next: Option<String>,
    pub may_make: bool,
}
