//! The share of a portal, which operators set.

use axum::{Json, extract::State};
use portcullis_app::Conditions;
use portcullis_domain::{Portal, portal::Share, user::EntryKind};
use portcullis_http::{
    Problem, Strict,
    admin::{MakePortals, PermittedOn},
    answers::PortalProblems,
    wire::admin::{ShareRequest, ShareSet},
};

use crate::AppState;

/// Set the share of a portal: the calls that it may make within a minute.
///
/// Over its share, a portal gets 429 `over_share` until the minute ends; others notice nothing.
/// Sign-ins that have begun continue.
#[utoipa::path(
    put, path = "/v1/admin/portals/{portal}/share",
    operation_id = "setShare", tag = "portals", request_body = ShareRequest,
    params(("portal" = String, Path, description = "The portal's id")),
    responses((status = 200, description = "The share from the next minute on", body = ShareSet), PortalProblems),
)]
pub(crate) async fn set(
    State(AppState { context, .. }): State<AppState>,
    on: PermittedOn<MakePortals>,
    Strict(request): Strict<ShareRequest>,
) -> Result<Json<ShareSet>, Problem> {
    let share = request.per_minute.map(Share::parse).transpose()?;
    let change = |portal: Portal| {
        let entry = context.entry(EntryKind::PortalChanged, &on.admin.by());
        Ok((Portal { share, ..portal }, entry))
    };
    let conditions = Conditions::of_any(on.form);
    let put = context.change_portal(&on.portal, None, &conditions, change).await?;
    Ok(Json(ShareSet { per_minute: put.value.share().per_minute() }))
}
