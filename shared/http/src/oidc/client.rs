//! A portal's back end as an OAuth client: its id is the portal's, its secret an API key (RFC 6749,
//! section 2.3.1).

use axum::extract::{FromRef, FromRequest, Request};
use base64::{Engine as _, prelude::BASE64_STANDARD};
use http::{header, request::Parts};
use portcullis_app::{AppContext, Caller as _};
use portcullis_keys::ClaimedKey;

use super::{IssuerUrl, OauthError, OauthForm, form::decoded};
use crate::{WithKey, scope};

/// A call of a client, with its parameters. The key is of this portal and was not made up; whether
/// it is revoked or lacks the scope is checked once the portal is read.
#[derive(Debug)]
pub struct ClientRequest {
    pub client: WithKey<scope::Oidc>,
    pub form: OauthForm,
    pub issuer: IssuerUrl,
}

impl<S> FromRequest<S> for ClientRequest
where
    AppContext: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = OauthError;

    async fn from_request(request: Request, state: &S) -> Result<Self, OauthError> {
        let context = AppContext::from_ref(state);
        let issuer = IssuerUrl::of(&context)?;
        let (parts, body) = request.into_parts();
        let form = OauthForm::read(&parts.headers, body).await?;
        let Credentials { id, secret } = Credentials::of(&parts, &form)?;
        let claimed = ClaimedKey::parse(&secret).map_err(|_| OauthError::invalid_client())?;
        let client = WithKey::presented(claimed, &parts, &*context.keyring().await?);
        let client = client.filter(|client| client.portal().as_str() == id);
        Ok(Self { client: client.ok_or_else(OauthError::invalid_client)?, form, issuer })
    }
}

struct Credentials {
    id: String,
    secret: String,
}

impl Credentials {
    /// Reads them from the header or from the body, and never from both.
    fn of(parts: &Parts, form: &OauthForm) -> Result<Self, OauthError> {
        let (id, secret) = (form.get("client_id"), form.get("client_secret"));
        if !parts.headers.contains_key(header::AUTHORIZATION) {
            let both = id.zip(secret).ok_or_else(OauthError::invalid_client)?;
            return Ok(Self { id: both.0.to_owned(), secret: both.1.to_owned() });
        }
        if secret.is_some() {
            let why = "Send the client's secret in one place: the header or the body.";
            return Err(OauthError::invalid_request(why));
        }
        let basic = basic(parts).ok_or_else(OauthError::invalid_client)?;
        match id {
            Some(id) if id != basic.id => Err(OauthError::invalid_client()),
            Some(_) | None => Ok(basic),
        }
    }
}

/// Reads the one `Authorization: Basic` header, whose parts are form-encoded.
fn basic(parts: &Parts) -> Option<Credentials> {
    let mut values = parts.headers.get_all(header::AUTHORIZATION).iter();
    let (value, more) = (values.next()?, values.next());
    let text = value.to_str().ok().filter(|_| more.is_none())?;
    let (scheme, encoded) = text.split_once(' ')?;
    let encoded = scheme.eq_ignore_ascii_case("Basic").then(|| encoded.trim())?;
    let text = String::from_utf8(BASE64_STANDARD.decode(encoded).ok()?).ok()?;
    let (id, secret) = text.split_once(':')?;
    Some(Credentials { id: decoded(id)?, secret: decoded(secret)? })
}
