use askama::Template;

use crate::{Fields, Frame};

/// A form of a few texts and numbers about a portal, with the way back to its settings.
#[derive(Template)]
#[template(path = "portal_form/page.html")]
pub struct PortalForm {
    pub frame: Frame,
    pub fields: Fields,
    pub portal: String,
    /// The last part of the URL that takes the form.
    pub action: &'static str,
    /// The sentences above the form.
    pub lines: Vec<String>,
    pub inputs: Vec<Input>,
}

impl PortalForm {
    /// Returns the path of the portal's settings.
    pub fn back(&self) -> String {
        format!("/console/portals/{}/settings", self.portal)
    }
}

pub struct Input {
    pub name: &'static str,
    pub label: String,
    /// Blank if there is nothing more to say.
    pub hint: String,
    pub kind: InputKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InputKind {
    Email,
    Number,
    Text,
}

impl InputKind {
    const fn attributes(self) -> &'static str {
        match self {
            Self::Email => r#"type="email" autocomplete="off""#,
            Self::Number => r#"type="text" inputmode="numeric" autocomplete="off" maxlength="10""#,
            Self::Text => r#"type="text" autocomplete="off""#,
        }
    }
}
