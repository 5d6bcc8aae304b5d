//! The log of a portal as a file.

use portcullis_app::AppContext;
use portcullis_http::{
    Cursor, Problem,
    wire::{
        DeviceView,
        admin::{AdminEntryView, FormatName},
    },
};
use portcullis_store::LogPlace;
use time::OffsetDateTime;

use super::{Search, named};
use crate::export::{Exported, Extent, Found, Range, name_in_json};

impl Exported for Search<'_> {
    type Place = LogPlace;
    type Row = AdminEntryView;
    const COLUMNS: &'static [&'static str] = &[
        "at",
        "time",
        "event",
        "type",
        "detail",
        "user",
        "method",
        "to",
        "actor",
        "reason",
        "id",
        "changes",
        "device",
        "network",
        "ground",
        "checked_by",
    ];

    fn format(&self) -> FormatName {
        self.format
    }

    fn cells(entry: &AdminEntryView) -> Vec<String> {
        let changes: Vec<String> = entry.changes.iter().map(ToString::to_string).collect();
        vec![
            entry.at.to_string(),
            iso_time(entry.at),
            entry.event.as_str().to_owned(),
            entry.kind.to_owned(),
            entry.detail.to_string(),
            entry.user.clone().unwrap_or_default(),
            name_in_json(entry.method),
            entry.to.clone().unwrap_or_default(),
            entry.actor.clone().unwrap_or_default(),
            entry.reason.clone().unwrap_or_default(),
            entry.id.clone(),
            changes.join("; "),
            entry.device.as_ref().map(DeviceView::software).unwrap_or_default(),
            entry.device.as_ref().and_then(|device| device.network.clone()).unwrap_or_default(),
            name_in_json(entry.ground),
            name_in_json(entry.checked_by),
        ]
    }

    fn label(entry: &AdminEntryView) -> String {
        in_name(entry.at)
    }

    /// Names a file by the portal and the moments of its oldest and newest entry, or by the whole
    /// time that is asked for if it has none.
    fn name(&self, _: usize, ends: Option<(String, String)>) -> String {
        let asked = || (in_name(self.until.unix()), in_name(self.since.unwrap_or(0).max(0)));
        let (newest, oldest) = ends.unwrap_or_else(asked);
        format!("{}-{oldest}-{newest}", self.portal.id)
    }

    async fn find(
        &self,
        range: &Range<LogPlace>,
        extent: &Extent,
    ) -> Result<Found<LogPlace, AdminEntryView>, Problem> {
        let Found { rows, looked_at, next } = self.collect(range, extent).await?;
        let rows = named(self.context, &self.portal, rows).await?;
        Ok(Found { rows, looked_at, next })
    }

    fn context(&self) -> &AppContext {
        self.context
    }

    fn cursors(&self) -> Cursor {
        Cursor::of(&format!("activity:{}", self.portal.id))
    }

    fn place_text(place: &LogPlace) -> String {
        format!("{} {}", place.day, place.before)
    }

    fn parse_place(text: &str) -> Option<LogPlace> {
        let (day, before) = text.split_once(' ')?;
        Some(LogPlace { day: day.parse().ok()?, before: before.to_owned() })
    }

    fn end() -> LogPlace {
        LogPlace { day: 0, before: "0".to_owned() }
    }
}

/// Returns a moment as in 2026-11-28T09:30:00Z (RFC 3339).
fn iso_time(unix: i64) -> String {
    let Ok(moment) = OffsetDateTime::from_unix_timestamp(unix) else { return String::new() };
    let (date, time) = (moment.date(), moment.time());
    let (year, month, day) = (date.year(), u8::from(date.month()), date.day());
    let (hour, minute, second) = time.as_hms();
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
}

/// Returns a moment as in 20261128T093000Z: names of files hold no colon.
fn in_name(unix: i64) -> String {
    iso_time(unix).replace(['-', ':'], "")
}
