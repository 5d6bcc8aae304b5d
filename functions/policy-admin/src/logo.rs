//! The logo of a portal, which an admin uploads.

use axum::{
    Json,
    body::to_bytes,
    extract::{FromRequest, Request, State},
    response::IntoResponse,
};
use http::header;
use portcullis_domain::portal::Logo;
use portcullis_http::{
    Problem, ProblemCode,
    admin::{ChangePortals, PermittedOn},
    wire::admin::PortalView,
};
use utoipa::ToSchema;

use crate::{AppState, if_match::IfMatch, portals::view};

/// A PNG or WebP file of at most 32 KB, at most 1024 pixels wide and high.
#[derive(Debug, ToSchema)]
#[schema(value_type = String, format = Binary)]
pub(crate) struct LogoFile(Logo);

impl<S: Send + Sync> FromRequest<S> for LogoFile {
    type Rejection = Problem;

    async fn from_request(request: Request, _: &S) -> Result<Self, Problem> {
        // The bytes say what the file is, whatever the request says.
        let too_large =
            |_| Problem::new(ProblemCode::TooLarge, "Send a PNG or WebP file of at most 32 KB.");
        let body = to_bytes(request.into_body(), Logo::MAX_BYTES).await.map_err(too_large)?;
        Ok(Self(Logo::parse(body.into())?))
    }
}

/// Replace a portal's logo, if the portal still has the ETag of the `If-Match` header.
#[utoipa::path(
    put, path = "/v1/admin/portals/{portal}/logo",
    operation_id = "replaceLogo", tag = "portals",
    request_body(content = inline(LogoFile), content_type = "application/octet-stream"),
    params(("portal" = String, Path, description = "The portal's id"), ("If-Match" = String, Header, description = "The ETag of the version that is replaced")),
    responses((status = 200, description = "The portal, with its new ETag", body = PortalView)),
)]
pub(crate) async fn replace(
    state: State<AppState>,
    on: PermittedOn<ChangePortals>,
    if_match: IfMatch,
    LogoFile(logo): LogoFile,
) -> Result<impl IntoResponse, Problem> {
    change(state, on, if_match, Some(logo)).await
}

/// Remove a portal's logo, if the portal still has the ETag of the `If-Match` header.
#[utoipa::path(
    delete, path = "/v1/admin/portals/{portal}/logo",
    operation_id = "removeLogo", tag = "portals",
    params(("portal" = String, Path, description = "The portal's id"), ("If-Match" = String, Header, description = "The ETag of the version that is replaced")),
    responses((status = 200, description = "The portal, with its new ETag", body = PortalView)),
)]
pub(crate) async fn remove(
    state: State<AppState>,
    on: PermittedOn<ChangePortals>,
    if_match: IfMatch,
) -> Result<impl IntoResponse, Problem> {
    change(state, on, if_match, None).await
}

async fn change(
    State(AppState { context, .. }): State<AppState>,
    on: PermittedOn<ChangePortals>,
    if_match: IfMatch,
    logo: Option<Logo>,
) -> Result<impl IntoResponse, Problem> {
    let conditions = if_match.with(on.form);
    let put = context.change_logo(&on.portal, &conditions, logo, &on.admin.by()).await?;
    Ok(([(header::ETAG, put.etag())], Json(view(&context, &put.value).await?)))
}
