//! The activity log of a portal, newest first, as JSON, JSON lines or CSV.

pub(crate) mod everywhere;
pub(crate) mod export;
mod log_day;

use axum::{
    Json,
    extract::State,
    response::{IntoResponse as _, Response},
};
use futures_util::future::try_join_all;
use portcullis_app::AppContext;
use portcullis_domain::{
    Locator, Portal, PortalId, Timestamp,
    portal::{LogDays, LogPartitions},
    user::{EntryKind, Figure},
};
use portcullis_http::{
    Cursor, Problem, StrictQuery,
    admin::{PermittedOn, ReadActivity},
    wire::admin::{ActivityFilter, ActivityPage, ActivityQuery, AdminEntryView, FormatName},
};
use portcullis_store::{LogLine, LogPlace};
use std::{collections::HashMap, iter};

use self::log_day::{LogDay, PAGE};
use crate::AppState;

// The lines that an answer holds, and those that are looked at for it.
struct Extent {
    most: usize,
    looked_at: usize,
}

const SHOWN: Extent = Extent { most: 100, looked_at: 10_000 };
// Days read at once, after days without a line.
const EMPTY_DAYS: usize = 16;
const KEPT_DAYS: i64 = LogDays::MOST.days() as i64;

/// Read the activity log of a portal, newest first.
///
/// In the forms for export an answer is a file of all entries that fit into 5 MB, at most 10,000,
/// named by the portal and the moments of its oldest and newest entry. If there are more, the next
/// cursor is in the header `x-next-cursor`.
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
            let search = Search::of(&context, &on.portal, &query, None).await?;
            let file = export::file(&search, &search.range(&query).await?).await?;
            let next_cursor = search.cursor(file.next.as_ref()).await?;
            file.response(next_cursor.as_deref())
        }
    }
}

/// A part of the log: the lines before a place, down to another one with it, if that is given.
pub(crate) struct Range {
    pub(crate) before: LogPlace,
    pub(crate) down_to: Option<LogPlace>,
}

impl Range {
    fn text(&self) -> String {
        let place = |place: &LogPlace| format!("{} {}", place.day, place.before);
        match &self.down_to {
            Some(last) => format!("{} {}", place(&self.before), place(last)),
            None => place(&self.before),
        }
    }

    fn parse(text: &str) -> Option<Self> {
        let mut words = text.split(' ');
        let mut place = || {
            let (day, before) = (words.next()?.parse().ok()?, words.next()?.to_owned());
            Some(LogPlace { day, before })
        };
        Some(Self { before: place()?, down_to: place() })
    }

    fn has(&self, place: &LogPlace) -> bool {
        let order = |place: &LogPlace| (place.day, place.before.clone());
        self.down_to.as_ref().is_none_or(|last| order(place) >= order(last))
    }
}

/// A query of a portal's log.
pub(crate) struct Search<'a> {
    context: &'a AppContext,
    portal: Portal,
    partitions: LogPartitions,
    filter: ActivityFilter,
    format: FormatName,
    since: Option<i64>,
    until: Timestamp,
}

impl<'a> Search<'a> {
    /// Reads what a query asks for: entries that count in a number, if one is asked for.
    pub(crate) async fn of(
        context: &'a AppContext,
        id: &PortalId,
        query: &ActivityQuery,
        outcome: Option<Figure>,
    ) -> Result<Self, Problem> {
        let portal = context.portal(id).await?.value;
        let keyring = context.keyring().await?;
        let filter = query.filter(|user| keyring.locator(id, user))?.with_outcome(outcome);
        let partitions = context.store().log_partitions(id).await?;
        let until = query.until.map_or(context.now(), Timestamp::from_unix).min(context.now());
        let (format, since) = (query.format, query.since);
        Ok(Self { context, portal, partitions, filter, format, since, until })
    }

    fn cursors(&self) -> Cursor {
        Cursor::of(&format!("activity:{}", self.portal.id))
    }

    pub(crate) async fn range(&self, query: &ActivityQuery) -> Result<Range, Problem> {
        let refused = || Problem::bad_request("cursor is not one of this list; begin without.");
        let Some(cursor) = &query.cursor else { return Ok(self.whole()) };
        let text = self.cursors().open(self.context, cursor).await?;
        Range::parse(&text).ok_or_else(refused)
    }

    fn whole(&self) -> Range {
        Range { before: LogPlace::after(self.until), down_to: None }
    }

    pub(crate) async fn range_cursor(&self, range: &Range) -> Result<String, Problem> {
        self.cursors().seal(self.context, &range.text()).await
    }

    /// Seals the place where the next page or file begins.
    pub(crate) async fn cursor(&self, next: Option<&LogPlace>) -> Result<Option<String>, Problem> {
        let Some(next) = next else { return Ok(None) };
        let range = Range { before: next.clone(), down_to: None };
        self.range_cursor(&range).await.map(Some)
    }

    async fn find(&self, range: &Range, extent: &Extent) -> Result<Found<AdminEntryView>, Problem> {
        let Found { entries, looked_at, next } = self.collect(range, extent).await?;
        let entries = named(self.context, &self.portal, entries).await?;
        Ok(Found { entries, looked_at, next })
    }

    /// Lines of a part of the log that the filter takes. There is a next place only if lines follow
    /// it, or if very many did not match.
    async fn collect(&self, range: &Range, extent: &Extent) -> Result<Found<LogLine>, Problem> {
        let Self { context, portal, partitions, filter, .. } = self;
        let mut oldest = filter.since.day().max(context.now().day() - KEPT_DAYS);
        let (mut entries, mut looked_at, mut days) = (vec![], 0, 1);
        let mut at = range.before.clone();
        while at.day >= oldest {
            let before = looked_at;
            let places: Vec<LogPlace> =
                iter::successors(Some(at.clone()), |place| Some(place.day_before()))
                    .take(days)
                    .take_while(|place| place.day >= oldest)
                    .collect();
            let day = |place| LogDay::before(context.store(), &portal.id, *partitions, place, PAGE);
            let mut of_places: Vec<LogDay<'_>> = places.iter().map(day).collect();
            try_join_all(of_places.iter_mut().map(LogDay::read)).await?;
            for (place, mut day) in places.into_iter().zip(of_places) {
                at = place;
                while let Some((place, line)) = day.next().await? {
                    if !range.has(&place) {
                        return Ok(Found { entries, looked_at, next: None });
                    }
                    // Nothing of a portal is older than itself, and no id is used again.
                    if line.entry.kind == EntryKind::PortalCreated {
                        oldest = oldest.max(place.day);
                    }
                    let takes = filter.takes(&line);
                    let is_full = takes && entries.len() == extent.most;
                    if is_full || looked_at == extent.looked_at {
                        return Ok(Found { entries, looked_at, next: Some(at) });
                    }
                    looked_at += 1;
                    at = place.clone();
                    if takes {
                        entries.push((place, line));
                    }
                }
                at = at.day_before();
            }
            days = if looked_at == before { (days * 2).min(EMPTY_DAYS) } else { 1 };
        }
        Ok(Found { entries, looked_at, next: None })
    }
}

/// A page of the log, of entries that count in a number, if one is asked for.
pub(crate) async fn page(
    context: &AppContext,
    id: &PortalId,
    query: &ActivityQuery,
    outcome: Option<Figure>,
) -> Result<ActivityPage, Problem> {
    let search = Search::of(context, id, query, outcome).await?;
    let Found { entries, next, .. } = search.find(&search.range(query).await?, &SHOWN).await?;
    let next_cursor = search.cursor(next.as_ref()).await?;
    Ok(ActivityPage { entries: entries.into_iter().map(|(_, entry)| entry).collect(), next_cursor })
}

/// Entries that are looked for, each with its place, the number of lines that were looked at, and
/// the place where the next begin.
struct Found<T> {
    entries: Vec<(LogPlace, T)>,
    looked_at: usize,
    next: Option<LogPlace>,
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
