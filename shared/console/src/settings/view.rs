//! The system's settings.

use askama::Template;
use portcullis_http::wire::admin::{FindingView, SettingsView};

use crate::{Fields, Frame};

/// The system's settings.
#[derive(Template)]
#[template(path = "settings/page.html")]
pub struct Settings {
    pub frame: Frame,
    pub settings: SettingsView,
    /// The same, filled in, with the ETag.
    pub fields: Fields,
    pub may_change: bool,
    /// The outcome of asking the providers.
    pub checked: Option<String>,
    pub findings: Vec<FindingView>,
}

/// A finding of a provider as a line.
pub fn finding(finding: &FindingView) -> String {
    let channel = if finding.channel == "email" { "Email" } else { "Text messages" };
    format!("{channel}: {}. {}", finding.code, finding.detail)
}
