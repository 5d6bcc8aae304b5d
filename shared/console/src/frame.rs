//! The frame of every page: who is signed in, where else to go, and what forms carry.

use askama::Template;
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use portcullis_domain::admin::{Right, Role};
use portcullis_http::{
    Problem,
    admin::SignedIn,
    page::{self, Reachable},
};

use crate::{Fields, Form};

/// The frame of a page.
pub struct Frame {
    /// The first line, and the title.
    pub title: String,
    /// The admin who is signed in.
    pub who: Option<String>,
    /// Other pages, as far as the role reaches.
    pub nav: Vec<(&'static str, &'static str)>,
    pub form: String,
    /// The sentence about what went wrong before.
    pub alert: Option<String>,
}

impl Frame {
    /// The frame of a page of an admin.
    pub fn of(title: impl Into<String>, admin: &SignedIn, form: &Form) -> Self {
        let places = [
            ("/console/portals", "Portals", Right::ReadPortals),
            ("/console/settings", "Settings", Right::ReadSettings),
            ("/console/admins", "Admins", Right::ReadAdmins),
        ];
        let may = places.into_iter().filter(|(_, _, right)| admin.role.has(*right));
        let mut nav: Vec<_> = may.map(|(href, label, _)| (href, label)).collect();
        if matches!(admin.role, Role::OrgAdmin { .. }) {
            nav.push(("/console", "Users"));
        }
        let who = Some(format!("{} ({})", admin.id, admin.role.as_str().replace('_', " ")));
        Self { title: title.into(), who, nav, form: form.to_string(), alert: None }
    }

    /// The frame of a page of nobody.
    pub fn outside(title: impl Into<String>, form: &Form) -> Self {
        Self { title: title.into(), who: None, nav: vec![], form: form.to_string(), alert: None }
    }

    /// The frame with what went wrong before.
    #[must_use]
    pub fn with_alert(self, alert: Option<String>) -> Self {
        Self { alert, ..self }
    }

    /// The frame around a form, which says above it what is wrong with all of it.
    #[must_use]
    pub fn around(self, fields: &Fields) -> Self {
        Self { alert: fields.why_not_at_all().or(self.alert), ..self }
    }
}

pub fn page(status: StatusCode, template: &impl Template) -> Response {
    match template.render() {
        Ok(html) => page::page(status, html, &Reachable::default()),
        Err(error) => Problem::failed(&error).into_response(),
    }
}

/// The answer that leads on to another page.
pub fn see_other(path: &str) -> Response {
    page::see_other(path, &Reachable::default())
}
