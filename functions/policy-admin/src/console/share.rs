use axum::{extract::State, response::Response};
use portcullis_console::{
    Fields, Form, Frame, page, see_other,
    share::{form, view::SharePage},
};
use portcullis_domain::portal::Share;
use portcullis_http::{
    Problem, Strict,
    admin::{MakePortals, PermittedOn},
};

use crate::{AppState, share};

pub(crate) async fn ask(
    State(AppState { context, .. }): State<AppState>,
    by: PermittedOn<MakePortals>,
    form: Form,
) -> Result<Response, Problem> {
    let stored = context.portal(&by.portal).await?.value;
    Ok(share_page(&by, &form, form::fields_of(stored.share)))
}

fn share_page(by: &PermittedOn<MakePortals>, form: &Form, fields: Fields) -> Response {
    let title = form.say("console-share-title");
    let frame = Frame::of(title, &by.admin, form).with_form_error(&fields);
    let (portal, usual) = (by.portal.to_string(), Share::default().per_minute());
    page(fields.status(), &SharePage { frame, fields, portal, usual })
}

pub(crate) async fn save(
    state: State<AppState>,
    by: PermittedOn<MakePortals>,
    form: Form,
    fields: Fields,
) -> Result<Response, Problem> {
    match form::read(&fields) {
        Ok(request) => {
            let back = format!("/console/portals/{}", by.portal);
            share::set(state, by, Strict(request)).await.map(drop)?;
            Ok(see_other(&back))
        }
        Err(refused) => Ok(share_page(&by, &form, fields.refused(refused))),
    }
}
