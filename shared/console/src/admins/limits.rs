//! The limits at the admins' door, in words: the table of the admins' page, and of the
//! documentation.

use portcullis_domain::limits::{
    ADMIN_IDLE_SECONDS, ADMIN_SESSION_SECONDS, ADMIN_SESSIONS_KEPT, ADMIN_SESSIONS_WAITING,
    DAY_SECONDS, FIRST_PASSWORD_SECONDS, FRESH_PROOF_SECONDS, HOUR_SECONDS, LIFTS_PER_MONTH,
    MONTH_DAYS, PASSWORD_MIN_CHARS, PASSWORD_WINDOW_SECONDS, PASSWORDS_PER_HOUR, SIGN_IN_SECONDS,
    WRONG_PASSWORDS, odds_of_a_password_in_a_month,
};

use crate::{Words, policy::limits::one_in, words::Text};

/// Returns each limit with its number.
pub fn limits(words: &Words) -> [(String, String); 9] {
    let (known, strangers) = (WRONG_PASSWORDS.known, WRONG_PASSWORDS.strangers);
    let row = |key, text: Text<'_>| (words.say(key), String::from(text));
    let month = words
        .fill("console-limit-passwords-month-text")
        .with("strangers", strangers)
        .with("known", known)
        .with("window", PASSWORD_WINDOW_SECONDS / DAY_SECONDS);
    [
        row(
            "console-limit-session",
            words
                .fill("console-limit-session-text")
                .with("minutes", ADMIN_IDLE_SECONDS / 60)
                .with("hours", ADMIN_SESSION_SECONDS / HOUR_SECONDS)
                .with("count", ADMIN_SESSIONS_KEPT),
        ),
        row(
            "console-limit-waiting",
            words
                .fill("console-limit-waiting-text")
                .with("minutes", SIGN_IN_SECONDS / 60)
                .with("count", ADMIN_SESSIONS_WAITING),
        ),
        row(
            "console-limit-passwords",
            words.fill("console-limit-passwords-text").with("count", PASSWORDS_PER_HOUR),
        ),
        (words.fill("console-limit-passwords-month").with("days", MONTH_DAYS).into(), month.into()),
        row(
            "console-limit-admin-lifts",
            words
                .fill("console-limit-admin-lifts-text")
                .with("count", LIFTS_PER_MONTH)
                .with("days", MONTH_DAYS),
        ),
        row(
            "console-limit-password-odds",
            words
                .fill("console-limit-password-odds-text")
                .with("odds", one_in(words, odds_of_a_password_in_a_month(0)))
                .with("lifted", one_in(words, odds_of_a_password_in_a_month(LIFTS_PER_MONTH)))
                .with("count", LIFTS_PER_MONTH),
        ),
        row(
            "console-limit-password",
            words.fill("console-limit-password-text").with("count", PASSWORD_MIN_CHARS),
        ),
        row(
            "console-limit-first-password",
            words
                .fill("console-limit-first-password-text")
                .with("days", FIRST_PASSWORD_SECONDS / DAY_SECONDS),
        ),
        row(
            "console-limit-proof",
            words.fill("console-limit-proof-text").with("minutes", FRESH_PROOF_SECONDS / 60),
        ),
    ]
}
