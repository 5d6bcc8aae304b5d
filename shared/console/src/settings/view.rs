use askama::Template;
use portcullis_http::wire::admin::{FindingView, SettingsView};

use crate::{Fields, Frame};

#[derive(Template)]
#[template(path = "settings/page.html")]
pub struct Settings {
    pub frame: Frame,
    pub settings: SettingsView,
    pub fields: Fields,
    pub may_change: bool,
    /// The sentence about a check of the providers.
    pub checked: Option<String>,
    pub findings: Vec<FindingView>,
}

pub fn finding(finding: &FindingView) -> String {
    let channel = if finding.channel == "email" { "Email" } else { "Text messages" };
    format!("{channel}: {}. {}", finding.code, finding.detail)
}
