//! The prompt's pages for enrolling: the key of an app, a destination to type, the code that
//! confirms it, and skipping.

use axum::{extract::State, response::Response};
use portcullis_domain::{Method, Refusal, sign_in::enrol::Enrol};
use portcullis_http::{
    Problem,
    wire::{AppEnrolment, ConfirmRequest, EnrolmentRequest, EnrolmentStarted},
};
use portcullis_prompt::{Next, Posted, Retry, Visit};
use serde::Deserialize;

use crate::AppState;

/// Shows what is enrolled here, and how.
pub(crate) async fn show(State(state): State<AppState>, visit: Visit) -> Response {
    visit.show_enrolment(&state.context, async || state.app(&visit).await).await
}

/// Sends a code to the destination that was typed; or again, if none is.
pub(crate) async fn start(
    State(state): State<AppState>,
    Posted { from, fields }: Posted<EnrolmentRequest>,
) -> Response {
    let method = Method::from(fields.method);
    let typed = fields.phone.clone().or_else(|| fields.email.clone());
    let command = match typed {
        None => Ok(Enrol::Again(method)),
        Some(_) => fields.into_command().map_err(Problem::from),
    };
    let visit = &from.visit;
    let started = match command {
        Ok(command) => state.start(&from, &visit.id, &command).await,
        Err(problem) => Err(problem),
    };
    match (started, &typed) {
        (Err(problem), Some(typed)) => {
            visit.retry(&state.context, method, Retry { typed, problem }).await
        }
        (started, _) => visit.after(&state.context, started.map(|_| Next::Enrolment(method))).await,
    }
}

/// Judges the code that confirms what is being enrolled.
pub(crate) async fn confirm(
    State(state): State<AppState>,
    Posted { from, fields }: Posted<ConfirmRequest>,
) -> Response {
    let confirmed = match fields.into_code() {
        Ok(code) => state.confirm(&from, &from.visit.id, &code).await,
        Err(malformed) => Err(malformed.into()),
    };
    from.visit.after(&state.context, confirmed.map(|_| Next::Step)).await
}

/// A form with nothing to fill in.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct EmptyForm {}

/// Skips enrolment for now.
pub(crate) async fn skip(
    State(state): State<AppState>,
    Posted { from, fields: EmptyForm {} }: Posted<EmptyForm>,
) -> Response {
    let skipped = state.skip(&from, &from.visit.id).await;
    from.visit.after(&state.context, skipped.map(|_| Next::Step)).await
}

impl AppState {
    /// The enrolment of an app; the same until it is confirmed.
    async fn app(&self, visit: &Visit) -> Result<AppEnrolment, Problem> {
        match self.start(visit, &visit.id, &Enrol::App).await? {
            EnrolmentStarted::App(app) => Ok(app),
            EnrolmentStarted::Delivered(_) => Err(Refusal::AnotherStep.into()),
        }
    }
}
