use askama::Template;
use portcullis_domain::{Country, SharedCode};
use portcullis_http::wire::admin::{ChannelName, FindingView, SettingsView};

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
    /// The calling codes that the list has for some of their territories only.
    pub shared_codes: Vec<Sharing>,
}

/// Territories with the same calling code: those in the list, and the others.
pub struct Sharing {
    pub listed: String,
    pub others: Vec<&'static str>,
}

impl Sharing {
    pub fn of(countries: &[Country]) -> Vec<Self> {
        let codes = |countries: Vec<Country>| countries.into_iter().map(Country::code);
        let shared = SharedCode::of(countries).into_iter();
        let sharing = shared.map(|code| Self {
            listed: codes(code.listed).collect::<Vec<_>>().join(" and "),
            others: codes(code.others).collect(),
        });
        sharing.collect()
    }
}

pub fn finding(finding: &FindingView) -> String {
    format!("{}: {}. {}", channel(&finding.channel), finding.code.as_str(), finding.detail)
}

const fn channel(name: &ChannelName) -> &'static str {
    match name {
        ChannelName::Email => "Email",
        ChannelName::Sms => "Text messages",
    }
}
