//! The user of a call. No path contains a user id: it can have any character, and parsing a path
//! again after the gateway could take one user for another.

use axum::extract::{FromRequestParts, RawPathParams};
use http::request::Parts;
use percent_encoding::percent_decode_str;
use portcullis_app::{About, AppContext, Caller, Charged};
use portcullis_domain::{
    Decision, DecisionContext, Locator, Refusal, User, UserId, decision::MaySend,
};
use utoipa::{
    IntoParams,
    openapi::{
        ObjectBuilder, Required, Type,
        path::{Parameter, ParameterBuilder, ParameterIn},
    },
};

use crate::{Problem, words};

/// A user, as named by a call.
#[derive(Clone, Debug)]
pub enum UserName {
    /// The portal's id, not yet parsed.
    Id(String),
    /// The locator, which names only users who exist.
    Locator(Locator),
}

impl UserName {
    /// Reads the value of the parameter `id`, as it stands in a query.
    pub(crate) fn in_query(value: &str) -> Result<Self, Problem> {
        // Forms encode a blank as "+", others leave a plus as it is: only the sender knows.
        if value.contains('+') {
            return Err(Problem::bad_request(words::QUERY_ID_PLUS));
        }
        let id = percent_decode_str(value).decode_utf8();
        let id = id.map_err(|_| Problem::bad_request(words::QUERY_ID_UTF8))?;
        Ok(Self::Id(id.into_owned()))
    }

    pub async fn command<T>(
        &self,
        context: &AppContext,
        caller: &impl Caller,
        decide: impl Fn(&DecisionContext<'_>, Option<User>, &UserId) -> Result<Decision<T>, Refusal>,
    ) -> Result<T, Problem> {
        self.command_about(context, caller, About::NoSignIn, decide).await
    }

    /// Runs a command that makes the user safer: it is answered over the portal's share, too.
    pub async fn protect<T, D>(
        &self,
        context: &AppContext,
        caller: &impl Caller,
        decide: D,
    ) -> Result<T, Problem>
    where
        D: Fn(&DecisionContext<'_>, Option<User>, &UserId) -> Result<Decision<T>, Refusal>,
    {
        self.command_about(context, caller, About::Protection, decide).await
    }

    pub async fn command_about<T, D>(
        &self,
        context: &AppContext,
        caller: &impl Caller,
        about: About<'_>,
        decide: D,
    ) -> Result<T, Problem>
    where
        D: Fn(&DecisionContext<'_>, Option<User>, &UserId) -> Result<Decision<T>, Refusal>,
    {
        Ok(match self {
            Self::Id(id) => context.on_user_id(caller, &UserId::parse(id)?, about, decide).await?,
            Self::Locator(locator) => context.on_user_at(caller, *locator, about, decide).await?,
        })
    }

    /// Runs a command that a message may go out with. Returns what it decided, with the locator of
    /// the user and what was charged, for the message.
    pub async fn command_that_sends<T: MaySend, D>(
        &self,
        context: &AppContext,
        caller: &impl Caller,
        decide: D,
    ) -> Result<(T, Locator, Charged), Problem>
    where
        D: Fn(&DecisionContext<'_>, Option<User>, &UserId) -> Result<Decision<T>, Refusal>,
    {
        let (named, locator) = match self {
            Self::Id(id) => {
                let id = UserId::parse(id)?;
                let locator = context.keyring().await?.locator(caller.portal(), &id);
                (Some(id), locator)
            }
            Self::Locator(locator) => (None, *locator),
        };
        let decide = |context: &DecisionContext<'_>, user: Option<User>| {
            let known = user.as_ref().map(|user| user.id.clone());
            let id = named.clone().or(known).ok_or(Refusal::UnknownUser)?;
            decide(context, user, &id)
        };
        let about = About::NoSignIn;
        let (decided, charged) = context.command_that_sends(caller, locator, about, decide).await?;
        Ok((decided, locator, charged))
    }
}

/// The user named by the query's one parameter, `id`.
#[derive(Debug)]
pub struct QueryUser(pub UserName);

impl<S: Send + Sync> FromRequestParts<S> for QueryUser {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let bad = Problem::bad_request;
        let query = parts.uri.query().unwrap_or_default();
        let mut fields = query.split('&').filter(|field| !field.is_empty());
        let (field, more) = (fields.next(), fields.next());
        let value = field.and_then(|field| field.strip_prefix("id="));
        let value = value.ok_or_else(|| bad(words::QUERY_ID_MISSING))?;
        if more.is_some() {
            return Err(bad(words::QUERY_ID_ALONE));
        }
        UserName::in_query(value).map(Self)
    }
}

impl IntoParams for QueryUser {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let text = ObjectBuilder::new().schema_type(Type::String);
        let id = ParameterBuilder::new()
            .name("id")
            .parameter_in(ParameterIn::Query)
            .required(Required::True);
        let description =
            "The portal's id of the user, percent-encoded; a plus is %2B, and a blank %20";
        vec![id.description(Some(description)).schema(Some(text)).build()]
    }
}

/// Returns true if a query names a user, which a call with a body must not do.
pub(crate) fn names_a_user(query: &str) -> bool {
    query.split('&').any(|field| field.split('=').next() == Some("id"))
}

/// The user of a console page, by the locator in its URL.
#[derive(Debug)]
pub struct PageUser(pub Locator);

impl PageUser {
    pub const fn name(&self) -> UserName {
        UserName::Locator(self.0)
    }
}

impl<S: Send + Sync> FromRequestParts<S> for PageUser {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let params = RawPathParams::from_request_parts(parts, state).await;
        let params = params.map_err(|_| Refusal::UnknownUser)?;
        let user = params.iter().find(|(name, _)| *name == "user").map(|(_, locator)| locator);
        let user = user.and_then(|text| Locator::parse(text).ok()).ok_or(Refusal::UnknownUser)?;
        Ok(Self(user))
    }
}
