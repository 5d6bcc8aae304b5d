//! The prompt's pages for enrolling and skipping.

use axum::{extract::State, response::Response};
use portcullis_domain::{
    Code, DecisionContext, Method,
    sign_in::{
        Place, SignInView,
        enrol::{Enrol, Start},
        recovery::{self, Kept},
    },
};
use portcullis_http::{
    Problem,
    wire::{
        CodeRequest, Confirmation, EnrolmentRequest, MadePasskey, PasskeyForm, SettingsChangeName,
        SettingsRequest,
    },
};
use portcullis_prompt::{Next, PromptForm, PromptVisit, Retry, SettingsDone};
use serde::Deserialize;

use crate::AppState;

pub(crate) async fn show(State(state): State<AppState>, visit: PromptVisit) -> Response {
    visit.show_enrolment(&state.context, async |enrol| state.begin(&visit, enrol).await).await
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

/// A code or a passkey that confirms an enrolment; or the word that the recovery codes made with it
/// are kept.
#[derive(Deserialize)]
#[serde(untagged)]
pub(crate) enum ConfirmForm {
    Passkey(PasskeyForm<MadePasskey>),
    Code(CodeRequest),
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
    let confirm = async |given| {
        let confirmed = state.confirm(&from, id, &given).await;
        confirmed.map(|view| Next::after_enrolment(&view))
    };
    let next = match fields {
        ConfirmForm::Passkey(PasskeyForm { passkey }) => {
            confirm(passkey.read().map(Box::new).map(Confirmation::Passkey)).await
        }
        ConfirmForm::Code(CodeRequest { code }) => {
            confirm(Code::parse(&code).map(Confirmation::Code)).await
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
        SettingsChangeName::EndTrust => Next::Settings(SettingsDone::Trust),
        SettingsChangeName::AddPasskey => Next::Enrolment(Method::Passkey),
        SettingsChangeName::AddSecondWay
        | SettingsChangeName::DeclineSecondWay
        | SettingsChangeName::DeclinePasskey => Next::Step,
    };
    let changed = state.change_settings(&from, &from.visit.id, &fields.into_command()).await;
    from.visit.after(&state.context, changed.map(|_| next)).await
}

impl AppState {
    /// Starts an enrolment, or returns the sign-in with the one that is not confirmed yet.
    async fn begin(&self, visit: &PromptVisit, enrol: Enrol) -> Result<SignInView, Problem> {
        let place = Place { replaces: visit.replaced(), name: None };
        let (_, view) = self.start(visit, &visit.id, &Ok(Start { enrol, place })).await?;
        Ok(view)
    }
}
