use axum::{extract::State, response::Response};
use portcullis_console::{
    Fields, Form, Frame, portal_form::view::PortalForm, see_other, share::form,
};
use portcullis_http::{
    Problem, Strict,
    admin::{MakePortals, PermittedOn},
};

use super::portal_form::{show, with_problem};
use crate::{AppState, share};

pub(crate) async fn ask(
    State(AppState { context, .. }): State<AppState>,
    by: PermittedOn<MakePortals>,
    form: Form,
) -> Result<Response, Problem> {
    let stored = context.portal(&by.portal).await?.value;
    Ok(show(share_form(&by, &form, form::fields_of(stored.share))))
}

fn share_form(by: &PermittedOn<MakePortals>, form: &Form, fields: Fields) -> PortalForm {
    PortalForm {
        frame: Frame::of(form.say("console-share-title"), &by.admin, form),
        fields,
        portal: by.portal.to_string(),
        action: "share",
        lines: vec![form.say("console-share-what"), form.say("console-share-over")],
        inputs: form::inputs(&form.words),
    }
}

pub(crate) async fn save(
    state: State<AppState>,
    by: PermittedOn<MakePortals>,
    form: Form,
    fields: Fields,
) -> Result<Response, Problem> {
    let request = match form::read(&fields) {
        Ok(request) => request,
        Err(refused) => return Ok(show(share_form(&by, &form, fields.refused(refused)))),
    };
    let shown = share_form(&by, &form, fields);
    match share::set(state, by, Strict(request)).await {
        Ok(_) => Ok(see_other(&shown.back())),
        Err(problem) => with_problem(shown, problem),
    }
}
