use askama::Template;
use portcullis_domain::{
    Day, Policy, Timestamp,
    policy::{Grace, Preset},
};
use portcullis_http::wire::admin::DryRunAnswer;

use super::settings::{Difference, choices};
use crate::{Count, Counts, Fields, Frame, Words, words::at};

#[derive(Template)]
#[template(path = "policy/page.html")]
pub struct PolicyForm {
    pub frame: Frame,
    pub portal: String,
    pub fields: Fields,
    /// The changes that saving would make, if asked for.
    pub dry_run: Option<DryRunAnswer>,
    /// The settings in which the form differs from the saved policy: after a dry run, and after a
    /// save that met another one.
    pub differences: Vec<Difference>,
    /// The days that are left until the present policy's grace ends for everybody, in a sentence.
    pub grace_left: Option<String>,
    pub presets: Vec<PresetCard>,
    /// The preset that the form was filled with.
    pub starts_from: Option<String>,
    /// No one can switch the policy; an operator has to confirm replacing it.
    pub is_locked: bool,
    /// The admin may change the issuer only.
    pub issuer_only: bool,
    /// The moment at which trust in the browsers of all users was ended.
    pub trust_not_before: Option<i64>,
}

/// A policy to start from, in words.
pub struct PresetCard {
    pub id: &'static str,
    pub name: String,
    pub lines: Vec<String>,
    /// It is the one for new portals.
    pub is_recommended: bool,
}

pub fn presets(words: &Words) -> Vec<PresetCard> {
    let card = |preset: Preset| PresetCard {
        id: preset.as_str(),
        name: words.word("preset", preset.as_str()),
        lines: words.policy_in_short(&preset.policy()),
        is_recommended: preset == Preset::AppModern,
    };
    Preset::ALL.map(card).into()
}

/// Counts down to the last day of a grace that ends for everybody on the same day.
pub fn countdown(words: &Words, policy: &Policy, now: Timestamp) -> Option<String> {
    let last = match policy.enforcement.grace()? {
        Grace::Until(last) => last,
        Grace::SignIns(_) | Grace::Days(_) => return None,
    };
    let left = last.number() - Day::of(now).number();
    Some(if left < 0 {
        words.say("console-policy-grace-over")
    } else {
        words.fill("console-policy-grace-left").with("count", left).into()
    })
}

fn dry_run_chart(words: &Words, dry_run: &DryRunAnswer) -> Counts {
    let bar = |key: &str, count| Count { label: words.say(key), count };
    let mut counts = vec![
        bar("console-dry-run-must-enrol", dry_run.must_enrol),
        bar("console-dry-run-no-way-in", dry_run.no_way_in),
        bar("console-dry-run-asked-no-more", dry_run.asked_no_more),
        bar("console-dry-run-skips-end", dry_run.skips_end),
    ];
    if dry_run.concerns_grace() {
        counts.extend([
            bar("console-dry-run-nothing-set-up", dry_run.nothing_set_up),
            bar("console-dry-run-nothing-set-up-active", dry_run.nothing_set_up_active),
        ]);
    }
    if dry_run.concerns_passkeys() {
        counts.extend([
            bar("console-dry-run-held", dry_run.held_to_passkeys),
            bar("console-dry-run-passkeys-stop", dry_run.passkeys_stop),
            bar("console-dry-run-no-passkey", dry_run.no_passkey),
        ]);
    }
    Counts::of(words.say("console-dry-run-chart"), counts)
}
