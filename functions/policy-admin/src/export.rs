//! Files of what lists show: comma-separated values or JSON lines.

#[cfg(test)]
mod tests;

use axum::response::{IntoResponse as _, Response};
use http::{HeaderName, HeaderValue, header};
use portcullis_app::AppContext;
use portcullis_http::{Cursor, Problem, wire::admin::FormatName};
use serde::Serialize;

// The most bytes of a file. Lambda takes an answer of 6 MB, in which the file is a JSON string
// ("Lambda quotas", developer guide); it is text, so it is not encoded in base64.
const MOST_BYTES: usize = 5 * 1024 * 1024;
// The most rows of a file, so that it is made in the time that the function has.
const MOST_ROWS: usize = 10_000;
// The room beyond in a file whose extent was said before: rows within it may come late.
const SPARE_BYTES: usize = 512 * 1024;
const SPARE_ROWS: usize = 1_000;
// The items that are looked at for an answer.
const LOOKED_AT: usize = 25_000;
// The rows that are read at once.
const PART: usize = 2_000;

// Spreadsheets take a file for UTF-8 if it begins with this.
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// A list in an order of its own, of which files are made.
pub(crate) trait Exported {
    /// A place in the list, after which a file or a page begins.
    type Place: Clone;
    type Row: Serialize;
    const COLUMNS: &'static [&'static str];

    fn format(&self) -> FormatName;
    /// Returns the cells of a row, which spreadsheets may take for formulas.
    fn cells(row: &Self::Row) -> Vec<String>;
    /// Returns what the name of a file says of its first and its last row.
    fn label(row: &Self::Row) -> String;
    /// Returns the name of a file without its ending, by its number and the labels of its rows.
    fn name(&self, number: usize, ends: Option<(String, String)>) -> String;
    /// Reads rows of a part of the list, each with the place after it.
    async fn find(
        &self,
        range: &Range<Self::Place>,
        extent: &Extent,
    ) -> Result<Found<Self::Place, Self::Row>, Problem>;

    fn context(&self) -> &AppContext;
    fn cursors(&self) -> Cursor;
    /// Returns a place as text without a line break.
    fn place_text(place: &Self::Place) -> String;
    fn parse_place(text: &str) -> Option<Self::Place>;
    fn end() -> Self::Place;
}

/// A part of a list: the rows after a place, up to another one with it, if that is given.
pub(crate) struct Range<P> {
    /// The number of its file, from 1.
    pub(crate) number: usize,
    pub(crate) after: P,
    pub(crate) up_to: Option<P>,
}

impl<P> Range<P> {
    pub(crate) const fn after(after: P) -> Self {
        Self { number: 1, after, up_to: None }
    }
}

/// The rows that an answer holds, and the items that are looked at for it.
pub(crate) struct Extent {
    pub(crate) most: usize,
    pub(crate) looked_at: usize,
}

/// Rows that are looked for, each with its place, the number of items that were looked at, and the
/// place after which the next begin.
pub(crate) struct Found<P, R> {
    pub(crate) rows: Vec<(P, R)>,
    pub(crate) looked_at: usize,
    pub(crate) next: Option<P>,
}

pub(crate) struct ExportFile<P> {
    pub(crate) name: String,
    pub(crate) rows: usize,
    /// The part of the list after it, if more may follow.
    pub(crate) next: Option<Range<P>>,
    looked_at: usize,
    kind: &'static str,
    body: String,
}

pub(crate) enum Export<P> {
    Whole(ExportFile<P>),
    Several(Files<P>),
}

/// The files of an export that one does not hold.
pub(crate) struct Files<P> {
    /// Those that have rows, in the list's order.
    pub(crate) files: Vec<FileAhead<P>>,
    /// The part after these, if not all of the list was looked at.
    pub(crate) next: Option<Range<P>>,
}

/// A file that will be asked for. It has the same rows then, and those of its part that come
/// meanwhile.
pub(crate) struct FileAhead<P> {
    pub(crate) name: String,
    pub(crate) rows: usize,
    pub(crate) range: Range<P>,
}

/// Opens the cursor of a page or a file; without one it is the part that is given.
pub(crate) async fn range<E: Exported>(
    list: &E,
    cursor: Option<&str>,
    whole: E::Place,
) -> Result<Range<E::Place>, Problem> {
    let refused = || Problem::bad_request("cursor is not one of this list; begin without.");
    let Some(cursor) = cursor else { return Ok(Range::after(whole)) };
    let text = list.cursors().open(list.context(), cursor).await?;
    let mut lines = text.split('\n');
    let number = lines.next().and_then(|number| number.parse().ok()).ok_or_else(refused)?;
    let after = lines.next().and_then(E::parse_place).ok_or_else(refused)?;
    let up_to = lines.next().map(|place| E::parse_place(place).ok_or_else(refused)).transpose()?;
    Ok(Range { number, after, up_to })
}

/// Seals the cursor of a part of a list.
pub(crate) async fn cursor<E: Exported>(
    list: &E,
    range: &Range<E::Place>,
) -> Result<String, Problem> {
    let mut text = format!("{}\n{}", range.number, E::place_text(&range.after));
    if let Some(up_to) = &range.up_to {
        text.push('\n');
        text.push_str(&E::place_text(up_to));
    }
    list.cursors().seal(list.context(), &text).await
}

/// Answers the file of a part of a list, or of as much of it as fits.
pub(crate) async fn file<E: Exported>(
    list: &E,
    range: &Range<E::Place>,
) -> Result<Response, Problem> {
    let looked_at = if range.up_to.is_some() { 2 * LOOKED_AT } else { LOOKED_AT };
    let file = file_within(list, range, looked_at).await?;
    let next_cursor = match &file.next {
        None => None,
        Some(_) if range.up_to.is_some() => {
            return Err(Problem::bad_request(
                "This part of the list has grown, and no longer fits into a file. Export it again.",
            ));
        }
        Some(next) => Some(cursor(list, next).await?),
    };
    file.response(next_cursor.as_deref())
}

/// Makes the file of a part of a list, or says which files hold it. At most so many items are
/// looked at for both.
pub(crate) async fn export<E: Exported>(
    list: &E,
    range: Range<E::Place>,
) -> Result<Export<E::Place>, Problem> {
    let file = file_within(list, &range, LOOKED_AT).await?;
    if file.next.is_none() {
        return Ok(Export::Whole(file));
    }
    files_from(list, file, range).await.map(Export::Several)
}

/// Says which files hold a part of a list, without making one that is answered.
pub(crate) async fn files<E: Exported>(
    list: &E,
    range: Range<E::Place>,
) -> Result<Files<E::Place>, Problem> {
    let file = file_within(list, &range, LOOKED_AT).await?;
    files_from(list, file, range).await
}

async fn files_from<E: Exported>(
    list: &E,
    first: ExportFile<E::Place>,
    range: Range<E::Place>,
) -> Result<Files<E::Place>, Problem> {
    let (mut file, mut range, mut looked_at, mut files) = (first, range, 0, vec![]);
    loop {
        looked_at += file.looked_at;
        let Some(next) = file.next.take() else {
            // The last file has an end too, so that it has the same room as the others.
            files.push(FileAhead::of(file, range, E::end()));
            return Ok(Files::of(files, None));
        };
        files.push(FileAhead::of(file, range, next.after.clone()));
        if looked_at >= LOOKED_AT {
            return Ok(Files::of(files, Some(next)));
        }
        file = file_within(list, &next, LOOKED_AT - looked_at).await?;
        range = next;
    }
}

async fn file_within<E: Exported>(
    list: &E,
    range: &Range<E::Place>,
    most_looked_at: usize,
) -> Result<ExportFile<E::Place>, Problem> {
    let mut rows = Rows::<E>::of(list.format(), range).ok_or_else(Problem::unavailable)?;
    let mut looked_at = 0;
    let mut part = Range { after: range.after.clone(), up_to: range.up_to.clone(), ..*range };
    let next = 'parts: loop {
        let extent = Extent { most: PART, looked_at: most_looked_at - looked_at };
        let found = list.find(&part, &extent).await?;
        looked_at += found.looked_at;
        for (place, row) in found.rows {
            if !rows.add(&row).ok_or_else(Problem::unavailable)? {
                break 'parts Some(part.after);
            }
            part.after = place;
        }
        match found.next {
            Some(place) if looked_at < most_looked_at && rows.count < rows.most_rows => {
                part.after = place;
            }
            next => break next,
        }
    };
    let next = next.map(|after| {
        // A file without a row is left out, and so is its number.
        let number = range.number + usize::from(rows.count > 0);
        Range { number, after, up_to: None }
    });
    Ok(rows.end(list, range.number, looked_at, next))
}

impl<P> FileAhead<P> {
    fn of(file: ExportFile<P>, range: Range<P>, up_to: P) -> Self {
        Self { name: file.name, rows: file.rows, range: Range { up_to: Some(up_to), ..range } }
    }
}

impl<P> Files<P> {
    fn of(mut files: Vec<FileAhead<P>>, next: Option<Range<P>>) -> Self {
        files.retain(|file| file.rows > 0);
        Self { files, next }
    }
}

struct Rows<E: Exported> {
    format: FormatName,
    body: String,
    bytes: usize,
    count: usize,
    most_bytes: usize,
    most_rows: usize,
    ends: Option<(String, String)>,
    of: std::marker::PhantomData<E>,
}

impl<E: Exported> Rows<E> {
    fn of(format: FormatName, range: &Range<E::Place>) -> Option<Self> {
        let body = match format {
            FormatName::Json | FormatName::Jsonl => String::new(),
            FormatName::Csv => {
                let names = E::COLUMNS.iter().map(|name| (*name).to_owned());
                format!("{BYTE_ORDER_MARK}{}", record(names)?)
            }
        };
        let bytes = in_json(&body)?;
        let (most_bytes, most_rows) = match range.up_to {
            None => (MOST_BYTES, MOST_ROWS),
            Some(_) => (MOST_BYTES + SPARE_BYTES, MOST_ROWS + SPARE_ROWS),
        };
        let of = std::marker::PhantomData;
        Some(Self { format, body, bytes, count: 0, most_bytes, most_rows, ends: None, of })
    }

    /// Adds a row after those before. Returns false if it does not fit.
    fn add(&mut self, row: &E::Row) -> Option<bool> {
        let line = match self.format {
            FormatName::Json | FormatName::Jsonl => {
                format!("{}\n", serde_json::to_string(row).ok()?)
            }
            FormatName::Csv => record(E::cells(row).into_iter().map(as_text))?,
        };
        let bytes = self.bytes + in_json(&line)?;
        if bytes > self.most_bytes || self.count == self.most_rows {
            return Some(false);
        }
        self.body.push_str(&line);
        (self.bytes, self.count) = (bytes, self.count + 1);
        let last = E::label(row);
        let first = self.ends.take().map_or_else(|| last.clone(), |(first, _)| first);
        self.ends = Some((first, last));
        Some(true)
    }

    fn end(
        self,
        list: &E,
        number: usize,
        looked_at: usize,
        next: Option<Range<E::Place>>,
    ) -> ExportFile<E::Place> {
        let (kind, ending) = match self.format {
            FormatName::Json | FormatName::Jsonl => ("application/x-ndjson", "jsonl"),
            FormatName::Csv => ("text/csv; charset=utf-8; header=present", "csv"),
        };
        let name = format!("{}.{ending}", list.name(number, self.ends));
        ExportFile { name, rows: self.count, next, looked_at, kind, body: self.body }
    }
}

impl<P> ExportFile<P> {
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

fn in_json(text: &str) -> Option<usize> {
    serde_json::to_string(text).ok().map(|quoted| quoted.len())
}

/// Returns the word that a name has in JSON, or nothing.
pub(crate) fn name_in_json(name: impl Serialize) -> String {
    let name = serde_json::to_value(name).ok();
    name.as_ref().and_then(serde_json::Value::as_str).unwrap_or_default().to_owned()
}

fn record(cells: impl Iterator<Item = String>) -> Option<String> {
    let mut table = csv::Writer::from_writer(vec![]);
    table.write_record(cells.map(String::into_bytes)).ok()?;
    String::from_utf8(table.into_inner().ok()?).ok()
}

/// A cell that a spreadsheet would take for a formula, made text.
fn as_text(cell: String) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{cell}") } else { cell }
}
