//! The errors of OAuth 2.0 (RFC 6749, section 5.2), for the calls of a portal's back end.

use axum::{
    Json,
    response::{IntoResponse, Response},
};
use http::{HeaderValue, StatusCode, header};
use portcullis_app::CommandError;
use portcullis_domain::Malformed;
use portcullis_keys::KeyError;
use serde::Serialize;

use crate::{Problem, ProblemCode};

/// A refusal by the names of the standard, with a sentence for the developer.
#[derive(Debug)]
pub struct OauthError {
    status: StatusCode,
    body: Body,
    retry_after: Option<i64>,
    code: ProblemCode,
}

#[derive(Debug, Serialize)]
struct Body {
    error: &'static str,
    error_description: String,
}

impl OauthError {
    fn new(error: &'static str, description: &str) -> Self {
        let status = match error {
            "invalid_client" => StatusCode::UNAUTHORIZED,
            _ => StatusCode::BAD_REQUEST,
        };
        let body = Body { error, error_description: described(description) };
        Self { status, body, retry_after: None, code: ProblemCode::BadRequest }
    }

    pub(super) fn invalid_request(description: &str) -> Self {
        Self::new("invalid_request", description)
    }

    pub(super) fn invalid_client() -> Self {
        let why = "Authenticate with client_secret_basic or client_secret_post: client_id is the portal's id, and client_secret is one of its API keys with the scope oidc.";
        Self { code: ProblemCode::KeyRefused, ..Self::new("invalid_client", why) }
    }

    pub fn invalid_grant() -> Self {
        let why = "The code is unknown, has expired or was exchanged before, or it was issued for another redirect_uri or code_verifier. Begin again.";
        Self { code: ProblemCode::ResultRefused, ..Self::new("invalid_grant", why) }
    }

    /// A code challenge was pushed before, longer ago than a request lasts.
    pub fn used_challenge() -> Self {
        Self::invalid_request(
            "This code_challenge was used before. Make a new one for each request.",
        )
    }

    pub(super) fn unsupported(error: &'static str, description: &str) -> Self {
        Self::new(error, description)
    }
}

/// Returns a sentence in the characters that a description may have (RFC 6749, section 5.2).
fn described(sentence: &str) -> String {
    let plain = |c: char| match c {
        '"' => '\'',
        '\\' => '/',
        ' '..='~' => c,
        _ => '?',
    };
    sentence.chars().map(plain).collect()
}

impl From<Problem> for OauthError {
    fn from(problem: Problem) -> Self {
        let (code, retry_after) = (problem.code(), problem.seconds_to_wait());
        let detail = problem.detail();
        let is_passing = problem.status().is_server_error()
            || problem.status() == StatusCode::TOO_MANY_REQUESTS
            || code == ProblemCode::Conflict;
        let is_of_code = [
            ProblemCode::ResultRefused,
            ProblemCode::SignInUnknown,
            ProblemCode::SignInExpired,
            ProblemCode::SignInDead,
        ];
        let error = if code == ProblemCode::KeyRefused {
            Self::invalid_client()
        } else if code == ProblemCode::Scope {
            Self::new("unauthorized_client", detail)
        } else if code == ProblemCode::ReturnUrlRefused {
            Self::invalid_request(
                "This redirect_uri is not one of the portal's return URLs. Register it in the portal's profile, and send it exactly as registered.",
            )
        } else if is_of_code.contains(&code) {
            Self::invalid_grant()
        } else if is_passing {
            let status = problem.status();
            Self { status, ..Self::new("temporarily_unavailable", detail) }
        } else {
            Self::invalid_request(detail)
        };
        Self { retry_after, code, ..error }
    }
}

impl From<CommandError> for OauthError {
    fn from(error: CommandError) -> Self {
        Problem::from(error).into()
    }
}

impl From<KeyError> for OauthError {
    fn from(error: KeyError) -> Self {
        Problem::from(error).into()
    }
}

impl From<Malformed> for OauthError {
    fn from(malformed: Malformed) -> Self {
        Self::invalid_request(&format!("{malformed}."))
    }
}

impl IntoResponse for OauthError {
    fn into_response(self) -> Response {
        let Self { status, body, retry_after, code } = self;
        let mut response = (status, Json(body)).into_response();
        response.extensions_mut().insert(code);
        let headers = response.headers_mut();
        if status == StatusCode::UNAUTHORIZED {
            let scheme = HeaderValue::from_static(r#"Basic realm="portcullis""#);
            headers.insert(header::WWW_AUTHENTICATE, scheme);
        }
        if let Some(Ok(seconds)) = retry_after.map(|seconds| seconds.to_string().parse()) {
            headers.insert(header::RETRY_AFTER, seconds);
        }
        response
    }
}
