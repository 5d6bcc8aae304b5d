//! A portal's own senders and daily caps, which operators set.

use axum::{Json, extract::State};
use portcullis_app::Conditions;
use portcullis_delivery::is_blocked;
use portcullis_domain::{Portal, Refusal, portal::Sending, user::EntryKind};
use portcullis_http::{
    Problem, Strict,
    admin::{MakePortals, PermittedOn},
    answers::PortalProblems,
    wire::admin::SendingDocument,
};

use crate::AppState;

/// Set the senders and the daily caps of a portal.
///
/// They are set only if the providers would take messages from these senders.
#[utoipa::path(
    put, path = "/v1/admin/portals/{portal}/sending",
    operation_id = "setSending", tag = "portals", request_body = SendingDocument,
    params(("portal" = String, Path, description = "The portal's id")),
    responses((status = 200, description = "The senders and caps from now on", body = SendingDocument), PortalProblems),
)]
pub(crate) async fn set(
    State(state): State<AppState>,
    on: PermittedOn<MakePortals>,
    Strict(request): Strict<SendingDocument>,
) -> Result<Json<SendingDocument>, Problem> {
    let SendingDocument { email_from, sms_from, emails_per_day, texts_per_day } = request;
    let (email, sms) = (email_from.as_deref(), sms_from.as_deref());
    let sending = Sending::parse(email, sms, emails_per_day, texts_per_day)?;
    let context = &state.context;
    if sending.email_from.is_some() || sending.sms_from.is_some() {
        let stored = context.store().settings().await?.map(|stored| stored.value);
        let under = sending.within(&stored.unwrap_or_default());
        let keyring = context.keyring().await?;
        let findings = state.sender.check(&keyring, &under, &state.deployment).await;
        if is_blocked(&findings) {
            return Err(Problem::settings_refused(&findings));
        }
    }
    let change = |portal: Portal| {
        let entry = context.entry(EntryKind::PortalChanged, &on.admin.by());
        let changed = Portal { sending: sending.clone(), ..portal };
        changed.check_room().map_err(Refusal::from)?;
        Ok((changed, entry))
    };
    let conditions = Conditions::of_any(on.form);
    let put = context.change_portal(&on.portal, None, &conditions, change).await?;
    Ok(Json(SendingDocument::from(&put.value.sending)))
}
