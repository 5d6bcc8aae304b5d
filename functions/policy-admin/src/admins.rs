//! Admins and their roles, by operators.

use axum::{
    Json,
    extract::{Path, State},
};
use http::StatusCode;
use portcullis_app::AppContext;
use portcullis_domain::{
    DecisionContext, FormId, Locator, PortalId, Refusal, WriteId,
    account::{self, Actor},
    admin::{Admin, AdminId, Reach, Role, Roster, change_role},
    change,
    user::{By, BypassCode, Entry, EntryKind},
};
use portcullis_http::{
    AnyProblem, Problem, ProblemCode, Strict,
    admin::{ChangeAdmins, Console, Permitted, ReadAdmins},
    wire::admin::{
        AdminMade, AdminView, ChangeAdmin, Done, NewAdmin, ReasonedRequest, RoleDocument,
    },
};
use portcullis_keys::Password;
use portcullis_store::{Document, Trail};

use crate::{
    AppState,
    concurrency::{self, change_admin, changed_meanwhile, entry},
};

/// The entry of an admin who was made, with the first role.
pub(crate) fn made(context: &AppContext, admin: &Admin, by: By) -> Entry {
    let changes = change::of_role(None, &admin.role);
    entry(context, EntryKind::AdminAdded, by).because(admin.id.as_str()).changing(changes)
}

pub(crate) fn name_taken() -> Problem {
    let detail = "There is an admin of this name, or there was one. Choose another name.";
    Problem::new(ProblemCode::AdminNameTaken, detail)
}

/// Every admin, also those who were removed.
#[utoipa::path(
    get, path = "/v1/admin/admins", tag = "admins",
    responses((status = 200, description = "The admins, by name", body = [AdminView]), AnyProblem),
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

/// Make an admin, with a password to begin with.
#[utoipa::path(
    post, path = "/v1/admin/admins", tag = "admins", request_body = NewAdmin,
    responses((status = 201, description = "The admin, and the first password, shown this once", body = AdminMade), AnyProblem),
)]
pub(crate) async fn create(
    State(AppState { context, hasher, .. }): State<AppState>,
    by: Permitted<ChangeAdmins>,
    Strict(request): Strict<NewAdmin>,
) -> Result<(StatusCode, Json<AdminMade>), Problem> {
    let id = AdminId::parse(&request.name)?;
    let role = assignable(&context, request.role).await?;
    let locator = context.keyring().await?.locator(&PortalId::console(), id.as_user());
    let failed = |error| Problem::failed(&error);
    let told = |refusal: Refusal| Problem::refused(&refusal, context.now());
    if let Some(taken) = context.store().admin(locator).await.map_err(failed)? {
        taken.value.acted.check(by.form).map_err(told)?;
        return Err(name_taken());
    }
    let stored = roster(&context).await?;
    let mut operators = stored.value.clone();
    operators.note(locator, &role).map_err(told)?;
    let first = BypassCode::new(context.random()?).grouped();
    let hash = hasher.hash(&Password::given(&first), context.random()?)?;
    let mut admin = Admin::new(id, role, hash, true, context.now());
    admin.acted.note(by.form, context.now()).map_err(told)?;
    let made = (made(&context, &admin, by.admin.by()), by.form);
    put(&context, locator, (&admin, None), (&operators, &stored), made).await?;
    let (name, role) = (admin.id.to_string(), admin.role.clone());
    Ok((StatusCode::CREATED, Json(AdminMade { name, role, password: first })))
}

/// Give an admin another role. It holds from the admin's next request on.
#[utoipa::path(
    put, path = "/v1/admin/admins/{name}", tag = "admins", request_body = ChangeAdmin,
    params(("name" = String, Path, description = "The admin's name")),
    responses((status = 200, description = "The admin as it is now", body = AdminView), AnyProblem),
)]
pub(crate) async fn change(
    State(AppState { context, .. }): State<AppState>,
    by: Permitted<ChangeAdmins>,
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
    by: &Permitted<ChangeAdmins>,
    name: &str,
    was: Option<Role>,
    role: Role,
) -> Result<Admin, Problem> {
    assigned(context, &role).await?;
    let becomes = RoleChange { was, role: Some(role) };
    change_in_roster(context, by, name, becomes, |before, admin| {
        let changes = change::of_role(Some(before), &admin.role);
        let changed = entry(context, EntryKind::AdminChanged, by.admin.by());
        changed.because(admin.id.as_str()).changing(changes)
    })
    .await
}

/// Remove an admin: every session ends, and the name is never used again.
#[utoipa::path(
    post, path = "/v1/admin/admins/{name}/remove", tag = "admins", request_body = ReasonedRequest,
    params(("name" = String, Path, description = "The admin's name")),
    responses((status = 200, description = "The admin is removed", body = Done), AnyProblem),
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
        entry(&context, EntryKind::AdminRemoved, by.admin.by()).because(why)
    })
    .await?;
    Ok(Json(Done { changed: true }))
}

/// Reset an admin: another password to begin with, no second step, every session ended.
#[utoipa::path(
    post, path = "/v1/admin/admins/{name}/reset", tag = "admins", request_body = ReasonedRequest,
    params(("name" = String, Path, description = "The admin's name")),
    responses((status = 200, description = "The admin, and the first password, shown this once", body = AdminMade), AnyProblem),
)]
pub(crate) async fn reset(
    State(AppState { context, hasher, .. }): State<AppState>,
    by: Permitted<ChangeAdmins>,
    Path(name): Path<String>,
    Strict(request): Strict<ReasonedRequest>,
) -> Result<Json<AdminMade>, Problem> {
    let reason = request.into_reason()?;
    let (id, locator) = named(&context, &name).await?;
    let first = BypassCode::new(context.random()?).grouped();
    let hash = hasher.hash(&Password::given(&first), context.random()?)?;
    let admin = change_admin(&context, locator, |admin| {
        admin.acted.note(by.form, context.now())?;
        admin.reset(&id, &by.admin.id, hash.clone())?;
        let why = format!("{id}: {reason}");
        Ok(Some(entry(&context, EntryKind::AdminReset, by.admin.by()).because(why)))
    });
    let admin = match admin.await {
        Err(problem) if problem.code() == ProblemCode::FormUsed => {
            if !may_have_stopped(&context, locator).await? {
                return Err(problem);
            }
            Err(problem)
        }
        changed => Ok(changed?),
    };
    // Sessions have ended by now; the second step goes after them, so that no old session meets a new enrolment.
    let (reset_by, form) = (Some(by.admin.by()), by.form);
    let actor = Actor { by: reset_by, reach: Reach::Portal, reason: Some(reason), form };
    let decide =
        |context: &DecisionContext<'_>, user| account::reset(context, user, id.as_user(), &actor);
    match context.command(&Console::default(), locator, None, decide).await {
        Ok(_) => {}
        // Whoever never signed in has no second step to take away.
        Err(error) if error.is_refused(&Refusal::UnknownUser) => {}
        Err(error) => return Err(error.into()),
    }
    Ok(Json(AdminMade { name, role: admin?.role.clone(), password: first }))
}

/// Returns true if a reset may have stopped between its two writes, so that the second one is done again. Nobody has
/// signed in since then: the password was not shown.
async fn may_have_stopped(context: &AppContext, locator: Locator) -> Result<bool, Problem> {
    let stored = context.store().admin(locator).await?;
    let admin = stored.map(|stored| stored.value);
    Ok(admin.is_some_and(|admin| admin.must_change_password && admin.sessions.is_empty()))
}

async fn named(context: &AppContext, name: &str) -> Result<(AdminId, Locator), Problem> {
    let unknown = |_| Problem::refused(&Refusal::UnknownAdmin, context.now());
    let id = AdminId::parse(name).map_err(unknown)?;
    let locator = context.keyring().await?.locator(&PortalId::console(), id.as_user());
    Ok((id, locator))
}

async fn roster(context: &AppContext) -> Result<Document<Roster>, Problem> {
    let stored = context.store().roster().await?;
    stored.ok_or_else(Problem::unavailable)
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
        concurrency::portal(context, portal).await?;
    }
    Ok(())
}

/// What becomes of an admin's role.
struct RoleChange {
    /// The role as whoever changes it knows it, if they said so.
    was: Option<Role>,
    /// The role from now on; none removes the admin.
    role: Option<Role>,
}

/// Changes an admin together with the roster of operators. The entry is made of the role before, and the admin after.
async fn change_in_roster(
    context: &AppContext,
    by: &Permitted<ChangeAdmins>,
    name: &str,
    RoleChange { was, role }: RoleChange,
    entry: impl Fn(&Role, &Admin) -> Entry,
) -> Result<Admin, Problem> {
    let (id, locator) = named(context, name).await?;
    let stored = context.store().admin(locator).await?;
    let unknown = || Problem::refused(&Refusal::UnknownAdmin, context.now());
    let stored = stored.filter(|stored| stored.value.id == id).ok_or_else(unknown)?;
    let told = |refusal: Refusal| Problem::refused(&refusal, context.now());
    stored.value.acted.check(by.form).map_err(told)?;
    if was.is_some_and(|was| was != stored.value.role) {
        return Err(changed_meanwhile());
    }
    let before = roster(context).await?;
    let role_before = stored.value.role.clone();
    let changed =
        change_role(before.value.clone(), stored.value, locator, &by.admin.id, role, context.now());
    let (operators, mut admin) = changed.map_err(told)?;
    admin.acted.note(by.form, context.now()).map_err(told)?;
    let entry = (entry(&role_before, &admin), by.form);
    put(context, locator, (&admin, Some(&stored.write)), (&operators, &before), entry).await?;
    Ok(admin)
}

async fn put(
    context: &AppContext,
    locator: Locator,
    admin: (&Admin, Option<&str>),
    (roster, before): (&Roster, &Document<Roster>),
    (entry, form): (Entry, Option<FormId>),
) -> Result<(), Problem> {
    let trail = Trail::of(&PortalId::console(), entry);
    let write = WriteId::new(context.random()?);
    let put = context
        .store()
        .put_admin_and_roster(locator, admin, (roster, Some(&before.write)), write, &trail)
        .await?;
    if put {
        return Ok(());
    }
    // Perhaps the same form was faster, sent twice at once.
    let faster = context.store().admin(locator).await?;
    let told = |refusal: Refusal| Problem::refused(&refusal, context.now());
    faster.map_or(Ok(()), |faster| faster.value.acted.check(form)).map_err(told)?;
    Err(changed_meanwhile())
}
