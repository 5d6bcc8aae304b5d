//! The fields that a change of a portal, of the settings or of a role changed, as the activity log
//! tells them.
//!
//! Each comparison takes its types apart field by field, without `..`: a new field has to be
//! compared before it compiles.

mod comparison;
mod cut;
mod portal;
mod role;
mod settings;
mod words;

pub use portal::of_portal;
pub use role::of_role;
pub use settings::of_settings;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The field, by its name in the API.
    pub field: String,
    /// The values, or `None` if the field holds a secret.
    pub values: Option<Values>,
}

impl Change {
    #[must_use]
    pub fn shortened(&self, characters: usize) -> Self {
        let cut = |value: &str| cut::cut(value, 0, characters);
        let values = self.values.as_ref();
        let values = values.map(|Values { old, new }| Values { old: cut(old), new: cut(new) });
        Self { field: self.field.clone(), values }
    }
}

/// The values of a field before and after a change: words and numbers as in the API, `on` or `off`,
/// texts in quotation marks, `none` if there is no value. An ellipsis stands where a long one was
/// cut.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Values {
    pub old: String,
    pub new: String,
}
