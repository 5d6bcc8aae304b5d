//! The prices of messages, from which costs are estimated. No provider is asked about them.

use axum::{Json, extract::State, response::IntoResponse};
use http::{HeaderName, header};
use portcullis_domain::{Settings, settings::Prices};
use portcullis_http::{
    Problem, Strict,
    admin::{ChangeSettings, Permitted, ReadSettings},
    wire::admin::{NewPrices, PricesDocument, PricesSet},
};

use super::{stored, with_etag};
use crate::{AppState, if_match::IfMatch};

/// Read the prices of messages.
#[utoipa::path(
    get, path = "/v1/admin/settings/prices",
    operation_id = "readPrices", tag = "settings",
    responses((status = 200, description = "The prices, with the ETag of the settings", body = PricesSet)),
)]
pub(crate) async fn read(
    State(AppState { context, .. }): State<AppState>,
    _: Permitted<ReadSettings>,
) -> Result<impl IntoResponse, Problem> {
    let (settings, etag) = with_etag(&context).await?;
    Ok(([(header::ETAG, etag)], Json(view(&settings))))
}

/// Set the prices of messages, in place of those that were set.
///
/// They are set only if the settings still have the ETag of the `If-Match` header. Prices change no
/// message: they are for estimates of cost.
#[utoipa::path(
    put, path = "/v1/admin/settings/prices",
    operation_id = "setPrices", tag = "settings", request_body = NewPrices,
    params(("If-Match" = String, Header, description = "The ETag of the settings that were read")),
    responses((status = 200, description = "The prices, with the new ETag of the settings", body = PricesSet)),
)]
pub(crate) async fn set(
    State(AppState { context, .. }): State<AppState>,
    by: Permitted<ChangeSettings>,
    if_match: IfMatch,
    Strict(request): Strict<NewPrices>,
) -> Result<([(HeaderName, String); 1], Json<PricesSet>), Problem> {
    let before = stored(&context).await?;
    let prices = request.prices.map(Prices::try_from).transpose()?;
    let settings = before.as_ref().map(|before| before.value.clone()).unwrap_or_default();
    let settings = Settings { prices, ..settings };
    let conditions = if_match.with(by.form);
    let put = context.replace_settings(before, &conditions, settings, &by.admin.by()).await?;
    Ok(([(header::ETAG, put.etag())], Json(view(&put.value))))
}

pub(crate) fn view(settings: &Settings) -> PricesSet {
    PricesSet { prices: settings.prices.as_ref().map(PricesDocument::from) }
}
