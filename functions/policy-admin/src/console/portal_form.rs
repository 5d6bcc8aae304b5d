//! What the short forms about a portal share: how each is shown, also with what is wrong.

use axum::response::Response;
use portcullis_console::{page, portal_form::view::PortalForm};
use portcullis_http::Problem;

use super::belongs_on_form;

/// Shows a form, with the error beside the field that has one.
pub(crate) fn show(form: PortalForm) -> Response {
    let frame = form.frame.with_form_error(&form.fields);
    page(form.fields.status(), &PortalForm { frame, ..form })
}

/// Shows a form again with the problem of saving it, if the problem belongs there.
pub(crate) fn with_problem(form: PortalForm, problem: Problem) -> Result<Response, Problem> {
    if !belongs_on_form(problem.code()) {
        return Err(problem);
    }
    let frame = form.frame.with_alert(Some(problem.detail().to_owned()));
    Ok(page(problem.status(), &PortalForm { frame, ..form }))
}
