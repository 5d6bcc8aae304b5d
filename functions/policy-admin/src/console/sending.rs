use axum::{extract::State, response::Response};
use portcullis_console::{
    Fields, Form, Frame, page, see_other,
    sending::{form, view::SendingPage},
};
use portcullis_http::{
    Problem, Strict,
    admin::{MakePortals, PermittedOn},
};

use super::belongs_on_form;
use crate::{AppState, sending};

pub(crate) async fn ask(
    State(AppState { context, .. }): State<AppState>,
    by: PermittedOn<MakePortals>,
    form: Form,
) -> Result<Response, Problem> {
    let stored = context.portal(&by.portal).await?.value;
    let fields = form::fields_of(&stored.sending);
    Ok(page(fields.status(), &sending_page(&by, &form, fields)))
}

fn sending_page(by: &PermittedOn<MakePortals>, form: &Form, fields: Fields) -> SendingPage {
    let title = form.say("console-sending-title");
    let frame = Frame::of(title, &by.admin, form).with_form_error(&fields);
    SendingPage { frame, fields, portal: by.portal.to_string() }
}

pub(crate) async fn save(
    state: State<AppState>,
    by: PermittedOn<MakePortals>,
    form: Form,
    fields: Fields,
) -> Result<Response, Problem> {
    let request = match form::read(&fields) {
        Ok(request) => request,
        Err(refused) => {
            let shown = sending_page(&by, &form, fields.refused(refused));
            return Ok(page(shown.fields.status(), &shown));
        }
    };
    let (back, shown) =
        (format!("/console/portals/{}", by.portal), sending_page(&by, &form, fields));
    match sending::set(state, by, Strict(request)).await {
        Ok(_) => Ok(see_other(&back)),
        Err(problem) if belongs_on_form(problem.code()) => {
            let frame = shown.frame.with_alert(Some(problem.detail().to_owned()));
            Ok(page(problem.status(), &SendingPage { frame, ..shown }))
        }
        Err(problem) => Err(problem),
    }
}
