use axum::{Json, extract::State, response::Response};
use portcullis_console::{
    Fields, Form, Frame, Outcome, portal_form::view::PortalForm, see_other, sending::form,
    settings::view::finding,
};
use portcullis_http::{
    Problem, Strict,
    admin::{MakePortals, PermittedOn},
};

use super::portal_form::{show, with_problem};
use crate::{AppState, sending};

pub(crate) async fn ask(
    State(AppState { context, .. }): State<AppState>,
    by: PermittedOn<MakePortals>,
    form: Form,
) -> Result<Response, Problem> {
    let stored = context.portal(&by.portal).await?.value;
    Ok(show(sending_form(&by, &form, form::fields_of(&stored.sending))))
}

fn sending_form(by: &PermittedOn<MakePortals>, form: &Form, fields: Fields) -> PortalForm {
    PortalForm {
        frame: Frame::of(form.say("console-sending-title"), &by.admin, form),
        fields,
        portal: by.portal.to_string(),
        action: "sending",
        lines: vec![form.say("console-sending-what"), form.say("console-sending-blank")],
        inputs: form::inputs(&form.words),
    }
}

/// Saves senders and caps, and shows what the providers said about new senders, if anything.
pub(crate) async fn save(
    state: State<AppState>,
    by: PermittedOn<MakePortals>,
    form: Form,
    fields: Fields,
) -> Result<Response, Problem> {
    let request = match form::read(&fields) {
        Ok(request) => request,
        Err(refused) => return Ok(show(sending_form(&by, &form, fields.refused(refused)))),
    };
    let (shown, context) = (sending_form(&by, &form, fields), state.context.clone());
    match sending::set(state, by, Strict(request)).await {
        Ok(Json(saved)) if saved.findings.is_empty() => Ok(see_other(&shown.back())),
        Ok(Json(saved)) => {
            let lines = saved.findings.iter().map(|found| finding(&form.words, found)).collect();
            let next = (shown.back(), form.say("console-to-portal"));
            let text = form.say("console-settings-within");
            let outcome = Outcome::new(shown.frame.title, text, next).with_lines(lines);
            outcome.redirect(&context, &form).await
        }
        Err(problem) => with_problem(shown, problem),
    }
}
