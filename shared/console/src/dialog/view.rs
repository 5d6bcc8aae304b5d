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
    pub asked: ExtraFields,
    pub hidden: Vec<(&'static str, String)>,
    pub action: String,
    /// The URL of the link that cancels.
    pub cancel: String,
}

/// The fields that a dialog asks for beside the reason.
#[derive(Debug, Default)]
pub struct ExtraFields {
    pub list: Option<Choices>,
    /// The hint of the field for a code, if there is one.
    pub code: Option<String>,
    /// The link to what can be done first: its URL and label.
    pub first: Option<(String, &'static str)>,
}

/// A list to choose from: the field's name and label, and the choices with their words.
#[derive(Debug)]
pub struct Choices {
    pub name: &'static str,
    pub label: &'static str,
    pub choices: Vec<(&'static str, String)>,
}

/// Returns the ways in which an admin may have checked who asks for a reset.
pub fn checks() -> Choices {
    let choices = [
        ("known_in_person", "We know each other, and I met or saw the user"),
        ("called_back_on_record", "I called back a number that was on record before"),
        ("identity_document", "I saw an identity document"),
        ("code_read_out", "The user read out a code that I had sent"),
        ("other", "In another way, which the reason says"),
    ];
    let choices = choices.map(|(name, words)| (name, words.to_owned())).to_vec();
    Choices { name: "checked_by", label: "How did you check who is asking?", choices }
}

/// An action on a subject, which is confirmed with a reason.
#[derive(Debug)]
pub struct ReasonedAction {
    /// The last segment of its URL, after that of the page it belongs to.
    pub action: &'static str,
    /// The title up to the subject, such as "Reset".
    pub verb: &'static str,
    pub lines: &'static [&'static str],
}

impl ReasonedAction {
    /// Shows the dialog about a subject, whose page has this URL.
    pub fn page(
        &self,
        admin: &SignedIn,
        form: &Form,
        subject: impl Display,
        subject_url: String,
        fields: Fields,
    ) -> Response {
        self.page_asking(admin, form, subject, subject_url, ExtraFields::default(), fields)
    }

    /// Shows the dialog, which asks for more than a reason.
    pub fn page_asking(
        &self,
        admin: &SignedIn,
        form: &Form,
        subject: impl Display,
        subject_url: String,
        asked: ExtraFields,
        fields: Fields,
    ) -> Response {
        let (title, status) = (format!("{} {subject}?", self.verb), fields.status());
        let dialog = Dialog {
            frame: Frame::of(title, admin, form).with_form_error(&fields),
            consequences: self.lines.iter().map(|line| (*line).to_owned()).collect(),
            asked,
            hidden: vec![("confirm", "true".to_owned())],
            action: format!("{subject_url}/{}", self.action),
            cancel: subject_url,
            reason: Some(fields),
        };
        page(status, &dialog)
    }
}
