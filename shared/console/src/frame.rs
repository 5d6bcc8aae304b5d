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

use crate::{
    Fields, Form,
    fields::Reason,
    words::{Text, Words},
};

pub struct Frame {
    pub title: String,
    pub admin: Option<String>,
    /// The pages that the role may open: URL and label.
    pub nav: Vec<(&'static str, String)>,
    pub form: String,
    /// The sentence about the last problem.
    pub alert: Option<String>,
    /// A field was refused, and says so itself.
    has_refused_field: bool,
    pub words: Words,
}

impl Frame {
    pub fn of(title: impl Into<String>, admin: &SignedIn, form: &Form) -> Self {
        let pages = [
            ("/console/portals", "console-portals", Right::ReadPortals),
            ("/console/find", "console-people", Right::ReadUsers),
            ("/console/settings", "console-settings", Right::ReadSettings),
            ("/console/admins", "console-admins", Right::ReadAdmins),
        ];
        let may = pages.into_iter().filter(|(_, _, right)| admin.role.has(*right));
        let words = form.words.clone();
        let mut nav: Vec<_> = may.map(|(href, label, _)| (href, words.say(label))).collect();
        if admin.role.has(Right::ReadUsers) && !admin.role.has(Right::ReadPortals) {
            nav.push(("/console", words.say("console-users")));
        }
        let role = words.word("role", admin.role.as_str());
        let name = words.fill("console-signed-in").with("name", &admin.id).with("role", role);
        Self { admin: Some(name.into()), nav, ..Self::signed_out(title, form) }
    }

    pub fn signed_out(title: impl Into<String>, form: &Form) -> Self {
        Self {
            title: title.into(),
            admin: None,
            nav: vec![],
            form: form.to_string(),
            alert: None,
            has_refused_field: false,
            words: form.words.clone(),
        }
    }

    /// Returns the title of the document, which begins with the word for an error if there is one.
    pub(crate) fn document_title(&self) -> String {
        if self.alert.is_none() && !self.has_refused_field {
            return self.title.clone();
        }
        self.fill("prompt-error-title").with("title", &self.title).into()
    }

    pub(crate) fn say(&self, key: &str) -> String {
        self.words.say(key)
    }

    pub(crate) const fn fill<'a>(&'a self, key: &'a str) -> Text<'a> {
        self.words.fill(key)
    }

    pub(crate) fn word(&self, kind: &str, name: &str) -> String {
        self.words.word(kind, name)
    }

    pub(crate) fn reason(&self, reason: &Reason) -> String {
        match reason {
            Reason::Key(key) => self.say(key),
            Reason::Sentence(sentence) => sentence.clone(),
        }
    }

    #[must_use]
    pub fn with_alert(self, alert: Option<String>) -> Self {
        Self { alert, ..self }
    }

    /// Shows the error in the form as a whole, if there is one.
    #[must_use]
    pub fn with_form_error(self, fields: &Fields) -> Self {
        let reason = fields.form_error().map(|reason| self.reason(reason));
        let has_refused_field = fields.status() != StatusCode::OK;
        Self { alert: reason.or(self.alert), has_refused_field, ..self }
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

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    /// Returns a text without what stands between these marks.
    fn without(text: &str, first: &str, last: &str) -> String {
        let mut parts = text.split(first);
        let kept = parts.next().unwrap_or_default().to_owned();
        parts.fold(kept, |kept, part| kept + part.split_once(last).map_or("", |(_, rest)| rest))
    }

    #[test]
    fn no_template_has_words_of_its_own() {
        let mut folders = vec![PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/src"))];
        let mut read = 0;
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else if path.extension().is_some_and(|end| end == "html") {
                    let mut page = std::fs::read_to_string(&path).unwrap();
                    for (first, last) in [("{{", "}}"), ("{%", "%}"), ("{#", "#}"), ("<", ">")] {
                        page = without(&page, first, last);
                    }
                    for own in ["Portcullis", "aria-describedby", "aria-invalid=\"true\""] {
                        page = page.replace(own, "");
                    }
                    assert!(!page.contains(char::is_alphabetic), "{path:?}: {page}");
                    read += 1;
                }
            }
        }
        assert!(read > 20, "{read} templates");
    }
}
