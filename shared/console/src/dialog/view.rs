use askama::Template;
use axum::response::Response;
use portcullis_http::admin::SignedIn;
use std::fmt::Display;

use crate::{Fields, Form, Frame, Words, page};

/// The effect of an action, which the button that confirms it shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    Changes,
    /// It takes something away that nobody can bring back.
    TakesAway,
}

impl Effect {
    const fn class(self) -> &'static str {
        match self {
            Self::Changes => "",
            Self::TakesAway => "danger",
        }
    }
}

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
    pub effect: Effect,
    /// The label of the button that confirms it.
    pub verb: String,
    /// The URL of the link that cancels.
    pub cancel: String,
}

/// The lines of a dialog and the fields that it asks for, beside the reason.
#[derive(Debug, Default)]
pub struct ExtraFields {
    /// More lines about what it does.
    pub consequences: Vec<String>,
    pub list: Option<Choices>,
    /// The hint of the field for a code, if there is one.
    pub code: Option<String>,
    /// The label of the field in which the name of what is taken away is typed, if there is one.
    pub typed: Option<String>,
    /// The link to what can be done first: its URL and label.
    pub first: Option<(String, String)>,
}

/// A list to choose from: the field's name, its label, and the choices with their words.
#[derive(Debug)]
pub struct Choices {
    pub name: &'static str,
    pub label: String,
    pub choices: Vec<(String, String)>,
}

/// Returns the ways in which an admin may have checked who asks for a reset.
pub fn checks(words: &Words) -> Choices {
    let choices = [
        ("known_in_person", "console-check-known-in-person"),
        ("called_back_on_record", "console-check-called-back"),
        ("identity_document", "console-check-identity-document"),
        ("code_read_out", "console-check-code-read-out"),
        ("other", "console-check-other"),
    ];
    let choices = choices.map(|(name, key)| (name.to_owned(), words.say(key))).to_vec();
    Choices { name: "checked_by", label: words.say("console-check-how"), choices }
}

/// An action on a subject, which is confirmed with a reason.
#[derive(Debug)]
pub struct ReasonedAction {
    /// The last segment of its URL, after that of the page it belongs to.
    pub action: &'static str,
    /// The keys of the title, which names the subject, and of the lines below it.
    pub title: &'static str,
    pub lines: &'static [&'static str],
    pub effect: Effect,
    /// The key of the button that confirms it, which says the act.
    pub verb: &'static str,
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
        let title: String = form.words.fill(self.title).with("subject", subject).into();
        let status = fields.status();
        let lines: Vec<_> = self.lines.iter().map(|line| form.say(line)).collect();
        let dialog = Dialog {
            frame: Frame::of(title, admin, form).with_form_error(&fields),
            consequences: [lines, asked.consequences.clone()].concat(),
            asked,
            hidden: vec![("confirm", "true".to_owned())],
            action: format!("{subject_url}/{}", self.action),
            effect: self.effect,
            verb: form.say(self.verb),
            cancel: subject_url,
            reason: Some(fields),
        };
        page(status, &dialog)
    }
}
