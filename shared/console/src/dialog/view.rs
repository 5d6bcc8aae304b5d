use askama::Template;
use portcullis_http::admin::SignedIn;
use std::fmt::Display;

use crate::{Fields, Form, Frame};

/// A page that asks an admin to confirm.
#[derive(Template)]
#[template(path = "dialog/page.html")]
pub struct Dialog {
    pub frame: Frame,
    pub consequences: Vec<String>,
    pub reason: Option<Fields>,
    pub hidden: Vec<(&'static str, String)>,
    pub action: String,
    /// The URL of the link that cancels.
    pub cancel: String,
}

/// A question that is confirmed with a reason.
#[derive(Debug)]
pub struct Question {
    /// The last segment of its URL, after that of the page it belongs to.
    pub action: &'static str,
    /// The title up to the subject, such as "Reset".
    pub verb: &'static str,
    pub lines: &'static [&'static str],
}

impl Question {
    /// Makes the dialog about a subject, whose page has this URL.
    pub fn dialog(
        &self,
        admin: &SignedIn,
        form: &Form,
        subject: impl Display,
        subject_url: String,
        fields: Fields,
    ) -> Dialog {
        let title = format!("{} {subject}?", self.verb);
        Dialog {
            frame: Frame::of(title, admin, form).with_form_error(&fields),
            consequences: self.lines.iter().map(|line| (*line).to_owned()).collect(),
            reason: Some(fields),
            hidden: vec![("confirm", "true".to_owned())],
            action: format!("{subject_url}/{}", self.action),
            cancel: subject_url,
        }
    }
}
