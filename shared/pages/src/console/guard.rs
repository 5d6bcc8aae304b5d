//! Between a browser and the console's pages: the session from its cookie, the form's token, headers, and problems as pages.

use axum::{
    body::Body,
    extract::{FromRequestParts, Request},
    middleware::Next,
    response::Response,
};
use http::{HeaderValue, Method, header, request::Parts};
use portcullis_api::{Problem, ProblemCode, admin::SessionSecret};
use std::convert::Infallible;

use super::frame::problem_page;
use crate::{
    form,
    secure::{self, Reach},
};

/// The cookie of a session.
const COOKIE: &str = "__Host-console";

/// What forms of this session carry; empty where nobody is signed in.
#[derive(Clone, Debug, Default)]
pub struct Form(pub String);

impl<S: Send + Sync> FromRequestParts<S> for Form {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(parts.extensions.get::<Self>().cloned().unwrap_or_default())
    }
}

/// The cookie of a new session.
pub fn signed_in_cookie(secret: &SessionSecret) -> String {
    format!("{COOKIE}={}; Path=/; Max-Age=28800; Secure; HttpOnly; SameSite=Lax", secret.expose())
}

/// The cookie of no session.
pub fn signed_out_cookie() -> String {
    format!("{COOKIE}=; Path=/; Max-Age=0; Secure; HttpOnly; SameSite=Lax")
}

/// Guards the console's pages: the session's cookie becomes the bearer of the call, a form that this session's pages did
/// not make does nothing, and a problem is told as a page.
pub async fn guard(request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    parts.headers.remove(header::AUTHORIZATION);
    let token = match session(&parts) {
        Some(secret) => {
            let bearer = HeaderValue::from_str(&format!("Bearer {}", secret.expose()));
            bearer.map(|bearer| parts.headers.insert(header::AUTHORIZATION, bearer)).ok();
            secret.form()
        }
        None => String::new(),
    };
    let body = match posted(&parts, body, &token).await {
        Ok(body) => body,
        Err(problem) => return problem_page(&problem),
    };
    parts.extensions.insert(Form(token));
    let mut response = next.run(Request::from_parts(parts, body)).await;
    match response.extensions_mut().remove::<Problem>() {
        Some(problem) => told(&problem),
        None => {
            secure::protect(response.headers_mut(), &Reach::default());
            response
        }
    }
}

/// Returns the secret of the session whose cookie a browser sent.
pub(crate) fn session(parts: &Parts) -> Option<SessionSecret> {
    SessionSecret::parse(secure::cookie(&parts.headers, COOKIE)?).ok()
}

/// The fields of a posted form, once its token is known to be this session's. Signing in has no session yet; what keeps
/// other sites out there is that the cookie it sets is of no use to them.
async fn posted(parts: &Parts, body: Body, token: &str) -> Result<Body, Problem> {
    if parts.method != Method::POST {
        return Ok(body);
    }
    let (given, fields) = form::split(body).await?;
    let is_sign_in = parts.uri.path() == "/console/sign-in";
    if !is_sign_in && (token.is_empty() || !form::is_same(&given.unwrap_or_default(), token)) {
        return Err(Problem::form_refused());
    }
    Ok(Body::from(fields))
}

/// A problem as a page; who is not signed in is asked to.
fn told(problem: &Problem) -> Response {
    let on = |path| secure::see_other(path, &Reach::default());
    let signed_out = [ProblemCode::SessionRefused, ProblemCode::SecondStepMissing];
    if signed_out.contains(&problem.code()) {
        return on("/console/sign-in");
    }
    if problem.code() == ProblemCode::PasswordMustChange {
        return on("/console/password");
    }
    let mut response = problem_page(problem);
    response.extensions_mut().insert(problem.code());
    response
}
