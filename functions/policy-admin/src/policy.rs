//! A portal's policy: reading, dry runs, replacing, and switching on and off.

use axum::{
    Json,
    extract::State,
    response::{IntoResponse, Response},
};
use http::header;
use portcullis_app::Conditions;
use portcullis_domain::{Policy, Portal, user::EntryKind};
use portcullis_http::{
    Problem, Strict, StrictQuery,
    admin::{ChangePolicies, PermittedOn, ReadPortals},
    answers::PortalProblems,
    wire::{
        admin::{
            DryRunAnswer, EndTrustRequest, PolicyDocument, PolicyQuery, PolicyReplacement,
            PolicySaved, PortalTrustEnded, SwitchRequest,
        },
        confirmed,
    },
};

use crate::{AppState, dry_run, enrolment_pages::EnrolmentPages, if_match::IfMatch, portals};

/// Read a portal's policy.
#[utoipa::path(
    get, path = "/v1/admin/portals/{portal}/policy",
    operation_id = "readPolicy", tag = "portals",
    params(("portal" = String, Path, description = "The portal's id")),
    responses((status = 200, description = "The policy, with its ETag", body = PolicyDocument)),
)]
pub(crate) async fn look(
    State(AppState { context, .. }): State<AppState>,
    on: PermittedOn<ReadPortals>,
) -> Result<impl IntoResponse, Problem> {
    let stored = context.portal(&on.portal).await?;
    Ok(([(header::ETAG, stored.etag())], Json(PolicyDocument::from(stored.value.policy))))
}

/// The answer to a replacement: the saved policy, or the dry run.
#[derive(serde::Serialize, utoipa::ToSchema)]
#[serde(untagged)]
pub(crate) enum PolicyAnswer {
    /// The policy that was saved.
    Saved(PolicySaved),
    /// The dry run, which saved nothing.
    DryRun(DryRunAnswer),
}

/// Replace a portal's policy, or see what another one would change without saving it.
///
/// It is replaced only if it still has the ETag of the `If-Match` header.
#[utoipa::path(
    put, path = "/v1/admin/portals/{portal}/policy",
    operation_id = "replacePolicy", tag = "portals", request_body = PolicyReplacement,
    params(
        ("portal" = String, Path, description = "The portal's id"),
        PolicyQuery,
        ("If-Match" = Option<String>, Header, description = "The ETag of the policy that is replaced; not needed to try one"),
    ),
    responses((status = 200, description = "The policy with its new ETag; or what it would change", body = PolicyAnswer), PortalProblems),
)]
pub(crate) async fn replace(
    State(state): State<AppState>,
    on: PermittedOn<ChangePolicies>,
    StrictQuery(query): StrictQuery<PolicyQuery>,
    if_match: IfMatch,
    Strict(request): Strict<PolicyReplacement>,
) -> Result<Response, Problem> {
    let PolicyQuery { dry_run, cursor } = query;
    let unlock = request.confirm_unlock;
    let policy = request.into_policy();
    if dry_run {
        let counts = would_replace(&state, &on, policy, unlock, cursor.as_deref()).await?;
        return Ok(Json(PolicyAnswer::DryRun(counts)).into_response());
    }
    let (etag, saved) = save(&state, &on, if_match, policy, unlock).await?;
    Ok(([(header::ETAG, etag)], Json(PolicyAnswer::Saved(saved))).into_response())
}

/// Counts the users for whom another policy would change something.
pub(crate) async fn would_replace(
    AppState { context, .. }: &AppState,
    on: &PermittedOn<ChangePolicies>,
    policy: Policy,
    confirm_unlock: bool,
    cursor: Option<&str>,
) -> Result<DryRunAnswer, Problem> {
    let stored = context.portal(&on.portal).await?.value;
    let changed = stored.clone().with_policy_by(policy, &on.admin.role, confirm_unlock)?;
    EnrolmentPages::read(context).await?.check(&changed)?;
    dry_run::run(context, &stored, &changed, cursor).await
}

/// Counts the users for whom the switch would change something.
pub(crate) async fn would_switch(
    AppState { context, .. }: &AppState,
    on: &PermittedOn<ChangePolicies>,
    stored: &Portal,
    enabled: bool,
) -> Result<DryRunAnswer, Problem> {
    let changed = stored.clone().switched(enabled, &on.admin.role)?;
    if enabled {
        EnrolmentPages::read(context).await?.check(&changed)?;
    }
    dry_run::run(context, stored, &changed, None).await
}

/// Saves a policy, with its new ETag.
pub(crate) async fn save(
    AppState { context, .. }: &AppState,
    on: &PermittedOn<ChangePolicies>,
    if_match: IfMatch,
    policy: Policy,
    confirm_unlock: bool,
) -> Result<(String, PolicySaved), Problem> {
    let stored = context.portal(&on.portal).await?;
    let conditions = if_match.with(on.form);
    let pages = EnrolmentPages::read(context).await?;
    let change = |portal: Portal| {
        let changed = portal.with_policy_by(policy.clone(), &on.admin.role, confirm_unlock)?;
        pages.check(&changed)?;
        Ok((changed, context.entry(EntryKind::PolicyChanged, &on.admin.by())))
    };
    let (changed, _) = change(context.admit_to(&stored, &conditions)?)?;
    let warnings = warnings(portals::of_same_issuer(context, &changed).await?);
    let put = context.change_portal(&on.portal, Some(stored), &conditions, change).await?;
    Ok((put.etag(), saved(put.value, warnings)))
}

/// Switch a portal's policy on or off.
#[utoipa::path(
    post, path = "/v1/admin/portals/{portal}/mfa",
    operation_id = "switchMfa", tag = "portals", request_body = SwitchRequest,
    params(("portal" = String, Path, description = "The portal's id")),
    responses((status = 200, description = "The policy as it is now", body = PolicySaved), PortalProblems),
)]
pub(crate) async fn switch(
    State(AppState { context, .. }): State<AppState>,
    on: PermittedOn<ChangePolicies>,
    Strict(request): Strict<SwitchRequest>,
) -> Result<Json<PolicySaved>, Problem> {
    confirmed(request.confirm)?;
    let pages = EnrolmentPages::read(&context).await?;
    let kind = if request.enabled { EntryKind::SwitchedOn } else { EntryKind::SwitchedOff };
    let change = |portal: Portal| {
        let switched = portal.switched(request.enabled, &on.admin.role)?;
        if request.enabled {
            pages.check(&switched)?;
        }
        Ok((switched, context.entry(kind, &on.admin.by())))
    };
    let conditions = Conditions::of_any(on.form);
    let put = context.change_portal(&on.portal, None, &conditions, change).await?;
    Ok(Json(saved(put.value, vec![])))
}

/// End trust in every browser of the portal's users.
///
/// Whoever signs in next is asked, as if no browser had ever been trusted. Nothing else changes:
/// what is bound stays bound.
#[utoipa::path(
    post, path = "/v1/admin/portals/{portal}/end-trust",
    operation_id = "endTrustOfPortal", tag = "portals", request_body = EndTrustRequest,
    params(("portal" = String, Path, description = "The portal's id")),
    responses((status = 200, description = "No browser is trusted any more", body = PortalTrustEnded), PortalProblems),
)]
pub(crate) async fn end_trust(
    State(AppState { context, .. }): State<AppState>,
    on: PermittedOn<ChangePolicies>,
    Strict(request): Strict<EndTrustRequest>,
) -> Result<Json<PortalTrustEnded>, Problem> {
    confirmed(request.confirm)?;
    let now = context.now();
    let change = |portal: Portal| {
        let ended = portal.with_trust_ended(now);
        Ok((ended, context.entry(EntryKind::AllTrustEnded, &on.admin.by())))
    };
    let conditions = Conditions::of_any(on.form);
    let put = context.change_portal(&on.portal, None, &conditions, change).await?;
    let ended = put.value.trust_not_before.unwrap_or(now);
    Ok(Json(PortalTrustEnded { trust_not_before: ended.unix() }))
}

fn saved(portal: Portal, warnings: Vec<String>) -> PolicySaved {
    PolicySaved { policy: portal.policy, generation: portal.generation, warnings }
}

fn warnings(same_issuer: Option<String>) -> Vec<String> {
    let warning = |other| {
        format!(
            "Authenticator apps show the portal {other} under the same name; people with both cannot tell them apart."
        )
    };
    same_issuer.map(warning).into_iter().collect()
}
