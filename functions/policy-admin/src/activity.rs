//! The activity log of a portal, newest first, as JSON, JSON lines or CSV.

mod export;

use axum::{
    Json,
    extract::State,
    response::{IntoResponse as _, Response},
};
use futures_util::future::try_join_all;
use portcullis_app::AppContext;
use portcullis_domain::{
    Locator, Portal, PortalId, Timestamp,
    portal::LogDays,
    user::{EntryKind, Figure},
};
use portcullis_http::{
    Cursor, Problem, StrictQuery,
    admin::{PermittedOn, ReadActivity},
    wire::admin::{ActivityFilter, ActivityPage, ActivityQuery, AdminEntryView, FormatName},
};
use portcullis_store::{LogLine, LogPlace};
use std::{collections::HashMap, iter};

use self::export::{ExportFile, Span};
use crate::AppState;

/// The lines that an answer holds, and those that are looked at for it.
struct Extent {
    most: usize,
    looked_at: usize,
}

const SHOWN: Extent = Extent { most: 100, looked_at: 10_000 };
const EXPORTED: Extent = Extent { most: 5_000, looked_at: 50_000 };
/// Lines read at once. A line takes at most 4 KB, and a query of the table gives at most 1 MB: a
/// page that is shorter than it can be is the last of its day.
const PAGE: usize = 250;
/// Days read at once, after days without a line.
const EMPTY_DAYS: usize = 16;

/// Read the activity log of a portal, newest first.
///
/// In the forms for export an answer is a file of at most 5,000 entries and 5 MB, named by the
/// portal and the moments of its oldest and newest entry. If there are more, the next cursor is in
/// the header `x-next-cursor`.
#[utoipa::path(
    get, path = "/v1/admin/portals/{portal}/activity",
    operation_id = "readPortalActivity", tag = "activity",
    params(("portal" = String, Path, description = "The portal's id"), ActivityQuery),
    responses(
        (status = 200, description = "A page of the log", content(
            (ActivityPage = "application/json"), (String = "application/x-ndjson"), (String = "text/csv"),
        ))),
)]
pub(crate) async fn read(
    State(AppState { context, .. }): State<AppState>,
    on: PermittedOn<ReadActivity>,
    StrictQuery(query): StrictQuery<ActivityQuery>,
) -> Result<Response, Problem> {
    match query.format {
        FormatName::Json => {
            Ok(Json(page(&context, &on.portal, &query, None).await?).into_response())
        }
        FormatName::Jsonl | FormatName::Csv => {
            answer(&context, &on.portal, file(&context, &on.portal, &query, None).await?).await
        }
    }
}

fn cursors(portal: &PortalId) -> Cursor {
    Cursor::of(&format!("activity:{portal}"))
}

/// Seals the place where the next page or file begins.
pub(crate) async fn cursor(
    context: &AppContext,
    portal: &PortalId,
    next: Option<&LogPlace>,
) -> Result<Option<String>, Problem> {
    let Some(next) = next else { return Ok(None) };
    let place = format!("{} {}", next.day, next.before);
    Ok(Some(cursors(portal).seal(context, &place).await?))
}

/// A page of the log, of entries that count in a number, if one is asked for.
pub(crate) async fn page(
    context: &AppContext,
    id: &PortalId,
    query: &ActivityQuery,
    outcome: Option<Figure>,
) -> Result<ActivityPage, Problem> {
    let Found { entries, next } = find(context, id, query, outcome, &SHOWN).await?;
    let next_cursor = cursor(context, id, next.as_ref()).await?;
    Ok(ActivityPage { entries: entries.into_iter().map(|(_, entry)| entry).collect(), next_cursor })
}

/// A file of the log, of entries that count in a number, if one is asked for.
pub(crate) async fn file(
    context: &AppContext,
    id: &PortalId,
    query: &ActivityQuery,
    outcome: Option<Figure>,
) -> Result<ExportFile, Problem> {
    let Found { entries, next } = find(context, id, query, outcome, &EXPORTED).await?;
    let now = context.now().unix();
    let span = Span {
        from: query.since.unwrap_or(0).max(0),
        to: query.until.map_or(now, |until| until.min(now)),
    };
    ExportFile::of(query.format, id, &entries, next, &span).ok_or_else(Problem::unavailable)
}

/// Answers a file with the cursor of the next.
pub(crate) async fn answer(
    context: &AppContext,
    id: &PortalId,
    file: ExportFile,
) -> Result<Response, Problem> {
    let next_cursor = cursor(context, id, file.next.as_ref()).await?;
    file.response(next_cursor.as_deref())
}

/// Entries that a query asks for, each with its place, and the place where the next begin.
struct Found<T> {
    entries: Vec<(LogPlace, T)>,
    next: Option<LogPlace>,
}

async fn find(
    context: &AppContext,
    id: &PortalId,
    query: &ActivityQuery,
    outcome: Option<Figure>,
    extent: &Extent,
) -> Result<Found<AdminEntryView>, Problem> {
    let portal = context.portal(id).await?.value;
    let keyring = context.keyring().await?;
    let filter = query.filter(|user| keyring.locator(id, user))?.with_outcome(outcome);
    let until = query.until.map_or(context.now(), Timestamp::from_unix).min(context.now());
    let start = match &query.cursor {
        Some(cursor) => place(&cursors(id).open(context, cursor).await?)?,
        None => LogPlace::after(until),
    };
    let Found { entries, next } = collect(context, id, &filter, start, extent).await?;
    Ok(Found { entries: named(context, &portal, entries).await?, next })
}

/// The place a cursor stands for.
fn place(text: &str) -> Result<LogPlace, Problem> {
    let refused = || Problem::bad_request("cursor is not one of this list; begin without.");
    let (day, before) = text.split_once(' ').ok_or_else(refused)?;
    Ok(LogPlace { day: day.parse().map_err(|_| refused())?, before: before.to_owned() })
}

/// Lines before a place that the filter takes. There is a next place only if lines follow it, or
/// if very many did not match.
async fn collect(
    context: &AppContext,
    portal: &PortalId,
    filter: &ActivityFilter,
    start: LogPlace,
    extent: &Extent,
) -> Result<Found<LogLine>, Problem> {
    let mut oldest = filter.since.day().max(context.now().day() - i64::from(LogDays::MOST.days()));
    let (mut entries, mut looked_at, mut days) = (vec![], 0, 1);
    let partitions = context.store().log_partitions(portal).await?;
    let mut at = start;
    while at.day >= oldest {
        let before = looked_at;
        let places: Vec<LogPlace> =
            iter::successors(Some(at.clone()), |place| Some(place.day_before()))
                .take(days)
                .take_while(|place| place.day >= oldest)
                .collect();
        let page = |place| context.store().log_before(portal, partitions, place, PAGE);
        let pages = places.iter().map(page);
        for (place, page) in places.iter().zip(try_join_all(pages).await?) {
            let whole_day = page.len() < PAGE;
            looked_at += page.len();
            at = place.clone();
            for (place, line) in page {
                at = place.clone();
                // Nothing of a portal is older than itself, and no id is used again.
                if line.entry.kind == EntryKind::PortalCreated {
                    oldest = oldest.max(at.day);
                }
                if !filter.takes(&line) {
                    continue;
                }
                if entries.len() == extent.most {
                    let next = entries.last().map(|(place, _): &(LogPlace, _)| place.clone());
                    return Ok(Found { entries, next });
                }
                entries.push((place, line));
            }
            if !whole_day {
                break;
            }
            at = at.day_before();
        }
        days = if looked_at == before { (days * 2).min(EMPTY_DAYS) } else { 1 };
        if looked_at >= extent.looked_at && at.day >= oldest {
            return Ok(Found { entries, next: Some(at) });
        }
    }
    Ok(Found { entries, next: None })
}

/// Lines with the ids of their users, where they were not erased.
async fn named(
    context: &AppContext,
    portal: &Portal,
    lines: Vec<(LogPlace, LogLine)>,
) -> Result<Vec<(LogPlace, AdminEntryView)>, Problem> {
    let mut locators: Vec<Locator> = lines.iter().filter_map(|(_, line)| line.locator).collect();
    locators.sort_by_key(|locator| *locator.as_bytes());
    locators.dedup();
    let listed = context.store().listed(&portal.id, &locators).await;
    let users: HashMap<Locator, String> =
        listed?.into_iter().map(|(locator, listed)| (locator, listed.id.to_string())).collect();
    let view = |(place, line): (LogPlace, LogLine)| {
        let user = line.locator.and_then(|locator| users.get(&locator)).cloned();
        (place, AdminEntryView::of(portal, line, user))
    };
    Ok(lines.into_iter().map(view).collect())
}
