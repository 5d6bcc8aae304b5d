use askama::Template;
use portcullis_domain::{Country, SharedCode};
use portcullis_http::wire::admin::{
    FindingView, PasskeyDomainAnswer, ReadinessView, ReadyLineView, SettingsView,
};

use crate::{Fields, Frame, Words};

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
    /// The users whose passkeys saving would end, if there are any.
    pub dry_run: Option<PasskeyDomainAnswer>,
    /// The calling codes that the list has for some of their territories only.
    pub shared_codes: Vec<Sharing>,
}

/// The page that says line by line whether messages can be sent.
#[derive(Template)]
#[template(path = "settings/readiness.html")]
pub struct Readiness {
    pub frame: Frame,
    pub readiness: ReadinessView,
}

/// Returns the words for what a line is about.
fn item(words: &Words, line: &ReadyLineView) -> String {
    words.choice("ready-item", &line.item)
}

fn state(words: &Words, line: &ReadyLineView) -> String {
    words.choice("ready-state", &line.state)
}

fn channel_of(words: &Words, line: &ReadyLineView) -> String {
    words.choice("settings-channel", &line.channel)
}

/// Territories with the same calling code: those in the list, and the others.
pub struct Sharing {
    pub listed: String,
    pub others: Vec<&'static str>,
}

impl Sharing {
    pub fn of(countries: &[Country], words: &Words) -> Vec<Self> {
        let codes = |countries: Vec<Country>| countries.into_iter().map(Country::code);
        let shared = SharedCode::of(countries).into_iter();
        let sharing = shared.map(|code| Self {
            listed: codes(code.listed).collect::<Vec<_>>().join(&words.say("console-and")),
            others: codes(code.others).collect(),
        });
        sharing.collect()
    }
}

pub fn finding(words: &Words, finding: &FindingView) -> String {
    format!("{}: {}. {}", channel(words, finding), finding.code.as_str(), finding.detail)
}

fn channel(words: &Words, finding: &FindingView) -> String {
    words.choice("settings-channel", &finding.channel)
}
