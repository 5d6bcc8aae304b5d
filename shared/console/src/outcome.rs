//! The outcome of a form, on a page of its own. The browser is redirected there, so that a reload
//! repeats nothing. A secret is shown there once.

mod view;

use axum::response::Response;
use http::{StatusCode, request::Parts};
use portcullis_app::AppContext;
use portcullis_domain::FormId;
use portcullis_http::{
    Problem, ShownOnce,
    admin::SignedIn,
    page::{self, with_cookie},
};
use serde::{Deserialize, Serialize};

use self::view::{OutcomePage, Secret};
use crate::{Form, Frame, page, see_other};

/// The cookie that carries an outcome to its page, and to no other.
const COOKIE: &str = "__Secure-outcome";

/// The most bytes of an outcome's lines: browsers keep cookies of 4 KB.
const LINES: usize = 1_800;

#[derive(Deserialize, Serialize)]
pub struct Outcome {
    pub title: String,
    pub text: String,
    pub lines: Vec<String>,
    secret: Secret,
    /// The URL of the link that leads on, and its label.
    pub next: (String, String),
}

pub(crate) fn url(form: FormId) -> String {
    format!("/console/done/{form}")
}

fn cookie(form: FormId, value: &str) -> String {
    let (path, seconds) = (url(form), ShownOnce::SECONDS);
    format!("{COOKIE}={value}; Path={path}; Max-Age={seconds}; Secure; HttpOnly; SameSite=Strict")
}

impl Outcome {
    pub fn new(title: impl Into<String>, text: impl Into<String>, next: (String, String)) -> Self {
        Self { title: title.into(), text: text.into(), lines: vec![], secret: Secret::None, next }
    }

    #[must_use]
    pub fn with_secret(self, secret: String) -> Self {
        Self { secret: Secret::Now(secret), ..self }
    }

    /// Adds as many of the lines as a cookie holds.
    #[must_use]
    pub fn with_lines(self, lines: Vec<String>) -> Self {
        let mut room = LINES;
        let fits = |line: &String| {
            room = room.saturating_sub(line.len());
            room > 0
        };
        Self { lines: lines.into_iter().take_while(fits).collect(), ..self }
    }

    /// Redirects the browser to the page of this outcome.
    pub async fn redirect(&self, context: &AppContext, form: &Form) -> Result<Response, Problem> {
        let (Some(session), Some(posted)) = (&form.session, form.posted) else {
            return Err(Problem::form_refused());
        };
        let sealed = self.sealed(context, &ShownOnce::of(&session.hash, posted)).await?;
        let response = see_other(&url(posted));
        Ok(with_cookie(response, &cookie(posted, &sealed)))
    }

    async fn sealed(&self, context: &AppContext, once: &ShownOnce) -> Result<String, Problem> {
        let text = serde_json::to_string(self).map_err(|_| Problem::unavailable())?;
        once.seal(context, &text).await
    }

    /// Shows the outcome of a form to the session that sent it, and takes the secret out of the
    /// cookie.
    pub async fn show(
        context: &AppContext,
        admin: &SignedIn,
        form: &Form,
        id: &str,
        parts: &Parts,
    ) -> Result<Response, Problem> {
        let id = FormId::parse(id).map_err(|_| Problem::unknown_route())?;
        let session = form.session.as_ref().ok_or_else(Problem::form_refused)?;
        let once = ShownOnce::of(&session.hash, id);
        // A program that fetches the page before a person asks for it must not use up the secret.
        let sent = page::cookie(&parts.headers, COOKIE).filter(|_| !page::is_prefetch(parts));
        let text = match sent {
            Some(sealed) => once.open(context, sealed).await?,
            None => None,
        };
        let outcome = text.and_then(|text| serde_json::from_str::<Self>(&text).ok());
        let Some(mut outcome) = outcome else {
            let secret = Secret::Before;
            // The form was used before, and its outcome has expired.
            let next = ("/console".to_owned(), form.say("console-to-console"));
            let text = form.say("console-done-before");
            let frame = Frame::of(form.say("console-done"), admin, form);
            let shown = OutcomePage { frame, text, lines: vec![], secret, next };
            return Ok(page(StatusCode::OK, &shown));
        };
        let (secret, after) = match outcome.secret {
            Secret::None => (Secret::None, Secret::None),
            Secret::Now(secret) => (Secret::Now(secret), Secret::Before),
            Secret::Before => (Secret::Before, Secret::Before),
        };
        outcome.secret = after;
        let sealed = outcome.sealed(context, &once).await?;
        let Self { title, text, lines, next, .. } = outcome;
        let frame = Frame::of(title, admin, form);
        let shown = page(StatusCode::OK, &OutcomePage { frame, text, lines, secret, next });
        Ok(with_cookie(shown, &cookie(id, &sealed)))
    }
}
