//! The limits on guessing, in words: the table of the policy page, and of the documentation.

use portcullis_domain::limits::{
    FIRST_WAIT_SECONDS, LIFTS_PER_MONTH, LONGEST_WAIT_SECONDS, MONTH_DAYS, WRONG_BEFORE_WAIT,
    WRONG_CODES, WRONG_PER_BROWSER, WRONG_PER_SIGN_IN, odds_in_a_month,
};

/// Returns each limit with its number.
pub fn limits() -> [(String, String); 8] {
    let (known, strangers) = (WRONG_CODES.known, WRONG_CODES.strangers);
    let row = |what: &str, limit: String| (what.to_owned(), limit);
    let minutes = LONGEST_WAIT_SECONDS / 60;
    [
        row("wrong codes in one sign-in", format!("{WRONG_PER_SIGN_IN}, then it has ended")),
        row(
            "wrong codes in a row, in either bucket",
            format!(
                "from number {WRONG_BEFORE_WAIT} each one brings a wait: {FIRST_WAIT_SECONDS} \
                 seconds, doubled each time, up to {minutes} minutes"
            ),
        ),
        row(
            "wrong codes in a day",
            format!(
                "{} in browsers that never got in, {} in browsers that did; a success clears them",
                strangers.per_day, known.per_day
            ),
        ),
        (
            format!("wrong codes in {MONTH_DAYS} days"),
            format!(
                "{} in browsers that never got in; {} in browsers that did, which then use up \
                 those of the others",
                strangers.per_month, known.per_month
            ),
        ),
        row(
            "wrong codes in a row, whatever the time",
            format!(
                "{} close the way for browsers that never got in, until an unlock or a reset; {} \
                 in browsers that did disable what the user has bound, until a reset",
                strangers.in_a_row, known.in_a_row
            ),
        ),
        row(
            "wrong codes of one browser in a day",
            format!("with {WRONG_PER_BROWSER} it counts as one that never got in, until it does"),
        ),
        row(
            "locks that admins lift, and changed passwords",
            format!("{LIFTS_PER_MONTH} in {MONTH_DAYS} days"),
        ),
        row(
            "the odds of guessing for a month with a leaked password",
            format!(
                "one in {}; one in {} if locks are lifted {LIFTS_PER_MONTH} times",
                one_in(odds_in_a_month(0)),
                one_in(odds_in_a_month(LIFTS_PER_MONTH))
            ),
        ),
    ]
}

/// Returns how many tries one success takes, with a comma between thousands.
pub(crate) fn one_in(odds: f64) -> String {
    let whole = format!("{:.0}", (1.0 / odds).round());
    let head = whole.len() % 3;
    let mut groups: Vec<&str> = vec![];
    let (first, rest) = whole.split_at(head);
    groups.extend(Some(first).filter(|first| !first.is_empty()));
    let starts = (0..rest.len()).step_by(3);
    groups.extend(starts.filter_map(|at| rest.get(at..at + 3)));
    groups.join(",")
}
