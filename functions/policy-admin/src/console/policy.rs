use axum::{extract::State, response::Response};
use http::StatusCode;
use portcullis_console::{
    FieldRefused, Fields, Form, Frame, page,
    policy::{
        form,
        settings::differences,
        view::{self, PolicyForm},
    },
    see_other,
};
use portcullis_domain::{
    Portal, Timestamp,
    policy::{Preset, SwitchedBy},
};
use portcullis_http::{
    Problem, ProblemCode, StrictQuery,
    admin::{ChangePolicies, PermittedOn},
};
use serde::Deserialize;

use super::belongs_on_form;
use crate::{AppState, if_match::IfMatch, policy};

#[derive(Deserialize)]
pub(crate) struct PresetQuery {
    preset: Option<String>,
}

/// Shows the form with the present policy, or with a preset.
pub(crate) async fn ask(
    State(AppState { context, .. }): State<AppState>,
    by: PermittedOn<ChangePolicies>,
    form: Form,
    StrictQuery(query): StrictQuery<PresetQuery>,
) -> Result<Response, Problem> {
    let stored = context.portal(&by.portal).await?;
    let preset = query.preset.as_deref().map(Preset::parse).transpose()?;
    let shown = preset.map_or_else(|| stored.value.policy.clone(), Preset::policy);
    let fields = form::fill(&shown, stored.etag());
    let shown = form_page(&by, &form, fields, &stored.value, context.now());
    Ok(page(StatusCode::OK, &PolicyForm { starts_from: query.preset, ..shown }))
}

fn form_page(
    by: &PermittedOn<ChangePolicies>,
    form: &Form,
    fields: Fields,
    before: &Portal,
    now: Timestamp,
) -> PolicyForm {
    PolicyForm {
        frame: Frame::of(form.say("console-policy"), &by.admin, form).with_form_error(&fields),
        portal: by.portal.to_string(),
        fields,
        dry_run: None,
        differences: vec![],
        grace_left: view::countdown(&form.words, &before.policy, now),
        presets: view::presets(&form.words),
        starts_from: None,
        is_locked: before.policy.switched_by == SwitchedBy::Nobody,
        issuer_only: !by.admin.role.may_switch_from(before.policy.switched_by),
        trust_not_before: before.trust_not_before.map(Timestamp::unix),
    }
}

/// Saves the policy, or shows what saving would change.
pub(crate) async fn save(
    State(state): State<AppState>,
    by: PermittedOn<ChangePolicies>,
    form: Form,
    fields: Fields,
) -> Result<Response, Problem> {
    let stored = state.context.portal(&by.portal).await?;
    let again = |fields| form_page(&by, &form, fields, &stored.value, state.context.now());
    let refused = |status, refused| Ok(page(status, &again(fields.clone().refused(refused))));
    let draft = match form::read(&fields) {
        Ok(draft) => draft,
        Err(error) => return refused(StatusCode::BAD_REQUEST, error),
    };
    let form::PolicyDraft { action, etag, policy, confirm_unlock } = draft;
    if let Err(refusal) = policy.check(&stored.value.profile) {
        let error = FieldRefused::said(form::field(refusal), refusal.to_string());
        return refused(StatusCode::UNPROCESSABLE_ENTITY, error);
    }
    let differences = differences(&form.words, &stored.value.policy, &policy);
    let done = match action {
        form::PolicyAction::Save => {
            let if_match = IfMatch::of(etag);
            policy::save(&state, &by, if_match, policy, confirm_unlock).await.map(|_| None)
        }
        form::PolicyAction::Try => {
            policy::would_replace(&state, &by, policy, confirm_unlock, None).await.map(Some)
        }
    };
    match done {
        Ok(None) => Ok(see_other(&format!("/console/portals/{}", by.portal))),
        Ok(dry_run) => {
            Ok(page(StatusCode::OK, &PolicyForm { dry_run, differences, ..again(fields) }))
        }
        // Both versions are shown, and saving again replaces the one that is shown.
        Err(problem) if problem.code() == ProblemCode::ChangedMeanwhile => {
            let shown = again(fields.with("etag", stored.etag()));
            let frame = shown.frame.with_alert(Some(problem.detail().to_owned()));
            Ok(page(problem.status(), &PolicyForm { frame, differences, ..shown }))
        }
        Err(problem) if belongs_on_form(problem.code()) => {
            let shown = again(fields);
            let frame = shown.frame.with_alert(Some(problem.detail().to_owned()));
            Ok(page(problem.status(), &PolicyForm { frame, ..shown }))
        }
        Err(problem) => Err(problem),
    }
}
