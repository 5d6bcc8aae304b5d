//! The prompt's pages for enrolling and skipping.

use axum::{extract::State, response::Response};
use portcullis_domain::{
    DecisionContext, Method, Refusal,
    sign_in::{
        Place,
        enrol::{Enrol, Start},
        recovery::{self, Kept},
    },
};
use portcullis_http::{
    Problem,
    wire::{AppEnrolment, ConfirmRequest, EnrolmentRequest, SettingsChangeName, SettingsRequest},
};
use portcullis_prompt::{Next, PromptForm, PromptVisit, Retry, SettingsDone};
use serde::Deserialize;

use crate::AppState;

pub(crate) async fn show(State(state): State<AppState>, visit: PromptVisit) -> Response {
    visit.show_enrolment(&state.context, async || state.app(&visit).await).await
}

/// Sends a code to the destination that was typed, or another one if the field is missing.
pub(crate) async fn start(
    State(state): State<AppState>,
    PromptForm { from, fields }: PromptForm<EnrolmentRequest>,
) -> Response {
    let method = Method::from(fields.method);
    let typed = fields.phone.clone().or_else(|| fields.email.clone());
    let command = match typed {
        None => Ok(Enrol::Again(method).into()),
        Some(_) => fields.into_command(),
    };
    let visit = &from.visit;
    let started = state.start(&from, &visit.id, &command).await;
    match (started, &typed) {
        (Err(problem), Some(typed)) => {
            visit.retry(&state.context, method, Retry { typed, problem }).await
        }
        (started, _) => visit.after(&state.context, started.map(|_| Next::Enrolment(method))).await,
    }
}

/// A code that confirms an enrolment; or the word that the recovery codes made with it are kept.
#[derive(Deserialize)]
#[serde(untagged)]
pub(crate) enum ConfirmForm {
    Code(ConfirmRequest),
    Codes(CodesForm),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CodesForm {
    #[serde(rename = "codes")]
    _codes: Shown,
    kept: Option<Yes>,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Shown {
    Shown,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Yes {
    Yes,
}

pub(crate) async fn confirm(
    State(state): State<AppState>,
    PromptForm { from, fields }: PromptForm<ConfirmForm>,
) -> Response {
    let (context, id) = (&state.context, &from.visit.id);
    let next = match fields {
        ConfirmForm::Code(request) => {
            let confirmed = state.confirm(&from, id, &request.into_confirmation()).await;
            confirmed.map(|view| Next::after_enrolment(&view))
        }
        ConfirmForm::Codes(CodesForm { kept, .. }) => {
            let kept = kept.map_or(Kept::Unsaid, |Yes::Yes| Kept::Confirmed);
            let keep =
                |context: &DecisionContext<'_>, user| recovery::keep_codes(context, user, id, kept);
            context.on_sign_in(&from, id, keep).await.map(|_| Next::Step).map_err(Problem::from)
        }
    };
    from.visit.after(context, next).await
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct EmptyForm {}

pub(crate) async fn skip(
    State(state): State<AppState>,
    PromptForm { from, fields: EmptyForm {} }: PromptForm<EmptyForm>,
) -> Response {
    let skipped = state.skip(&from, &from.visit.id).await;
    from.visit.after(&state.context, skipped.map(|_| Next::Step)).await
}

/// Asks before an authenticator is removed.
pub(crate) async fn ask(State(state): State<AppState>, visit: PromptVisit) -> Response {
    visit.show_settings(&state.context).await
}

pub(crate) async fn change(
    State(state): State<AppState>,
    PromptForm { from, fields }: PromptForm<SettingsRequest>,
) -> Response {
    let next = match fields.change {
        SettingsChangeName::Remove => Next::Settings(SettingsDone::Removed),
        SettingsChangeName::Rename => Next::Settings(SettingsDone::Renamed),
        SettingsChangeName::UnsetDefault => Next::Settings(SettingsDone::Default),
        SettingsChangeName::NewRecoveryCodes => Next::Settings(SettingsDone::Codes),
        SettingsChangeName::AddSecondWay
        | SettingsChangeName::DeclineSecondWay
        | SettingsChangeName::AddPasskey
        | SettingsChangeName::DeclinePasskey => Next::Step,
    };
    let changed = state.change_settings(&from, &from.visit.id, &fields.into_command()).await;
    from.visit.after(&state.context, changed.map(|_| next)).await
}

impl AppState {
    /// Starts the enrolment of an app, or returns the one that is not confirmed yet.
    async fn app(&self, visit: &PromptVisit) -> Result<AppEnrolment, Problem> {
        let place = Place { replaces: visit.replaced(), name: None };
        let start = Start { enrol: Enrol::App, place };
        let (_, view) = self.start(visit, &visit.id, &Ok(start)).await?;
        AppEnrolment::of(view.app_key().ok_or(Refusal::AnotherStep)?)
    }
}
