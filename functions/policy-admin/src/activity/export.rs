//! The log as a file: comma-separated values or JSON lines.

use axum::response::{IntoResponse as _, Response};
use http::{HeaderName, HeaderValue, header};
use portcullis_http::{
    Problem,
    wire::{
        DeviceView,
        admin::{AdminEntryView, FormatName},
    },
};
use portcullis_store::LogPlace;
use time::OffsetDateTime;

use super::{Extent, Found, Range, Search};

// The most bytes of a file. Lambda takes an answer of 6 MB, in which the file is a JSON string
// ("Lambda quotas", developer guide); it is text, so it is not encoded in base64.
const MOST_BYTES: usize = 5 * 1024 * 1024;
// The most entries of a file, so that it is made in the time that the function has.
const MOST_ROWS: usize = 10_000;
// The room beyond in a file whose extent was said before: entries of its time may come late.
const SPARE_BYTES: usize = 512 * 1024;
const SPARE_ROWS: usize = 1_000;
// The lines that are looked at for an answer.
const LOOKED_AT: usize = 25_000;
// The entries that are read at once.
const PART: usize = 2_500;

// Spreadsheets take a file for UTF-8 if it begins with this.
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// One file of an export.
pub(crate) struct ExportFile {
    pub(crate) name: String,
    pub(crate) rows: usize,
    /// The place down to which it has every entry, if more may follow in another file.
    pub(crate) next: Option<LogPlace>,
    looked_at: usize,
    kind: &'static str,
    body: String,
}

/// An export: the file, if one holds everything.
pub(crate) enum Export {
    Whole(ExportFile),
    Several(Files),
}

/// The files of an export that one does not hold.
pub(crate) struct Files {
    /// Those that have entries, newest entries first.
    pub(crate) files: Vec<FileAhead>,
    /// The place where the files after these begin, if not all of the log was looked at.
    pub(crate) next: Option<LogPlace>,
}

/// A file that will be asked for. It has the same entries then, and those of its time that come
/// meanwhile.
pub(crate) struct FileAhead {
    pub(crate) name: String,
    pub(crate) rows: usize,
    pub(crate) range: Range,
}

/// Makes the file of a part of the log, or of as much of it as fits.
pub(crate) async fn file(search: &Search<'_>, range: &Range) -> Result<ExportFile, Problem> {
    if range.down_to.is_none() {
        return file_within(search, range, LOOKED_AT).await;
    }
    let file = file_within(search, range, 2 * LOOKED_AT).await?;
    if file.next.is_some() {
        return Err(Problem::bad_request(
            "This part of the log has grown, and no longer fits into a file. Export it again.",
        ));
    }
    Ok(file)
}

/// Makes the file of a part of the log, or says which files hold it. At most so many lines are
/// looked at for both.
pub(crate) async fn export(search: &Search<'_>, range: Range) -> Result<Export, Problem> {
    let first = file_within(search, &range, LOOKED_AT).await?;
    let Some(mut next) = first.next.clone() else { return Ok(Export::Whole(first)) };
    let mut looked_at = first.looked_at;
    let mut files = vec![FileAhead::of(first, range)];
    while looked_at < LOOKED_AT {
        let rest = Range { before: next, down_to: None };
        let file = file_within(search, &rest, LOOKED_AT - looked_at).await?;
        looked_at += file.looked_at;
        let after = file.next.clone();
        files.push(FileAhead::of(file, rest));
        match after {
            Some(place) => next = place,
            None => return Ok(Export::Several(Files::of(files, None))),
        }
    }
    Ok(Export::Several(Files::of(files, Some(next))))
}

async fn file_within(
    search: &Search<'_>,
    range: &Range,
    most_looked_at: usize,
) -> Result<ExportFile, Problem> {
    let mut file = Rows::of(search.format, range).ok_or_else(Problem::unavailable)?;
    let mut looked_at = 0;
    let mut part = Range { before: range.before.clone(), down_to: range.down_to.clone() };
    loop {
        let extent = Extent { most: PART, looked_at: most_looked_at - looked_at };
        let found = search.find(&part, &extent).await?;
        looked_at += found.looked_at;
        let Found { entries, next, .. } = found;
        for (place, entry) in entries {
            if !file.add(&entry).ok_or_else(Problem::unavailable)? {
                return Ok(file.end(search, looked_at, Some(part.before)));
            }
            part.before = place;
        }
        match next {
            Some(place) if looked_at < most_looked_at => part.before = place,
            next => return Ok(file.end(search, looked_at, next)),
        }
    }
}

impl FileAhead {
    fn of(file: ExportFile, range: Range) -> Self {
        // The last file has an end too, so that it has the same room as the others.
        let all = LogPlace { day: 0, before: "0".to_owned() };
        let range = Range { down_to: Some(file.next.unwrap_or(all)), ..range };
        Self { name: file.name, rows: file.rows, range }
    }
}

impl Files {
    fn of(mut files: Vec<FileAhead>, next: Option<LogPlace>) -> Self {
        files.retain(|file| file.rows > 0);
        Self { files, next }
    }
}

struct Rows {
    format: FormatName,
    body: String,
    bytes: usize,
    rows: usize,
    most_bytes: usize,
    most_rows: usize,
    newest: Option<i64>,
    oldest: Option<i64>,
}

impl Rows {
    fn of(format: FormatName, range: &Range) -> Option<Self> {
        let body = match format {
            FormatName::Json | FormatName::Jsonl => String::new(),
            FormatName::Csv => {
                format!("{BYTE_ORDER_MARK}{}", record(&COLUMNS.map(str::to_owned))?)
            }
        };
        let bytes = in_json(&body)?;
        let (most_bytes, most_rows) = match range.down_to {
            None => (MOST_BYTES, MOST_ROWS),
            Some(_) => (MOST_BYTES + SPARE_BYTES, MOST_ROWS + SPARE_ROWS),
        };
        let (newest, oldest) = (None, None);
        Some(Self { format, body, bytes, rows: 0, most_bytes, most_rows, newest, oldest })
    }

    /// Adds an entry, older than those before. Returns false if it does not fit.
    fn add(&mut self, entry: &AdminEntryView) -> Option<bool> {
        let row = match self.format {
            FormatName::Json | FormatName::Jsonl => {
                format!("{}\n", serde_json::to_string(entry).ok()?)
            }
            FormatName::Csv => record(&cells(entry))?,
        };
        let bytes = self.bytes + in_json(&row)?;
        if bytes > self.most_bytes || self.rows == self.most_rows {
            return Some(false);
        }
        self.body.push_str(&row);
        (self.bytes, self.rows) = (bytes, self.rows + 1);
        self.newest.get_or_insert(entry.at);
        self.oldest = Some(entry.at);
        Some(true)
    }

    /// Ends the file. It is named by the portal and the moments of its oldest and newest entry, or
    /// by the whole time that is asked for if it has none.
    fn end(self, search: &Search<'_>, looked_at: usize, next: Option<LogPlace>) -> ExportFile {
        let oldest = self.oldest.unwrap_or_else(|| search.since.unwrap_or(0).max(0));
        let newest = self.newest.unwrap_or_else(|| search.until.unix());
        let (kind, ending) = match self.format {
            FormatName::Json | FormatName::Jsonl => ("application/x-ndjson", "jsonl"),
            FormatName::Csv => ("text/csv; charset=utf-8; header=present", "csv"),
        };
        let (portal, oldest, newest) = (&search.portal.id, in_name(oldest), in_name(newest));
        let name = format!("{portal}-{oldest}-{newest}.{ending}");
        ExportFile { name, rows: self.rows, next, looked_at, kind, body: self.body }
    }
}

impl ExportFile {
    /// Answers the file, with the cursor of the next one in a header.
    pub(crate) fn response(self, next_cursor: Option<&str>) -> Result<Response, Problem> {
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

    fn entry(n: i64, reason: String) -> AdminEntryView {
        AdminEntryView {
            id: n.to_string(),
            portal: "acme".to_owned(),
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
        }
    }

    fn range(down_to: Option<LogPlace>) -> Range {
        Range { before: LogPlace::end_of(0), down_to }
    }

    fn csv(entries: &[AdminEntryView], range: &Range) -> (Rows, usize) {
        let mut file = Rows::of(FormatName::Csv, range).unwrap();
        let fit = entries.iter().take_while(|entry| file.add(entry).unwrap()).count();
        (file, fit)
    }

    #[test]
    fn v18_a_file_has_a_byte_order_mark_and_a_time_to_read() {
        let entries = [entry(0, "a, \"b\"".to_owned()), entry(61, "=x".to_owned())];
        let (file, fit) = csv(&entries, &range(None));
        assert_eq!((fit, file.newest, file.oldest), (2, Some(entries[0].at), Some(entries[1].at)));
        let rows: Vec<&str> = file.body.lines().collect();
        assert!(rows[0].starts_with("\u{feff}at,time,event,type"), "{}", rows[0]);
        assert!(rows[1].starts_with("1795858200,2026-11-28T09:30:00Z,reset,"), "{}", rows[1]);
        assert!(rows[1].contains(",\"a, \"\"b\"\"\",0,") && rows[2].contains(",'=x,61,"));
        assert_eq!(in_name(entries[0].at), "20261128T093000Z");
    }

    #[test]
    fn v18_a_file_ends_where_lambda_would_refuse_it_and_one_that_was_said_before_has_more_room() {
        // Quotation marks take two bytes each in CSV, and four in an answer.
        let long: Vec<_> = (0..2_000).map(|n| entry(n, "\"".repeat(4_000))).collect();
        let (file, fit) = csv(&long, &range(None));
        assert_eq!(in_json(&file.body).unwrap() - 2, file.bytes - 2 * (fit + 1), "as counted");
        assert!(file.bytes <= MOST_BYTES && fit > 0 && fit < long.len());
        let (again, more) = csv(&long, &range(Some(LogPlace::end_of(0))));
        assert!(again.bytes > MOST_BYTES && again.bytes < 6_000_000 && more > fit);
        let short: Vec<_> = (0..12_000).map(|n| entry(n, String::new())).collect();
        assert_eq!(csv(&short, &range(None)).1, MOST_ROWS);
    }
}
