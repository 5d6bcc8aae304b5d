//! The authorization endpoint (OpenID Connect Core, section 3.1.2): a browser comes with a pushed
//! request, and is led to the prompt.

use axum::{
    extract::{FromRef, FromRequestParts},
    response::Response,
};
use http::request::Parts;
use portcullis_app::{AppContext, CommandError, MessageSender};
use portcullis_domain::{
    DecisionContext, SignInId,
    sign_in::{
        challenge::SendOutcome,
        oidc::{self, Arrival, Authorized, Carried, OidcError},
    },
};
use portcullis_http::{
    Problem,
    oidc::{IssuerUrl, OauthForm, is_pushed, request_uri_parts},
    page::{self, Reachable, see_other},
};

use crate::{
    answer::Next,
    ending,
    frame::base,
    visit::{PromptVisit, UncheckedVisit},
};

/// The part of a pushed request that the browser carries, opened, and sealed as it keeps it.
#[derive(Clone, Debug)]
pub(crate) struct PushedPart {
    carried: Carried,
    arrival: Arrival,
    sealed: String,
}

impl PushedPart {
    /// Opens the state that a browser carries, and leaves the nonce sealed. `None` if there is no
    /// state that was sealed for this sign-in.
    pub(crate) async fn open(
        context: &AppContext,
        id: &SignInId,
        sealed: Option<&str>,
    ) -> Result<Option<Self>, CommandError> {
        let Some((sealed, (state, nonce))) =
            sealed.and_then(|sealed| Some((sealed, sealed.split_once('.')?)))
        else {
            return Ok(None);
        };
        let keyring = context.keyring().await?;
        let Some(pushed) = keyring.open_pushed_state(id, state)? else { return Ok(None) };
        let (arrival, issuer) = (pushed.arrival, context.issuer().to_owned());
        let (nonce, redirect_uri) = (nonce.to_owned(), pushed.redirect_uri);
        let carried = Carried { issuer, state: pushed.state, nonce, redirect_uri };
        Ok(Some(Self { carried, arrival, sealed: sealed.to_owned() }))
    }

    pub(crate) const fn carried(&self) -> &Carried {
        &self.carried
    }

    pub(crate) fn sealed(&self) -> &str {
        &self.sealed
    }
}

/// A browser that comes with a pushed request.
#[derive(Debug)]
pub struct AuthorizeVisit {
    visit: PromptVisit,
    pushed: PushedPart,
    arrival: Arrival,
}

impl<S> FromRequestParts<S> for AuthorizeVisit
where
    AppContext: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Response> {
        if page::is_prefetch(parts) {
            return Err(ending::no_content());
        }
        let language = page::language(&parts.headers);
        let refused = |problem: &Problem| ending::unknown_portal(problem, language.as_ref());
        let context = AppContext::from_ref(state);
        IssuerUrl::of(&context).map_err(|problem| refused(&problem))?;
        let form = OauthForm::parse(parts.uri.query().unwrap_or_default());
        let form = form.map_err(|_| refused(&unknown_request()))?;
        let uri = form.get("request_uri").and_then(request_uri_parts);
        let (id, sealed) = uri.ok_or_else(|| refused(&unknown_request()))?;
        let id = context.sign_in_id(id).await.map_err(|error| refused(&error.into()))?;
        let pushed = PushedPart::open(&context, &id, Some(sealed)).await;
        let pushed = pushed.map_err(|error| refused(&error.into()))?;
        let is_its = form.get("client_id") == Some(id.portal.as_str());
        let pushed = pushed.filter(|_| is_its).ok_or_else(|| refused(&unknown_request()))?;
        let is_bare = !form.names().any(is_pushed);
        let arrival = if is_bare { pushed.arrival } else { Arrival::Malformed };
        let mut visit = PromptVisit::of(id, &context, parts).await?;
        visit.pushed = Some(pushed.clone());
        Ok(Self { visit, pushed, arrival })
    }
}

/// The problem of a URL without a pushed request: there is nobody to send the browser back to.
fn unknown_request() -> Problem {
    portcullis_domain::Refusal::UnknownSignIn.into()
}

impl AuthorizeVisit {
    /// Sends the browser to the prompt, or back to the portal if no page may be shown or the
    /// request does not count.
    pub async fn enter(&self, context: &AppContext, sender: &MessageSender) -> Response {
        let Self { visit, pushed, arrival } = self;
        let authorize = |context: &DecisionContext<'_>, user| {
            oidc::authorize(context, user, &visit.id, visit.browser(), *arrival)
        };
        let caller = UncheckedVisit(visit);
        let authorized = context.send_on_sign_in(&caller, &visit.id, authorize).await;
        let (claimed, charged) = match authorized {
            Ok((Authorized::Claimed(claimed), charged)) => (claimed, charged),
            Ok((Authorized::SentBack(error, Some(url)), _)) => {
                return sent_back(&url, error, pushed);
            }
            Ok((Authorized::SentBack(_, None), _)) => {
                return visit.problem(context, &unknown_request()).await;
            }
            Err(error) => return visit.problem(context, &error.into()).await,
        };
        let page = match visit.send(context, sender, charged, &claimed).await {
            Ok(SendOutcome::Sent | SendOutcome::Unknown | SendOutcome::NotSent) => {
                see_other(&base(&visit.id), &Reachable::default())
            }
            Err(error) => visit.after(context, Err::<Next, _>(error.into())).await,
        };
        visit.with_cookies(&claimed.visited, page)
    }
}

fn sent_back(url: &str, error: OidcError, pushed: &PushedPart) -> Response {
    see_other(
        &pushed.carried.back_with(url, error),
        &Reachable { returns_to: Some(url.to_owned()) },
    )
}
