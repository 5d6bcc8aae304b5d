//! The frame of every page: the admin, the navigation, the errors, and the token of the forms.

use askama::Template;
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use portcullis_app::AppContext;
use portcullis_domain::admin::{AdminId, Role, Stage};
use portcullis_http::{
    Problem,
    admin::SignedIn,
    page::{self, Reachable},
};

use crate::{
    Fields, Form,
    fields::Reason,
    labels::label,
    place::{Link, Place},
    words::{Text, Words},
};

pub struct Frame {
    pub title: String,
    pub admin: Option<String>,
    /// The sections that the role may open.
    pub nav: Vec<Link>,
    /// The pages above this one, the highest first.
    pub above: Vec<Link>,
    /// The tabs of the portal's pages, if the page is about one.
    pub tabs: Vec<Link>,
    /// The name of the portal that the page is about.
    portal: Option<String>,
    pub form: String,
    /// The sentence about the last problem.
    pub alert: Option<String>,
    /// The fields that were refused, each with its label and its sentence.
    pub errors: Vec<FieldError>,
    /// A field was refused, and says so itself.
    has_refused_field: bool,
    pub words: Words,
}

/// The error in a field, for the summary above the form.
pub struct FieldError {
    pub field: &'static str,
    /// The label of the field, if its name stands for one field alone.
    pub label: Option<String>,
    pub sentence: String,
}

impl Frame {
    pub fn of(title: impl Into<String>, admin: &SignedIn, form: &Form) -> Self {
        Self::signed_out(title, form).signed_in(&admin.id, &admin.role, &form.place)
    }

    pub fn signed_out(title: impl Into<String>, form: &Form) -> Self {
        Self {
            title: title.into(),
            admin: None,
            nav: vec![],
            above: vec![],
            tabs: vec![],
            portal: None,
            form: form.to_string(),
            alert: None,
            errors: vec![],
            has_refused_field: false,
            words: form.words.clone(),
        }
    }

    /// Returns the frame of a page that any session is shown: with the navigation if its admin is
    /// signed in.
    pub(crate) async fn of_session(
        title: impl Into<String>,
        context: &AppContext,
        form: &Form,
    ) -> Self {
        let frame = Self::signed_out(title, form);
        let Some(session) = &form.session else { return frame };
        let Ok(Some(stored)) = context.store().admin(session.locator).await else { return frame };
        let admin = stored.value;
        match admin.session(&session.hash, context.now()).map(|session| session.stage) {
            Ok(Stage::Active) if !admin.must_choose_password() => {
                frame.signed_in(&admin.id, &admin.role, &form.place)
            }
            Ok(Stage::Active | Stage::AwaitsMfa(_)) | Err(_) => frame,
        }
    }

    fn signed_in(self, admin: &AdminId, role: &Role, place: &Place) -> Self {
        let words = &self.words;
        let role_word = words.word("role", role.as_str());
        let name = words.fill("console-signed-in").with("name", admin).with("role", role_word);
        Self {
            admin: Some(name.into()),
            nav: place.sections(role, words),
            above: place.above(role, words),
            tabs: place.tabs(role, words),
            portal: place.portal_name(role).map(str::to_owned),
            ..self
        }
    }

    /// Returns the title of the document: the page and the portal that it is about. It begins with
    /// the word for an error if there is one.
    pub(crate) fn document_title(&self) -> String {
        let portal = self.portal.as_ref().filter(|portal| **portal != self.title);
        let title = match portal {
            Some(portal) => format!("{} · {portal}", self.title),
            None => self.title.clone(),
        };
        if self.alert.is_none() && !self.has_refused_field {
            return title;
        }
        self.fill("prompt-error-title").with("title", title).into()
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
        let has_refused_field = self.has_refused_field || fields.status() != StatusCode::OK;
        let error = |(field, reason): (&'static str, &Reason)| FieldError {
            field,
            label: label(field).map(|key| self.say(key)),
            sentence: self.reason(reason),
        };
        let mut errors: Vec<_> = fields.errors().map(error).collect();
        errors.dedup_by_key(|error| error.field);
        Self {
            alert: reason.or(self.alert),
            errors: self.errors.into_iter().chain(errors).collect(),
            has_refused_field,
            ..self
        }
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
    use crate::templates::templates;

    /// Returns a text without what stands between these marks.
    fn without(text: &str, first: &str, last: &str) -> String {
        let mut parts = text.split(first);
        let kept = parts.next().unwrap_or_default().to_owned();
        parts.fold(kept, |kept, part| kept + part.split_once(last).map_or("", |(_, rest)| rest))
    }

    #[test]
    fn no_template_has_words_of_its_own() {
        let mut read = 0;
        for (path, mut page) in templates() {
            for (first, last) in [("{{", "}}"), ("{%", "%}"), ("{#", "#}"), ("<", ">")] {
                page = without(&page, first, last);
            }
            for own in ["Portcullis", "aria-describedby", "aria-invalid=\"true\""] {
                page = page.replace(own, "");
            }
            assert!(!page.contains(char::is_alphabetic), "{path:?}: {page}");
            read += 1;
        }
        assert!(read > 20, "{read} templates");
    }
}
