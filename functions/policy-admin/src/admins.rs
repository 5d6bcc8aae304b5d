//! Admins and their roles, by operators.

use axum::{
    Json,
    extract::{Path, State},
};
use http::StatusCode;
use portcullis_app::AppContext;
use portcullis_domain::{
    DecisionContext, Locator, PortalId, Refusal,
    account::{self, Actor, WhoAsks},
    admin::{Admin, AdminId, Reach, Role, Roster, change_role},
    change,
    user::{By, BypassCode, Entry, EntryKind},
};
use portcullis_http::{
    Problem, Strict,
    admin::{AppointAdmins, ChangeAdmins, Console, Permitted, ReadAdmins},
    answers::AdminProblems,
    wire::admin::{
        AdminMade, AdminView, ChangeAdmin, Done, NewAdmin, ReasonedRequest, RoleDocument,
    },
};
use portcullis_keys::Password;
use portcullis_store::{RosterSnapshot, StoreError};

use crate::AppState;

/// The entry of an admin who was made, with the first role.
pub(crate) fn made(context: &AppContext, admin: &Admin, by: &By) -> Entry {
    let changes = change::of_role(None, &admin.role);
    context.entry(EntryKind::AdminAdded, by).because(admin.id.as_str()).changing(changes)
}

/// List the admins, including those who were removed.
#[utoipa::path(
    get, path = "/v1/admin/admins",
    operation_id = "listAdmins", tag = "admins",
    responses((status = 200, description = "The admins, by name", body = [AdminView])),
)]
pub(crate) async fn list(
    State(AppState { context, .. }): State<AppState>,
    _: Permitted<ReadAdmins>,
) -> Result<Json<Vec<AdminView>>, Problem> {
    let stored = context.store().admins().await?;
    let mut admins: Vec<AdminView> =
        stored.iter().map(|stored| AdminView::from(&stored.value)).collect();
    admins.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(Json(admins))
}

/// Create an admin with a first password.
#[utoipa::path(
    post, path = "/v1/admin/admins",
    operation_id = "createAdmin", tag = "admins", request_body = NewAdmin,
    responses((status = 201, description = "The admin and the first password, which is shown only once", body = AdminMade), AdminProblems),
)]
pub(crate) async fn create(
    State(AppState { context, hasher, .. }): State<AppState>,
    by: Permitted<AppointAdmins>,
    Strict(request): Strict<NewAdmin>,
) -> Result<(StatusCode, Json<AdminMade>), Problem> {
    let id = AdminId::parse(&request.name)?;
    let role = assignable(&context, request.role).await?;
    let locator = context.keyring().await?.locator(&PortalId::console(), id.as_user());
    let first = BypassCode::new(context.random()?).grouped();
    let hash = hasher.hash(&Password::given(&first), context.random()?)?;
    let change = |stored: &RosterSnapshot| {
        if let Some(taken) = &stored.admin {
            taken.value.acted.check(by.form)?;
            return Err(Refusal::AdminNameTaken.into());
        }
        let mut roster = operators(stored)?;
        roster.note(locator, &role)?;
        let mut admin = Admin::new(id.clone(), role.clone(), hash.clone(), context.now());
        admin.acted.note(by.form, context.now())?;
        let entry = made(&context, &admin, &by.admin.by());
        Ok((admin, roster, entry))
    };
    let admin = context.change_roster(locator, None, change).await?;
    let (name, role) = (admin.id.to_string(), admin.role.clone());
    Ok((StatusCode::CREATED, Json(AdminMade { name, role, password: first })))
}

/// Give an admin another role. It applies from the admin's next request.
#[utoipa::path(
    put, path = "/v1/admin/admins/{name}",
    operation_id = "changeAdmin", tag = "admins", request_body = ChangeAdmin,
    params(("name" = String, Path, description = "The admin's name")),
    responses((status = 200, description = "The admin as it is now", body = AdminView), AdminProblems),
)]
pub(crate) async fn change(
    State(AppState { context, .. }): State<AppState>,
    by: Permitted<AppointAdmins>,
    Path(name): Path<String>,
    Strict(request): Strict<ChangeAdmin>,
) -> Result<Json<AdminView>, Problem> {
    let role = request.role.into_role()?;
    let admin = change_from(&context, &by, &name, None, role).await?;
    Ok(Json(AdminView::from(&admin)))
}

/// Gives an admin another role, if the present one is what it was said to be.
pub(crate) async fn change_from(
    context: &AppContext,
    by: &Permitted<AppointAdmins>,
    name: &str,
    was: Option<Role>,
    role: Role,
) -> Result<Admin, Problem> {
    assigned(context, &role).await?;
    let becomes = RoleChange { was, role: Some(role) };
    change_in_roster(context, by, name, becomes, |before, admin| {
        let changes = change::of_role(Some(before), &admin.role);
        let changed = context.entry(EntryKind::AdminChanged, &by.admin.by());
        changed.because(admin.id.as_str()).changing(changes)
    })
    .await
}

/// Remove an admin: every session ends, and the name is never used again.
#[utoipa::path(
    post, path = "/v1/admin/admins/{name}/remove",
    operation_id = "removeAdmin", tag = "admins", request_body = ReasonedRequest,
    params(("name" = String, Path, description = "The admin's name")),
    responses((status = 200, description = "The admin is removed", body = Done), AdminProblems),
)]
pub(crate) async fn remove(
    State(AppState { context, .. }): State<AppState>,
    by: Permitted<ChangeAdmins>,
    Path(name): Path<String>,
    Strict(request): Strict<ReasonedRequest>,
) -> Result<Json<Done>, Problem> {
    let reason = request.into_reason()?;
    change_in_roster(&context, &by, &name, RoleChange { was: None, role: None }, |_, admin| {
        let why = format!("{}: {reason}", admin.id);
        context.entry(EntryKind::AdminRemoved, &by.admin.by()).because(why)
    })
    .await?;
    Ok(Json(Done { changed: true }))
}

/// Reset an admin: a new first password, no second step, and no session.
#[utoipa::path(
    post, path = "/v1/admin/admins/{name}/reset",
    operation_id = "resetAdmin", tag = "admins", request_body = ReasonedRequest,
    params(("name" = String, Path, description = "The admin's name")),
    responses((status = 200, description = "The admin and the first password, which is shown only once", body = AdminMade), AdminProblems),
)]
pub(crate) async fn reset(
    State(AppState { context, hasher, .. }): State<AppState>,
    by: Permitted<AppointAdmins>,
    Path(name): Path<String>,
    Strict(request): Strict<ReasonedRequest>,
) -> Result<Json<AdminMade>, Problem> {
    let reason = request.into_reason()?;
    let (id, locator) = named(&context, &name).await?;
    let first = BypassCode::new(context.random()?).grouped();
    let hash = hasher.hash(&Password::given(&first), context.random()?)?;
    // Two writes: the password and the sessions go first, so that no old session meets the
    // enrolment of another second step.
    let changed = context.change_admin(locator, |admin| {
        admin.acted.note(by.form, context.now())?;
        admin.reset(&id, &by.admin.id, hash.clone(), context.now())?;
        let why = format!("{id}: {reason}");
        Ok(Some(context.entry(EntryKind::AdminReset, &by.admin.by()).because(why)))
    });
    let (form, reach) = (by.form, Reach::Portal);
    let actor = Actor { by: Some(by.admin.by()), reach, reason: Some(reason.clone()), form };
    match changed.await {
        Ok(admin) => {
            take_second_step(&context, &id, locator, &actor).await?;
            Ok(Json(AdminMade { name, role: admin.role, password: first }))
        }
        // The form made the first write. Its process may have stopped before the second one.
        Err(error) if error.is_refused(&Refusal::FormUsed) => {
            if second_write_may_be_missing(&context, locator).await? {
                take_second_step(&context, &id, locator, &actor).await?;
            }
            Err(error.into())
        }
        Err(error) => Err(error.into()),
    }
}

/// Takes an admin's second step away, if there is one: the second write of a reset.
async fn take_second_step(
    context: &AppContext,
    id: &AdminId,
    locator: Locator,
    actor: &Actor,
) -> Result<(), Problem> {
    let decide = |context: &DecisionContext<'_>, user| {
        account::reset(context, user, id.as_user(), actor, &WhoAsks::Unsaid)
    };
    match context.command(&Console::default(), locator, None, decide).await {
        Ok(_) => Ok(()),
        // An admin who never signed in has none.
        Err(error) if error.is_refused(&Refusal::UnknownUser) => Ok(()),
        Err(error) => Err(error.into()),
    }
}

/// Returns true if only the first write of a reset may have been made. The password it set is shown
/// after both writes: an admin who has signed in with it has a new second step, which stays.
async fn second_write_may_be_missing(
    context: &AppContext,
    locator: Locator,
) -> Result<bool, Problem> {
    let stored = context.store().admin(locator).await?;
    let admin = stored.map(|stored| stored.value);
    Ok(admin.is_some_and(|admin| admin.must_choose_password() && admin.sessions.is_empty()))
}

pub(crate) async fn named(context: &AppContext, name: &str) -> Result<(AdminId, Locator), Problem> {
    let id = AdminId::parse(name).map_err(|_| Refusal::UnknownAdmin)?;
    let locator = context.keyring().await?.locator(&PortalId::console(), id.as_user());
    Ok((id, locator))
}

/// Returns the operators, of whom there is one since the set-up.
fn operators(stored: &RosterSnapshot) -> Result<Roster, StoreError> {
    let missing = StoreError::Missing { kind: "roster" };
    Ok(stored.roster.as_ref().ok_or(missing)?.value.clone())
}

/// Refuses a role that cannot be assigned, or names a portal that is none.
async fn assignable(context: &AppContext, role: RoleDocument) -> Result<Role, Problem> {
    let role = role.into_role()?;
    assigned(context, &role).await?;
    Ok(role)
}

/// Refuses a role that names a portal that is none.
async fn assigned(context: &AppContext, role: &Role) -> Result<(), Problem> {
    for portal in role.portals() {
        context.portal(portal).await?;
    }
    Ok(())
}

/// A change of an admin's role.
struct RoleChange {
    /// The role as whoever changes it knows it, if they said so.
    was: Option<Role>,
    /// The role from now on; none removes the admin.
    role: Option<Role>,
}

/// Changes an admin together with the roster of operators. The entry is made of the role before,
/// and the admin after.
async fn change_in_roster<P>(
    context: &AppContext,
    by: &Permitted<P>,
    name: &str,
    RoleChange { was, role }: RoleChange,
    entry: impl Fn(&Role, &Admin) -> Entry,
) -> Result<Admin, Problem> {
    let (id, locator) = named(context, name).await?;
    let change = |stored: &RosterSnapshot| {
        let admin = stored.admin.as_ref().filter(|stored| stored.value.id == id);
        let mut admin = admin.ok_or(Refusal::UnknownAdmin)?.value.clone();
        admin.acted.note(by.form, context.now())?;
        let before = admin.role.clone();
        if was.as_ref().is_some_and(|was| *was != before) {
            return Err(Refusal::ChangedMeanwhile.into());
        }
        let (roster, actor) = (operators(stored)?, &by.admin.id);
        let (roster, admin) =
            change_role(roster, admin, locator, actor, role.clone(), context.now())?;
        let entry = entry(&before, &admin);
        Ok((admin, roster, entry))
    };
    Ok(context.change_roster(locator, None, change).await?)
}
