//! Moments in words.

use time::OffsetDateTime;

/// Returns a moment to the second, as programs read it (RFC 3339).
pub fn moment(unix: i64) -> String {
    minute(unix).replacen(' ', "T", 1).replace(" UTC", &format!(":{:02}Z", unix.rem_euclid(60)))
}

/// Returns a moment to the minute, in an order that reads the same in every language (ISO 8601).
pub fn minute(unix: i64) -> String {
    let Ok(moment) = OffsetDateTime::from_unix_timestamp(unix) else {
        return String::new();
    };
    let (date, time) = (moment.date(), moment.time());
    format!(
        "{}-{:02}-{:02} {:02}:{:02} UTC",
        date.year(),
        u8::from(date.month()),
        date.day(),
        time.hour(),
        time.minute()
    )
}
