use portcullis_domain::{Locale, Method};
use portcullis_messages::catalogue::text;
use serde::{Serialize, Serializer};
use std::fmt;

/// A sentence of the catalogue. It is English on the wire, and on a page in the admin's language.
#[derive(Clone, Debug)]
pub struct Sentence {
    pub(crate) key: String,
    pub(crate) method: Option<Method>,
    pub(crate) to: Option<String>,
}

impl Sentence {
    pub fn of(key: &str) -> Self {
        Self { key: key.to_owned(), method: None, to: None }
    }

    pub fn in_language(&self, locale: Option<&Locale>) -> String {
        let by = |method: Method| format!("activity-by-{}", method.as_str().replace('_', "-"));
        let by = self.method.map(|method| text(locale, &by(method), &[])).unwrap_or_default();
        let to = self.to.as_ref().map(|to| format!(" {to}")).unwrap_or_default();
        let method = self.method.map(Method::as_str).unwrap_or_default();
        text(locale, &self.key, &[("method", method), ("by", &by), ("to", &to)])
    }
}

impl fmt::Display for Sentence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.in_language(None))
    }
}

impl Serialize for Sentence {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
