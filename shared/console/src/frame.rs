//! The frame of every page: the admin, the navigation, and the token of the forms.

use askama::Template;
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use portcullis_domain::admin::Right;
use portcullis_http::{
    Problem,
    admin::SignedIn,
    page::{self, Reachable},
};

use crate::{Fields, Form};

pub struct Frame {
    pub title: String,
    pub admin: Option<String>,
    /// The pages that the role may open: URL and label.
    pub nav: Vec<(&'static str, &'static str)>,
    pub form: String,
    /// The sentence about the last problem.
    pub alert: Option<String>,
}

impl Frame {
    pub fn of(title: impl Into<String>, admin: &SignedIn, form: &Form) -> Self {
        let pages = [
            ("/console/portals", "Portals", Right::ReadPortals),
            ("/console/settings", "Settings", Right::ReadSettings),
            ("/console/admins", "Admins", Right::ReadAdmins),
        ];
        let may = pages.into_iter().filter(|(_, _, right)| admin.role.has(*right));
        let mut nav: Vec<_> = may.map(|(href, label, _)| (href, label)).collect();
        if admin.role.has(Right::ReadUsers) && !admin.role.has(Right::ReadPortals) {
            nav.push(("/console", "Users"));
        }
        let name = Some(format!("{} ({})", admin.id, admin.role.as_str().replace('_', " ")));
        Self { title: title.into(), admin: name, nav, form: form.to_string(), alert: None }
    }

    pub fn signed_out(title: impl Into<String>, form: &Form) -> Self {
        Self { title: title.into(), admin: None, nav: vec![], form: form.to_string(), alert: None }
    }

    #[must_use]
    pub fn with_alert(self, alert: Option<String>) -> Self {
        Self { alert, ..self }
    }

    /// Shows the error in the form as a whole, if there is one.
    #[must_use]
    pub fn with_form_error(self, fields: &Fields) -> Self {
        Self { alert: fields.form_error().or(self.alert), ..self }
    }
}

pub fn page(status: StatusCode, template: &impl Template) -> Response {
    match template.render() {
        Ok(html) => page::page(status, html, &Reachable::default()),
        Err(error) => Problem::failed(&error).into_response(),
    }
}

pub fn see_other(path: &str) -> Response {
    page::see_other(path, &Reachable::default())
}
