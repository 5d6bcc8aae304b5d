//! The activity log of a portal, newest first, as JSON, JSON lines or CSV.

pub(crate) mod everywhere;
mod export;
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
    Problem, StrictQuery,
    admin::{PermittedOn, ReadActivity},
    wire::admin::{ActivityFilter, ActivityPage, ActivityQuery, AdminEntryView, FormatName},
};
use portcullis_store::{LogLine, LogPlace};
use std::{collections::HashMap, iter};

use self::log_day::{LogDay, PAGE};
use crate::{
    AppState,
    export::{self as files, Exported as _, Extent, Found, Range},
};

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
            files::file(&search, &search.range(&query).await?).await
        }
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

    pub(crate) async fn range(&self, query: &ActivityQuery) -> Result<Range<LogPlace>, Problem> {
        files::range(self, query.cursor.as_deref(), LogPlace::after(self.until)).await
    }

    /// Lines of a part of the log that the filter takes. There is a next place only if lines follow
    /// it, or if very many did not match.
    async fn collect(
        &self,
        range: &Range<LogPlace>,
        extent: &Extent,
    ) -> Result<Found<LogPlace, LogLine>, Problem> {
        let Self { context, portal, partitions, filter, .. } = self;
        let mut oldest = filter.since.day().max(context.now().day() - KEPT_DAYS);
        let (mut rows, mut looked_at, mut days) = (vec![], 0, 1);
        let mut at = range.after.clone();
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
                    if !is_within(range, &place) {
                        return Ok(Found { rows, looked_at, next: None });
                    }
                    // Nothing of a portal is older than itself, and no id is used again.
                    if line.entry.kind == EntryKind::PortalCreated {
                        oldest = oldest.max(place.day);
                    }
                    let takes = filter.takes(&line);
                    let is_full = takes && rows.len() == extent.most;
                    if is_full || looked_at == extent.looked_at {
                        return Ok(Found { rows, looked_at, next: Some(at) });
                    }
                    looked_at += 1;
                    at = place.clone();
                    if takes {
                        rows.push((place, line));
                    }
                }
                at = at.day_before();
            }
            days = if looked_at == before { (days * 2).min(EMPTY_DAYS) } else { 1 };
        }
        Ok(Found { rows, looked_at, next: None })
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
    let Found { rows, next, .. } = search.find(&search.range(query).await?, &SHOWN).await?;
    let next_cursor = match next {
        Some(next) => Some(files::cursor(&search, &Range::after(next)).await?),
        None => None,
    };
    Ok(ActivityPage { entries: rows.into_iter().map(|(_, entry)| entry).collect(), next_cursor })
}

/// Returns true if a place is not beyond a part of the log, which goes back in time.
fn is_within(range: &Range<LogPlace>, place: &LogPlace) -> bool {
    let order = |place: &LogPlace| (place.day, place.before.clone());
    range.up_to.as_ref().is_none_or(|last| order(place) >= order(last))
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
