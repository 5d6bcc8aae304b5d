//! A question before something is done.

use askama::Template;
use portcullis_http::admin::SignedIn;
use std::fmt::Display;

use crate::{Fields, Form, Frame};

/// A question before something is done.
#[derive(Template)]
#[template(path = "dialog/page.html")]
pub struct Dialog {
    pub frame: Frame,
    pub consequences: Vec<String>,
    /// The reason as filled in, if one is asked for.
    pub reason: Option<Fields>,
    /// Fields that go along.
    pub hidden: Vec<(&'static str, String)>,
    /// The address it is posted to.
    pub action: String,
    /// The address that does nothing.
    pub cancel: String,
}

/// A question that is answered with a reason.
#[derive(Debug)]
pub struct Question {
    /// The last word of its address, behind that of the page it is asked on.
    pub action: &'static str,
    /// The verb in front of what it is about.
    pub verb: &'static str,
    pub lines: &'static [&'static str],
}

impl Question {
    /// The dialog that asks an admin about a `subject`, on the page of this address.
    pub fn dialog(
        &self,
        admin: &SignedIn,
        form: &Form,
        subject: impl Display,
        asked_on: String,
        fields: Fields,
    ) -> Dialog {
        let title = format!("{} {subject}?", self.verb);
        Dialog {
            frame: Frame::of(title, admin, form).around(&fields),
            consequences: self.lines.iter().map(|line| (*line).to_owned()).collect(),
            reason: Some(fields),
            hidden: vec![("confirm", "true".to_owned())],
            action: format!("{asked_on}/{}", self.action),
            cancel: asked_on,
        }
    }
}
