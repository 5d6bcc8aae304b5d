//! The limits of the rules, as the documentation has them.

use portcullis_domain::limits;
use std::fmt::Display;

/// Constants that are units, and limit nothing.
const UNITS: [&str; 2] = ["DAY_SECONDS", "HOUR_SECONDS"];

/// Pairs each limit with the words of the page that say it, with its value in them.
macro_rules! told {
    ($($name:ident $(. $of:ident)* $(/ $by:literal)? $(* $times:literal)? => $words:literal;)+) => {
        [$((
            stringify!($name),
            $words.replace("{}", &shown(limits::$name $(. $of)* $(/ $by)? $(* $times)?)),
        )),+]
    };
}

/// Returns a number as the page writes it, with its thousands apart.
fn shown(number: impl Display) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

fn guessing() -> impl Iterator<Item = (&'static str, String)> {
    told! {
        WRONG_PER_SIGN_IN => "wrong codes in one sign-in | {}, then it has ended";
        WRONG_BEFORE_WAIT => "from number {} each one brings a wait";
        FIRST_WAIT_SECONDS => "a wait: {} seconds, doubled";
        LONGEST_WAIT_SECONDS / 60 => "up to {} minutes";
        MONTH_DAYS => "wrong codes in {} days";
        WRONG_CODES.strangers.per_day => "wrong codes in a day | {} in browsers that never got in";
        WRONG_CODES.known.per_day => "never got in, {} in browsers that did; a success";
        WRONG_CODES.strangers.per_month => "| {} in browsers that never got in; 15";
        WRONG_CODES.known.per_month => "never got in; {} in browsers that did, which then";
        WRONG_CODES.strangers.in_a_row => "whatever the time | {} close the way";
        WRONG_CODES.known.in_a_row => "until an unlock or a reset; {} in browsers that did";
        ODDS_PER_GUESS * 1_000_000.0 => "at most {} valid codes out of a million";
        WRONG_PER_BROWSER => "of one browser in a day | with {} it counts as one";
        FAILING_BROWSERS_KEPT => "{} of a user's browsers with wrong codes are remembered";
        LIFTS_PER_MONTH => "changed passwords | {} in 30 days";
        KNOWN_BROWSER_SECONDS / 86_400 => "known for {} days after a success";
        KNOWN_USERS_PER_BROWSER => "to {} users at once";
        CLOCK_SKEW_SECONDS => "clocks may differ by {} seconds";
        WRONG_RECOVERY_CODES_PER_DAY.strangers => "{} in a day in browsers that never got in";
        WRONG_RECOVERY_CODES_PER_DAY.known => "and {} more in browsers that did; they lock";
        CHECKS_PER_DAY => "reads out to an admin | {} sent";
        WRONG_PER_CHECK_DAY => "sent and {} wrong in a day";
        CHECK_SECONDS / 60 => "in a day, {} minutes each";
    }
    .into_iter()
}

fn sign_ins() -> impl Iterator<Item = (&'static str, String)> {
    told! {
        SIGN_IN_SECONDS / 60 => "a sign-in | open for {} minutes";
        SIGN_INS_KEPT => "for each user {} at a time";
        SIGN_INS_PER_HOUR.strangers => "at a time and {} an hour";
        SIGN_INS_PER_HOUR.known => "and as many as 3 and {} more in known browsers";
        AUTHENTICATORS => "can have bound | {} ways";
        APPS => "of which {} are apps";
        PASSKEYS => "and {} are passkeys";
        PASSKEYS_ROOM => "room for {} characters";
        MANAGE_SECONDS / 60 => "for {} minutes after a proof";
        CHANGES_PER_PROOF => "and {} with one proof";
        SHARE_PER_MINUTE => "a portal | {} sign-ins opened a minute";
        SHARE_MOST_PER_MINUTE => "to {} at most";
        SHARE_SECONDS => "counted within {} seconds";
        SHARE_BATCHES => "in {} batches";
        TRUSTED_BROWSERS => "a trusted browser | {} for each user";
        RECOVERY_CODES => "{} in a set";
        FEW_RECOVERY_CODES => "with {} left the user is warned";
        ASSERTION_SECONDS => "an assertion | valid for {} seconds";
        RESULT_SECONDS / 60 => "fetched for {} minutes at least";
        RESULT_AGAIN_SECONDS => "the same assertion again for {} seconds";
        REQUEST_URI_SECONDS => "a browser comes with it within {} seconds";
        TICKET_SECONDS / 60 => "link to enrol again | {} minutes";
        TICKET_MAIL_SECONDS / 60 => "one mail in {} minutes";
        BYPASS_SECONDS / 60 => "a bypass code | {} minutes";
    }
    .into_iter()
}

fn messages() -> impl Iterator<Item = (&'static str, String)> {
    told! {
        GOOD_CODES => "at most {} valid at a time";
        RESEND_SECONDS => "sending again | after {} seconds";
        SENDS_PER_SIGN_IN => "{} codes per sign-in";
        SENDS_PER_HOUR.strangers => "{} per user and hour";
        SENDS_PER_HOUR.known => "and {} more in known browsers, not counting";
        UNCONFIRMED_PER_HOUR => "not confirmed yet | {} codes an hour";
        NEW_DESTINATIONS_PER_DAY => "{} new destinations per user and day";
        EMAILS_PER_HOUR => "a confirmed address | {} emails";
        TEXTS_PER_HOUR => "emails or {} texts an hour";
        TEXTS_PER_PREFIX_PER_DAY => "emails of one portal | {}, 2,000";
        TEXTS_PER_PORTAL_PER_DAY => "| 100, {} and";
        EMAILS_PER_PORTAL_PER_DAY => "and {} per UTC day by default";
        KEPT_PERCENT => "to {} percent is kept";
        KEPT_PERCENT_AT_FIRST => "{} to 80 percent is kept";
        KEPT_BY_DAYS => "by the messages of the {} days before";
        KEPT_SENDS_PER_DAY => "at most {} messages a day of it";
        PROOFS_KEPT => "{} destinations of a user are remembered for it";
        RETURNED_SECONDS / 3_600 => "a message came back from | nothing is sent there for {} hours";
        REPORT_SECONDS / 86_400 => "reports on messages | kept for {} days";
        DELIVERIES_KEPT => "days, for {} destinations of a user";
        CONTACT_HOLD_SECONDS / 3_600 => "a changed address | held for {} hours";
        FREEZE_LINK_SECONDS / 86_400 => "a freeze link | {} days from the change";
        FREEZE_ADDRESS_SECONDS / 3_600 => "has been verified for {} hours";
        NOTICE_SECONDS / 86_400 => "for each destination, for {} days";
        NOTICE_CLAIM_SECONDS / 60 => "is taken over after {} minutes";
        DIGEST_SECONDS / 60 => "in one digest, after {} minutes";
        NOTICE_TRIED_SECONDS / 3_600 => "a notice | tried for {} hours";
        REMINDER_SECONDS / 3_600 => "a reminder to set up a second step | one to a user in {} hours";
        NOTICES_REMEMBERED => "{} are remembered for each destination";
        NUMBERS_NOTIFIED_PER_DAY => "to {} different numbers of a user";
    }
    .into_iter()
}

fn admins_and_sizes() -> impl Iterator<Item = (&'static str, String)> {
    told! {
        ADMIN_IDLE_SECONDS / 60 => "a session | ends after {} minutes without use";
        ADMIN_SESSION_SECONDS / 3_600 => "and after {} hours";
        ADMIN_SESSIONS_KEPT => "8 hours; {} at a time";
        ADMIN_SESSIONS_WAITING => "minutes; {} at a time, which never end one in use";
        ADMIN_SEEN_SECONDS => "is written down again after {} seconds";
        FRESH_PROOF_SECONDS / 60 => "a second step | is fresh for {} minutes";
        PASSWORDS_PER_HOUR => "wrong passwords | {} an hour";
        WRONG_PASSWORDS.strangers => "in 30 days | {} in browsers that never got in, whatever";
        WRONG_PASSWORDS.known => "whatever the address; {} in browsers that did";
        PASSWORD_WINDOW_SECONDS / 86_400 => "counted in windows of {} days";
        FIRST_PASSWORD_SECONDS / 86_400 => "opens one session within {} days";
        PASSWORD_GUESSES => "which is {} guesses";
        PASSWORD_MIN_CHARS => "a password | {} to 128 characters";
        LISTED_PER_CALL => "filtered list | {} per call";
        KEYS_PER_PORTAL => "API keys of a portal | {} active ones";
        SOURCES_PER_KEY => "from at most {} ranges";
        KEY_SECONDS / 86_400 => "works for {} days unless its maker";
        KEY_WARNING_SECONDS / 86_400 => "is told to expire {} days before its end";
        FORMS_KEPT => "the {} newest of an item are remembered";
        ENTRIES_KEPT => "The last {} entries of activity are in it";
        ENTRIES_SHOWN => "users see {} in their own settings";
        WRITES_KEPT => "the ids of its last {} writes";
        LOG_DAYS => "keeps entries for {} days unless a portal says otherwise";
        LOG_DAYS_AT_LEAST => "unless a portal says otherwise, {} to 400";
        LOG_DAYS_AT_MOST => "unless a portal says otherwise, 30 to {}";
        TOMBSTONE_SECONDS / 86_400 => "what stays of an erased user is kept for {} days";
        FAILED_RECORD_DAYS => "failed records are kept for {} days";
    }
    .into_iter()
}

/// Returns a text with each run of white space as one space.
fn flowing(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn the_documentation_has_every_limit_of_the_rules() {
    let page = flowing(include_str!("../../infra/docs/evaluate/limits.md"));
    let told: Vec<_> =
        guessing().chain(sign_ins()).chain(messages()).chain(admins_and_sizes()).collect();
    for (name, words) in &told {
        assert!(page.contains(words), "{name}: infra/docs/evaluate/limits.md should say: {words}");
    }
    let source = include_str!("../../shared/domain/src/values/limits.rs");
    let constants = source.lines().filter_map(|line| line.strip_prefix("pub const "));
    let names = constants.filter_map(|rest| rest.split_once(": ")).map(|(name, _)| name);
    let names: Vec<&str> = names.filter(|name| name.bytes().all(|b| b != b' ')).collect();
    assert!(names.len() > 90, "{} limits", names.len());
    for name in names.into_iter().filter(|name| !UNITS.contains(name)) {
        let is_told = told.iter().any(|(known, _)| *known == name);
        assert!(is_told, "{name}: put it on infra/docs/evaluate/limits.md, and its words here");
    }
}
