//! The fields of the console's forms, read strictly, and shown again with an error beside the field
//! it belongs to.

use axum::extract::{FromRequest, FromRequestParts, Request};
use http::{StatusCode, request::Parts};
use portcullis_domain::Malformed;
use portcullis_http::{Problem, form};
use serde::de::DeserializeOwned;

/// The fields of a form, and the errors in them.
#[derive(Clone, Debug, Default)]
pub struct Fields {
    pairs: Vec<(String, String)>,
    refused: Vec<FieldRefused>,
}

/// The error in a form, and the field beside which it is shown; none if no person fills it in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldRefused {
    field: Option<&'static str>,
    reason: Reason,
}

/// The sentence about an error.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Reason {
    Key(&'static str),
    /// A sentence of the API, which is in English.
    Sentence(String),
}

impl FieldRefused {
    pub const fn at(field: &'static str, key: &'static str) -> Self {
        Self { field: Some(field), reason: Reason::Key(key) }
    }

    /// Returns the error in a field, in a sentence of the API.
    pub fn said(field: &'static str, sentence: impl Into<String>) -> Self {
        Self { field: Some(field), reason: Reason::Sentence(sentence.into()) }
    }

    /// Returns the error in a form that does not have the fields of its page.
    pub const fn form() -> Self {
        Self { field: None, reason: Reason::Key("console-refused-form") }
    }
}

impl IntoIterator for FieldRefused {
    type Item = Self;
    type IntoIter = std::iter::Once<Self>;

    fn into_iter(self) -> Self::IntoIter {
        std::iter::once(self)
    }
}

impl Fields {
    pub fn of<N: Into<String>, V: Into<String>>(pairs: impl IntoIterator<Item = (N, V)>) -> Self {
        let pairs = pairs.into_iter().map(|(name, value)| (name.into(), value.into()));
        Self { pairs: pairs.collect(), refused: vec![] }
    }

    /// Fills in the fields that were not sent.
    #[must_use]
    pub fn or(mut self, blanks: impl IntoIterator<Item = (&'static str, &'static str)>) -> Self {
        for (name, value) in blanks {
            if !self.pairs.iter().any(|(known, _)| known == name) {
                self.pairs.push((name.to_owned(), value.to_owned()));
            }
        }
        self
    }

    /// Replaces the text of a field.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: String) -> Self {
        self.pairs.retain(|(known, _)| known != name);
        self.pairs.push((name.to_owned(), value));
        self
    }

    #[must_use]
    pub fn refused(mut self, refused: impl IntoIterator<Item = FieldRefused>) -> Self {
        self.refused.extend(refused);
        self
    }

    /// Returns the status of a page that shows them: 400 with an error in one of them.
    pub const fn status(&self) -> StatusCode {
        if self.refused.is_empty() { StatusCode::OK } else { StatusCode::BAD_REQUEST }
    }

    pub fn read(&self) -> Reader {
        Reader { left: self.pairs.clone() }
    }

    /// Returns the text of a field; empty if it was not sent.
    pub fn value(&self, name: &str) -> &str {
        let held = self.pairs.iter().find(|(known, _)| known == name);
        held.map_or("", |(_, value)| value)
    }

    /// Returns true if a field, or one of several check boxes of its name, has this value.
    pub fn holds(&self, name: &str, value: &str) -> bool {
        self.pairs.iter().any(|(known, held)| known == name && held == value)
    }

    pub fn holds_none<A: AsRef<str>, B>(&self, name: &str, choices: &impl AsRef<[(A, B)]>) -> bool {
        !choices.as_ref().iter().any(|(value, _)| value.as_ref() == self.value(name))
    }

    /// Returns the other fields, for a form that sends them along unchanged.
    pub fn all_but(&self, names: &[&str]) -> Vec<(String, String)> {
        let others = self.pairs.iter().filter(|(name, _)| !names.contains(&name.as_str()));
        others.cloned().collect()
    }

    /// Returns the error to show beside a field.
    pub(crate) fn error(&self, name: &str) -> Option<&Reason> {
        let refused = self.refused.iter().find(|refused| refused.field == Some(name));
        refused.map(|refused| &refused.reason)
    }

    /// Returns the ids for `aria-describedby` of a field: those of its hint and its error.
    pub fn described_by(&self, name: &str, hint: &str) -> Option<String> {
        let hint = (!hint.is_empty()).then(|| format!("{name}-hint"));
        let error = self.error(name).map(|_| format!("{name}-refused"));
        let ids: Vec<String> = hint.into_iter().chain(error).collect();
        (!ids.is_empty()).then(|| ids.join(" "))
    }

    /// Returns the fields that were refused, in the order in which they were read.
    pub(crate) fn errors(&self) -> impl Iterator<Item = (&'static str, &Reason)> {
        self.refused.iter().filter_map(|refused| Some((refused.field?, &refused.reason)))
    }

    pub(crate) fn form_error(&self) -> Option<&Reason> {
        let refused = self.refused.iter().find(|refused| refused.field.is_none());
        refused.map(|refused| &refused.reason)
    }
}

/// Reads each field of a form exactly once. A field that is left in the end is unknown.
#[derive(Debug)]
pub struct Reader {
    left: Vec<(String, String)>,
}

impl Reader {
    fn take(&mut self, name: &str) -> Vec<String> {
        let (taken, left) = std::mem::take(&mut self.left).into_iter().partition(|p| p.0 == name);
        self.left = left;
        let taken: Vec<(String, String)> = taken;
        taken.into_iter().map(|(_, value)| value).collect()
    }

    /// Takes a text, which may be blank.
    pub fn text(&mut self, name: &'static str) -> Result<String, FieldRefused> {
        let mut values = self.take(name);
        match (values.pop(), values.is_empty()) {
            (Some(value), true) => Ok(value),
            (Some(_), false) => Err(FieldRefused::at(name, "console-refused-twice")),
            (None, _) => Err(FieldRefused::at(name, "console-refused-missing")),
        }
    }

    /// Takes a text, or `None` if it is blank.
    pub fn filled(&mut self, name: &'static str) -> Result<Option<String>, FieldRefused> {
        self.text(name).map(|text| filled(&text))
    }

    /// Takes a text and parses it, or returns `None` if it is blank.
    pub fn parsed<T>(
        &mut self,
        name: &'static str,
        parse: impl FnOnce(&str) -> Result<T, Malformed>,
    ) -> Result<Option<T>, FieldRefused> {
        let refused = |malformed| FieldRefused::said(name, format!("{malformed}."));
        self.filled(name)?.map(|text| parse(&text).map_err(refused)).transpose()
    }

    /// Takes the name of a variant of `T`. An unknown name is refused.
    pub fn choice<T: DeserializeOwned>(&mut self, name: &'static str) -> Result<T, FieldRefused> {
        word(&self.text(name)?).ok_or_else(|| FieldRefused::at(name, CHOOSE))
    }

    /// Takes the name of a variant of `T`, or `None` if it is blank.
    pub fn filled_choice<T: DeserializeOwned>(
        &mut self,
        name: &'static str,
    ) -> Result<Option<T>, FieldRefused> {
        let text = self.filled(name)?;
        let known = |text: String| word(&text).ok_or_else(|| FieldRefused::at(name, CHOOSE));
        text.map(known).transpose()
    }

    /// Takes a check box, which browsers send only if it is ticked.
    pub fn is_ticked(&mut self, name: &'static str) -> Result<bool, FieldRefused> {
        match self.take(name).as_slice() {
            [] => Ok(false),
            [one] if one == "on" => Ok(true),
            _ => Err(FieldRefused::at(name, "console-refused-box")),
        }
    }

    /// Takes the ticked ones of several check boxes of one name.
    pub fn ticked(&mut self, name: &'static str) -> Vec<String> {
        self.take(name)
    }

    /// Takes a hidden field; an error concerns the form as a whole.
    pub fn hidden(&mut self, name: &'static str) -> Result<String, FieldRefused> {
        self.text(name).map_err(|_| FieldRefused::form())
    }

    /// Takes a hidden field with the name of a variant of `T`.
    pub fn hidden_choice<T: DeserializeOwned>(
        &mut self,
        name: &'static str,
    ) -> Result<T, FieldRefused> {
        word(&self.hidden(name)?).ok_or_else(FieldRefused::form)
    }

    /// Takes a hidden field with `true` or `false`.
    pub fn hidden_flag(&mut self, name: &'static str) -> Result<bool, FieldRefused> {
        self.hidden(name)?.parse().map_err(|_| FieldRefused::form())
    }

    /// Ends the form; a field that is left over is an error in the form as a whole.
    pub fn end(self) -> Result<(), FieldRefused> {
        if self.left.is_empty() { Ok(()) } else { Err(FieldRefused::form()) }
    }
}

/// Trims a text, and returns `None` if nothing is left.
pub(crate) fn filled(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

const CHOOSE: &str = "console-refused-choice";

/// Reads the name of a variant of `T`, as on the wire.
pub(crate) fn word<T: DeserializeOwned>(text: &str) -> Option<T> {
    serde_json::from_value(serde_json::Value::String(text.to_owned())).ok()
}

impl<S: Send + Sync> FromRequest<S> for Fields {
    type Rejection = Problem;

    async fn from_request(request: Request, _: &S) -> Result<Self, Problem> {
        let (_, pairs) = form::read(request.into_body()).await?;
        Ok(Self { pairs, refused: vec![] })
    }
}

/// The fields of a form that is sent in the query, and so changes nothing.
#[derive(Clone, Debug)]
pub struct QueryFields(pub Fields);

impl<S: Send + Sync> FromRequestParts<S> for QueryFields {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let pairs = serde_urlencoded::from_str(parts.uri.query().unwrap_or_default());
        let pairs = pairs.map_err(|_| Problem::bad_request("This address is not one of ours."))?;
        Ok(Self(Fields { pairs, refused: vec![] }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use portcullis_domain::portal::Audience;
    use portcullis_http::wire::admin::AudienceName;

    fn parts(refused: FieldRefused) -> (Option<&'static str>, Reason) {
        (refused.field, refused.reason)
    }

    #[test]
    fn s42_a_word_is_one_of_the_list_and_comes_once() {
        let audience = |pairs: &[(&str, &str)]| {
            Fields::of(pairs.iter().copied())
                .read()
                .choice::<AudienceName>("audience")
                .map(Audience::from)
        };
        assert_eq!(audience(&[("audience", "staff")]), Ok(Audience::Staff));
        for (pairs, key) in [
            (&[("audience", "staf")][..], CHOOSE),
            (&[("audience", "Staff")], CHOOSE),
            (&[("audience", "")], CHOOSE),
            (&[], "console-refused-missing"),
            (&[("audience", "staff"), ("audience", "staff")], "console-refused-twice"),
        ] {
            let refused = parts(audience(pairs).unwrap_err());
            assert_eq!(refused, (Some("audience"), Reason::Key(key)), "{pairs:?}");
        }
    }

    #[test]
    fn s42_a_box_is_ticked_or_left_and_nothing_else_is_in_the_form() {
        let ticked = |values: &[&str]| {
            let pairs = values.iter().map(|value| ("app", *value));
            Fields::of(pairs).read().is_ticked("app")
        };
        assert_eq!((ticked(&["on"]), ticked(&[])), (Ok(true), Ok(false)));
        for wrong in [&["off"][..], &[""], &["on", "on"]] {
            assert_eq!(parts(ticked(wrong).unwrap_err()).0, Some("app"), "{wrong:?}");
        }
        let mut reader = Fields::of([("a", "1"), ("b", "2")]).read();
        assert_eq!(reader.text("a"), Ok("1".to_owned()));
        assert_eq!(parts(reader.end().unwrap_err()).0, None);
    }

    #[test]
    fn a_field_names_its_hint_and_its_refusal() {
        let fields = Fields::of([("a", "1")]).refused(FieldRefused::said("a", "No."));
        assert_eq!(fields.described_by("a", "So.").as_deref(), Some("a-hint a-refused"));
        assert_eq!(fields.described_by("b", "So.").as_deref(), Some("b-hint"));
        assert_eq!(
            (fields.described_by("b", ""), fields.error("a")),
            (None, Some(&Reason::Sentence("No.".to_owned())))
        );
    }
}
