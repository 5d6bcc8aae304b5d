use axum::{extract::State, response::Response};
use http::StatusCode;
use portcullis_app::AppContext;
use portcullis_console::{
    Form, Frame, page,
    portals::view::{ActivitySummary, PortalRow, Portals},
};
use portcullis_domain::{Portal, PortalId, Settings, admin::Right, user::EntryKind};
use portcullis_http::{
    Problem, StrictQuery,
    admin::{Permitted, ReadPortals},
    wire::admin::{ListQuery, PortalSummary},
};
use portcullis_store::{Listed, LogPlace};

use crate::{AppState, portals, settings};

/// The most users and log lines that are read for the summary of a portal.
const USERS: usize = 1_000;
const LINES: usize = 500;
/// The most portals of a page that get a summary.
const SUMMARIES: usize = 20;

pub(crate) async fn list(
    state: State<AppState>,
    by: Permitted<ReadPortals>,
    form: Form,
    StrictQuery(query): StrictQuery<ListQuery>,
) -> Result<Response, Problem> {
    let (context, admin) = (state.context.clone(), by.admin.clone());
    let list = portals::list(state, by, StrictQuery(query)).await?.0;
    let settings = settings::with_etag(&context).await?.0;
    let mut rows = vec![];
    for (n, summary) in list.portals.into_iter().enumerate() {
        let recent = if n < SUMMARIES {
            recent(&context, &settings, &summary).await?
        } else {
            ActivitySummary::default()
        };
        rows.push(PortalRow {
            enabled: summary.policy.enabled,
            policy: form.words.policy_in_short(&summary.policy),
            id: summary.id,
            description: summary.description,
            recent,
        });
    }
    let may_make = admin.role.has(Right::MakePortals);
    let frame = Frame::of(form.say("console-portals"), &admin, &form);
    let (portals, next) = (rows, list.next_cursor);
    Ok(page(StatusCode::OK, &Portals { frame, portals, next, may_make }))
}

/// Sums up one page of a portal's users and one page of today's log.
async fn recent(
    context: &AppContext,
    settings: &Settings,
    summary: &PortalSummary,
) -> Result<ActivitySummary, Problem> {
    let id = PortalId::parse(&summary.id)?;
    let portal: Portal = context.portal(&id).await?.value;
    let users = context.store().users_page(&id, None, USERS).await?;
    let state = |listed: &Listed| listed.mfa_state.state(&portal, settings);
    let enrolled = users.items.iter().filter(|(_, listed)| state(listed).has_method());
    let (partitions, now) =
        (context.store().log_partitions(&id).await?, LogPlace::after(context.now()));
    let lines = context.store().log_before(&id, partitions, &now, LINES).await?;
    let of_kind = |kinds: &[EntryKind]| {
        lines.iter().filter(|(_, line)| kinds.contains(&line.entry.kind)).count()
    };
    Ok(ActivitySummary {
        users: users.items.len(),
        more_users: users.next.is_some(),
        enrolled: enrolled.count(),
        sent: of_kind(&[EntryKind::CodeSent, EntryKind::LinkSent]),
        failed: of_kind(&[EntryKind::CodeNotSent, EntryKind::LinkNotSent]),
        more: lines.len() == LINES,
    })
}
