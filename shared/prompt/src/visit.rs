//! A browser at the prompt: which sign-in, with which cookie, and what it posts.

use axum::{
    extract::{FromRef, FromRequest, FromRequestParts, Path, Request},
    response::Response,
};
use http::request::Parts;
use portcullis_app::{AppContext, Caller};
use portcullis_domain::{
    DecisionContext, Portal, PortalId, Refusal, SecretMac, SignInId, Timestamp, User,
    admin::SessionHash,
    sign_in::prompt::{self, Browser, Visited},
};
use portcullis_http::{Problem, admin::session_of, form, page, wire::MethodName};
use serde::{Deserialize, de::DeserializeOwned};

use crate::ending;

/// A browser that looks at the prompt of a sign-in.
#[derive(Clone, Debug)]
pub struct Visit {
    pub id: SignInId,
    cookie: Option<SecretMac>,
    /// The session of the console in this browser.
    session: Option<SessionHash>,
    pub(crate) query: Query,
}

/// The query of an address of the prompt. Nothing in it is secret, and nothing is decided by it.
#[derive(Clone, Debug, Default, Deserialize)]
pub(crate) struct Query {
    /// The outcome of the form before, by the name of its text.
    pub(crate) problem: Option<String>,
    pub(crate) method: Option<MethodName>,
    /// Another destination than the one being enrolled is to be entered.
    pub(crate) change: Option<String>,
}

/// A form posted from the prompt of a sign-in.
#[derive(Debug)]
pub struct Posted<T> {
    pub from: FormOf,
    pub fields: T,
}

/// The prompt a form came from. It acts only for the browser that opened the prompt, and with a
/// form the prompt made.
#[derive(Debug)]
pub struct FormOf {
    pub visit: Visit,
    form: Option<SecretMac>,
}

impl<S> FromRequestParts<S> for Visit
where
    AppContext: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Response> {
        // The first browser that opens a prompt is the only one that may use it, so these open
        // nothing.
        if page::looks_ahead(parts) {
            return Err(ending::nothing_yet());
        }
        let text = Path::<String>::from_request_parts(parts, state).await;
        let text = text.map_or_else(|_| String::new(), |Path(text)| text);
        let id = AppContext::from_ref(state).sign_in_id(&text).await;
        let id = id.map_err(|error| ending::bare(&error.into()))?;
        let cookie = page::cookie(&parts.headers, &cookie_name(&id));
        let cookie = cookie.and_then(|value| SecretMac::parse(value).ok());
        let query = parts.uri.query().unwrap_or_default();
        let query: Query = serde_urlencoded::from_str(query).unwrap_or_default();
        let is_word = |word: &String| word.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
        let query = Query { problem: query.problem.filter(is_word), ..query };
        let session = session_of(parts).map(|secret| secret.hash());
        Ok(Self { id, cookie, session, query })
    }
}

impl<S, T> FromRequest<S> for Posted<T>
where
    AppContext: FromRef<S>,
    S: Send + Sync,
    T: DeserializeOwned,
{
    type Rejection = Response;

    async fn from_request(request: Request, state: &S) -> Result<Self, Response> {
        let (mut parts, body) = request.into_parts();
        let visit = Visit::from_request_parts(&mut parts, state).await?;
        let (form, fields) = form::read(body).await.map_err(|problem| ending::bare(&problem))?;
        let form = form.and_then(|form| SecretMac::parse(&form).ok());
        Ok(Self { from: FormOf { visit, form }, fields })
    }
}

/// The prompt is known by the sign-in's id; who may see it is decided with the user at hand.
fn admit(portal: Option<&Portal>) -> Result<(), Refusal> {
    portal.map(|_| ()).ok_or(Refusal::UnknownSignIn)
}

impl Caller for Visit {
    fn portal(&self) -> &PortalId {
        &self.id.portal
    }

    fn admit(&self, portal: Option<&Portal>, _: Timestamp) -> Result<(), Refusal> {
        admit(portal)
    }

    fn admit_to(&self, context: &DecisionContext<'_>, user: Option<&User>) -> Result<(), Refusal> {
        prompt::admit(context, user, &self.id, self.cookie.as_ref()).map(|_| ())
    }
}

impl Caller for FormOf {
    fn portal(&self) -> &PortalId {
        &self.visit.id.portal
    }

    fn admit(&self, portal: Option<&Portal>, _: Timestamp) -> Result<(), Refusal> {
        admit(portal)
    }

    fn admit_to(&self, context: &DecisionContext<'_>, user: Option<&User>) -> Result<(), Refusal> {
        let Visit { id, cookie, .. } = &self.visit;
        prompt::admit_form(context, user, id, cookie.as_ref(), self.form.as_ref())
    }
}

/// A browser whose cookie is looked at by the visit itself, because the first one has none yet.
struct Opening<'a>(&'a Visit);

impl Caller for Opening<'_> {
    fn portal(&self) -> &PortalId {
        &self.0.id.portal
    }

    fn admit(&self, portal: Option<&Portal>, _: Timestamp) -> Result<(), Refusal> {
        admit(portal)
    }
}

impl Visit {
    /// Looks at the sign-in for this browser; the first one is remembered.
    pub(crate) async fn see(&self, context: &AppContext) -> Result<Visited, Problem> {
        let browser = Browser { cookie: self.cookie.as_ref(), session: self.session };
        let visit =
            |context: &DecisionContext<'_>, user| prompt::visit(context, user, &self.id, browser);
        Ok(context.on_sign_in(&Opening(self), &self.id, visit).await?.0)
    }
}

/// One cookie for each sign-in, so that two tabs do not disturb each other.
pub(crate) fn cookie_name(id: &SignInId) -> String {
    format!("__Host-prompt-{}", id.key)
}
