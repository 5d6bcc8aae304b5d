//! Problem documents (RFC 9457): one table from what was refused to what a portal is told.

pub mod answers;
mod code;
mod reader;
mod refusals;

pub use code::ProblemCode;
use refusals::{Row, Text, malformed_key, row};

use axum::response::{IntoResponse, Response};
use http::{HeaderValue, StatusCode, header};
use portcullis_app::{Cause, CommandError};
use portcullis_domain::{
    Locale, Refusal, SignInId,
    settings::{Finding, Severity},
    sign_in::{SignInView, challenge::SendOutcome},
};
use portcullis_keys::KeyError;
use portcullis_messages::catalogue::text;
use portcullis_store::StoreError;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    ServiceUrl,
    view::{opens_by_id, view},
    wire::{
        OptionView, SignInAnswer,
        admin::{FindingView, ScopeName},
    },
    words,
};

/// A refusal or a failure on its way out. What is logged stays out of what is told.
#[derive(Clone, Debug)]
pub struct Problem {
    status: StatusCode,
    document: Box<ProblemDocument>,
    /// The text of the catalogue that says it, where it is one that users meet.
    key: Option<&'static str>,
    /// The sign-in of the document, if the hosted prompt shows it.
    prompted: Option<SignInId>,
}

/// The body of every answer that is not a success.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ProblemDocument {
    /// A URN that ends in the code.
    #[serde(rename = "type")]
    #[schema(example = "urn:portcullis:problem:code_wrong")]
    pub kind: String,
    /// The HTTP status.
    #[schema(example = 403)]
    pub status: u16,
    /// Stable, for programs.
    #[schema(example = "code_wrong")]
    pub code: ProblemCode,
    /// One plain sentence or two for the person, saying what to do next.
    pub detail: String,
    /// Wrong codes left in this sign-in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attempts_left: Option<u8>,
    /// Seconds until it makes sense to try again; also in the `Retry-After` header.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retry_after: Option<i64>,
    /// The other ways on offer, where one failed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<OptionView>,
    /// The providers' findings about settings that cannot be used.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub findings: Vec<FindingView>,
    /// The scope that the API key has not, and the call needs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scope: Option<ScopeName>,
    /// The portal's sentence on support.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub support: Option<String>,
    /// Calls on a sign-in: the sign-in as it stands, without anything secret.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sign_in: Option<Box<SignInAnswer>>,
    /// The id of the request, for questions about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request_id: Option<String>,
}

impl Problem {
    pub fn new(code: ProblemCode, detail: impl Into<String>) -> Self {
        let status = code.status();
        let document = ProblemDocument {
            kind: format!("urn:portcullis:problem:{code}"),
            status: status.as_u16(),
            code,
            detail: detail.into(),
            attempts_left: None,
            retry_after: None,
            options: vec![],
            findings: vec![],
            scope: None,
            support: None,
            sign_in: None,
            request_id: None,
        };
        Self { status, document: Box::new(document), key: None, prompted: None }
    }

    /// A problem that users meet, in English until it is known what they read.
    fn said(code: ProblemCode, key: &'static str) -> Self {
        Self { key: Some(key), ..Self::new(code, text(None, key, &[])) }
    }

    /// Says it in the language of a locale, where it is one that users meet. What a program sent
    /// wrong stays as it is.
    #[must_use]
    pub fn in_language(mut self, locale: Option<&Locale>) -> Self {
        if let Some(key) = self.key.filter(|_| self.document.code != ProblemCode::BadRequest) {
            self.document.detail = text(locale, key, &[]);
        }
        self
    }

    pub const fn key(&self) -> Option<&'static str> {
        self.key
    }

    pub const fn status(&self) -> StatusCode {
        self.status
    }

    /// The request is not what it must be.
    pub fn bad_request(detail: impl Into<String>) -> Self {
        Self::new(ProblemCode::BadRequest, detail)
    }

    /// A service behind this one failed: nothing is revealed, and the answer accepts nothing.
    pub fn unavailable() -> Self {
        Self::said(ProblemCode::Unavailable, "problem-unavailable").retry_after(1)
    }

    /// A form came from elsewhere than the page of this session.
    pub fn form_refused() -> Self {
        Self::said(ProblemCode::FormRefused, "problem-form-refused")
    }

    /// There is no such address.
    pub fn unknown_route() -> Self {
        Self::new(ProblemCode::UnknownRoute, words::UNKNOWN_ROUTE)
    }

    /// There is such an address, and it does not answer this method.
    pub fn method_not_allowed() -> Self {
        Self::new(ProblemCode::MethodNotAllowed, words::METHOD_NOT_ALLOWED)
    }

    pub fn delivery_failed(options: Vec<OptionView>) -> Self {
        let key = match options.as_slice() {
            [] => "problem-delivery-failed-wait",
            [_, ..] => "problem-delivery-failed",
        };
        let mut problem = Self::said(ProblemCode::DeliveryFailed, key);
        problem.document.options = options;
        problem
    }

    /// Settings with which no message can be sent: the first finding that says why, and all of
    /// them.
    pub fn settings_refused(findings: &[Finding]) -> Self {
        let blocks = |finding: &&Finding| finding.severity == Severity::Blocks;
        let first = findings.iter().find(blocks).or(findings.first());
        let detail = first.map(|finding| finding.detail.clone()).unwrap_or_default();
        let mut problem = Self::new(ProblemCode::SettingsRefused, detail);
        problem.document.findings = findings.iter().map(FindingView::from).collect();
        problem
    }

    pub fn findings(&self) -> &[FindingView] {
        &self.document.findings
    }

    /// A failure: the chain of causes goes to the log, once, here.
    pub fn failed(error: &(dyn std::error::Error + 'static)) -> Self {
        tracing::error!(error = %chain(error), "a dependency failed");
        Self::unavailable()
    }

    /// Says when to try again, in seconds.
    #[must_use]
    pub fn retry_after(mut self, seconds: i64) -> Self {
        self.document.retry_after = Some(seconds.max(1));
        self
    }

    #[must_use]
    pub fn with_support(mut self, support: Option<String>) -> Self {
        self.document.support = support;
        self
    }

    /// Adds the sign-in that was asked about. A page shows both, so the detail of an entry that was
    /// mistyped is for its user, too.
    fn with_sign_in(mut self, sign_in: Option<&SignInView>) -> Self {
        let Some(sign_in) = sign_in else { return self };
        if let Some(key) = self.key {
            self.document.detail = text(sign_in.locale.as_ref(), key, &[]);
        }
        self.prompted = opens_by_id(sign_in).then(|| sign_in.id.clone());
        self.document.sign_in = Some(Box::new(view(sign_in, SendOutcome::Sent)));
        self
    }

    /// Adds the URL of the prompt to a sign-in that it shows.
    #[must_use]
    pub(crate) fn with_service(mut self, service: &ServiceUrl) -> Self {
        let url = self.prompted.as_ref().map(|id| service.prompt(id));
        if let Some(sign_in) = &mut self.document.sign_in {
            sign_in.prompt_url = url;
        }
        self
    }

    #[must_use]
    pub fn with_request_id(mut self, id: &str) -> Self {
        self.document.request_id = Some(id.to_owned());
        self
    }

    pub fn detail(&self) -> &str {
        &self.document.detail
    }

    pub const fn seconds_to_wait(&self) -> Option<i64> {
        self.document.retry_after
    }

    pub const fn code(&self) -> ProblemCode {
        self.document.code
    }
}

impl From<CommandError> for Problem {
    fn from(error: CommandError) -> Self {
        let CommandError { cause, retry_after, locale, support, sign_in } = error;
        let problem = match cause {
            Cause::Refused(refusal) => Self::from(refusal),
            Cause::NotSent { others } => {
                Self::delivery_failed(others.iter().map(OptionView::from).collect())
            }
            Cause::Store(error) => Self::from(error),
            Cause::Keys(error) => Self::from(error),
            Cause::RngUnavailable => Self::unavailable(),
        };
        let problem = match retry_after {
            Some(seconds) => problem.retry_after(seconds),
            None => problem,
        };
        problem.in_language(locale.as_ref()).with_support(support).with_sign_in(sign_in.as_deref())
    }
}

/// A refusal without the seconds to wait: those need the clock, and come with a [`CommandError`].
impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        if let Refusal::Unreadable(why) = refusal {
            return Self::failed(&why);
        }
        if let Refusal::KeyLapsed(_) = &refusal {
            tracing::warn!(error = %refusal, "an API key was refused");
        }
        let Row { code, text } = row(&refusal);
        let mut problem = match text {
            Text::Catalogue(key) => Self::said(code, key),
            Text::English(detail) => Self::new(code, detail),
        };
        if let Refusal::Malformed(malformed) = refusal {
            problem.key = malformed_key(&malformed);
        }
        if let Refusal::ScopeMissing(scope) = refusal {
            problem.document.scope = Some(scope.into());
        }
        if let Refusal::CodeNotAccepted { guesses_left, .. } = refusal {
            problem.document.attempts_left = Some(guesses_left);
        }
        problem
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Contended => {
                Self::said(ProblemCode::Conflict, "problem-conflict").retry_after(1)
            }
            StoreError::NewerRelease { .. } => {
                tracing::error!(error = %chain(&error), "a newer release wrote it");
                Self::said(ProblemCode::NewerRelease, "problem-unavailable").retry_after(60)
            }
            StoreError::Unavailable { .. }
            | StoreError::Unread
            | StoreError::Unwritten
            | StoreError::Undecodable { .. }
            | StoreError::Missing { .. } => Self::failed(&error),
        }
    }
}

impl From<KeyError> for Problem {
    fn from(error: KeyError) -> Self {
        Self::failed(&error)
    }
}

impl From<portcullis_domain::Malformed> for Problem {
    fn from(malformed: portcullis_domain::Malformed) -> Self {
        let key = malformed_key(&malformed);
        Self { key, ..Self::bad_request(malformed.to_string()) }
    }
}

/// An error with everything that caused it.
fn chain(error: &(dyn std::error::Error + 'static)) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text.push_str(": ");
        text.push_str(&error.to_string());
        cause = error.source();
    }
    text
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let body = serde_json::to_vec(&self.document).unwrap_or_default();
        let mut response = (self.status, body).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        if let Some(seconds) = self.document.retry_after {
            headers.insert(header::RETRY_AFTER, seconds.into());
        }
        if self.status == StatusCode::UNAUTHORIZED {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response.extensions_mut().insert(self);
        response
    }
}
