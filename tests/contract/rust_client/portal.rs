//! Stands in for what a portal has: a password step, sessions. The password step lets everybody in.

use axum::http::{StatusCode, header::SET_COOKIE};
use axum::response::{AppendHeaders, IntoResponse, IntoResponseParts, Response, ResponseParts};
use portcullis_client::{Error, SignedIn, wire::UserFields};

#[derive(Clone)]
pub struct Portal {
    pub user: UserFields,
    pub return_url: String,
}

impl Portal {
    pub fn check_password(&self) -> Result<UserFields, SignInPage> {
        Ok(self.user.clone())
    }
}

/// A session of the portal's own.
pub struct Session(String);

impl Session {
    /// It takes nothing but a user who is in.
    pub fn begin(signed_in: &SignedIn) -> Self {
        Self(format!("session={}; Path=/; Secure; HttpOnly; SameSite=Lax", signed_in.user))
    }

    pub fn end() -> Self {
        Self("session=; Path=/; Max-Age=0; Secure; HttpOnly; SameSite=Lax".to_owned())
    }
}

impl IntoResponseParts for Session {
    type Error = StatusCode;

    fn into_response_parts(self, parts: ResponseParts) -> Result<ResponseParts, StatusCode> {
        let set = AppendHeaders([(SET_COOKIE, self.0)]).into_response_parts(parts);
        set.map_err(|_| StatusCode::INTERNAL_SERVER_ERROR)
    }
}

pub struct SignInPage(String);

impl From<Error> for SignInPage {
    fn from(error: Error) -> Self {
        Self(error.to_string())
    }
}

impl IntoResponse for SignInPage {
    fn into_response(self) -> Response {
        (StatusCode::FORBIDDEN, self.0).into_response()
    }
}
