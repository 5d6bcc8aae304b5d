//! The days for which a portal's log keeps entries, which operators set.

use axum::{Json, extract::State};
use portcullis_app::Conditions;
use portcullis_domain::{Portal, portal::LogDays, user::EntryKind};
use portcullis_http::{
    Problem, Strict,
    admin::{MakePortals, PermittedOn},
    answers::PortalProblems,
    wire::admin::{LogDaysRequest, LogDaysSet},
};

use crate::AppState;

/// Set the days for which a portal's log keeps entries.
///
/// It counts for entries that are written from a few minutes later on. The archive keeps all.
#[utoipa::path(
    put, path = "/v1/admin/portals/{portal}/log-days",
    operation_id = "setLogDays", tag = "portals", request_body = LogDaysRequest,
    params(("portal" = String, Path, description = "The portal's id")),
    responses((status = 200, description = "The days", body = LogDaysSet), PortalProblems),
)]
pub(crate) async fn set(
    State(AppState { context, .. }): State<AppState>,
    on: PermittedOn<MakePortals>,
    Strict(request): Strict<LogDaysRequest>,
) -> Result<Json<LogDaysSet>, Problem> {
    let log_days = LogDays::parse(request.days)?;
    let change = |portal: Portal| {
        let entry = context.entry(EntryKind::PortalChanged, &on.admin.by());
        Ok((Portal { log_days, ..portal }, entry))
    };
    let conditions = Conditions::of_any(on.form);
    let put = context.change_portal(&on.portal, None, &conditions, change).await?;
    Ok(Json(LogDaysSet { days: put.value.log_days.days() }))
}
