//! The fields of the console's forms: read strictly, and shown again with what was refused beside
//! the field it belongs to.

use axum::extract::{FromRequest, FromRequestParts, Request};
use http::request::Parts;
use portcullis_domain::Malformed;
use portcullis_http::{Problem, form};
use serde::de::DeserializeOwned;

/// The contents of a form's fields, and the one that was refused.
#[derive(Clone, Debug, Default)]
pub struct Fields {
    pairs: Vec<(String, String)>,
    refused: Option<FieldRefused>,
}

/// Why a form was refused, and the field beside which that is said; the form as a whole if no
/// person fills the field in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldRefused {
    field: Option<&'static str>,
    why: String,
}

impl FieldRefused {
    /// A field was filled in wrong.
    pub fn at(field: &'static str, why: impl Into<String>) -> Self {
        Self { field: Some(field), why: why.into() }
    }

    /// The form is none that the page makes.
    pub fn form() -> Self {
        let why = "This form does not match its page. Check the fields below, and send it again.";
        Self { field: None, why: why.to_owned() }
    }
}

impl Fields {
    /// A form that is filled in already.
    pub fn of<N: Into<String>, V: Into<String>>(pairs: impl IntoIterator<Item = (N, V)>) -> Self {
        let pairs = pairs.into_iter().map(|(name, value)| (name.into(), value.into()));
        Self { pairs: pairs.collect(), refused: None }
    }

    /// The same form, with these values in fields that were not sent.
    #[must_use]
    pub fn or(mut self, blanks: impl IntoIterator<Item = (&'static str, &'static str)>) -> Self {
        for (name, value) in blanks {
            if !self.pairs.iter().any(|(known, _)| known == name) {
                self.pairs.push((name.to_owned(), value.to_owned()));
            }
        }
        self
    }

    /// The same form with what was refused of it.
    #[must_use]
    pub fn refused(self, refused: FieldRefused) -> Self {
        Self { refused: Some(refused), ..self }
    }

    /// Begins to read the form.
    pub fn read(&self) -> Reader {
        Reader { left: self.pairs.clone() }
    }

    /// Returns what a field holds, to show it.
    pub fn value(&self, name: &str) -> &str {
        let held = self.pairs.iter().find(|(known, _)| known == name);
        held.map_or("", |(_, value)| value)
    }

    /// Returns true if a field, or one of several boxes of its name, holds this.
    pub fn holds(&self, name: &str, value: &str) -> bool {
        self.pairs.iter().any(|(known, held)| known == name && held == value)
    }

    /// Returns true if a field holds none of these choices.
    pub fn holds_none<A: AsRef<str>, B>(&self, name: &str, choices: &impl AsRef<[(A, B)]>) -> bool {
        !choices.as_ref().iter().any(|(value, _)| value.as_ref() == self.value(name))
    }

    /// Returns every field but these, for a form that leaves the others as they are.
    pub fn all_but(&self, names: &[&str]) -> Vec<(String, String)> {
        let others = self.pairs.iter().filter(|(name, _)| !names.contains(&name.as_str()));
        others.cloned().collect()
    }

    /// Returns why a field was refused.
    pub fn why(&self, name: &str) -> Option<&str> {
        let refused = self.refused.as_ref().filter(|refused| refused.field == Some(name));
        refused.map(|refused| refused.why.as_str())
    }

    /// Returns what `aria-describedby` of a field names: its hint, and why it was refused.
    pub fn described_by(&self, name: &str, hint: &str) -> Option<String> {
        let hint = (!hint.is_empty()).then(|| format!("{name}-hint"));
        let why = self.why(name).map(|_| format!("{name}-refused"));
        let ids: Vec<String> = hint.into_iter().chain(why).collect();
        (!ids.is_empty()).then(|| ids.join(" "))
    }

    /// Returns why the form as a whole was refused.
    pub fn why_not_at_all(&self) -> Option<String> {
        let refused = self.refused.as_ref().filter(|refused| refused.field.is_none());
        refused.map(|refused| refused.why.clone())
    }
}

/// Reads the fields of a form, each exactly once. What is left in the end is none of the form's.
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
            (Some(_), false) => Err(FieldRefused::at(name, "This came twice. Fill it in once.")),
            (None, _) => Err(FieldRefused::at(name, "This is missing. Fill it in.")),
        }
    }

    /// Takes a text; none if it is blank.
    pub fn filled(&mut self, name: &'static str) -> Result<Option<String>, FieldRefused> {
        self.text(name).map(|text| filled(&text))
    }

    /// Takes what `parse` makes of a text; none if it is blank.
    ///
    /// # Errors
    /// [`FieldRefused`] in the words of `parse`, or if it is missing, or comes twice.
    pub fn parsed<T>(
        &mut self,
        name: &'static str,
        parse: impl FnOnce(&str) -> Result<T, Malformed>,
    ) -> Result<Option<T>, FieldRefused> {
        let refused = |malformed| FieldRefused::at(name, format!("{malformed}."));
        self.filled(name)?.map(|text| parse(&text).map_err(refused)).transpose()
    }

    /// Takes one of the words of `T`. An unknown word is refused, and never taken for one of them.
    pub fn choice<T: DeserializeOwned>(&mut self, name: &'static str) -> Result<T, FieldRefused> {
        word(&self.text(name)?).ok_or_else(|| FieldRefused::at(name, CHOOSE))
    }

    /// Takes one of the words of `T`; none if it is blank.
    pub fn filled_choice<T: DeserializeOwned>(
        &mut self,
        name: &'static str,
    ) -> Result<Option<T>, FieldRefused> {
        let text = self.filled(name)?;
        let known = |text: String| word(&text).ok_or_else(|| FieldRefused::at(name, CHOOSE));
        text.map(known).transpose()
    }

    /// Takes a check box: ticked, or not sent at all.
    pub fn is_ticked(&mut self, name: &'static str) -> Result<bool, FieldRefused> {
        match self.take(name).as_slice() {
            [] => Ok(false),
            [one] if one == "on" => Ok(true),
            _ => Err(FieldRefused::at(name, "Tick this box, or leave it.")),
        }
    }

    /// Takes what was ticked of several check boxes of one name.
    pub fn ticked(&mut self, name: &'static str) -> Vec<String> {
        self.take(name)
    }

    /// Takes a text that no person fills in.
    ///
    /// # Errors
    /// [`FieldRefused`] of the whole form if it is missing, or comes twice.
    pub fn hidden(&mut self, name: &'static str) -> Result<String, FieldRefused> {
        self.text(name).map_err(|_| FieldRefused::form())
    }

    /// Takes a word of `T` that no person chooses from a list.
    ///
    /// # Errors
    /// [`FieldRefused`] of the whole form for any other word, none, or two.
    pub fn hidden_choice<T: DeserializeOwned>(
        &mut self,
        name: &'static str,
    ) -> Result<T, FieldRefused> {
        word(&self.hidden(name)?).ok_or_else(FieldRefused::form)
    }

    /// Takes `true` or `false` that no person fills in.
    ///
    /// # Errors
    /// [`FieldRefused`] of the whole form for anything else.
    pub fn hidden_flag(&mut self, name: &'static str) -> Result<bool, FieldRefused> {
        self.hidden(name)?.parse().map_err(|_| FieldRefused::form())
    }

    /// Ends the form.
    ///
    /// # Errors
    /// [`FieldRefused`] of the whole form if it holds a field that is none of its own.
    pub fn end(self) -> Result<(), FieldRefused> {
        if self.left.is_empty() { Ok(()) } else { Err(FieldRefused::form()) }
    }
}

/// A text that was filled in; none if it is blank.
pub(crate) fn filled(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// The sentence beside a list.
const CHOOSE: &str = "Choose one of the list.";

/// Reads a word of `T`, as it is on the wire.
fn word<T: DeserializeOwned>(text: &str) -> Option<T> {
    serde_json::from_value(serde_json::Value::String(text.to_owned())).ok()
}

impl<S: Send + Sync> FromRequest<S> for Fields {
    type Rejection = Problem;

    async fn from_request(request: Request, _: &S) -> Result<Self, Problem> {
        let (_, pairs) = form::read(request.into_body()).await?;
        Ok(Self { pairs, refused: None })
    }
}

/// The fields of a form that is sent in the address, which changes nothing.
#[derive(Clone, Debug)]
pub struct QueryFields(pub Fields);

impl<S: Send + Sync> FromRequestParts<S> for QueryFields {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let pairs = serde_urlencoded::from_str(parts.uri.query().unwrap_or_default());
        let pairs = pairs.map_err(|_| Problem::bad_request("This address is not one of ours."))?;
        Ok(Self(Fields { pairs, refused: None }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use portcullis_domain::portal::Audience;
    use portcullis_http::wire::admin::AudienceName;

    fn why(refused: FieldRefused) -> (Option<&'static str>, String) {
        (refused.field, refused.why)
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
        for (pairs, sentence) in [
            (&[("audience", "staf")][..], CHOOSE),
            (&[("audience", "Staff")], CHOOSE),
            (&[("audience", "")], CHOOSE),
            (&[], "This is missing. Fill it in."),
            (&[("audience", "staff"), ("audience", "staff")], "This came twice. Fill it in once."),
        ] {
            let refused = why(audience(pairs).unwrap_err());
            assert_eq!(refused, (Some("audience"), sentence.to_owned()), "{pairs:?}");
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
            assert_eq!(why(ticked(wrong).unwrap_err()).0, Some("app"), "{wrong:?}");
        }
        let mut reader = Fields::of([("a", "1"), ("b", "2")]).read();
        assert_eq!(reader.text("a"), Ok("1".to_owned()));
        assert_eq!(why(reader.end().unwrap_err()).0, None);
    }

    #[test]
    fn a_field_names_its_hint_and_its_refusal() {
        let fields = Fields::of([("a", "1")]).refused(FieldRefused::at("a", "No."));
        assert_eq!(fields.described_by("a", "So.").as_deref(), Some("a-hint a-refused"));
        assert_eq!(fields.described_by("b", "So.").as_deref(), Some("b-hint"));
        assert_eq!((fields.described_by("b", ""), fields.why("a")), (None, Some("No.")));
    }
}
