//! A portal's own senders and daily caps, which operators set.

use axum::{Json, extract::State};
use portcullis_app::Conditions;
use portcullis_delivery::is_blocked;
use portcullis_domain::{Portal, Refusal, portal::Sending, settings::Finding, user::EntryKind};
use portcullis_http::{
    Problem, Strict,
    admin::{MakePortals, PermittedOn},
    answers::SendingProblems,
    wire::admin::{SendingDocument, SendingSaved},
};

use crate::{AppState, settings};

/// Set the senders and the daily caps of a portal.
///
/// The providers are asked about each new sender, which is set only if they would take messages
/// from it; nothing is sent. The service's caps still hold, and so does its cap on blocks of
/// numbers, over all portals.
#[utoipa::path(
    put, path = "/v1/admin/portals/{portal}/sending",
    operation_id = "setSending", tag = "portals", request_body = SendingDocument,
    params(("portal" = String, Path, description = "The portal's id")),
    responses((status = 200, description = "The senders and caps from now on, and the findings about new senders", body = SendingSaved), SendingProblems),
)]
pub(crate) async fn set(
    State(state): State<AppState>,
    on: PermittedOn<MakePortals>,
    Strict(request): Strict<SendingDocument>,
) -> Result<Json<SendingSaved>, Problem> {
    let sending = Sending::try_from(&request)?;
    let context = &state.context;
    let before = context.portal(&on.portal).await?.value.sending;
    let findings = state.findings_on_senders(&sending, &before).await?;
    let change = |portal: Portal| {
        let entry = context.entry(EntryKind::PortalChanged, &on.admin.by());
        let changed = Portal { sending: sending.clone(), ..portal };
        changed.check_room().map_err(Refusal::from)?;
        Ok((changed, entry))
    };
    let conditions = Conditions::of_any(on.form);
    let put = context.change_portal(&on.portal, None, &conditions, change).await?;
    let sending = SendingDocument::from(&put.value.sending);
    Ok(Json(SendingSaved { sending, findings: settings::views(&findings) }))
}

impl AppState {
    /// Returns what limits sending from the new senders, unless a provider would take nothing from
    /// one of them.
    async fn findings_on_senders(
        &self,
        sending: &Sending,
        before: &Sending,
    ) -> Result<Vec<Finding>, Problem> {
        let (service, _) = settings::with_etag(&self.context).await?;
        let new = sending.new_senders(before, &service)?;
        if new.is_empty() {
            return Ok(vec![]);
        }
        let mut findings = self.ask(&sending.within(&service)).await?;
        findings.retain(|finding| new.contains(&finding.channel));
        if is_blocked(&findings) {
            return Err(Problem::settings_refused(&findings));
        }
        Ok(findings)
    }
}
