//! The activity of all portals that an admin may read, newest first.
//!
//! The log has partitions for each portal and day, and no page may make queries without bound. So a
//! page goes back day by day, and says how far it looked. If there are very many portals, a day is
//! shown for some of them after the others.

use axum::{Json, extract::State};
use futures_util::future::try_join_all;
use portcullis_app::AppContext;
use portcullis_domain::{
    Portal, PortalId, Timestamp, limits,
    portal::LogPartitions,
    user::{EntryKind, Figure},
};
use portcullis_http::{
    Cursor, Problem, StrictQuery,
    admin::{Permitted, ReadActivity, SignedIn},
    wire::admin::{
        ActivityEverywhere, ActivityFilter, ActivityQuery, AdminEntryView, FormatName, LookedAt,
    },
};
use portcullis_store::{LogLine, LogPlace};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::{KEPT_DAYS, log_day::LogDay, named};
use crate::{AppState, portals::visible};

const SHOWN: usize = 100;
// The queries of the log that a page makes: one for each partition of a portal's day.
const QUERIES: usize = 256;
// The reads of the portals of a step: the list, their items, and their partitions.
const LISTING: usize = 3;
// The lines that are read of a partition at once.
const LINES: usize = 50;
// The portals whose first day a cursor remembers.
const REMEMBERED: usize = 100;

/// Read the activity log of all portals that the admin may read, newest first.
///
/// The query is that of one portal's log, and the format is JSON. A page looks at a bounded number
/// of portals and days, and `looked_at` says which: there may be more although it has few entries,
/// or none. Of more than 25 portals, a day is shown for some after the others.
#[utoipa::path(
    get, path = "/v1/admin/activity",
    operation_id = "readActivity", tag = "activity", params(ActivityQuery),
    responses((status = 200, description = "A page of the logs", body = ActivityEverywhere)),
)]
pub(crate) async fn read(
    State(AppState { context, .. }): State<AppState>,
    by: Permitted<ReadActivity>,
    StrictQuery(query): StrictQuery<ActivityQuery>,
) -> Result<Json<ActivityEverywhere>, Problem> {
    match query.format {
        FormatName::Json => page(&context, &by.admin, &query, None).await.map(Json),
        FormatName::Jsonl | FormatName::Csv => Err(Problem::bad_request(
            "format must be json here. Export the log of each portal at \
             /v1/admin/portals/{portal}/activity.",
        )),
    }
}

/// A page of all logs, of entries that count in a number, if one is asked for.
pub(crate) async fn page(
    context: &AppContext,
    admin: &SignedIn,
    query: &ActivityQuery,
    outcome: Option<Figure>,
) -> Result<ActivityEverywhere, Problem> {
    let cursors = Cursor::of("activity");
    let place = match &query.cursor {
        Some(cursor) => Place::parse(&cursors.open(context, cursor).await?)?,
        None => {
            let until = query.until.map_or(context.now(), Timestamp::from_unix);
            Place::before_all(until.min(context.now()))
        }
    };
    // What is asked for is refused also if there is no portal to look at.
    let keyring = context.keyring().await?;
    let since = query.filter(|user| keyring.locator(&PortalId::console(), user))?.since;
    let until = place.moment();
    let mut walk = Walk::from(place, since.day().max(context.now().day() - KEPT_DAYS));
    let is_over = walk.take(&Asked { context, admin, query, outcome }).await?;
    let since = if is_over { query.since } else { Some(walk.at.moment()) };
    let looked_at = LookedAt { portals: walk.seen.len(), since, until };
    let next_cursor =
        if is_over { None } else { Some(cursors.seal(context, &walk.at.text()?).await?) };
    Ok(ActivityEverywhere { entries: walk.entries(context).await?, looked_at, next_cursor })
}

struct Asked<'a> {
    context: &'a AppContext,
    admin: &'a SignedIn,
    query: &'a ActivityQuery,
    outcome: Option<Figure>,
}

/// The place in all logs where a page begins: within a day, for some portals.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Place {
    /// The moment after which nothing is shown.
    until: i64,
    day: i64,
    /// The sort key before which the lines of the portals were not shown yet; none at the start of
    /// the day.
    before: Option<String>,
    /// The portals after this one, up to the last of those that are merged.
    after: Option<String>,
    last: Option<String>,
    /// A portal of this day was looked at, which may have entries on the day before.
    goes_back: bool,
    /// The days on which portals were made: nothing of them is older, and no id is used again.
    made: BTreeMap<String, i64>,
}

impl Place {
    fn before_all(until: Timestamp) -> Self {
        Self {
            until: until.unix(),
            day: until.day(),
            before: None,
            after: None,
            last: None,
            goes_back: false,
            made: BTreeMap::new(),
        }
    }

    fn parse(text: &str) -> Result<Self, Problem> {
        serde_json::from_str(text)
            .map_err(|_| Problem::bad_request("cursor is not one of this list; begin without."))
    }

    fn text(&self) -> Result<String, Problem> {
        serde_json::to_string(self).map_err(|_| Problem::unavailable())
    }

    fn in_log(&self) -> LogPlace {
        let top = LogPlace::after(Timestamp::from_unix(self.until));
        match &self.before {
            Some(before) => LogPlace { day: self.day, before: before.clone() },
            None if self.day == top.day => top,
            None => LogPlace::end_of(self.day),
        }
    }

    /// Returns the moment down to which everything was shown.
    fn moment(&self) -> i64 {
        let second = self.before.as_ref().and_then(|before| before.get(..12)?.parse().ok());
        second.unwrap_or_else(|| self.until.min((self.day + 1) * limits::DAY_SECONDS - 1))
    }

    fn go_to_next_portals(&mut self, last: Option<String>) {
        (self.before, self.after, self.last) = (None, last, None);
    }

    fn go_to_day_before(&mut self) {
        self.go_to_next_portals(None);
        (self.day, self.goes_back) = (self.day - 1, false);
    }

    fn is_made_later(&self, portal: &PortalId) -> bool {
        self.made.get(portal.as_str()).is_some_and(|day| *day > self.day)
    }

    fn note_made(&mut self, portal: &PortalId) {
        if self.made.len() < REMEMBERED {
            self.made.insert(portal.to_string(), self.day);
        }
    }
}

/// Portals whose entries of a day are merged.
struct Together {
    after: Option<String>,
    portals: Vec<(Portal, LogPartitions, ActivityFilter)>,
    last: Option<String>,
    /// True if there are portals after the last of them.
    more: bool,
}

impl Together {
    /// Finds the portals at a place: as many as are merged, and as one page can read.
    async fn at(asked: &Asked<'_>, place: &Place) -> Result<Self, Problem> {
        let Asked { context, admin, query, outcome } = asked;
        let after = place.after.as_deref();
        let (mut ids, next) = visible(context, &admin.role, after, LookedAt::TOGETHER).await?;
        let all = ids.len();
        ids.retain(|id| place.last.as_ref().is_none_or(|last| id.as_str() <= last.as_str()));
        let mut more = next.is_some() || ids.len() < all;
        let (stored, partitions) = tokio::try_join!(
            context.store().portals(&ids),
            context.store().log_partitions_of(&ids)
        )?;
        let mut stored: HashMap<PortalId, Portal> =
            stored.into_iter().map(|portal| (portal.id.clone(), portal)).collect();
        let keyring = context.keyring().await?;
        let (mut portals, mut last, mut queries) = (vec![], None, 0);
        for (id, partitions) in ids.iter().zip(partitions) {
            queries += usize::from(partitions.on(place.day));
            if queries > QUERIES {
                more = true;
                break;
            }
            last = Some(id.to_string());
            // One that was deleted a moment ago is left out.
            let Some(portal) = stored.remove(id) else { continue };
            let filter = query.filter(|user| keyring.locator(id, user))?.with_outcome(*outcome);
            portals.push((portal, partitions, filter));
        }
        Ok(Self { after: place.after.clone(), portals, last, more })
    }

    fn open<'a>(
        &'a self,
        place: &Place,
    ) -> impl Iterator<Item = &'a (Portal, LogPartitions, ActivityFilter)> {
        self.portals.iter().filter(|(portal, ..)| !place.is_made_later(&portal.id))
    }
}

struct Walk {
    at: Place,
    oldest: i64,
    queries: usize,
    seen: BTreeSet<String>,
    portals: Vec<Portal>,
    /// The lines in their order, each with its portal among these.
    lines: Vec<(usize, LogPlace, LogLine)>,
}

impl Walk {
    fn from(at: Place, oldest: i64) -> Self {
        let (seen, portals, lines) = (BTreeSet::new(), vec![], vec![]);
        Self { at, oldest, queries: 0, seen, portals, lines }
    }

    /// Reads until the page is full, or has made its queries. Returns true if nothing is left.
    async fn take(&mut self, asked: &Asked<'_>) -> Result<bool, Problem> {
        let mut together: Option<Together> = None;
        while self.at.day >= self.oldest {
            let known = together.take().filter(|known| known.after == self.at.after);
            let now = match known {
                Some(known) => known,
                None => {
                    self.queries += LISTING;
                    Together::at(asked, &self.at).await?
                }
            };
            let now = together.insert(now);
            let day = self.at.day;
            let partitions = now.open(&self.at).map(|(_, partitions, _)| partitions.on(day));
            let queries: usize = partitions.map(usize::from).sum();
            // The first step of a page is always taken, so that each page gets further.
            if self.queries + queries > QUERIES && self.queries > LISTING {
                return Ok(false);
            }
            if self.step(asked.context, now).await? {
                return Ok(false);
            }
            match now.last.clone().filter(|_| now.more) {
                Some(last) => self.at.go_to_next_portals(Some(last)),
                None if !self.at.goes_back => return Ok(true),
                None => self.at.go_to_day_before(),
            }
        }
        Ok(true)
    }

    /// Takes the lines of the day of some portals, newest first. Returns true if the page is full,
    /// or has made its queries.
    async fn step<'a>(
        &mut self,
        context: &'a AppContext,
        now: &'a Together,
    ) -> Result<bool, Problem> {
        let place = self.at.in_log();
        let begin = |(portal, partitions, filter): &'a (Portal, LogPartitions, ActivityFilter)| {
            let day = LogDay::before(context.store(), &portal.id, *partitions, &place, LINES);
            (portal, filter, day)
        };
        let mut days: Vec<_> = now.open(&self.at).map(begin).collect();
        self.at.goes_back |= !days.is_empty();
        self.at.last.clone_from(&now.last);
        self.seen.extend(days.iter().map(|(portal, ..)| portal.id.to_string()));
        let mut is_first = true;
        loop {
            let queries: usize = days.iter().map(|(.., day)| day.queries()).sum();
            if self.queries + queries > QUERIES && !is_first {
                return Ok(true);
            }
            (self.queries, is_first) = (self.queries + queries, false);
            try_join_all(days.iter_mut().map(|(.., day)| day.read())).await?;
            let newest =
                days.iter_mut().max_by(|(.., one), (.., other)| one.newest().cmp(&other.newest()));
            let Some((portal, filter, day)) = newest.filter(|(.., day)| day.newest().is_some())
            else {
                self.at.before = None;
                return Ok(false);
            };
            let is_full = self.lines.len() == SHOWN;
            let Some((at, line)) = day.take() else { continue };
            let takes = filter.takes(&line);
            if takes && is_full {
                return Ok(true);
            }
            self.at.before = Some(at.before.clone());
            if line.entry.kind == EntryKind::PortalCreated {
                self.at.note_made(&portal.id);
            }
            if takes {
                let index = self.portal(portal);
                self.lines.push((index, at, line));
            }
        }
    }

    fn portal(&mut self, portal: &Portal) -> usize {
        let known = self.portals.iter().position(|known| known.id == portal.id);
        known.unwrap_or_else(|| {
            self.portals.push(portal.clone());
            self.portals.len() - 1
        })
    }

    /// Returns the entries with the ids of their users: one read for each portal that has any.
    async fn entries(self, context: &AppContext) -> Result<Vec<AdminEntryView>, Problem> {
        let mut of_portals: Vec<Vec<(LogPlace, LogLine)>> = vec![];
        of_portals.resize_with(self.portals.len(), Vec::new);
        let order: Vec<usize> = self.lines.iter().map(|(index, ..)| *index).collect();
        for (index, at, line) in self.lines {
            if let Some(lines) = of_portals.get_mut(index) {
                lines.push((at, line));
            }
        }
        let of_portals = self.portals.iter().zip(of_portals);
        let of_portals = of_portals.map(|(portal, lines)| named(context, portal, lines));
        let mut entries: Vec<_> =
            try_join_all(of_portals).await?.into_iter().map(IntoIterator::into_iter).collect();
        let next = |index: usize| entries.get_mut(index)?.next().map(|(_, entry)| entry);
        Ok(order.into_iter().filter_map(next).collect())
    }
}
