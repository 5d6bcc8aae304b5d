//! The outcome of a form, on a page of its own: the browser is sent there after the act, so that a
//! reload shows it again and does nothing. A secret is on it once.

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

/// The cookie that an outcome travels in. Its path is that of its page, and no other page is sent
/// it.
const COOKIE: &str = "__Secure-outcome";

/// The most bytes that lines of an outcome take: browsers keep cookies of 4 KB.
const LINES: usize = 1_800;

/// The sentence on the page of a form that was acted on, when nothing more is known of it.
const USED: &str =
    "This form was sent before, and the change was made then. It was not made again.";

/// The outcome of a form.
#[derive(Deserialize, Serialize)]
pub struct Outcome {
    pub title: String,
    /// A sentence on what was done.
    pub text: String,
    /// Further things to know, a line each.
    pub lines: Vec<String>,
    secret: Secret,
    /// The address to go on to, and its label.
    pub next: (String, String),
}

/// The address at which the outcome of a form is shown.
pub(crate) fn place(form: FormId) -> String {
    format!("/console/done/{form}")
}

fn cookie(form: FormId, value: &str) -> String {
    let (path, seconds) = (place(form), ShownOnce::SECONDS);
    format!("{COOKIE}={value}; Path={path}; Max-Age={seconds}; Secure; HttpOnly; SameSite=Strict")
}

impl Outcome {
    /// An outcome without lines and without a secret.
    pub fn new(title: &str, text: impl Into<String>, next: (String, &str)) -> Self {
        let next = (next.0, next.1.to_owned());
        Self {
            title: title.to_owned(),
            text: text.into(),
            lines: vec![],
            secret: Secret::None,
            next,
        }
    }

    /// The same outcome with what is shown once.
    #[must_use]
    pub fn with_secret(self, secret: String) -> Self {
        Self { secret: Secret::Now(secret), ..self }
    }

    /// The same outcome with lines, as many as a cookie holds.
    #[must_use]
    pub fn with_lines(self, lines: Vec<String>) -> Self {
        let mut room = LINES;
        let fits = |line: &String| {
            room = room.saturating_sub(line.len());
            room > 0
        };
        Self { lines: lines.into_iter().take_while(fits).collect(), ..self }
    }

    /// Sends the browser to the page that shows it.
    ///
    /// # Errors
    /// 503 when it cannot be sealed.
    pub async fn redirect(&self, context: &AppContext, form: &Form) -> Result<Response, Problem> {
        let (Some(session), Some(posted)) = (&form.session, form.posted) else {
            return Err(Problem::form_refused());
        };
        let sealed = self.sealed(context, &ShownOnce::of(session, posted)).await?;
        let response = see_other(&place(posted));
        Ok(with_cookie(response, &cookie(posted, &sealed)))
    }

    async fn sealed(&self, context: &AppContext, once: &ShownOnce) -> Result<String, Problem> {
        let text = serde_json::to_string(self).map_err(|_| Problem::unavailable())?;
        once.seal(context, &text).await
    }

    /// Shows the outcome of a form to the session whose it is. The cookie that comes back holds the
    /// secret no more.
    ///
    /// # Errors
    /// 404 for what is no form, 503 when the keys cannot be read.
    pub async fn show(
        context: &AppContext,
        admin: &SignedIn,
        form: &Form,
        id: &str,
        parts: &Parts,
    ) -> Result<Response, Problem> {
        let id = FormId::parse(id).map_err(|_| Problem::unknown_route())?;
        let session = form.session.as_ref().ok_or_else(Problem::form_refused)?;
        let once = ShownOnce::of(session, id);
        // Whatever fetches pages before a person asks for them takes nothing away.
        let sent = page::cookie(&parts.headers, COOKIE).filter(|_| !page::looks_ahead(parts));
        let text = match sent {
            Some(sealed) => once.open(context, sealed).await?,
            None => None,
        };
        let outcome = text.and_then(|text| serde_json::from_str::<Self>(&text).ok());
        let Some(mut outcome) = outcome else {
            let secret = Secret::Before;
            let (text, next) =
                (USED.to_owned(), ("/console".to_owned(), "To the console".to_owned()));
            let frame = Frame::of("This is done", admin, form);
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
