//! OpenID Connect: a portal pushes its request, and the browser comes with it.

use axum::{
    Json,
    extract::{Request, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use portcullis_app::{About, Caller as _};
use portcullis_domain::{DecisionContext, limits, sign_in::open};
use portcullis_http::{
    oidc::{ClientRequest, OauthError, OauthForm, PushedAnswer, PushedRequest},
    page::{Reachable, see_other},
};
use portcullis_prompt::AuthorizeVisit;

use crate::AppState;

/// Opens a sign-in with a pushed request (RFC 9126). The same code challenge again finds the same
/// sign-in.
pub(crate) async fn push(
    State(AppState { context, .. }): State<AppState>,
    ClientRequest { client, form, .. }: ClientRequest,
) -> Result<(StatusCode, Json<PushedAnswer>), OauthError> {
    let PushedRequest { open, state, nonce } = PushedRequest::try_from(&form)?;
    let locator = context.keyring().await?.locator(client.portal(), &open.user);
    let decide =
        |context: &DecisionContext<'_>, user| open::open_sign_in(context, user, locator, &open);
    let about = About::Opening(&open);
    // No message is sent before a browser comes.
    let (opened, _) = context.command_that_sends(&client, locator, about, decide).await?;
    let id = opened.view.id;
    context.note_sign_in(&id).await?;
    let age = context.now().since(id.key.opened_at());
    let left = limits::REQUEST_URI_SECONDS - age;
    if left <= 0 {
        return Err(OauthError::used_challenge());
    }
    let random = [context.random()?, context.random()?];
    let keyring = context.keyring().await?;
    let (state, nonce) = keyring.seal_pushed(&id, &state, nonce.as_deref(), random)?;
    Ok((StatusCode::CREATED, Json(PushedAnswer::new(&id, &state, &nonce, left))))
}

/// Leads a browser with a pushed request to the prompt.
pub(crate) async fn authorize(
    State(AppState { context, sender }): State<AppState>,
    visit: AuthorizeVisit,
) -> Response {
    visit.enter(&context, &sender).await
}

/// Does the same for a browser that posts the request (OpenID Connect Core, section 3.1.2.1): it
/// comes again with a GET, which brings the cookies.
pub(crate) async fn authorize_posted(request: Request) -> Response {
    let (parts, body) = request.into_parts();
    match OauthForm::read(&parts.headers, body).await {
        Ok(form) => {
            see_other(&format!("/oidc/authorize?{}", form.encoded()), &Reachable::default())
        }
        Err(error) => error.into_response(),
    }
}
