//! Days of the calendar, in Coordinated Universal Time.

use std::fmt;

use super::Timestamp;
use crate::Malformed;

/// A day in Coordinated Universal Time, from 1970-01-01 to 9999-12-31.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(i64);

const WRONG: Malformed = Malformed::new("a day", "must be written as 2026-12-31");
const LAST: i64 = 2_932_896;

impl Day {
    /// The day that a moment lies in.
    pub const fn of(moment: Timestamp) -> Self {
        Self(moment.day())
    }

    /// The day of this number, counted from 1970-01-01.
    ///
    /// # Errors
    /// [`Malformed`] for one that cannot be written with a year of four digits.
    pub const fn from_number(number: i64) -> Result<Self, Malformed> {
        if 0 <= number && number <= LAST { Ok(Self(number)) } else { Err(WRONG) }
    }

    pub const fn number(self) -> i64 {
        self.0
    }

    /// Reads a day that is written as 2026-12-31 (RFC 3339, full-date).
    ///
    /// # Errors
    /// [`Malformed`] for anything else, and for a day that the calendar does not have.
    pub fn parse(text: &str) -> Result<Self, Malformed> {
        let [year, month, day] = *text.split('-').collect::<Vec<_>>() else { return Err(WRONG) };
        let number = |part: &str, digits: usize| {
            let is_number = part.len() == digits && part.bytes().all(|b| b.is_ascii_digit());
            part.parse::<i64>().ok().filter(|_| is_number).ok_or(WRONG)
        };
        let day = Self::from_date(number(year, 4)?, number(month, 2)?, number(day, 2)?)?;
        // A date that the calendar does not have is another day's.
        if day.to_string() == text { Ok(day) } else { Err(WRONG) }
    }

    /// The day so many days later.
    #[must_use]
    pub fn plus(self, days: u8) -> Self {
        Self(self.0.saturating_add(i64::from(days)).min(LAST))
    }

    /// The first moment of the day.
    pub const fn begins(self) -> Timestamp {
        Timestamp::from_unix(self.0.saturating_mul(86_400))
    }

    /// Counts days as years that begin in March, so that a leap day is the last of its year.
    const fn from_date(year: i64, month: i64, day: i64) -> Result<Self, Malformed> {
        if month < 1 || month > 12 || day < 1 || day > 31 {
            return Err(WRONG);
        }
        let year = if month <= 2 { year - 1 } else { year };
        let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
        let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
        Self::from_number(
            era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468,
        )
    }

    /// The year, the month and the day of the month.
    const fn date(self) -> (i64, i64, i64) {
        let days = self.0 + 719_468;
        let (era, of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
        let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let from_march = (5 * of_year + 2) / 153;
        let month = (from_march + 2) % 12 + 1;
        let year = era * 400 + year_of_era;
        let year = if month <= 2 { year + 1 } else { year };
        (year, month, of_year - (153 * from_march + 2) / 5 + 1)
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.date();
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_written_as_it_is_read() {
        for (text, number) in [
            ("1970-01-01", 0),
            ("2000-02-29", 11_016),
            ("2000-03-01", 11_017),
            ("2026-12-12", 20_799),
            ("9999-12-31", LAST),
        ] {
            let day = Day::parse(text).unwrap();
            assert_eq!((day.number(), day.to_string().as_str()), (number, text));
            assert_eq!(Day::of(day.begins()), day);
            assert_eq!(Day::of(day.begins().plus(86_399)), day);
        }
        let mut day = Day::parse("2023-12-31").unwrap();
        for _ in 0..1_500 {
            day = day.plus(1);
            assert_eq!(Day::parse(&day.to_string()), Ok(day));
        }
    }

    #[test]
    fn what_no_calendar_has_is_no_day() {
        for text in [
            "",
            "2026",
            "2026-12",
            "2026-02-29",
            "2026-00-01",
            "2026-13-01",
            "2026-12-00",
            "2026-12-32",
            "2026-04-31",
            "26-12-12",
            "2026-1-12",
            "2026-12-12T00:00",
            "+026-12-12",
            "1969-12-31",
            "-001-12-12",
            " 2026-12-12",
        ] {
            assert_eq!(Day::parse(text), Err(WRONG), "{text}");
        }
    }
}
