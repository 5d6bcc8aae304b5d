//! Every limit in one place, with its unit. The odds that follow from them are asserted below.

use crate::Buckets;

/// Wrong codes after which a sign-in is dead, bypass codes among them.
pub const WRONG_PER_SIGN_IN: u8 = 5;
/// Wrong codes in a row from which each one brings a wait.
pub const WRONG_BEFORE_WAIT: u16 = 5;
/// The first wait, in seconds; it doubles with each further wrong code.
pub const FIRST_WAIT_SECONDS: i64 = 30;
/// The longest wait, in seconds.
pub const LONGEST_WAIT_SECONDS: i64 = 3_600;
pub const DAY_SECONDS: i64 = 86_400;
/// The length of the monthly window, in UTC days.
pub const MONTH_DAYS: i64 = 30;

/// The wrong codes of one bucket after which no guess of it is judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WrongCodeLimits {
    /// Within [`DAY_SECONDS`], until the window moves; a success clears them.
    pub per_day: usize,
    /// Within [`MONTH_DAYS`]; a success does not clear them.
    pub per_month: u16,
    /// In a row. Of strangers, until an unlock or a reset; in known browsers, what the user has
    /// bound is disabled until a reset. Together they are the hundred of NIST SP 800-63B-4, section
    /// 3.2.2.
    pub in_a_row: u16,
}

/// The wrong codes of known browsers, and of everybody else.
pub const WRONG_CODES: Buckets<WrongCodeLimits> = Buckets {
    known: WrongCodeLimits { per_day: 6, per_month: 15, in_a_row: 40 },
    strangers: WrongCodeLimits { per_day: 14, per_month: 35, in_a_row: 60 },
};
/// The chance of one guess: it meets at most two good codes of a million, two TOTP steps or two
/// delivered codes.
pub const ODDS_PER_GUESS: f64 = 2.0 / 1_000_000.0;

/// The chance that guessing with a leaked password succeeds within a month, over both buckets, if
/// locks are lifted so many times.
pub fn odds_in_a_month(lifts: usize) -> f64 {
    let guesses = f64::from(WRONG_CODES.known.per_month + WRONG_CODES.strangers.per_month);
    let rounds = u32::try_from(lifts).map_or(f64::INFINITY, |lifts| f64::from(lifts) + 1.0);
    guesses * rounds * ODDS_PER_GUESS
}

/// Wrong codes within [`DAY_SECONDS`] that make a known browser a stranger.
pub const WRONG_PER_BROWSER: u8 = 5;
/// Known browsers with wrong codes that are remembered.
pub const FAILING_BROWSERS_KEPT: usize = 4;
/// Locks that admins and changed passwords together lift within [`MONTH_DAYS`].
pub const LIFTS_PER_MONTH: usize = 2;
/// Seconds for which a browser is known after a success: 180 days.
pub const KNOWN_BROWSER_SECONDS: i64 = 180 * DAY_SECONDS;
/// Seconds by which a portal's clock may be ahead of ours.
pub const CLOCK_SKEW_SECONDS: i64 = 60;
/// Users one browser is known to at once; one more drops the oldest.
pub const KNOWN_USERS_PER_BROWSER: usize = 5;

/// Browsers that one user can have trusted at once; one more drops the oldest.
pub const TRUSTED_BROWSERS: usize = 5;

/// Recovery codes in one set.
pub const RECOVERY_CODES: u8 = 10;
/// Recovery codes left at which the user is warned.
pub const FEW_RECOVERY_CODES: u8 = 3;
/// Wrong recovery codes of one user that are judged within [`DAY_SECONDS`], apart from those of six
/// digits. Nobody guesses one of 75 bits; the limit bounds what a stranger makes us do.
pub const WRONG_RECOVERY_CODES_PER_DAY: Buckets<u16> = Buckets { known: 20, strangers: 100 };

/// The lifetime of a sign-in, in seconds.
pub const SIGN_IN_SECONDS: i64 = 600;
/// Sign-ins of one bucket kept at once; one more closes one of them.
pub const SIGN_INS_KEPT: usize = 3;
/// Sign-ins of one user that can be opened within [`HOUR_SECONDS`].
pub const SIGN_INS_PER_HOUR: Buckets<u16> = Buckets { known: 10, strangers: 20 };
pub const HOUR_SECONDS: i64 = 3_600;

/// Authenticators that one user can have bound at once.
pub const AUTHENTICATORS: usize = 5;
/// Authenticator apps among them. Each wrong guess is charged once for each of them.
pub const APPS: usize = 2;
/// Passkeys among them.
pub const PASSKEYS: usize = 3;
/// The room that all passkeys of one user have in the item, in characters: three with keys of RSA
/// as Windows Hello makes them fit, or one of any kind.
pub const PASSKEYS_ROOM: usize = 1_900;
/// Seconds for which a proof allows to change what is bound.
pub const MANAGE_SECONDS: i64 = 600;
/// Changes that one proof allows.
pub const CHANGES_PER_PROOF: u8 = 20;

/// Delivered codes that can be good at the same time.
pub const GOOD_CODES: usize = 2;
/// Seconds between two sends of one sign-in.
pub const RESEND_SECONDS: i64 = 30;
/// Codes sent within one sign-in.
pub const SENDS_PER_SIGN_IN: u8 = 5;
/// Messages to one user within [`HOUR_SECONDS`], not counting those to destinations that are not
/// confirmed yet, which [`NEW_DESTINATIONS_PER_DAY`] and [`UNCONFIRMED_PER_HOUR`] bound.
pub const SENDS_PER_HOUR: Buckets<u16> = Buckets { known: 4, strangers: 6 };

/// Seconds a code to check a destination is good, outside of a sign-in.
pub const CHECK_SECONDS: i64 = 600;
/// Codes to check destinations of one user, within [`DAY_SECONDS`].
pub const CHECKS_PER_DAY: u8 = 5;
/// Wrong codes in checks of one user that are judged within [`DAY_SECONDS`].
pub const WRONG_PER_CHECK_DAY: u8 = 5;

/// Codes to a destination that is not confirmed yet, within an hour, over all users and portals.
pub const UNCONFIRMED_PER_HOUR: u32 = 3;
/// New destinations one user can have a code sent to within a day.
pub const NEW_DESTINATIONS_PER_DAY: u32 = 3;
/// Emails to one confirmed address within an hour, over all users and portals.
pub const EMAILS_PER_HOUR: u32 = 60;
/// Text messages to one confirmed number within an hour, over all users and portals.
pub const TEXTS_PER_HOUR: u32 = 20;
/// Text messages to one block of ten thousand numbers within a day, unless the settings say
/// otherwise.
pub const TEXTS_PER_PREFIX_PER_DAY: u32 = 100;
/// Text messages from one portal within a day, unless the settings say otherwise.
pub const TEXTS_PER_PORTAL_PER_DAY: u32 = 2_000;
/// Emails from one portal within a day, unless the settings say otherwise.
pub const EMAILS_PER_PORTAL_PER_DAY: u32 = 20_000;

/// Percent of a cap that users share that is kept at most for destinations that codes got their
/// user in from.
pub const KEPT_PERCENT: u32 = 80;
/// Percent of a daily cap that is kept where few or none of them are known yet.
pub const KEPT_PERCENT_AT_FIRST: u32 = 10;
/// Days before today whose messages say how much of a daily cap is kept.
pub const KEPT_BY_DAYS: i64 = 7;
/// Messages a day that one destination of a user can take of what is kept.
pub const KEPT_SENDS_PER_DAY: u8 = 10;
/// Destinations remembered in a user's item because a code from them got the user in.
pub const PROOFS_KEPT: usize = 2;

/// The time for which nothing is sent to a destination from which a message came back.
pub const RETURNED_SECONDS: i64 = DAY_SECONDS;
/// The age of a message after which a report on it changes nothing.
pub const REPORT_SECONDS: i64 = 7 * DAY_SECONDS;
/// The destinations of a user whose reports are kept.
pub const DELIVERIES_KEPT: usize = 2;

/// Seconds an assertion is valid.
pub const ASSERTION_SECONDS: i64 = 120;
/// Seconds a result can be fetched at least, from when the user is in.
pub const RESULT_SECONDS: i64 = 300;
/// Seconds from when a request was pushed within which a browser comes with it.
pub const REQUEST_URI_SECONDS: i64 = 60;
/// Seconds within which the same API key gets a result again.
pub const RESULT_AGAIN_SECONDS: i64 = 60;
/// Seconds for which a changed address is held where the policy says so.
pub const CONTACT_HOLD_SECONDS: i64 = DAY_SECONDS;
/// Seconds a ticket is good.
pub const TICKET_SECONDS: i64 = 1_800;
/// Seconds after which another ticket can be mailed.
pub const TICKET_MAIL_SECONDS: i64 = 300;
/// Seconds a bypass code is good.
pub const BYPASS_SECONDS: i64 = 600;
/// Seconds a freeze link is good, from the change that its notice tells of: 7 days.
pub const FREEZE_LINK_SECONDS: i64 = 7 * DAY_SECONDS;
/// Seconds for which an address is verified before notices to it carry a freeze link.
pub const FREEZE_ADDRESS_SECONDS: i64 = DAY_SECONDS;
/// Seconds what stays of an erased user is kept: 400 days.
pub const TOMBSTONE_SECONDS: i64 = 400 * DAY_SECONDS;
/// Days for which the log of a new portal keeps entries.
pub const LOG_DAYS: u32 = 90;
/// Days that a portal's log keeps entries at least, and at most.
pub const LOG_DAYS_AT_LEAST: u32 = 30;
pub const LOG_DAYS_AT_MOST: u32 = 400;
/// Days for which a record that failed for good is kept, and can be put through again.
pub const FAILED_RECORD_DAYS: i64 = 14;
/// Seconds the notices of a user to a destination are remembered, for longer than a record of the
/// stream can come back.
pub const NOTICE_SECONDS: i64 = 35 * DAY_SECONDS;
/// Seconds after which a notice that was claimed and not finished is sent by somebody else.
pub const NOTICE_CLAIM_SECONDS: i64 = 300;
/// Seconds a notice waits for others to make a digest: an hour, less the time between two sweeps
/// and some delay.
pub const DIGEST_SECONDS: i64 = 3_300;
/// Seconds for which a notice that was not sent is tried again; its sealed destination is kept no
/// longer.
pub const NOTICE_TRIED_SECONDS: i64 = DAY_SECONDS;
/// Seconds after a reminder to set something up in which the user gets no other.
pub const REMINDER_SECONDS: i64 = DAY_SECONDS;
/// Entries remembered for each user and destination, so that none is told twice.
pub const NOTICES_REMEMBERED: usize = 256;
/// Different numbers to which one user's notices go by text message within a day.
pub const NUMBERS_NOTIFIED_PER_DAY: u32 = 5;

/// Seconds after which an admin session that is not used ends.
pub const ADMIN_IDLE_SECONDS: i64 = 1_800;
/// Seconds after which an admin session ends, used or not.
pub const ADMIN_SESSION_SECONDS: i64 = 8 * HOUR_SECONDS;
/// Seconds after which the use of an admin session is written down again.
pub const ADMIN_SEEN_SECONDS: i64 = 60;
/// Seconds for which a second step proves that it is the admin, for acts that ask for it anew.
pub const FRESH_PROOF_SECONDS: i64 = 300;
/// Sessions in use of one admin kept at once; one more ends the oldest.
pub const ADMIN_SESSIONS_KEPT: usize = 5;
/// Sessions of one admin that await their second step; one more ends the oldest of them.
pub const ADMIN_SESSIONS_WAITING: usize = 5;
/// Passwords judged from one address, or in one known browser, for one name within an hour; a right
/// one is given back.
pub const PASSWORDS_PER_HOUR: u32 = 10;
/// Wrong passwords of one admin that are judged within [`MONTH_DAYS`], whatever the address.
pub const WRONG_PASSWORDS: Buckets<u32> = Buckets { known: 50, strangers: 100 };
/// The length of a window in which wrong passwords are counted, in seconds: 5 days.
pub const PASSWORD_WINDOW_SECONDS: i64 = 5 * DAY_SECONDS;
/// Seconds a password is good that was made for an admin: 7 days.
pub const FIRST_PASSWORD_SECONDS: i64 = 7 * DAY_SECONDS;
/// Guesses that finding a password takes, at least: zxcvbn's score 3.
pub const PASSWORD_GUESSES: f64 = 1e8;

/// The chance that guessing an admin's password succeeds within a month, over both buckets, if
/// locks are lifted so many times.
pub fn odds_of_a_password_in_a_month(lifts: usize) -> f64 {
    let guesses = f64::from(WRONG_PASSWORDS.known + WRONG_PASSWORDS.strangers);
    let rounds = u32::try_from(lifts).map_or(f64::INFINITY, |lifts| f64::from(lifts) + 1.0);
    guesses * rounds / PASSWORD_GUESSES
}

/// The shortest password of an admin, in characters.
pub const PASSWORD_MIN_CHARS: usize = 12;

/// Sign-ins that a portal may open within [`SHARE_SECONDS`], and calls about users that it may
/// make, unless an operator gave it another share. At ten times this a portal takes half of what
/// the gateway lets through on a route, and leaves the rest to the others.
pub const SHARE_PER_MINUTE: u32 = 3_000;
/// The largest share: what the gateway lets through on a route of sign-ins.
pub const SHARE_MOST_PER_MINUTE: u32 = 60_000;
/// The window in which calls are counted, in seconds.
pub const SHARE_SECONDS: i64 = 60;
/// The batches in which a whole share is added to the sum of a minute.
pub const SHARE_BATCHES: u32 = 500;

/// Users a dry run or a list looks at in one call.
pub const LISTED_PER_CALL: usize = 20_000;
/// Active API keys of one portal.
pub const KEYS_PER_PORTAL: usize = 4;
/// Ranges of addresses that one API key may come from.
pub const SOURCES_PER_KEY: usize = 8;
/// Seconds an API key works unless its maker chose otherwise: 365 days.
pub const KEY_SECONDS: i64 = 365 * DAY_SECONDS;
/// Seconds before its end for which an API key is told to expire: 30 days.
pub const KEY_WARNING_SECONDS: i64 = 30 * DAY_SECONDS;
/// Activity entries kept in a user's item.
pub const ENTRIES_KEPT: usize = 10;
/// Entries that the page of a user's own settings shows.
pub const ENTRIES_SHOWN: usize = 5;
/// Forms of the console kept in the item they acted on.
pub const FORMS_KEPT: usize = 8;
/// Write ids kept in a user's item.
pub const WRITES_KEPT: usize = 8;

/// Returns the part of a daily cap that destinations may use that are not proven. What proven ones
/// used on their busiest day of late is kept for them twice over, within the bounds of
/// [`KEPT_PERCENT_AT_FIRST`] and [`KEPT_PERCENT`].
pub const fn open_part_of_day(cap: u32, proven_on_busiest_day: u32) -> u32 {
    let (least, most) = (percent(cap, KEPT_PERCENT_AT_FIRST), percent(cap, KEPT_PERCENT));
    let kept = proven_on_busiest_day.saturating_mul(2);
    cap - if kept < least {
        least
    } else if kept > most {
        most
    } else {
        kept
    }
}

/// Returns the part of an hourly cap that destinations may use that are not proven.
pub const fn open_part_of_hour(cap: u32) -> u32 {
    cap - percent(cap, KEPT_PERCENT)
}

/// Returns a percentage, rounded down, so that a cap of a few messages is not closed to newcomers.
const fn percent(cap: u32, percent: u32) -> u32 {
    cap / 100 * percent + cap % 100 * percent / 100
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Timestamp, user::ClockDrift};

    #[test]
    fn a_month_of_guessing_with_a_leaked_password_succeeds_once_in_ten_thousand() {
        assert!(odds_in_a_month(0) <= 1e-4);
        assert_eq!(GOOD_CODES, 2);
        for drift in [ClockDrift::None, ClockDrift::StepAhead] {
            let steps = drift.steps_accepted(Timestamp::from_unix(1_800_000_000));
            assert_eq!(steps.len(), 2, "a drift moves the steps, and adds none");
        }
    }

    #[test]
    fn with_every_unlock_used_it_succeeds_three_times_in_ten_thousand() {
        let odds = odds_in_a_month(LIFTS_PER_MONTH);
        assert!((2e-4..=3e-4 + f64::EPSILON).contains(&odds), "{odds}");
    }

    #[test]
    fn s33_admin_door_a_month_of_guessing_a_password_succeeds_once_in_two_hundred_thousand() {
        assert!(odds_of_a_password_in_a_month(0) <= 1.5e-6);
        assert!(odds_of_a_password_in_a_month(LIFTS_PER_MONTH) <= 1.0 / 200_000.0);
    }

    #[test]
    fn the_rows_of_both_buckets_are_the_hundred_of_the_standard() {
        assert_eq!(WRONG_CODES.known.in_a_row + WRONG_CODES.strangers.in_a_row, 100);
    }

    /// A sign-in is worth five guesses, and thirty can be opened in an hour: the waits hold long
    /// before that.
    #[test]
    fn the_first_hour_of_guessing_succeeds_once_in_forty_thousand() {
        let (mut now, mut judged, mut wait) = (0, 0_u16, FIRST_WAIT_SECONDS);
        while now < HOUR_SECONDS {
            judged += 1;
            if judged >= WRONG_BEFORE_WAIT {
                now += wait;
                wait = (wait * 2).min(LONGEST_WAIT_SECONDS);
            }
        }
        assert_eq!(judged, 11);
        assert!(f64::from(judged) * ODDS_PER_GUESS <= 1.0 / 40_000.0);
    }

    #[test]
    fn an_hour_a_day_and_what_stays_of_an_erased_user_are_as_long_as_they_say() {
        assert_eq!((HOUR_SECONDS, DAY_SECONDS, MONTH_DAYS), (3_600, 86_400, 30));
        assert_eq!((TOMBSTONE_SECONDS, NOTICE_SECONDS), (34_560_000, 3_024_000));
        assert_eq!(ADMIN_SESSION_SECONDS, 28_800);
    }

    #[test]
    fn what_is_kept_of_a_cap_grows_with_what_proven_destinations_use() {
        for (cap, busiest, open) in [
            (2_000, 0, 1_800),
            (2_000, 100, 1_800),
            (2_000, 101, 1_798),
            (2_000, 700, 600),
            (2_000, 800, 400),
            (2_000, 2_000, 400),
            (2_000, u32::MAX, 400),
            (7, 0, 7),
            (7, 7, 2),
            (1, 1, 1),
            (0, 5, 0),
            (u32::MAX, 0, u32::MAX - u32::MAX / 10),
        ] {
            assert_eq!(open_part_of_day(cap, busiest), open, "{cap} {busiest}");
        }
        assert_eq!([60, 20, 1, 0].map(open_part_of_hour), [12, 4, 1, 0]);
    }
}
