//! The middleware of the console's pages: the session from its cookie, the form's token, the
//! security headers, and problems as pages.

use axum::{
    body::Body,
    extract::{FromRequestParts, Request, State},
    middleware::Next,
    response::Response,
};
use http::{HeaderValue, Method, Uri, header, request::Parts};
use portcullis_app::AppContext;
use portcullis_domain::{BrowserToken, FormId, Locator, admin::SessionHash};
use portcullis_http::{
    Problem, ProblemCode,
    admin::{SessionSecret, session_of},
    form, known_browsers,
    page::{self, Reachable},
};
use std::{convert::Infallible, fmt};

use crate::{
    Fields, next, outcome,
    place::Place,
    problem::view::problem_page,
    proof::{
        form::{TO, is_own},
        view::proof_page,
    },
    see_other,
    upload::{self, Upload, boundary},
    words::Words,
};

/// The token in the forms of one page: the session's token, so that no other site can post them,
/// and an id of the page's own, so that each form acts once. Empty if no one is signed in.
#[derive(Clone, Debug, Default)]
pub struct Form {
    pub words: Words,
    pub(crate) place: Place,
    page: Option<(String, FormId)>,
    pub(crate) session: Option<FormSession>,
    pub(crate) posted: Option<FormId>,
}

/// The session in which a form is used, and the tokens that its browser keeps.
#[derive(Clone, Debug)]
pub(crate) struct FormSession {
    pub(crate) hash: SessionHash,
    pub(crate) locator: Locator,
    pub(crate) tokens: Vec<BrowserToken>,
}

impl Form {
    pub(crate) fn signed_out(words: Words) -> Self {
        Self { words, ..Self::default() }
    }

    /// Says a text in the language of the browser.
    pub fn say(&self, key: &str) -> String {
        self.words.say(key)
    }

    /// Returns the id of the form that was sent.
    pub const fn posted(&self) -> Option<FormId> {
        self.posted
    }

    /// Returns the token of the form that was sent.
    pub(crate) fn sent(&self) -> Option<String> {
        let ((token, _), id) = (self.page.as_ref()?, self.posted?);
        Some(format!("{token}.{id}"))
    }
}

impl fmt::Display for Form {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.page {
            Some((token, id)) => write!(f, "{token}.{id}"),
            None => Ok(()),
        }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Form {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(parts.extensions.get::<Self>().cloned().unwrap_or_default())
    }
}

/// Turns the session's cookie into the bearer of the call, refuses a form that this session's pages
/// did not make, and shows a problem as a page.
pub async fn guard(State(context): State<AppContext>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    parts.headers.remove(header::AUTHORIZATION);
    let mut form = Form::signed_out(Words::of(&parts.headers));
    if let Some(secret) = session_of(&parts) {
        let bearer = HeaderValue::from_str(&format!("Bearer {}", secret.expose()));
        bearer.map(|bearer| parts.headers.insert(header::AUTHORIZATION, bearer)).ok();
        form = match with_session(&context, &parts, &secret, form).await {
            Ok(form) => form,
            Err(problem) => {
                let form = Form::signed_out(Words::of(&parts.headers));
                return problem_page(&context, &problem, &form).await;
            }
        };
    }
    let (body, fields) = match posted(&parts, body, &form).await {
        Ok(Posted::Nothing(body)) => (body, None),
        Ok(Posted::Fields { id, fields, upload }) => {
            form.posted = id;
            parts.extensions.insert(upload);
            (Body::from(own_fields(&parts, &fields)), Some(fields))
        }
        Err(problem) => return problem_page(&context, &problem, &form).await,
    };
    let (sent, method, uri) = (form.clone(), parts.method.clone(), parts.uri.clone());
    if let Some(id) = form.posted {
        parts.extensions.insert(id);
    }
    parts.extensions.insert(form);
    let mut response = next.run(Request::from_parts(parts, body)).await;
    match response.extensions_mut().remove::<Problem>() {
        Some(problem) => match fields {
            Some(fields) if problem.code() == ProblemCode::ProofNeeded => {
                let fields = pairs(&fields).into_iter().filter(|(name, _)| !is_own(name));
                let fields = Fields::of(fields.chain([(TO.to_owned(), uri.path().to_owned())]));
                proof_page(&context, problem.status(), &sent, fields, None).await
            }
            Some(_) | None => problem_response(&context, &problem, &sent, &method, &uri).await,
        },
        None => {
            page::protect(response.headers_mut(), &Reachable::default());
            response
        }
    }
}

/// Returns the form of a page that is shown to a session.
async fn with_session(
    context: &AppContext,
    parts: &Parts,
    secret: &SessionSecret,
    form: Form,
) -> Result<Form, Problem> {
    Ok(Form {
        place: Place::of(context, parts.uri.path()).await?,
        page: Some((secret.form(), FormId::new(context.random()?))),
        session: Some(FormSession {
            hash: secret.hash(),
            locator: secret.locator(),
            tokens: known_browsers::of(&parts.headers),
        }),
        ..form
    })
}

/// The body of a request.
enum Posted {
    Nothing(Body),
    /// A form, with its fields as they were encoded.
    Fields {
        id: Option<FormId>,
        fields: String,
        upload: Upload,
    },
}

fn pairs(fields: &str) -> Vec<(String, String)> {
    serde_urlencoded::from_str(fields).unwrap_or_default()
}

/// Returns the fields without those of the page that asked for the second step before.
fn own_fields(parts: &Parts, fields: &str) -> String {
    if parts.uri.path() == "/console/proof" {
        return fields.to_owned();
    }
    let mut own = pairs(fields);
    own.retain(|(name, _)| !is_own(name));
    serde_urlencoded::to_string(own).unwrap_or_default()
}

/// Checks the token of a posted form, and returns the form's id and fields. Signing in has no
/// session yet, so no token: the cookie it sets is of no use to another site.
async fn posted(parts: &Parts, body: Body, form: &Form) -> Result<Posted, Problem> {
    if parts.method != Method::POST {
        return Ok(Posted::Nothing(body));
    }
    let (body, upload) = match boundary(&parts.headers) {
        Some(boundary) => {
            let (fields, upload) = upload::split(body, boundary).await?;
            (Body::from(fields), upload)
        }
        None => (body, Upload::default()),
    };
    let (given, fields) = form::split(body).await?;
    if parts.uri.path() == "/console/sign-in" {
        return Ok(Posted::Fields { id: None, fields, upload });
    }
    let (token, _) = form.page.as_ref().ok_or_else(Problem::form_refused)?;
    let given = given.unwrap_or_default();
    let (given, id) = given.split_once('.').ok_or_else(Problem::form_refused)?;
    let id = FormId::parse(id).ok().filter(|_| form::is_same(given, token));
    let id = Some(id.ok_or_else(Problem::form_refused)?);
    Ok(Posted::Fields { id, fields, upload })
}

/// Shows a problem as a page, or leads to the login if no one is signed in, or to the outcome if
/// the form was used before.
async fn problem_response(
    context: &AppContext,
    problem: &Problem,
    sent: &Form,
    method: &Method,
    uri: &Uri,
) -> Response {
    let signed_out = [ProblemCode::SessionRefused, ProblemCode::SecondStepMissing];
    if signed_out.contains(&problem.code()) {
        return next::to_login(context, sent.session.as_ref(), method, uri).await;
    }
    if problem.code() == ProblemCode::PasswordMustChange {
        return see_other("/console/password");
    }
    if let (ProblemCode::FormUsed, Some(form)) = (problem.code(), sent.posted) {
        return see_other(&outcome::url(form));
    }
    let mut response = problem_page(context, problem, sent).await;
    response.extensions_mut().insert(problem.code());
    response
}
