//! The partitions of a portal's log, which an operator raises for a portal with very many users.

use axum::{Json, extract::State};
use portcullis_http::{
    Problem, Strict,
    admin::{MakePortals, PermittedOn, ReadPortals},
    wire::admin::{LogPartitionsView, RaiseLogPartitions},
};

use crate::AppState;

/// Read the number of partitions of a portal's log.
#[utoipa::path(
    get, path = "/v1/admin/portals/{portal}/log-partitions",
    operation_id = "readLogPartitions", tag = "portals",
    params(("portal" = String, Path, description = "The portal's id")),
    responses((status = 200, description = "The partitions", body = LogPartitionsView)),
)]
pub(crate) async fn look(
    State(AppState { context, .. }): State<AppState>,
    on: PermittedOn<ReadPortals>,
) -> Result<Json<LogPartitionsView>, Problem> {
    context.portal(&on.portal).await?;
    let partitions = context.store().log_partitions(&on.portal).await?;
    Ok(Json(LogPartitionsView::of(partitions, context.now().day())))
}

/// Raise the number of partitions of a portal's log.
///
/// It counts from the next day on, in Coordinated Universal Time; within the last hour of a day,
/// from the day after. Entries that are there stay where they are, and are read as before.
#[utoipa::path(
    put, path = "/v1/admin/portals/{portal}/log-partitions",
    operation_id = "raiseLogPartitions", tag = "portals", request_body = RaiseLogPartitions,
    params(("portal" = String, Path, description = "The portal's id")),
    responses((status = 200, description = "The partitions", body = LogPartitionsView)),
)]
pub(crate) async fn raise(
    State(AppState { context, .. }): State<AppState>,
    on: PermittedOn<MakePortals>,
    Strict(request): Strict<RaiseLogPartitions>,
) -> Result<Json<LogPartitionsView>, Problem> {
    context.portal(&on.portal).await?;
    let by = on.admin.by();
    let raised = context.raise_log_partitions(&on.portal, request.partitions, &by).await?;
    Ok(Json(LogPartitionsView::of(raised, context.now().day())))
}
