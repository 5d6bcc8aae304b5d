//! OpenID Connect: the metadata and keys that libraries read, and the exchange of codes.

use axum::{
    Json,
    extract::State,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use portcullis_app::AppContext;
use portcullis_domain::{DecisionContext, sign_in::oidc};
use portcullis_http::{
    Problem,
    oidc::{
        ClientRequest, Discovery, IssuerUrl, OauthError, RsaKeySetView, TokenAnswer, TokenRequest,
    },
};

pub(crate) async fn discovery(State(context): State<AppContext>) -> Result<Response, Problem> {
    let issuer = IssuerUrl::of(&context)?;
    Ok(cached(Json(Discovery::from(&issuer))))
}

/// The public keys of ID tokens.
pub(crate) async fn keys(State(context): State<AppContext>) -> Result<Response, Problem> {
    Ok(cached(Json(RsaKeySetView(context.current_keyring().await?.rsa_jwks()))))
}

/// Exchanges a code, once (OpenID Connect Core, section 3.1.3).
pub(crate) async fn token(
    State(context): State<AppContext>,
    ClientRequest { client, form, issuer }: ClientRequest,
) -> Result<Json<TokenAnswer>, OauthError> {
    let TokenRequest { id, grant, nonce } = TokenRequest::try_from(&form)?;
    let id = context.sign_in_id(&id).await?;
    let nonce = context.keyring().await?.open_pushed_nonce(&id, &nonce)?;
    let nonce = nonce.ok_or_else(OauthError::invalid_grant)?;
    let decide = |context: &DecisionContext<'_>, user| {
        oidc::redeem_code(context, user, &id, &grant, client.key_id())
    };
    let (redeemed, _) = context.on_sign_in(&client, &id, decide).await?;
    let nonce = Some(nonce.as_str()).filter(|nonce| !nonce.is_empty());
    let id_token = context.id_token(issuer.as_str(), &redeemed, nonce).await?;
    Ok(Json(TokenAnswer::new(context.random()?, id_token)))
}

fn cached(body: impl IntoResponse) -> Response {
    let mut response = body.into_response();
    let for_minutes = HeaderValue::from_static("public, max-age=300");
    response.headers_mut().insert(header::CACHE_CONTROL, for_minutes);
    response
}
