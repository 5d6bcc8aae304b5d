//! Portals: making, reading, changing how they present themselves, deleting.

use axum::{
    Json,
    extract::{Path, State},
    response::IntoResponse,
};
use http::{StatusCode, header};
use portcullis_app::{AppContext, Conditions};
use portcullis_domain::{
    Acted, Malformed, Portal, PortalId, Refusal, UnknownMembers,
    admin::{Right, Role},
    policy::Preset,
    portal::{LogDays, PortalSalt, Profile, Sending},
    user::EntryKind,
};
use portcullis_http::{
    Cursor, Problem, Strict, StrictQuery,
    admin::{
        ChangePortals, CreatePortals, DeletePortals, Permitted, PermittedOn, ReadPortals, SignedIn,
    },
    answers::{PortalProblems, ProfileProblems},
    wire::admin::{
        Done, DryRunAnswer, ListQuery, NewPortal, PortalCreated, PortalList, PortalSummary,
        PortalView, PresetView, ProfileTrial, ReasonedRequest,
    },
};
use portcullis_keys::ApiKeySecret;
use portcullis_store::{ListedPortal, Versioned};

use crate::{AppState, dry_run, enrolment_pages::EnrolmentPages, if_match::IfMatch};

/// Portals a page of the list shows.
const PAGE: usize = 100;

/// List the presets, which are policies to start from.
#[utoipa::path(
    get, path = "/v1/admin/presets",
    operation_id = "listPresets", tag = "portals",
    responses((status = 200, description = "The presets", body = [PresetView])),
)]
pub(crate) async fn presets(_: SignedIn) -> Json<Vec<PresetView>> {
    Json(
        Preset::ALL
            .map(|preset| PresetView { name: preset.into(), policy: preset.policy() })
            .into(),
    )
}

/// List the portals that the admin may read, by id.
#[utoipa::path(
    get, path = "/v1/admin/portals",
    operation_id = "listPortals", tag = "portals", params(ListQuery),
    responses((status = 200, description = "A page of portals", body = PortalList)),
)]
pub(crate) async fn list(
    State(AppState { context, .. }): State<AppState>,
    by: Permitted<ReadPortals>,
    StrictQuery(query): StrictQuery<ListQuery>,
) -> Result<Json<PortalList>, Problem> {
    let cursors = Cursor::of("portals");
    let after = match query.cursor {
        Some(cursor) => Some(cursors.open(&context, &cursor).await?),
        None => None,
    };
    let page = context.store().portals_page(after.as_deref(), PAGE).await;
    let page = page?;
    let within = |id: &String| {
        PortalId::parse(id).is_ok_and(|id| by.admin.role.reach(Right::ReadPortals, &id).is_ok())
    };
    let portals = page.items.into_iter().filter(|(id, _)| within(id));
    let portals = portals.map(|(id, listed)| PortalSummary::of(id, listed)).collect();
    let next_cursor = match page.next {
        Some(place) => Some(cursors.seal(&context, &place).await?),
        None => None,
    };
    Ok(Json(PortalList { portals, next_cursor }))
}

/// Create a portal.
#[utoipa::path(
    post, path = "/v1/admin/portals",
    operation_id = "createPortal", tag = "portals", request_body = NewPortal,
    responses((status = 201, description = "The portal and its API key, which is shown only once", body = PortalCreated), PortalProblems),
)]
pub(crate) async fn create(
    State(AppState { context, .. }): State<AppState>,
    by: Permitted<CreatePortals>,
    Strict(request): Strict<NewPortal>,
) -> Result<(StatusCode, Json<PortalCreated>), Problem> {
    let id = PortalId::parse(&request.id)?;
    request.profile.check()?;
    let policy = request.policy()?;
    policy.check(&request.profile).map_err(Refusal::from)?;
    let terms = request.key.into_terms(context.now())?;
    let (keyring, random) = (context.keyring().await?, context.random()?);
    let (key, stored) = ApiKeySecret::issue(&keyring, &id, &random, context.now(), terms);
    let portal = Portal {
        id,
        profile: request.profile,
        policy,
        generation: 1,
        salt: PortalSalt::new(context.random()?),
        trust_not_before: None,
        share: None,
        log_days: LogDays::USUAL,
        sending: Sending::default(),
        keys: vec![stored],
        acted: Acted::default(),
        unknown: UnknownMembers::default(),
    };
    portal.check_room()?;
    EnrolmentPages::read(&context).await?.check(&portal)?;
    let conditions = Conditions::of_any(by.form);
    let made = context.create_portal(portal, &conditions, &by.admin.by()).await?;
    let api_key = key.expose().to_owned();
    let created = PortalCreated { id: made.id.to_string(), api_key, policy: made.policy };
    Ok((StatusCode::CREATED, Json(created)))
}

/// Read a portal.
#[utoipa::path(
    get, path = "/v1/admin/portals/{portal}",
    operation_id = "readPortal", tag = "portals",
    params(("portal" = String, Path, description = "The portal's id")),
    responses((status = 200, description = "The portal, with its ETag", body = PortalView)),
)]
pub(crate) async fn look(
    State(AppState { context, .. }): State<AppState>,
    on: PermittedOn<ReadPortals>,
    Path(_): Path<String>,
) -> Result<impl IntoResponse, Problem> {
    let stored = context.portal(&on.portal).await?;
    let view = view(&context, &stored.value).await?;
    Ok(([(header::ETAG, stored.etag())], Json(view)))
}

/// Replace a portal's profile, if the portal still has the ETag of the `If-Match` header.
///
/// Send the portal as it was read, with another profile. The policy and the API keys have calls of
/// their own.
#[utoipa::path(
    put, path = "/v1/admin/portals/{portal}",
    operation_id = "replacePortal", tag = "portals", request_body = PortalView,
    params(("portal" = String, Path, description = "The portal's id"), ("If-Match" = String, Header, description = "The ETag of the version that is replaced")),
    responses((status = 200, description = "The portal, with its new ETag", body = PortalView), PortalProblems),
)]
pub(crate) async fn replace_profile(
    State(AppState { context, .. }): State<AppState>,
    on: PermittedOn<ChangePortals>,
    if_match: IfMatch,
    Strict(sent): Strict<PortalView>,
) -> Result<impl IntoResponse, Problem> {
    let profile = |portal: &Portal| sent.new_profile(portal);
    let put = save_profile(&context, &on, if_match, profile).await?;
    Ok(([(header::ETAG, put.etag())], Json(view(&context, &put.value).await?)))
}

/// Count the users for whom another profile would change something, without saving it.
///
/// With another domain in `passkeys`, or without one that it has, passkeys stop working.
#[utoipa::path(
    post, path = "/v1/admin/portals/{portal}/try-profile",
    operation_id = "tryProfile", tag = "portals", request_body = ProfileTrial,
    params(("portal" = String, Path, description = "The portal's id")),
    responses((status = 200, description = "The changes that saving would make", body = DryRunAnswer), ProfileProblems),
)]
pub(crate) async fn try_profile(
    State(AppState { context, .. }): State<AppState>,
    on: PermittedOn<ChangePortals>,
    Strict(ProfileTrial { profile, cursor }): Strict<ProfileTrial>,
) -> Result<Json<DryRunAnswer>, Problem> {
    let stored = context.portal(&on.portal).await?.value;
    would_save_profile(&context, &stored, profile, cursor.as_deref()).await.map(Json)
}

/// Counts the users for whom another profile would change something.
pub(crate) async fn would_save_profile(
    context: &AppContext,
    stored: &Portal,
    profile: Profile,
    cursor: Option<&str>,
) -> Result<DryRunAnswer, Problem> {
    let changed = stored.clone().with_profile(profile)?;
    EnrolmentPages::read(context).await?.check_change(stored, &changed)?;
    dry_run::run(context, stored, &changed, cursor).await
}

/// Saves the profile that is made of the portal as it is.
pub(crate) async fn save_profile(
    context: &AppContext,
    on: &PermittedOn<ChangePortals>,
    if_match: IfMatch,
    profile: impl Fn(&Portal) -> Result<Profile, Malformed>,
) -> Result<Versioned<Portal>, Problem> {
    let pages = EnrolmentPages::read(context).await?;
    let change = |portal: Portal| {
        let profile = profile(&portal)?;
        let changed = portal.clone().with_profile(profile)?;
        pages.check_change(&portal, &changed)?;
        Ok((changed, context.entry(EntryKind::PortalChanged, &on.admin.by())))
    };
    Ok(context.change_portal(&on.portal, None, &if_match.with(on.form), change).await?)
}

pub(crate) async fn view(context: &AppContext, portal: &Portal) -> Result<PortalView, Problem> {
    let days = context.store().key_days(&portal.id).await?;
    Ok(PortalView::of(portal, &days, context.now()))
}

/// Delete a portal.
///
/// Its keys and every secret of its users are unreadable at once, and its id is never used again.
#[utoipa::path(
    post, path = "/v1/admin/portals/{portal}/delete",
    operation_id = "deletePortal", tag = "portals", request_body = ReasonedRequest,
    params(("portal" = String, Path, description = "The portal's id")),
    responses((status = 200, description = "The portal is deleted", body = Done), PortalProblems),
)]
pub(crate) async fn delete(
    State(AppState { context, .. }): State<AppState>,
    on: PermittedOn<DeletePortals>,
    Strict(request): Strict<ReasonedRequest>,
) -> Result<Json<Done>, Problem> {
    let reason = request.into_reason()?;
    let entry = context.entry(EntryKind::PortalDeleted, &on.admin.by()).because(reason);
    context.delete_portal(&on.portal, entry).await?;
    Ok(Json(Done { changed: true }))
}

/// Returns the portals that a role may read after a place, by id, at most so many, and the place
/// where the next begin.
pub(crate) async fn visible(
    context: &AppContext,
    role: &Role,
    after: Option<&str>,
    limit: usize,
) -> Result<(Vec<PortalId>, Option<String>), Problem> {
    let mut own: Vec<PortalId> = role.portals().into_iter().cloned().collect();
    if own.is_empty() {
        let page = context.store().portals_page(after, limit).await?;
        let ids = page.items.iter().filter_map(|(id, _)| PortalId::parse(id).ok());
        return Ok((ids.collect(), page.next));
    }
    own.sort_by(|a, b| a.as_str().cmp(b.as_str()));
    own.retain(|id| after.is_none_or(|after| id.as_str() > after));
    let goes_on = own.len() > limit;
    own.truncate(limit);
    let next = own.last().filter(|_| goes_on).map(ToString::to_string);
    Ok((own, next))
}

/// Every portal there is, as the list has it.
pub(crate) async fn all(context: &AppContext) -> Result<Vec<(String, ListedPortal)>, Problem> {
    let (mut all, mut after) = (vec![], None);
    loop {
        let page = context.store().portals_page(after.as_deref(), PAGE).await;
        let page = page?;
        all.extend(page.items);
        match page.next {
            Some(next) => after = Some(next),
            None => return Ok(all),
        }
    }
}

/// Another portal that authenticator apps show under the same name, where there is one.
pub(crate) async fn of_same_issuer(
    context: &AppContext,
    portal: &Portal,
) -> Result<Option<String>, Problem> {
    let Some(issuer) = portal.issuer() else { return Ok(None) };
    let same = |(id, listed): &(String, ListedPortal)| {
        id != portal.id.as_str() && listed.issuer().as_ref() == Some(&issuer)
    };
    Ok(all(context).await?.into_iter().find(same).map(|(id, _)| id))
}
