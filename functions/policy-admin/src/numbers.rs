//! The numbers of a portal's last days: from the roll-ups, and today's from the log.

use axum::{Json, extract::State};
use portcullis_app::AppContext;
use portcullis_domain::{Day, PortalId, user::DayNumbers};
use portcullis_http::{
    Problem, StrictQuery,
    admin::{PermittedOn, ReadActivity},
    wire::admin::{
        DayDocument, DayNumbersView, DayState, NumbersDays, NumbersQuery, NumbersView,
        PortalNumbers,
    },
};
use portcullis_store::LogPlace;

use crate::AppState;

/// The most entries of today that an answer counts, and those read at once.
const LINES: usize = 20_000;
const PAGE: usize = 250;

/// Read the numbers of a portal's last days, newest first.
///
/// Days that are over are counted from the log by a schedule. An entry that reaches the log late
/// changes its day until the day is closed.
#[utoipa::path(
    get, path = "/v1/admin/portals/{portal}/numbers",
    operation_id = "readPortalNumbers", tag = "activity",
    params(("portal" = String, Path, description = "The portal's id"), NumbersQuery),
    responses((status = 200, description = "The numbers", body = PortalNumbers)),
)]
pub(crate) async fn read(
    State(AppState { context, .. }): State<AppState>,
    on: PermittedOn<ReadActivity>,
    StrictQuery(query): StrictQuery<NumbersQuery>,
) -> Result<Json<PortalNumbers>, Problem> {
    Ok(Json(numbers(&context, &on.portal, query.days).await?))
}

pub(crate) async fn numbers(
    context: &AppContext,
    id: &PortalId,
    days: NumbersDays,
) -> Result<PortalNumbers, Problem> {
    // A portal that is not there has no numbers.
    context.portal(id).await?;
    let today = context.now().day();
    let first = today - i64::from(days.count()) + 1;
    let known = context.store().roll_ups(id, first..=today - 1).await?;
    let (state, numbers) = of_today(context, id).await?;
    let mut total = numbers.clone();
    let mut views = vec![view(today, state, &numbers)];
    for day in (first..today).rev() {
        let roll_up = known.get(&day).map(|known| known.value.clone()).unwrap_or_default();
        let state = match &roll_up.counted {
            Some(_) if roll_up.is_closed(day) => DayState::Closed,
            Some(_) => DayState::Open,
            None => DayState::Uncounted,
        };
        let numbers = roll_up.counted.map(|counted| counted.numbers).unwrap_or_default();
        total.add_all(&numbers);
        views.push(view(day, state, &numbers));
    }
    let days = views.into_iter().collect::<Option<_>>().ok_or_else(Problem::unavailable)?;
    Ok(PortalNumbers { total: NumbersView::from(&total), days })
}

fn view(day: i64, state: DayState, numbers: &DayNumbers) -> Option<DayNumbersView> {
    let day = DayDocument(Day::from_number(day).ok()?);
    Some(DayNumbersView { day, state, numbers: numbers.into() })
}

/// Counts the newest entries of today.
async fn of_today(context: &AppContext, id: &PortalId) -> Result<(DayState, DayNumbers), Problem> {
    let store = context.store();
    let partitions = store.log_partitions(id).await?;
    let mut place = LogPlace::after(context.now());
    let (mut numbers, mut read) = (DayNumbers::default(), 0);
    while read < LINES {
        let page = store.log_before(id, partitions, &place, PAGE).await?;
        page.iter().for_each(|(_, line)| numbers.add(&line.entry));
        read += page.len();
        let whole_day = page.len() < PAGE;
        match page.into_iter().next_back().filter(|_| !whole_day) {
            Some((last, _)) => place = last,
            None => return Ok((DayState::Today, numbers)),
        }
    }
    Ok((DayState::TodayInPart, numbers))
}
