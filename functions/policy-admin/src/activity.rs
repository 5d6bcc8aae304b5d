//! The activity log of a portal, newest first, as JSON, JSON lines or CSV.

use axum::{
    Json,
    extract::State,
    response::{IntoResponse, Response},
};
use http::{HeaderName, HeaderValue, header};
use portcullis_app::AppContext;
use portcullis_domain::{Locator, Portal, PortalId, Timestamp};
use portcullis_http::{
    AnyProblem, Cursor, Problem, StrictQuery,
    admin::{PermittedOn, ReadActivity},
    wire::admin::{ActivityFilter, ActivityPage, ActivityQuery, AdminEntryView, FormatName},
};
use portcullis_store::{LogLine, LogPlace};
use std::collections::HashMap;

use crate::AppState;

/// Lines an answer holds in JSON, and in the forms for export.
const SHOWN: usize = 100;
const EXPORTED: usize = 1_000;
/// Lines read at once, lines looked at in one call, and days gone back in one call. A line takes at
/// most 4 KB, and a query of the table gives at most 1 MB: a page that is shorter than it can be is
/// the last of its day.
const PAGE: usize = 250;
const LOOKED_AT: usize = 5_000;
const DAYS: usize = 62;
/// Days the log is kept.
const KEPT: i64 = 400;

/// Read the activity log of a portal, newest first.
///
/// In the forms for export the next cursor is in the header `x-next-cursor`.
#[utoipa::path(
    get, path = "/v1/admin/portals/{portal}/activity", tag = "activity",
    params(("portal" = String, Path, description = "The portal's id"), ActivityQuery),
    responses(
        (status = 200, description = "A page of the log", content(
            (ActivityPage = "application/json"), (String = "application/x-ndjson"), (String = "text/csv"),
        )),
        AnyProblem,
    ),
)]
pub(crate) async fn read(
    State(AppState { context, .. }): State<AppState>,
    on: PermittedOn<ReadActivity>,
    StrictQuery(query): StrictQuery<ActivityQuery>,
) -> Result<Response, Problem> {
    let ActivityPage { entries, next_cursor } = page(&context, &on.portal, &query).await?;
    answer(query.format, entries, next_cursor)
}

/// A page of the log.
pub(crate) async fn page(
    context: &AppContext,
    id: &PortalId,
    query: &ActivityQuery,
) -> Result<ActivityPage, Problem> {
    let portal = context.portal(id).await?.value;
    let keyring = context.keyring().await?;
    let filter = query.filter(|user| keyring.locator(id, user))?;
    let cursors = Cursor::of(&format!("activity:{id}"));
    let until = query.until.map_or(context.now(), Timestamp::from_unix).min(context.now());
    let start = match &query.cursor {
        Some(cursor) => place(&cursors.open(context, cursor).await?)?,
        None => LogPlace::after(until),
    };
    let most = match query.format {
        FormatName::Json => SHOWN,
        FormatName::Jsonl | FormatName::Csv => EXPORTED,
    };
    let (lines, next) = collect(context, id, &filter, start, most).await?;
    let entries = named(context, &portal, lines).await?;
    let next_cursor = match next {
        Some(next) => Some(cursors.seal(context, &format!("{} {}", next.day, next.before)).await?),
        None => None,
    };
    Ok(ActivityPage { entries, next_cursor })
}

/// The place a cursor stands for.
fn place(text: &str) -> Result<LogPlace, Problem> {
    let refused = || Problem::bad_request("cursor is not one of this list; begin without.");
    let (day, before) = text.split_once(' ').ok_or_else(refused)?;
    Ok(LogPlace { day: day.parse().map_err(|_| refused())?, before: before.to_owned() })
}

/// Lines before a place that the filter takes, and where to continue.
async fn collect(
    context: &AppContext,
    portal: &PortalId,
    filter: &ActivityFilter,
    start: LogPlace,
    most: usize,
) -> Result<(Vec<LogLine>, Option<LogPlace>), Problem> {
    let oldest = filter.since.day().max(context.now().day() - KEPT);
    let (mut lines, mut looked_at, mut days) = (vec![], 0, 0);
    let mut at = start;
    while at.day >= oldest {
        let page = context.store().log_before(portal, &at, PAGE).await;
        let page = page?;
        let whole_day = page.len() < PAGE;
        looked_at += page.len();
        for (place, line) in page {
            at = place;
            if filter.takes(&line) {
                lines.push(line);
            }
            if lines.len() == most {
                return Ok((lines, Some(at)));
            }
        }
        if whole_day {
            at = at.day_before();
            days += 1;
        }
        if (looked_at >= LOOKED_AT || days >= DAYS) && at.day >= oldest {
            return Ok((lines, Some(at)));
        }
    }
    Ok((lines, None))
}

/// Lines with the ids of their users, where they were not erased.
async fn named(
    context: &AppContext,
    portal: &Portal,
    lines: Vec<LogLine>,
) -> Result<Vec<AdminEntryView>, Problem> {
    let mut locators: Vec<Locator> = lines.iter().filter_map(|line| line.locator).collect();
    locators.sort_by_key(|locator| *locator.as_bytes());
    locators.dedup();
    let listed = context.store().listed(&portal.id, &locators).await;
    let users: HashMap<Locator, String> =
        listed?.into_iter().map(|(locator, listed)| (locator, listed.id.to_string())).collect();
    let view = |line: LogLine| {
        let user = line.locator.and_then(|locator| users.get(&locator)).cloned();
        AdminEntryView::of(portal, line, user)
    };
    Ok(lines.into_iter().map(view).collect())
}

fn answer(
    format: FormatName,
    entries: Vec<AdminEntryView>,
    next_cursor: Option<String>,
) -> Result<Response, Problem> {
    let (kind, body) = match format {
        FormatName::Json => {
            return Ok(Json(ActivityPage { entries, next_cursor }).into_response());
        }
        FormatName::Jsonl => ("application/x-ndjson", json_lines(&entries)),
        FormatName::Csv => ("text/csv; charset=utf-8; header=present", csv(&entries)),
    };
    let body = body.ok_or_else(Problem::unavailable)?;
    let kind = [(header::CONTENT_TYPE, HeaderValue::from_static(kind))];
    let mut response = (kind, body).into_response();
    if let Some(cursor) = next_cursor.and_then(|cursor| HeaderValue::from_str(&cursor).ok()) {
        response.headers_mut().insert(HeaderName::from_static("x-next-cursor"), cursor);
    }
    Ok(response)
}

fn json_lines(entries: &[AdminEntryView]) -> Option<String> {
    let lines: Result<Vec<String>, _> = entries.iter().map(serde_json::to_string).collect();
    lines.ok().map(|lines| lines.iter().flat_map(|line| [line.as_str(), "\n"]).collect())
}

fn csv(entries: &[AdminEntryView]) -> Option<String> {
    let mut table = csv::Writer::from_writer(vec![]);
    let names = [
        "at", "event", "type", "detail", "user", "method", "to", "actor", "reason", "id", "changes",
    ];
    table.write_record(names).ok()?;
    for entry in entries {
        let word = |value: serde_json::Result<serde_json::Value>| {
            value.ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
        };
        let changes: Vec<String> = entry.changes.iter().map(ToString::to_string).collect();
        let cells = [
            entry.at.to_string(),
            entry.event.to_owned(),
            entry.kind.to_owned(),
            entry.detail.clone(),
            entry.user.clone().unwrap_or_default(),
            word(serde_json::to_value(entry.method)),
            entry.to.clone().unwrap_or_default(),
            entry.actor.clone().unwrap_or_default(),
            entry.reason.clone().unwrap_or_default(),
            entry.id.clone(),
            changes.join("; "),
        ];
        table.write_record(cells.map(as_text)).ok()?;
    }
    String::from_utf8(table.into_inner().ok()?).ok()
}

/// A cell that a spreadsheet would take for a formula, made text.
fn as_text(cell: String) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{cell}") } else { cell }
}
