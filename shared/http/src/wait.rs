//! The time until something can be tried again, in words.

use portcullis_domain::Locale;
use portcullis_messages::catalogue::text;

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;
/// The longest waits told in minutes, and in hours.
const LONGEST_IN: (i64, i64) = (90 * MINUTE, 36 * HOUR);

/// Returns a sentence with the seconds rounded up to minutes, hours or days, so that nobody comes
/// back too early.
pub fn try_again_in(locale: Option<&Locale>, seconds: i64) -> String {
    let (minutes, hours) = LONGEST_IN;
    let (key, unit) = if seconds <= minutes {
        ("prompt-wait-minutes", MINUTE)
    } else if seconds <= hours {
        ("prompt-wait-hours", HOUR)
    } else {
        ("prompt-wait-days", DAY)
    };
    let count = seconds.saturating_add(unit - 1).div_euclid(unit).max(1).to_string();
    text(locale, key, &[("count", &count)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wait_is_told_in_the_unit_that_people_would_choose() {
        for (seconds, wanted) in [
            (-5, "You can try again in one minute."),
            (60, "You can try again in one minute."),
            (61, "You can try again in 2 minutes."),
            (45 * 60, "You can try again in 45 minutes."),
            (5_400, "You can try again in 90 minutes."),
            (5_401, "You can try again in 2 hours."),
            (36 * 3_600, "You can try again in 36 hours."),
            (36 * 3_600 + 1, "You can try again in 2 days."),
            (30 * 86_400, "You can try again in 30 days."),
        ] {
            assert_eq!(try_again_in(None, seconds), wanted, "{seconds}");
        }
        let dutch = Locale::parse("nl").unwrap();
        assert_eq!(try_again_in(Some(&dutch), 7_200), "Over 2 uur kun je het opnieuw proberen.");
    }
}
