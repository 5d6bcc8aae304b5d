//! The policy: a form with every setting, and what saving would do.

use axum::{extract::State, response::Response};
use http::StatusCode;
use portcullis_console::{
    FieldRefused, Fields, Form, Frame, page,
    policy::{
        form,
        view::{self, PolicyForm},
    },
    see_other,
};
use portcullis_domain::{
    Policy,
    policy::{Preset, SwitchedBy},
};
use portcullis_http::{
    Problem, StrictQuery,
    admin::{ChangePolicies, PermittedOn},
};
use serde::Deserialize;

use super::stays;
use crate::{AppState, if_match::IfMatch, policy};

/// The preset that a form begins with.
#[derive(Deserialize)]
pub(crate) struct Start {
    preset: Option<String>,
}

/// Shows the policy as it is, or a preset in its place.
pub(crate) async fn ask(
    State(AppState { context, .. }): State<AppState>,
    by: PermittedOn<ChangePolicies>,
    form: Form,
    StrictQuery(start): StrictQuery<Start>,
) -> Result<Response, Problem> {
    let stored = context.portal(&by.portal).await?;
    let preset = start.preset.as_deref().map(Preset::parse).transpose()?;
    let shown = preset.map_or_else(|| stored.value.policy.clone(), Preset::policy);
    let fields = form::fill(&shown, stored.etag());
    Ok(page(StatusCode::OK, &form_page(&by, &form, fields, &stored.value.policy)))
}

fn form_page(
    by: &PermittedOn<ChangePolicies>,
    form: &Form,
    fields: Fields,
    before: &Policy,
) -> PolicyForm {
    PolicyForm {
        frame: Frame::of("Policy", &by.admin, form).around(&fields),
        portal: by.portal.to_string(),
        fields,
        tried: None,
        presets: view::presets(),
        is_locked: before.switched_by == SwitchedBy::Nobody,
        issuer_only: !by.admin.role.may_switch_from(before.switched_by),
    }
}

/// Tries the policy that was filled in, which changes nothing, or saves it.
pub(crate) async fn save(
    State(state): State<AppState>,
    by: PermittedOn<ChangePolicies>,
    form: Form,
    fields: Fields,
) -> Result<Response, Problem> {
    let stored = state.context.portal(&by.portal).await?;
    let again = |fields| form_page(&by, &form, fields, &stored.value.policy);
    let refused = |status, refused| Ok(page(status, &again(fields.clone().refused(refused))));
    let wanted = match form::read(&fields) {
        Ok(wanted) => wanted,
        Err(why) => return refused(StatusCode::BAD_REQUEST, why),
    };
    let form::PolicyDraft { what, etag, policy: wanted, confirm_unlock } = wanted;
    if let Err(refusal) = wanted.check(&stored.value.profile) {
        let why = FieldRefused::at(form::field(refusal), refusal.to_string());
        return refused(StatusCode::UNPROCESSABLE_ENTITY, why);
    }
    let done = match what {
        form::PolicyAction::Save => {
            let if_match = IfMatch::of(etag);
            policy::save(&state, &by, if_match, wanted, confirm_unlock).await.map(|_| None)
        }
        form::PolicyAction::Try => {
            policy::tried(&state, &by, wanted, confirm_unlock, None).await.map(Some)
        }
    };
    match done {
        Ok(None) => Ok(see_other(&format!("/console/portals/{}", by.portal))),
        Ok(tried) => Ok(page(StatusCode::OK, &PolicyForm { tried, ..again(fields) })),
        Err(problem) if stays(problem.code()) => {
            let shown = again(fields);
            let frame = shown.frame.with_alert(Some(problem.detail().to_owned()));
            Ok(page(problem.status(), &PolicyForm { frame, ..shown }))
        }
        Err(problem) => Err(problem),
    }
}
