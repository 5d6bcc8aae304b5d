//! Every limit in one place, with its unit. The odds that follow from them are asserted below.

/// Wrong codes after which a sign-in is dead.
pub const WRONG_PER_SIGN_IN: u8 = 5;
/// Wrong codes in a row from which each one brings a wait.
pub const WRONG_BEFORE_WAIT: u16 = 5;
/// The first wait, in seconds; it doubles with each further wrong code.
pub const FIRST_WAIT_SECONDS: i64 = 30;
/// The longest wait, in seconds.
pub const LONGEST_WAIT_SECONDS: i64 = 3_600;
/// Wrong codes within [`DAY_SECONDS`] after which no guess is judged until the window moves; a
/// success clears them.
pub const WRONG_PER_DAY: usize = 20;
/// The length of the daily window, in seconds.
pub const DAY_SECONDS: i64 = 86_400;
/// Wrong codes within [`MONTH_DAYS`] after which no guess is judged; a success does not clear them.
pub const WRONG_PER_MONTH: u16 = 50;
/// The length of the monthly window, in UTC days.
pub const MONTH_DAYS: i64 = 30;
/// Wrong codes in a row after which what the user has bound is disabled until a reset (NIST SP
/// 800-63B-4, section 3.2.2).
pub const WRONG_IN_A_ROW_BEFORE_DISABLED: u16 = 100;

/// The lifetime of a sign-in, in seconds.
pub const SIGN_IN_SECONDS: i64 = 600;
/// Sign-ins of one user kept at once; one more closes the oldest.
pub const SIGN_INS_KEPT: usize = 5;
/// Sign-ins one user can open within [`HOUR_SECONDS`].
pub const SIGN_INS_PER_HOUR: u16 = 30;
/// The length of an hourly window, in seconds.
pub const HOUR_SECONDS: i64 = 3_600;

/// Delivered codes that can be good at the same time.
pub const GOOD_CODES: usize = 2;
/// Seconds between two sends of one sign-in.
pub const RESEND_SECONDS: i64 = 30;
/// Codes sent within one sign-in.
pub const SENDS_PER_SIGN_IN: u8 = 5;
/// Codes sent to one user within [`HOUR_SECONDS`].
pub const SENDS_PER_HOUR: u16 = 10;

/// Codes to a destination that is not confirmed yet, within an hour, over all users and portals.
pub const UNCONFIRMED_PER_HOUR: u32 = 3;
/// New destinations one user can try within a day.
pub const NEW_DESTINATIONS_PER_DAY: u32 = 3;
/// Emails to one confirmed address within an hour, over all users and portals.
pub const EMAILS_PER_HOUR: u32 = 60;
/// Text messages to one confirmed number within an hour, over all users and portals.
pub const TEXTS_PER_HOUR: u32 = 20;

/// Seconds an assertion is valid.
pub const ASSERTION_SECONDS: i64 = 120;
/// Seconds a result can be fetched at least, from when the user is in.
pub const RESULT_SECONDS: i64 = 300;
/// Seconds within which the same API key gets a result again.
pub const RESULT_AGAIN_SECONDS: i64 = 60;
/// Seconds a ticket is good.
pub const TICKET_SECONDS: i64 = 1_800;
/// Seconds after which another ticket can be mailed.
pub const TICKET_MAIL_SECONDS: i64 = 300;
/// Seconds a bypass code is good.
pub const BYPASS_SECONDS: i64 = 600;
/// Wrong tries after which a bypass code is dead.
pub const BYPASS_TRIES: u8 = 5;
/// Seconds what stays of an erased user is kept: 400 days.
pub const TOMBSTONE_SECONDS: i64 = 400 * DAY_SECONDS;
/// Seconds the notices of a user to a destination are remembered, for longer than a record of the
/// stream can come back.
pub const NOTICE_SECONDS: i64 = 35 * DAY_SECONDS;
/// Seconds after which a notice that was claimed and not finished is sent by somebody else.
pub const NOTICE_CLAIM_SECONDS: i64 = 300;
/// Seconds a notice waits for others to make a digest: an hour, less the time between two sweeps
/// and some delay.
pub const DIGEST_SECONDS: i64 = 3_300;
/// Seconds within which a notice is tried; its sealed destination is kept no longer.
pub const NOTICE_TRIED_SECONDS: i64 = DAY_SECONDS;
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
/// Sessions of one admin kept at once; one more ends the oldest.
pub const ADMIN_SESSIONS_KEPT: usize = 5;
/// Passwords tried from one address for one name within an hour; a right one is given back.
pub const PASSWORDS_PER_HOUR: u32 = 10;
/// The shortest password of an admin, in characters.
pub const PASSWORD_MIN_CHARS: usize = 12;

/// Users a dry run or a list looks at in one call.
pub const LISTED_PER_CALL: usize = 20_000;
/// Active API keys of one portal.
pub const KEYS_PER_PORTAL: usize = 2;
/// Activity entries kept in a user's item.
pub const ENTRIES_KEPT: usize = 20;
/// Forms of the console kept in the item they acted on.
pub const FORMS_KEPT: usize = 8;
/// Write ids kept in a user's item.
pub const WRITES_KEPT: usize = 8;

#[cfg(test)]
mod tests {
    use super::*;

    /// A guess meets at most two good codes of a million: two TOTP steps, or two delivered codes.
    const ODDS_PER_GUESS: f64 = 2.0 / 1_000_000.0;

    #[test]
    fn a_month_of_guessing_with_a_leaked_password_succeeds_once_in_ten_thousand() {
        assert!(f64::from(WRONG_PER_MONTH) * ODDS_PER_GUESS <= 1e-4);
        assert_eq!(GOOD_CODES, 2);
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
}
