//! Users who are looked for, in one portal or in all that the admin may see. Each whom the index
//! names is read and looked at: who is outside the admin's reach is no hit.

use axum::{Json, extract::State};
use futures_util::future::try_join_all;
use portcullis_app::AppContext;
use portcullis_domain::{
    Locator, Malformed, MfaState, OrganisationId, Portal, PortalId, Settings, Timestamp, User,
    UserId,
    admin::{Reach, Right},
    dry_run::Configuration,
    user::{FindKey, UserSearch},
};
use portcullis_http::{
    Cursor, Problem, StrictFindQuery,
    admin::{Permitted, PermittedOn, ReadUsers, SignedIn},
    wire::admin::{FindQuery, FoundUsers, StateFilterName, UserList, UserSummary},
};
use portcullis_store::{Found, UserKey};

use crate::{AppState, portals::visible};

// Users an answer shows of one portal, beside one of exactly this id.
const SHOWN: usize = 99;
// Portals looked at in one call.
const PORTALS: usize = 50;
// Portals looked at together, and the users shown of each, beside one of exactly this id.
const AT_ONCE: usize = 10;
const OF_EACH: usize = 5;
// Users after which no more portals are looked at: no page has more than 100.
const FULL: usize = 40;

/// The users that an admin asks for in one portal.
pub(crate) struct Asked {
    search: Option<UserSearch>,
    state: Option<StateFilterName>,
    organisation: Option<OrganisationId>,
    /// The reach of the admin, or of the organisation asked for within it; none if that is outside.
    reach: Option<Reach>,
}

impl Asked {
    /// Takes what is asked for. `None` stands for what the list of all users answers.
    ///
    /// # Errors
    /// [`Malformed`] if nobody is found by the text.
    pub(crate) fn of(
        find: Option<&str>,
        state: Option<StateFilterName>,
        organisation: Option<OrganisationId>,
        portal: &Portal,
        reach: &Reach,
    ) -> Result<Option<Self>, Malformed> {
        if find.is_none() && state != Some(StateFilterName::Locked) {
            return Ok(None);
        }
        let country = portal.profile.default_country;
        let search = find.map(|text| UserSearch::read(text, country)).transpose()?;
        let reach = match &organisation {
            None => Some(reach.clone()),
            Some(own) => reach.covers(Some(own)).then(|| Reach::Organisation(own.clone())),
        };
        Ok(Some(Self { search, state, organisation, reach }))
    }

    fn id(&self) -> Option<&UserId> {
        self.search.as_ref().and_then(UserSearch::id)
    }

    fn key(&self, reach: &Reach) -> Result<FindKey, Malformed> {
        match &self.search {
            Some(search) => search.key(reach),
            None => Ok(FindKey::locked(reach)),
        }
    }

    /// Returns true if the user is one of those, as they are now.
    fn has(&self, user: &User, under: Configuration<'_>, now: Timestamp) -> bool {
        let organisation = user.contact.organisation.as_ref();
        let Configuration { portal, settings, .. } = under;
        let is_in = |state: StateFilterName| match state.state() {
            Some(state) => MfaState::of(user).state(portal, settings) == state,
            None => user.failures.has_lock(now),
        };
        self.reach.as_ref().is_some_and(|reach| reach.covers(organisation))
            && self.organisation.as_ref().is_none_or(|own| organisation == Some(own))
            && self.search.as_ref().is_none_or(|search| search.finds(user))
            && self.state.is_none_or(is_in)
    }

    /// Asks the table for users of a portal after a place, at most so many. One of exactly this id
    /// comes with the first of them, and needs no index.
    async fn keys(
        &self,
        context: &AppContext,
        portal: &PortalId,
        after: Option<Locator>,
        limit: usize,
    ) -> Result<Candidates, Problem> {
        let none = Candidates::default();
        let Some(reach) = &self.reach else { return Ok(none) };
        let keyring = context.keyring().await?;
        let exact = self.id().map(|id| keyring.locator(portal, id));
        let (found, refused) = match self.key(reach) {
            Ok(key) => {
                let hash = keyring.find_hash(portal, &key);
                (context.store().found(portal, hash, after, limit).await?, None)
            }
            Err(refused) => (Found::default(), Some(refused)),
        };
        let next = found.locators.last().filter(|_| found.more).copied();
        let mut locators = found.locators;
        locators.retain(|locator| Some(*locator) != exact);
        locators.extend(exact.filter(|_| after.is_none()));
        let key = |locator| UserKey { portal: portal.clone(), locator };
        Ok(Candidates { keys: locators.into_iter().map(key).collect(), next, refused })
    }
}

/// Users who may be those who are asked for.
#[derive(Default)]
struct Candidates {
    keys: Vec<UserKey>,
    next: Option<Locator>,
    /// The text has too few letters for more than an exact id.
    refused: Option<Malformed>,
}

/// Looks for users of one portal.
pub(crate) async fn in_portal(
    context: &AppContext,
    on: &PermittedOn<ReadUsers>,
    portal: &Portal,
    asked: &Asked,
    cursor: Option<&str>,
) -> Result<UserList, Problem> {
    let cursors = Cursor::of(&format!("find:{}", on.portal));
    let after = match cursor {
        Some(cursor) => Some(Locator::parse(&cursors.open(context, cursor).await?)?),
        None => None,
    };
    let settings = settings(context).await?;
    let Candidates { keys, next, refused } = asked.keys(context, &on.portal, after, SHOWN).await?;
    let under = Configuration { portal, settings: &settings, service: context.service() };
    let users = context.store().users(&keys).await?;
    let users = sorted(
        asked.id(),
        users.into_iter().filter(|(_, user)| asked.has(user, under, context.now())),
    );
    if let Some(refused) = refused.filter(|_| users.is_empty()) {
        return Err(refused.into());
    }
    let total = (after.is_none() && next.is_none()).then_some(users.len());
    let summed = |(user_key, user): &(UserKey, User)| {
        UserSummary::found(under, user_key, user, context.now())
    };
    let next_cursor = match next {
        Some(place) => Some(cursors.seal(context, &place.to_string()).await?),
        None => None,
    };
    Ok(UserList { users: users.iter().map(summed).collect(), total, next_cursor })
}

/// Find users in all portals that the admin may see.
///
/// Each portal shows its first 5; look in the portal itself for more.
#[utoipa::path(
    get, path = "/v1/admin/users",
    operation_id = "findUsers", tag = "portal users", params(FindQuery),
    responses((status = 200, description = "The users who were found", body = FoundUsers)),
)]
pub(crate) async fn everywhere(
    State(AppState { context, .. }): State<AppState>,
    by: Permitted<ReadUsers>,
    StrictFindQuery(query): StrictFindQuery<FindQuery>,
) -> Result<Json<FoundUsers>, Problem> {
    in_all_portals(&context, &by.admin, &query).await.map(Json)
}

/// Looks for users in all portals that an admin may see.
pub(crate) async fn in_all_portals(
    context: &AppContext,
    admin: &SignedIn,
    query: &FindQuery,
) -> Result<FoundUsers, Problem> {
    let cursors = Cursor::of("find");
    let after = match &query.cursor {
        Some(cursor) => Some(cursors.open(context, cursor).await?),
        None => None,
    };
    let (ids, mut next) = visible(context, &admin.role, after.as_deref(), PORTALS).await?;
    let settings = settings(context).await?;
    let mut all = InPortals::default();
    for together in ids.chunks(AT_ONCE) {
        let portals = context.store().portals(together).await?;
        all.add(of_portals(context, admin, &portals, &settings, &query.find).await?);
        if all.users.len() > FULL && together.last() != ids.last() {
            next = together.last().map(ToString::to_string);
            break;
        }
    }
    let InPortals { users, more_in, refused } = all;
    if let Some(refused) = refused.filter(|_| users.is_empty() && next.is_none() && after.is_none())
    {
        return Err(refused.into());
    }
    let next_cursor = match next {
        Some(place) => Some(cursors.seal(context, &place).await?),
        None => None,
    };
    Ok(FoundUsers { users, more_in, next_cursor })
}

/// Users found in some portals.
#[derive(Default)]
struct InPortals {
    users: Vec<UserSummary>,
    more_in: Vec<String>,
    refused: Option<Malformed>,
}

impl InPortals {
    fn add(&mut self, Self { users, more_in, refused }: Self) {
        self.users.extend(users);
        self.more_in.extend(more_in);
        self.refused = self.refused.or(refused);
    }
}

/// Looks for users in some portals at once: one query for each, and one read of whom they name.
async fn of_portals(
    context: &AppContext,
    admin: &SignedIn,
    portals: &[Portal],
    settings: &Settings,
    find: &str,
) -> Result<InPortals, Problem> {
    let mut asked = vec![];
    for portal in portals {
        let Ok(reach) = admin.role.reach(Right::ReadUsers, &portal.id) else { continue };
        asked.extend(Asked::of(Some(find), None, None, portal, &reach)?.map(|it| (portal, it)));
    }
    asked.sort_by(|(one, _), (other, _)| one.id.as_str().cmp(other.id.as_str()));
    let keys = asked.iter().map(|(portal, asked)| asked.keys(context, &portal.id, None, OF_EACH));
    let candidates = try_join_all(keys).await?;
    let keys: Vec<UserKey> = candidates.iter().flat_map(|found| found.keys.clone()).collect();
    let read = context.store().users(&keys).await?;
    let (now, service) = (context.now(), context.service());
    let mut found = InPortals::default();
    for ((portal, asked), candidates) in asked.iter().zip(candidates) {
        let under = Configuration { portal, settings, service };
        let of_portal = read.iter().filter(|(user_key, _)| user_key.portal == portal.id).cloned();
        let of_portal =
            sorted(asked.id(), of_portal.filter(|(_, user)| asked.has(user, under, now)));
        let summed =
            |(user_key, user): &(UserKey, User)| UserSummary::found(under, user_key, user, now);
        found.users.extend(of_portal.iter().map(summed));
        found.more_in.extend(candidates.next.map(|_| portal.id.to_string()));
        found.refused = found.refused.or(candidates.refused);
    }
    Ok(found)
}

async fn settings(context: &AppContext) -> Result<Settings, Problem> {
    let stored = context.store().settings().await?;
    Ok(stored.map(|stored| stored.value).unwrap_or_default())
}

/// Sorts users by name, and those of one name by id; one of exactly the id comes first.
fn sorted(
    id: Option<&UserId>,
    users: impl Iterator<Item = (UserKey, User)>,
) -> Vec<(UserKey, User)> {
    let mut users: Vec<_> = users.collect();
    users.sort_by_cached_key(|(_, user)| {
        let name = user.contact.display_name.as_ref().map(|name| name.as_str().to_lowercase());
        (id != Some(&user.id), name, user.id.case_folded())
    });
    users
}
