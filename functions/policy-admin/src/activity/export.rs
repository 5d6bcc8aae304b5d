//! The log as a file: comma-separated values or JSON lines.

use axum::response::{IntoResponse as _, Response};
use http::{HeaderName, HeaderValue, header};
use portcullis_domain::PortalId;
use portcullis_http::{
    Problem,
    wire::{
        DeviceView,
        admin::{AdminEntryView, FormatName},
    },
};
use portcullis_store::LogPlace;
use time::OffsetDateTime;

/// The most bytes of a file. Lambda takes an answer of 6 MB, in which the file is a JSON string
/// ("Lambda quotas", developer guide).
const MOST_BYTES: usize = 5 * 1024 * 1024;

/// Spreadsheets take a file for UTF-8 if it begins with this.
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// One file of an export.
pub(crate) struct ExportFile {
    pub(crate) name: String,
    pub(crate) rows: usize,
    /// The place of its last row, if more rows may follow in another file.
    pub(crate) next: Option<LogPlace>,
    kind: &'static str,
    body: String,
}

/// The moments that an export is about, in Unix seconds.
pub(super) struct Span {
    pub(super) from: i64,
    pub(super) to: i64,
}

impl ExportFile {
    /// Makes a file of as many entries as fit. It is named by the portal and the moments of its
    /// oldest and newest entry, or by the whole span if it has none.
    pub(super) fn of(
        format: FormatName,
        portal: &PortalId,
        entries: &[(LogPlace, AdminEntryView)],
        next: Option<LogPlace>,
        span: &Span,
    ) -> Option<Self> {
        let (kind, ending, mut body) = match format {
            FormatName::Json | FormatName::Jsonl => {
                ("application/x-ndjson", "jsonl", String::new())
            }
            FormatName::Csv => {
                let head = format!("{BYTE_ORDER_MARK}{}", record(&COLUMNS.map(str::to_owned))?);
                ("text/csv; charset=utf-8; header=present", "csv", head)
            }
        };
        let (mut bytes, mut rows, mut cut) = (in_json(&body)?, 0_usize, None);
        for (_, entry) in entries {
            let row = match format {
                FormatName::Json | FormatName::Jsonl => {
                    format!("{}\n", serde_json::to_string(entry).ok()?)
                }
                FormatName::Csv => record(&cells(entry))?,
            };
            bytes += in_json(&row)?;
            if bytes > MOST_BYTES {
                cut = rows.checked_sub(1).and_then(|last| entries.get(last));
                break;
            }
            body.push_str(&row);
            rows += 1;
        }
        let newest = entries.first().map_or(span.to, |(_, entry)| entry.at);
        let oldest = rows.checked_sub(1).and_then(|last| entries.get(last));
        let oldest = oldest.map_or(span.from, |(_, entry)| entry.at);
        let name = format!("{portal}-{}-{}.{ending}", in_name(oldest), in_name(newest));
        Some(Self { name, rows, next: cut.map(|(place, _)| place.clone()).or(next), kind, body })
    }

    /// Answers the file, with the cursor of the next one in a header.
    pub(super) fn response(self, next_cursor: Option<&str>) -> Result<Response, Problem> {
        let disposition = format!("attachment; filename=\"{}\"", self.name);
        let disposition =
            HeaderValue::from_str(&disposition).map_err(|_| Problem::unavailable())?;
        let headers = [
            (header::CONTENT_TYPE, HeaderValue::from_static(self.kind)),
            (header::CONTENT_DISPOSITION, disposition),
        ];
        let mut response = (headers, self.body).into_response();
        if let Some(cursor) = next_cursor.and_then(|cursor| HeaderValue::from_str(cursor).ok()) {
            response.headers_mut().insert(HeaderName::from_static("x-next-cursor"), cursor);
        }
        Ok(response)
    }
}

/// Returns the bytes of a text within a JSON string.
fn in_json(text: &str) -> Option<usize> {
    serde_json::to_string(text).ok().map(|quoted| quoted.len())
}

const COLUMNS: [&str; 16] = [
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

fn cells(entry: &AdminEntryView) -> [String; 16] {
    let word = |value: serde_json::Result<serde_json::Value>| {
        value.ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
    };
    let changes: Vec<String> = entry.changes.iter().map(ToString::to_string).collect();
    [
        entry.at.to_string(),
        iso_time(entry.at),
        entry.event.as_str().to_owned(),
        entry.kind.to_owned(),
        entry.detail.to_string(),
        entry.user.clone().unwrap_or_default(),
        word(serde_json::to_value(entry.method)),
        entry.to.clone().unwrap_or_default(),
        entry.actor.clone().unwrap_or_default(),
        entry.reason.clone().unwrap_or_default(),
        entry.id.clone(),
        changes.join("; "),
        entry.device.as_ref().map(DeviceView::software).unwrap_or_default(),
        entry.device.as_ref().and_then(|device| device.network.clone()).unwrap_or_default(),
        word(serde_json::to_value(entry.ground)),
        word(serde_json::to_value(entry.checked_by)),
    ]
    .map(as_text)
}

fn record(cells: &[String]) -> Option<String> {
    let mut table = csv::Writer::from_writer(vec![]);
    table.write_record(cells).ok()?;
    String::from_utf8(table.into_inner().ok()?).ok()
}

/// A cell that a spreadsheet would take for a formula, made text.
fn as_text(cell: String) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{cell}") } else { cell }
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

#[cfg(test)]
mod tests {
    use super::*;
    use portcullis_domain::user::EntryKind;
    use portcullis_http::Sentence;

    fn entry(n: i64, reason: String) -> (LogPlace, AdminEntryView) {
        let entry = AdminEntryView {
            id: n.to_string(),
            at: 1_795_858_200 - n,
            event: EntryKind::Reset.into(),
            kind: "Multi-factor authentication",
            detail: Sentence::of("activity-reset"),
            user: None,
            method: None,
            to: None,
            actor: None,
            reason: Some(reason),
            device: None,
            ground: None,
            checked_by: None,
            sessions_not_before: None,
            changes: vec![],
            sign_in: None,
        };
        (LogPlace { day: 0, before: n.to_string() }, entry)
    }

    fn file(entries: &[(LogPlace, AdminEntryView)], format: FormatName) -> ExportFile {
        let portal = PortalId::parse("acme").unwrap();
        ExportFile::of(format, &portal, entries, None, &Span { from: 0, to: 86_399 }).unwrap()
    }

    #[test]
    fn v18_a_file_has_a_name_a_byte_order_mark_and_a_time_to_read() {
        let entries = [entry(0, "a, \"b\"".to_owned()), entry(61, "=x".to_owned())];
        let csv = file(&entries, FormatName::Csv);
        assert_eq!(csv.name, "acme-20261128T092859Z-20261128T093000Z.csv");
        let rows: Vec<&str> = csv.body.lines().collect();
        assert!(rows[0].starts_with("\u{feff}at,time,event,type"), "{}", rows[0]);
        assert!(rows[1].starts_with("1795858200,2026-11-28T09:30:00Z,reset,"), "{}", rows[1]);
        assert!(rows[1].contains(",\"a, \"\"b\"\"\",0,") && rows[2].contains(",'=x,61,"));
        assert_eq!(file(&[], FormatName::Csv).name, "acme-19700101T000000Z-19700101T235959Z.csv");
        let lines = file(&entries, FormatName::Jsonl);
        assert_eq!(lines.name, "acme-20261128T092859Z-20261128T093000Z.jsonl");
        assert_eq!((lines.body.lines().count(), lines.rows), (2, 2));
    }

    #[test]
    fn v18_a_file_is_cut_where_lambda_would_refuse_it_and_the_next_goes_on_there() {
        // Quotation marks take two bytes each in CSV, and four in an answer.
        let long: Vec<_> = (0..2_000).map(|n| entry(n, "\"".repeat(4_000))).collect();
        for format in [FormatName::Csv, FormatName::Jsonl] {
            let (mut rest, mut seen) = (long.as_slice(), 0);
            while !rest.is_empty() {
                let part = file(rest, format);
                assert!(in_json(&part.body).unwrap() <= MOST_BYTES && part.rows > 0);
                let last = part.next.map(|place| place.before.parse::<usize>().unwrap());
                seen += part.rows;
                assert_eq!(last, Some(seen - 1).filter(|_| seen < long.len()));
                rest = &long[seen..];
            }
            assert_eq!(seen, long.len());
        }
    }
}
