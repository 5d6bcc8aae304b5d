//! The limits on guessing, in words: the table of the policy page, and of the documentation.

use portcullis_domain::limits::{
    FIRST_WAIT_SECONDS, LIFTS_PER_MONTH, LONGEST_WAIT_SECONDS, MONTH_DAYS, WRONG_BEFORE_WAIT,
    WRONG_CODES, WRONG_PER_BROWSER, WRONG_PER_SIGN_IN, WRONG_RECOVERY_CODES_PER_DAY,
    odds_in_a_month,
};
use std::fmt;

use crate::Words;

/// Returns each limit with its number.
pub fn limits(words: &Words) -> [(String, String); 9] {
    let (known, strangers) = (WRONG_CODES.known, WRONG_CODES.strangers);
    let say = |key| words.say(key);
    let lifts = words.fill("console-limit-lifts-text").with("count", LIFTS_PER_MONTH);
    let browser = words.fill("console-limit-browser-text").with("count", WRONG_PER_BROWSER);
    let sign_in = words.fill("console-limit-sign-in-text").with("count", WRONG_PER_SIGN_IN);
    let recovery = words
        .fill("console-limit-recovery-text")
        .with("count", WRONG_PER_SIGN_IN)
        .with("strangers", WRONG_RECOVERY_CODES_PER_DAY.strangers)
        .with("known", WRONG_RECOVERY_CODES_PER_DAY.known);
    let wait = words
        .fill("console-limit-row-wait-text")
        .with("first", WRONG_BEFORE_WAIT)
        .with("seconds", FIRST_WAIT_SECONDS)
        .with("minutes", LONGEST_WAIT_SECONDS / 60);
    let odds = words
        .fill("console-limit-odds-text")
        .with("odds", one_in(words, odds_in_a_month(0)))
        .with("lifted", one_in(words, odds_in_a_month(LIFTS_PER_MONTH)))
        .with("count", LIFTS_PER_MONTH);
    let month = words.fill("console-limit-month").with("days", MONTH_DAYS);
    [
        (say("console-limit-sign-in"), sign_in.into()),
        (say("console-limit-row-wait"), wait.into()),
        (
            say("console-limit-day"),
            both(words, "console-limit-day-text", strangers.per_day, known.per_day),
        ),
        (
            month.into(),
            both(words, "console-limit-month-text", strangers.per_month, known.per_month),
        ),
        (
            say("console-limit-row"),
            both(words, "console-limit-row-text", strangers.in_a_row, known.in_a_row),
        ),
        (say("console-limit-browser"), browser.into()),
        (say("console-limit-recovery"), recovery.into()),
        (say("console-limit-lifts"), lifts.with("days", MONTH_DAYS).into()),
        (say("console-limit-odds"), odds.into()),
    ]
}

fn both(
    words: &Words,
    key: &str,
    strangers: impl fmt::Display,
    known: impl fmt::Display,
) -> String {
    words.fill(key).with("strangers", strangers).with("known", known).into()
}

/// Returns how many tries one success takes, with a separator between thousands.
pub(crate) fn one_in(words: &Words, odds: f64) -> String {
    let whole = format!("{:.0}", (1.0 / odds).round());
    let head = whole.len() % 3;
    let mut groups: Vec<&str> = vec![];
    let (first, rest) = whole.split_at(head);
    groups.extend(Some(first).filter(|first| !first.is_empty()));
    let starts = (0..rest.len()).step_by(3);
    groups.extend(starts.filter_map(|at| rest.get(at..at + 3)));
    groups.join(&words.say("thousands-separator"))
}
