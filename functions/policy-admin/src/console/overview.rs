use axum::{extract::State, response::Response};
use http::StatusCode;
use portcullis_app::AppContext;
use portcullis_console::{
    Form, Frame,
    activity::form::Filter,
    overview::view::{About, Failure, Overview},
    page,
};
use portcullis_domain::{
    PortalId,
    admin::Right,
    decision::PortalNeed,
    user::{DayNumbers, EntryKind, Figure},
};
use portcullis_http::{
    Problem, StrictQuery,
    admin::{PermittedOn, ReadActivity},
    wire::admin::{Numbers, NumbersQuery},
};

use super::activity;
use crate::{AppState, numbers};

/// The days that need attention if a cap was near: today, and a week before.
const CAP_DAYS: usize = 8;

pub(crate) async fn show(
    State(AppState { context, .. }): State<AppState>,
    by: PermittedOn<ReadActivity>,
    form: Form,
    StrictQuery(query): StrictQuery<NumbersQuery>,
) -> Result<Response, Problem> {
    let portal = context.portal(&by.portal).await?.value;
    let settings = context.store().settings().await?;
    let settings = settings.map(|stored| stored.value).unwrap_or_default();
    let numbers = numbers::numbers(&context, &portal, &settings, query.days).await?;
    let last: Vec<DayNumbers> =
        numbers.days.iter().take(CAP_DAYS).map(|day| day.numbers.clone()).collect();
    let needs = PortalNeed::of(&portal, &settings, context.service(), context.now(), &last);
    let own = portal.sending.within(&settings);
    let about = About {
        portal: &by.portal,
        role: &by.admin.role,
        days: query.days,
        numbers: &numbers,
        settings: &own,
        needs,
        failures: failures(&context, &by.portal, &numbers).await?,
        shows_cost: by.admin.role.has(Right::ReadSettings),
    };
    let frame = Frame::of(form.say("console-overview"), &by.admin, &form);
    Ok(page(StatusCode::OK, &Overview::of(frame, about)))
}

const FAILURES: [Figure; 5] =
    [Figure::Refused, Figure::Denied, Figure::Locked, Figure::NotSent, Figure::Returned];

/// Returns the reasons that were counted, the most frequent first, each with a link to its entries
/// in the log.
async fn failures(
    context: &AppContext,
    portal: &PortalId,
    numbers: &Numbers,
) -> Result<Vec<Failure>, Problem> {
    let from = numbers.days.last().map(|day| day.day.to_string()).unwrap_or_default();
    let is_failure =
        |kind: &EntryKind| kind.figure().is_some_and(|figure| FAILURES.contains(&figure));
    let mut failures = vec![];
    for kind in EntryKind::ALL.iter().copied().filter(is_failure) {
        let count = numbers.total.of_kind(kind);
        if count > 0 {
            let filter = Filter::of_event(kind, from.clone());
            let href = activity::filtered(context, portal, &filter).await?;
            failures.push(Failure { kind, count, href });
        }
    }
    failures.sort_by_key(|failure| std::cmp::Reverse(failure.count));
    Ok(failures)
}
