use axum::{Json, extract::State, response::Response};
use portcullis_console::{
    Fields, Form, Outcome, see_other, sending::form, settings::view::finding,
};
use portcullis_http::{
    Problem, Strict,
    admin::{MakePortals, PermittedOn},
    wire::admin::SendingDocument,
};

use super::portal_form::{Sent, ShortForm, with_problem};
use crate::{AppState, sending};

const SENDING: ShortForm<SendingDocument> = ShortForm {
    action: "sending",
    title: "console-sending-title",
    lines: ["console-sending-what", "console-sending-blank"],
    inputs: form::inputs,
    read: form::read,
};

pub(crate) async fn ask(
    State(AppState { context, .. }): State<AppState>,
    by: PermittedOn<MakePortals>,
    form: Form,
) -> Result<Response, Problem> {
    let stored = context.portal(&by.portal).await?.value;
    Ok(SENDING.ask(&by, &form, form::fields_of(&stored.sending)))
}

/// Saves senders and caps, and shows what the providers said about new senders, if anything.
pub(crate) async fn save(
    state: State<AppState>,
    by: PermittedOn<MakePortals>,
    form: Form,
    fields: Fields,
) -> Result<Response, Problem> {
    let (request, shown) = match SENDING.read(&by, &form, fields) {
        Sent::Request(request, shown) => (request, shown),
        Sent::Refused(page) => return Ok(page),
    };
    let context = state.context.clone();
    match sending::set(state, by, Strict(request)).await {
        Ok(Json(saved)) if saved.findings.is_empty() => Ok(see_other(&shown.back())),
        Ok(Json(saved)) => {
            let lines = saved.findings.iter().map(|found| finding(&form.words, found)).collect();
            let next = (shown.back(), form.say("console-to-portal"));
            let text = form.say("console-settings-within");
            let outcome = Outcome::new(shown.frame.title, text, next).with_lines(lines);
            outcome.redirect(&context, &form).await
        }
        Err(problem) => with_problem(*shown, problem),
    }
}
