use askama::Template;
use axum::response::Response;
use portcullis_http::admin::SignedIn;
use std::fmt::Display;

use crate::{Fields, Form, Frame, page};

/// A page that asks an admin to confirm.
#[derive(Template)]
#[template(path = "dialog/page.html")]
pub struct Dialog {
    pub frame: Frame,
    pub consequences: Vec<String>,
    pub reason: Option<Fields>,
    /// The ways to have checked who asks for it, with their words; none if that is not asked.
    pub checks: &'static [(&'static str, &'static str)],
    pub hidden: Vec<(&'static str, String)>,
    pub action: String,
    /// The URL of the link that cancels.
    pub cancel: String,
}

/// The ways in which an admin may have checked who asks for a reset.
pub const CHECKS: &[(&str, &str)] = &[
    ("known_in_person", "We know each other, and I met or saw the user"),
    ("called_back_on_record", "I called back a number that was on record before"),
    ("identity_document", "I saw an identity document"),
    ("other", "In another way, which the reason says"),
];

/// A question that is confirmed with a reason.
#[derive(Debug)]
pub struct Question {
    /// The last segment of its URL, after that of the page it belongs to.
    pub action: &'static str,
    /// The title up to the subject, such as "Reset".
    pub verb: &'static str,
    pub checks: &'static [(&'static str, &'static str)],
    pub lines: &'static [&'static str],
}

impl Question {
    /// Shows the dialog about a subject, whose page has this URL.
    pub fn page(
        &self,
        admin: &SignedIn,
        form: &Form,
        subject: impl Display,
        subject_url: String,
        fields: Fields,
    ) -> Response {
        let (title, status) = (format!("{} {subject}?", self.verb), fields.status());
        let dialog = Dialog {
            frame: Frame::of(title, admin, form).with_form_error(&fields),
            consequences: self.lines.iter().map(|line| (*line).to_owned()).collect(),
            checks: self.checks,
            hidden: vec![("confirm", "true".to_owned())],
            action: format!("{subject_url}/{}", self.action),
            cancel: subject_url,
            reason: Some(fields),
        };
        page(status, &dialog)
    }
}
