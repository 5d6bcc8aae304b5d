//! A portal's users, to look at: in a list or in files of it, and one by the exact id.

pub(crate) mod export;

use axum::{
    Json,
    extract::State,
    response::{IntoResponse as _, Response},
};
use portcullis_app::AppContext;
use portcullis_domain::{
    Decision, DecisionContext, ListedState, OrganisationId, Portal, Settings, User, UserId,
    admin::Reach, dry_run::Configuration, limits,
};
use portcullis_http::{
    Cursor, Problem, QueryUser, StrictFindQuery, UserName,
    admin::{PermittedOn, ReadUsers},
    answers::UserProblems,
    wire::admin::{FormatName, StateFilterName, UserDetail, UserList, UserListQuery, UserSummary},
};
use portcullis_store::Listed;

use self::export::UsersExport;
use crate::{
    AppState, export as files,
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
///
/// In the forms for export an answer is a file of the users of the list, at most 10,000 and 5 MB.
/// If there may be more, the next cursor is in the header `x-next-cursor`. 25,000 users are looked
/// at for a file, so that one of a state or an organisation may be short or empty and still have a
/// next one. Those who are found, or locked, are in no file.
#[utoipa::path(
    get, path = "/v1/admin/portals/{portal}/users",
    operation_id = "listUsers", tag = "portal users",
    params(("portal" = String, Path, description = "The portal's id"), UserListQuery),
    responses(
        (status = 200, description = "Users of the list", content(
            (UserList = "application/json"), (String = "application/x-ndjson"), (String = "text/csv"),
        ))),
)]
pub(crate) async fn list(
    State(AppState { context, .. }): State<AppState>,
    on: PermittedOn<ReadUsers>,
    StrictFindQuery(query): StrictFindQuery<UserListQuery>,
) -> Result<Response, Problem> {
    if query.format == FormatName::Json {
        return Ok(Json(page(&context, &on, &query).await?).into_response());
    }
    let list = exported(&context, &on, &query).await?;
    files::file(&list, &list.range(&query).await?).await
}

/// Reads which users are asked for in files.
pub(crate) async fn exported<'a>(
    context: &'a AppContext,
    on: &'a PermittedOn<ReadUsers>,
    query: &UserListQuery,
) -> Result<UsersExport<'a>, Problem> {
    if query.find.is_some() || query.state == Some(StateFilterName::Locked) {
        return Err(Problem::bad_request(
            "format must be json for users who are found or locked; a file has those of a state or \
             an organization.",
        ));
    }
    let portal = context.portal(&on.portal).await?.value;
    let wanted = Wanted::of(context, on, query, portal).await?;
    let list = query.filter_in_url();
    let cursors = format!("users-file:{}:{}:{list}", on.portal, on.admin.id);
    Ok(UsersExport { wanted, format: query.format, cursors })
}

/// The users of a portal whom a list is about.
pub(crate) struct Wanted<'a> {
    context: &'a AppContext,
    reach: &'a Reach,
    portal: Portal,
    settings: Settings,
    organisation: Option<OrganisationId>,
    state: Option<ListedState>,
}

impl<'a> Wanted<'a> {
    async fn of(
        context: &'a AppContext,
        on: &'a PermittedOn<ReadUsers>,
        query: &UserListQuery,
        portal: Portal,
    ) -> Result<Self, Problem> {
        let organisation = query.organization.as_deref().map(OrganisationId::parse).transpose()?;
        let settings = context.store().settings().await?;
        let settings = settings.map(|stored| stored.value).unwrap_or_default();
        let state = query.state.and_then(StateFilterName::state);
        Ok(Self { context, reach: &on.reach, portal, settings, organisation, state })
    }

    fn is_everyone(&self) -> bool {
        self.state.is_none() && self.organisation.is_none() && *self.reach == Reach::Portal
    }

    fn has(&self, listed: &Listed) -> bool {
        let (wanted, own) = (self.organisation.as_ref(), listed.organisation.as_ref());
        let is_in = |state| listed.mfa_state.state(&self.portal, &self.settings) == state;
        self.reach.covers(own)
            && (wanted.is_none() || wanted == own)
            && self.state.is_none_or(is_in)
    }

    fn summary(&self, at: String, listed: &Listed) -> UserSummary {
        let (portal, settings) = (&self.portal, &self.settings);
        let under = Configuration { portal, settings, service: self.context.service() };
        UserSummary::of(under, at, listed, self.context.now())
    }
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
    let asked = Asked::of(find, query.state, organisation, &portal, &on.reach)?;
    if let Some(asked) = asked {
        return find::in_portal(context, on, &portal, &asked, query.cursor.as_deref()).await;
    }
    let wanted = Wanted::of(context, on, query, portal).await?;
    let cursors = Cursor::of(&format!("users:{}", on.portal));
    let mut place = match &query.cursor {
        Some(cursor) => Some(cursors.open(context, cursor).await?),
        None => None,
    };
    // Where everyone is wanted, no more is read than shown.
    let limit = if wanted.is_everyone() { SHOWN } else { PAGE };
    let (mut users, mut seen) = (vec![], 0);
    'pages: loop {
        let page = context.store().users_page(&on.portal, place.as_deref(), limit).await?;
        let last = page.items.len();
        for (n, (at, listed)) in page.items.into_iter().enumerate() {
            if wanted.has(&listed) {
                users.push(wanted.summary(at.clone(), &listed));
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
