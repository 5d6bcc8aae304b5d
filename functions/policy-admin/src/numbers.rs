//! The numbers of a portal's last days: from the roll-ups, and today's from the log. With them, its
//! users as the list has them now.

use axum::{Json, extract::State};
use portcullis_app::AppContext;
use portcullis_domain::{
    Day, Portal, PortalId, Settings, WriteId,
    decision::{UserCount, UserDay, UserDays},
    limits,
    user::DayNumbers,
};
use portcullis_http::{
    Problem, StrictQuery,
    admin::{PermittedOn, ReadActivity},
    wire::admin::{DayState, Numbers, NumbersDays, NumbersOfDay, NumbersQuery, PortalNumbers},
};
use portcullis_store::{LogPlace, RollUps};

use crate::AppState;

/// The most entries of today that an answer counts, and those read at once.
const LINES: usize = 20_000;
const PAGE: usize = 250;
const USERS: usize = 1_000;

/// Read the numbers of a portal's last days, newest first.
///
/// Days that are over are counted from the log by a schedule. An entry that reaches the log late
/// changes its day until the day is closed. Users are counted at each call, and the first count of
/// a day is kept.
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
    let portal = context.portal(&on.portal).await?.value;
    let settings = context.store().settings().await?;
    let settings = settings.map(|stored| stored.value).unwrap_or_default();
    let numbers = numbers(&context, &portal, &settings, query.days).await?;
    Ok(Json(PortalNumbers::from(&numbers)))
}

pub(crate) async fn numbers(
    context: &AppContext,
    portal: &Portal,
    settings: &Settings,
    days: NumbersDays,
) -> Result<Numbers, Problem> {
    let (id, today) = (&portal.id, context.now().day());
    let first = today - i64::from(days.count()) + 1;
    let known = context.store().roll_ups(id, first..=today - 1).await?;
    let users = count_users(context, portal, settings).await?;
    let kept = keep(context, id, today, users.on_a_day()).await?;
    let (state, of_today) = of_today(context, id).await?;
    let mut total = of_today.clone();
    let mut all =
        vec![NumbersOfDay { day: day(today)?, state, numbers: of_today, users: kept.on(today) }];
    for n in (first..today).rev() {
        let (state, numbers) = of_day(&known, n);
        total.add_all(&numbers);
        all.push(NumbersOfDay { day: day(n)?, state, numbers, users: kept.on(n) });
    }
    Ok(Numbers { days: all, total, users })
}

/// Returns what was counted of a day that is over.
pub(crate) fn of_day(known: &RollUps, day: i64) -> (DayState, DayNumbers) {
    let roll_up = known.get(&day).map(|known| known.value.clone()).unwrap_or_default();
    let state = match &roll_up.counted {
        Some(_) if roll_up.is_closed(day) => DayState::Closed,
        Some(_) => DayState::Open,
        None => DayState::Uncounted,
    };
    (state, roll_up.counted.map(|counted| counted.numbers).unwrap_or_default())
}

fn day(number: i64) -> Result<Day, Problem> {
    Day::from_number(number).map_err(|_| Problem::unavailable())
}

async fn count_users(
    context: &AppContext,
    portal: &Portal,
    settings: &Settings,
) -> Result<UserCount, Problem> {
    let (mut count, mut place, mut seen) = (UserCount::default(), None::<String>, 0);
    loop {
        let page = context.store().users_page(&portal.id, place.as_deref(), USERS).await?;
        for (_, listed) in &page.items {
            count.add(listed.mfa_state.state(portal, settings));
        }
        seen += page.items.len();
        place = page.next;
        if place.is_none() || seen >= limits::LISTED_PER_CALL {
            count.more = place.is_some();
            return Ok(count);
        }
    }
}

/// Keeps the first count of a day, and returns the days that are kept. A view does not fail because
/// the count was not kept: the next one keeps its own.
async fn keep(
    context: &AppContext,
    portal: &PortalId,
    today: i64,
    counted: UserDay,
) -> Result<UserDays, Problem> {
    let known = context.store().user_days(portal).await?;
    let days = known.as_ref().map(|known| known.value.clone()).unwrap_or_default();
    if days.on(today).is_some() {
        return Ok(days);
    }
    let write = WriteId::new(context.random()?);
    let put = context.store().put_user_day(portal, known, (today, counted), write).await;
    if let Err(error) = put {
        tracing::warn!(%error, %portal, "the count of the users was not kept");
    }
    Ok(days.with(today, counted))
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
