//! Users between sign-ins, as the portal's back end sees and keeps them.

use axum::{Json, extract::State};
use portcullis_app::About;
use portcullis_domain::{
    Decision, DecisionContext, User, UserId,
    account::{self, Actor, ChangedBy},
    admin::Reach,
};
use portcullis_http::{
    Problem, QueryBrowsers, QueryUser, Strict, UserName, WithKey,
    answers::{OptInProblems, UserProblems},
    scope,
    wire::{
        ActivityView, ContactKept, ContactRecord, OptInDone, OptInRequest, UserErased, UserView,
        confirmed,
    },
};

use crate::AppState;

/// Read what a user has bound, and what the next sign-in would answer.
#[utoipa::path(
    get, path = "/v1/user",
    operation_id = "readUser", tag = "users",
    params(QueryUser),
    responses((status = 200, description = "The user", body = UserView), UserProblems),
)]
pub(crate) async fn mfa_state(
    State(AppState { context, .. }): State<AppState>,
    caller: WithKey<scope::Contacts>,
    QueryUser(name): QueryUser,
) -> Result<Json<UserView>, Problem> {
    let view = name.command(&context, &caller, |context, user, id| {
        Ok(Decision::unchanged(UserView::of(context, &account::own(user, id)?)))
    });
    Ok(Json(view.await?))
}

/// Replace a user's contact record: promotion to a portal user, and every later change.
#[utoipa::path(
    put, path = "/v1/user",
    operation_id = "replaceContact", tag = "users", request_body = ContactRecord,
    responses((status = 200, description = "What was kept", body = ContactKept), UserProblems),
)]
pub(crate) async fn replace_contact(
    State(AppState { context, .. }): State<AppState>,
    caller: WithKey<scope::Contacts>,
    Strict(record): Strict<ContactRecord>,
) -> Result<Json<ContactKept>, Problem> {
    let told = record.password_changed.as_ref().map(|change| change.told(context.now()));
    let by = record.changed_by.map_or(ChangedBy::User, ChangedBy::from);
    let (change, (name, update)) = (told.transpose()?, record.into_update()?);
    let about = if change.is_some() { About::Protection } else { About::NoSignIn };
    let kept = name.command_about(&context, &caller, about, |context, user, id| {
        account::replace_contact(context, user, id, &update, change, by)
    });
    Ok(Json(ContactKept::from(&kept.await?)))
}

/// Enable MFA after a skip; the portal signs the user out.
#[utoipa::path(
    post, path = "/v1/user/opt-in",
    operation_id = "enableMfa", tag = "users", request_body = OptInRequest,
    responses((status = 200, description = "The skip is cleared", body = OptInDone), OptInProblems),
)]
pub(crate) async fn opt_in(
    State(AppState { context, .. }): State<AppState>,
    caller: WithKey<scope::Contacts>,
    Strict(request): Strict<OptInRequest>,
) -> Result<Json<OptInDone>, Problem> {
    confirmed(request.confirm)?;
    UserName::Id(request.id).protect(&context, &caller, account::opt_in).await?;
    Ok(Json(OptInDone { sign_out: true }))
}

/// Un-set the saved default.
#[utoipa::path(
    delete, path = "/v1/user/default",
    operation_id = "unsetDefault", tag = "users",
    params(QueryUser),
    responses((status = 200, description = "There is no saved default now", body = UserView), UserProblems),
)]
pub(crate) async fn unset_default(
    State(AppState { context, .. }): State<AppState>,
    caller: WithKey<scope::Reset>,
    QueryUser(name): QueryUser,
) -> Result<Json<UserView>, Problem> {
    let view = name.command(&context, &caller, |context, user, id| {
        account::unset_default(context, user, id)
            .map(|decided| decided.map(|user| UserView::of(context, &user)))
    });
    Ok(Json(view.await?))
}

/// End trust in one of a user's browsers, or in all of them.
///
/// The next sign-in there asks for the second step. What is bound stays.
#[utoipa::path(
    delete, path = "/v1/user/trusted-browsers",
    operation_id = "endTrust", tag = "users",
    params(QueryBrowsers),
    responses((status = 200, description = "The user, with the browsers that are trusted now", body = UserView), UserProblems),
)]
pub(crate) async fn end_trust(
    State(AppState { context, .. }): State<AppState>,
    caller: WithKey<scope::Reset>,
    QueryBrowsers { user, untrusted }: QueryBrowsers,
) -> Result<Json<UserView>, Problem> {
    let portal = Actor { by: None, reach: Reach::Portal, reason: None, form: None };
    let view = user.protect(&context, &caller, |context, user, id| {
        account::end_trust(context, user, id, untrusted, &portal)
            .map(|decided| decided.map(|ended| UserView::of(context, &ended.user)))
    });
    Ok(Json(view.await?))
}

/// Read the last entries of a user's activity, newest first.
#[utoipa::path(
    get, path = "/v1/user/activity",
    operation_id = "readUserActivity", tag = "users",
    params(QueryUser),
    responses((status = 200, description = "The entries", body = [ActivityView]), UserProblems),
)]
pub(crate) async fn activity(
    State(AppState { context, .. }): State<AppState>,
    caller: WithKey<scope::Contacts>,
    QueryUser(name): QueryUser,
) -> Result<Json<Vec<ActivityView>>, Problem> {
    let entries = name.command(&context, &caller, |context, user, id| {
        let user = account::own(user, id)?;
        Ok(Decision::unchanged(
            user.activity.iter().rev().map(|entry| ActivityView::of(context, entry)).collect(),
        ))
    });
    Ok(Json(entries.await?))
}

/// Erase everything known about a user.
///
/// Counters and locks are kept for a while, without anything personal.
#[utoipa::path(
    delete, path = "/v1/user",
    operation_id = "eraseUser", tag = "users",
    params(QueryUser),
    responses((status = 200, description = "The user is erased", body = UserErased), UserProblems),
)]
pub(crate) async fn erase(
    State(AppState { context, .. }): State<AppState>,
    caller: WithKey<scope::Erase>,
    QueryUser(name): QueryUser,
) -> Result<Json<UserErased>, Problem> {
    let portal = Actor { by: None, reach: Reach::Portal, reason: None, form: None };
    let erase = |context: &DecisionContext<'_>, user: Option<User>, id: &UserId| {
        account::erase(context, user, id, &portal)
    };
    name.protect(&context, &caller, erase).await?;
    Ok(Json(UserErased { erased: true }))
}
