//! The screen with every setting of a policy.

use askama::Template;
use portcullis_domain::policy::Preset;
use portcullis_http::wire::admin::DryRunAnswer;

use crate::{Bar, Fields, Frame, bars};

#[derive(Template)]
#[template(path = "policy/page.html")]
pub struct PolicyForm {
    pub frame: Frame,
    pub portal: String,
    pub fields: Fields,
    /// The effects that saving would have, once tried.
    pub tried: Option<DryRunAnswer>,
    pub presets: Vec<&'static str>,
    /// The policy as it is can be replaced by who says so.
    pub is_locked: bool,
    /// This admin changes what the app shows, and nothing else.
    pub issuer_only: bool,
}

/// The names of the presets.
pub fn presets() -> Vec<&'static str> {
    Preset::ALL.iter().map(|preset| preset.as_str()).collect()
}

/// The effects that saving a policy would have, drawn.
fn tried_chart(tried: &DryRunAnswer) -> String {
    let bar = |label: &str, count| Bar { label: label.to_owned(), count };
    let bars_of = [
        bar("must enrol", tried.must_enrol),
        bar("have no way in", tried.no_way_in),
        bar("are asked no more", tried.asked_no_more),
        bar("skips end", tried.skips_end),
    ];
    bars("What saving would do, in users", &bars_of)
}
