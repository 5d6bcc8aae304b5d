//! The limits at the admins' door, in words: the table of the admins' page, and of the
//! documentation.

use portcullis_domain::limits::{
    ADMIN_IDLE_SECONDS, ADMIN_SESSION_SECONDS, ADMIN_SESSIONS_KEPT, ADMIN_SESSIONS_WAITING,
    DAY_SECONDS, FIRST_PASSWORD_SECONDS, FRESH_PROOF_SECONDS, HOUR_SECONDS, LIFTS_PER_MONTH,
    MONTH_DAYS, PASSWORD_MIN_CHARS, PASSWORD_WINDOW_SECONDS, PASSWORDS_PER_HOUR, SIGN_IN_SECONDS,
    WRONG_PASSWORDS, odds_of_a_password_in_a_month,
};

use crate::policy::limits::one_in;

/// Returns each limit with its number.
pub fn limits() -> [(String, String); 9] {
    let row = |what: &str, limit: String| (what.to_owned(), limit);
    let (known, strangers) = (WRONG_PASSWORDS.known, WRONG_PASSWORDS.strangers);
    [
        row(
            "a session",
            format!(
                "ends after {} minutes without use, and after {} hours; {ADMIN_SESSIONS_KEPT} at a \
                 time",
                ADMIN_IDLE_SECONDS / 60,
                ADMIN_SESSION_SECONDS / HOUR_SECONDS
            ),
        ),
        row(
            "a session that awaits the second step",
            format!(
                "ends after {} minutes; {ADMIN_SESSIONS_WAITING} at a time, which never end one in \
                 use",
                SIGN_IN_SECONDS / 60
            ),
        ),
        row(
            "wrong passwords",
            format!(
                "{PASSWORDS_PER_HOUR} an hour from one address for one name (of IPv6, the first 64 \
                 bits), or in one browser that got in before"
            ),
        ),
        (
            format!("wrong passwords of one admin in {MONTH_DAYS} days"),
            format!(
                "{strangers} in browsers that never got in, whatever the address; {known} in \
                 browsers that did; counted in windows of {} days",
                PASSWORD_WINDOW_SECONDS / DAY_SECONDS
            ),
        ),
        row(
            "locks that other operators lift",
            format!("{LIFTS_PER_MONTH} in {MONTH_DAYS} days; a reset at any time"),
        ),
        row(
            "the odds of guessing a password for a month",
            format!(
                "one in {}; one in {} if locks are lifted {LIFTS_PER_MONTH} times",
                one_in(odds_of_a_password_in_a_month(0)),
                one_in(odds_of_a_password_in_a_month(LIFTS_PER_MONTH))
            ),
        ),
        row(
            "a password",
            format!(
                "{PASSWORD_MIN_CHARS} to 128 characters; zxcvbn's score 3 at least, which is \
                 100,000,000 guesses"
            ),
        ),
        row(
            "a first password",
            format!(
                "opens one session within {} days, in which it is changed",
                FIRST_PASSWORD_SECONDS / DAY_SECONDS
            ),
        ),
        row(
            "a second step",
            format!(
                "is fresh for {} minutes, for what lets others in or cannot be undone",
                FRESH_PROOF_SECONDS / 60
            ),
        ),
    ]
}
