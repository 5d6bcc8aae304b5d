//! The short forms about a portal: how each is asked, shown with what is wrong, and read.

use axum::response::Response;
use portcullis_console::{
    FieldRefused, Fields, Form, Frame, Words, page,
    portal_form::view::{Input, PortalForm},
};
use portcullis_http::{
    Problem,
    admin::{MakePortals, PermittedOn},
};

use super::belongs_on_form;

/// A short form, and the request that it makes.
pub(crate) struct ShortForm<T> {
    /// The last part of its URL.
    pub(crate) action: &'static str,
    /// The keys of its title, and of the sentences above it.
    pub(crate) title: &'static str,
    pub(crate) lines: [&'static str; 2],
    pub(crate) inputs: fn(&Words) -> Vec<Input>,
    pub(crate) read: fn(&Fields) -> Result<T, FieldRefused>,
}

/// A form that was sent: a request with the form that made it, or the page that says what is wrong.
pub(crate) enum Sent<T> {
    Request(T, Box<PortalForm>),
    Refused(Response),
}

impl<T> ShortForm<T> {
    pub(crate) fn ask(
        &self,
        by: &PermittedOn<MakePortals>,
        form: &Form,
        fields: Fields,
    ) -> Response {
        show(self.filled(by, form, fields))
    }

    pub(crate) fn read(
        &self,
        by: &PermittedOn<MakePortals>,
        form: &Form,
        fields: Fields,
    ) -> Sent<T> {
        match (self.read)(&fields) {
            Ok(request) => Sent::Request(request, Box::new(self.filled(by, form, fields))),
            Err(refused) => Sent::Refused(self.ask(by, form, fields.refused(refused))),
        }
    }

    fn filled(&self, by: &PermittedOn<MakePortals>, form: &Form, fields: Fields) -> PortalForm {
        PortalForm {
            frame: Frame::of(form.say(self.title), &by.admin, form),
            fields,
            portal: by.portal.to_string(),
            action: self.action,
            lines: self.lines.map(|line| form.say(line)).into(),
            inputs: (self.inputs)(&form.words),
        }
    }
}

/// Shows a form, with the error beside the field that has one.
fn show(form: PortalForm) -> Response {
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
