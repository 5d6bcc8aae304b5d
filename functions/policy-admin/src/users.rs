//! A portal's users, to look at: in a list, and one by the exact id.

use axum::{Json, extract::State};
use portcullis_app::AppContext;
use portcullis_domain::{
    Decision, DecisionContext, ListedState, OrganisationId, Portal, Settings, User, UserId,
    admin::Reach, dry_run::Configuration, limits,
};
use portcullis_http::{
    Cursor, Problem, QueryUser, StrictFindQuery, UserName,
    admin::{PermittedOn, ReadUsers},
    answers::UserProblems,
    wire::admin::{StateFilterName, UserDetail, UserList, UserListQuery, UserSummary},
};
use portcullis_store::Listed;

use crate::{
    AppState,
    find::{self, Asked},
};

/// Users an answer shows.
const SHOWN: usize = 100;
/// Users read at once.
const PAGE: usize = 1_000;

/// List a portal's users, by state and organisation, or find some of them.
///
/// What `find` finds is late by moments after a change, and so is `locked`; both are answered from
/// the users as they are now.
#[utoipa::path(
    get, path = "/v1/admin/portals/{portal}/users",
    operation_id = "listUsers", tag = "portal users",
    params(("portal" = String, Path, description = "The portal's id"), UserListQuery),
    responses((status = 200, description = "A page of users", body = UserList)),
)]
pub(crate) async fn list(
    State(AppState { context, .. }): State<AppState>,
    on: PermittedOn<ReadUsers>,
    StrictFindQuery(query): StrictFindQuery<UserListQuery>,
) -> Result<Json<UserList>, Problem> {
    page(&context, &on, &query).await.map(Json)
}

/// Reads a page of a list of users, for a call or a page.
pub(crate) async fn page(
    context: &AppContext,
    on: &PermittedOn<ReadUsers>,
    query: &UserListQuery,
) -> Result<UserList, Problem> {
    let organisation = query.organization.as_deref().map(OrganisationId::parse).transpose()?;
    let portal = context.portal(&on.portal).await?.value;
    let find = query.find.as_deref();
    let asked = Asked::of(find, query.state, organisation.clone(), &portal, &on.reach)?;
    if let Some(asked) = asked {
        return find::in_portal(context, on, &portal, &asked, query.cursor.as_deref()).await;
    }
    let cursors = Cursor::of(&format!("users:{}", on.portal));
    let mut place = match &query.cursor {
        Some(cursor) => Some(cursors.open(context, cursor).await?),
        None => None,
    };
    let settings = context.store().settings().await?;
    let settings = settings.map(|stored| stored.value).unwrap_or_default();
    let state = query.state.and_then(StateFilterName::state);
    let wanted = |listed: &Listed| {
        on.reach.covers(listed.organisation.as_ref())
            && organisation.as_ref().is_none_or(|own| listed.organisation.as_ref() == Some(own))
            && is_in(state, listed, &portal, &settings)
    };
    let (service, now) = (context.service(), context.now());
    let under = Configuration { portal: &portal, settings: &settings, service };
    // Where everyone is wanted, no more is read than shown.
    let everyone = state.is_none() && organisation.is_none() && on.reach == Reach::Portal;
    let limit = if everyone { SHOWN } else { PAGE };
    let (mut users, mut seen) = (vec![], 0);
    'pages: loop {
        let page = context.store().users_page(&on.portal, place.as_deref(), limit).await?;
        let last = page.items.len();
        for (n, (at, listed)) in page.items.into_iter().enumerate() {
            if wanted(&listed) {
                users.push(UserSummary::of(under, at.clone(), &listed, now));
            }
            if users.len() == SHOWN && (n + 1 < last || page.next.is_some()) {
                place = Some(at);
                break 'pages;
            }
        }
        seen += last;
        place = page.next;
        if place.is_none() || seen >= limits::LISTED_PER_CALL {
            break;
        }
    }
    let next_cursor = match place {
        Some(place) => Some(cursors.seal(context, &place).await?),
        None => None,
    };
    Ok(UserList { users, total: None, next_cursor })
}

fn is_in(
    state: Option<ListedState>,
    listed: &Listed,
    portal: &Portal,
    settings: &Settings,
) -> bool {
    state.is_none_or(|state| listed.mfa_state.state(portal, settings) == state)
}

/// Look up one user: everything but secrets, and what would happen at the next sign-in and why.
#[utoipa::path(
    get, path = "/v1/admin/portals/{portal}/user",
    operation_id = "lookUpUser", tag = "portal users",
    params(("portal" = String, Path, description = "The portal's id"), QueryUser),
    responses((status = 200, description = "The user", body = UserDetail), UserProblems),
)]
pub(crate) async fn look(
    State(AppState { context, .. }): State<AppState>,
    on: PermittedOn<ReadUsers>,
    QueryUser(user): QueryUser,
) -> Result<Json<UserDetail>, Problem> {
    detail(&context, &on, &user).await.map(Json)
}

/// Looks at a user, for a call or a page.
pub(crate) async fn detail(
    context: &AppContext,
    on: &PermittedOn<ReadUsers>,
    user: &UserName,
) -> Result<UserDetail, Problem> {
    let view = |context: &DecisionContext<'_>, known: Option<User>, id: &UserId| {
        let user = on.reach.user(known, id)?;
        Ok(Decision::unchanged(UserDetail::of(context, &user)))
    };
    user.command(context, on, view).await
}
