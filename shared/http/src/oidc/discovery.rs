//! The metadata that libraries read by themselves (OpenID Connect Discovery 1.0, sections 3 and 4).

use portcullis_app::AppContext;
use portcullis_domain::{Named as _, sign_in::ReachedAcr};
use portcullis_keys::RsaJwks;
use serde::Serialize;

use crate::{Problem, ProblemCode, words};

/// The issuer, if it is a URL that libraries accept: `https://`, or this machine's.
#[derive(Clone, Debug)]
pub struct IssuerUrl(String);

impl IssuerUrl {
    /// # Errors
    /// A problem that says what to set, if the issuer is no such URL.
    pub fn of(context: &AppContext) -> Result<Self, Problem> {
        let issuer = context.issuer();
        let starts = ["https://", "http://127.0.0.1:", "http://localhost:"];
        if starts.iter().any(|start| issuer.starts_with(start)) {
            Ok(Self(issuer.to_owned()))
        } else {
            Err(Problem::new(ProblemCode::OidcNeedsDomain, words::OIDC_NEEDS_DOMAIN))
        }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The metadata of the provider.
#[derive(Debug, Serialize)]
pub struct Discovery {
    issuer: String,
    authorization_endpoint: String,
    token_endpoint: String,
    pushed_authorization_request_endpoint: String,
    jwks_uri: String,
    require_pushed_authorization_requests: bool,
    response_types_supported: [&'static str; 1],
    response_modes_supported: [&'static str; 1],
    grant_types_supported: [&'static str; 1],
    subject_types_supported: [&'static str; 1],
    id_token_signing_alg_values_supported: [&'static str; 1],
    token_endpoint_auth_methods_supported: [&'static str; 2],
    code_challenge_methods_supported: [&'static str; 1],
    scopes_supported: [&'static str; 1],
    prompt_values_supported: [&'static str; 2],
    acr_values_supported: Vec<&'static str>,
    claims_supported: &'static [&'static str],
    claims_parameter_supported: bool,
    request_parameter_supported: bool,
    request_uri_parameter_supported: bool,
    authorization_response_iss_parameter_supported: bool,
}

const CLAIMS: &[&str] = &[
    "iss",
    "aud",
    "sub",
    "nonce",
    "jti",
    "iat",
    "nbf",
    "exp",
    "auth_time",
    "acr",
    "amr",
    "event",
    "mfa",
    "method",
    "reason",
    "generation",
    "synced",
    "changed",
    "sessions_not_before",
];

impl From<&IssuerUrl> for Discovery {
    fn from(issuer: &IssuerUrl) -> Self {
        let base = issuer.0.trim_end_matches('/');
        let at = |path: &str| format!("{base}{path}");
        Self {
            issuer: issuer.0.clone(),
            authorization_endpoint: at("/oidc/authorize"),
            token_endpoint: at("/oidc/token"),
            pushed_authorization_request_endpoint: at("/oidc/par"),
            jwks_uri: at("/oidc/jwks.json"),
            require_pushed_authorization_requests: true,
            response_types_supported: ["code"],
            response_modes_supported: ["query"],
            grant_types_supported: ["authorization_code"],
            subject_types_supported: ["public"],
            id_token_signing_alg_values_supported: ["RS256"],
            token_endpoint_auth_methods_supported: ["client_secret_basic", "client_secret_post"],
            code_challenge_methods_supported: ["S256"],
            scopes_supported: ["openid"],
            prompt_values_supported: ["none", "login"],
            acr_values_supported: ReachedAcr::ALL.iter().map(|acr| acr.name()).collect(),
            claims_supported: CLAIMS,
            claims_parameter_supported: true,
            request_parameter_supported: false,
            request_uri_parameter_supported: false,
            authorization_response_iss_parameter_supported: true,
        }
    }
}

/// The public keys that ID tokens are checked with (RFC 7517).
#[derive(Debug, Serialize)]
#[serde(transparent)]
pub struct RsaKeySetView<'a>(pub &'a RsaJwks);
