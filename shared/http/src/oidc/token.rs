//! The exchange of a code (OpenID Connect Core, section 3.1.3).

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD as BASE64URL};
use portcullis_domain::{SecretMac, limits, sign_in::oidc::CodeGrant};
use serde::Serialize;

use super::{OauthError, OauthForm};

/// A code with what has to come with it.
#[derive(Debug)]
pub struct TokenRequest {
    /// The id of the sign-in, as it came.
    pub id: String,
    pub grant: CodeGrant,
    /// The portal's nonce, sealed.
    pub nonce: String,
}

/// The tokens. The access token is what RFC 6749 wants to be there, and opens nothing.
#[derive(Serialize)]
pub struct TokenAnswer {
    pub access_token: String,
    pub token_type: &'static str,
    /// Seconds.
    pub expires_in: i64,
    pub id_token: String,
}

impl std::fmt::Debug for TokenAnswer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("TokenAnswer")
    }
}

impl TokenAnswer {
    pub fn new(random: [u8; 16], id_token: String) -> Self {
        let access_token = BASE64URL.encode(random);
        let expires_in = limits::ASSERTION_SECONDS;
        Self { access_token, token_type: "Bearer", expires_in, id_token }
    }
}

impl TryFrom<&OauthForm> for TokenRequest {
    type Error = OauthError;

    fn try_from(form: &OauthForm) -> Result<Self, OauthError> {
        if form.need("grant_type")? != "authorization_code" {
            let why = "The grant_type must be authorization_code.";
            return Err(OauthError::unsupported("unsupported_grant_type", why));
        }
        let code = form.need("code")?;
        let (redirect_uri, code_verifier) =
            (form.need("redirect_uri")?.to_owned(), form.need("code_verifier")?.to_owned());
        let mut parts = code.splitn(3, '.');
        let (Some(id), Some(secret), Some(nonce)) = (parts.next(), parts.next(), parts.next())
        else {
            return Err(OauthError::invalid_grant());
        };
        let secret = SecretMac::parse(secret).map_err(|_| OauthError::invalid_grant())?;
        let grant = CodeGrant { secret, redirect_uri, code_verifier };
        Ok(Self { id: id.to_owned(), grant, nonce: nonce.to_owned() })
    }
}
