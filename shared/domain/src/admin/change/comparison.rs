//! The comparison of two values, bounded in size: its entry lies in the item that was changed.

use super::{
    Change, Values,
    cut::{cut_lists, cut_texts},
    words::Word,
};

/// The bytes that fields and values may take together before values are cut shorter.
const BYTES: usize = 768;
/// The lengths that values are cut to, in characters: the first that fits, or else the shortest.
const LENGTHS: [usize; 3] = [100, 50, 25];
const SHORTEST: usize = 10;

const NONE: &str = "none";

#[derive(Default)]
pub(super) struct Comparison(Vec<Difference>);

struct Difference {
    field: &'static str,
    values: Different,
}

enum Different {
    /// Words and numbers, which are short and never cut.
    Words { old: String, new: String },
    /// Texts that people wrote.
    Texts { old: Option<String>, new: Option<String> },
    /// Lists, with the word for an empty one.
    Lists { old: Option<Vec<String>>, new: Option<Vec<String>>, empty: &'static str },
    /// A secret, whose values nobody is told.
    Secret,
}

impl Comparison {
    pub(super) fn word<T: Word + PartialEq>(
        &mut self,
        field: &'static str,
        old: Option<T>,
        new: Option<T>,
    ) {
        if old != new {
            let word = |value: Option<T>| value.map_or_else(|| NONE.to_owned(), Word::word);
            self.note(field, Different::Words { old: word(old), new: word(new) });
        }
    }

    pub(super) fn text(&mut self, field: &'static str, old: Option<&str>, new: Option<&str>) {
        if old != new {
            let (old, new) = (old.map(str::to_owned), new.map(str::to_owned));
            self.note(field, Different::Texts { old, new });
        }
    }

    /// Compares lists, with the order of their items. An empty one is told as `empty`.
    pub(super) fn list(
        &mut self,
        field: &'static str,
        old: Option<Vec<String>>,
        new: Option<Vec<String>>,
        empty: &'static str,
    ) {
        let is_value = |items: &Vec<String>| !items.is_empty() || empty != NONE;
        let (old, new) = (old.filter(is_value), new.filter(is_value));
        if old != new {
            self.note(field, Different::Lists { old, new, empty });
        }
    }

    pub(super) fn secret<T: PartialEq>(
        &mut self,
        field: &'static str,
        old: Option<&T>,
        new: Option<&T>,
    ) {
        if old != new {
            self.note(field, Different::Secret);
        }
    }

    fn note(&mut self, field: &'static str, values: Different) {
        self.0.push(Difference { field, values });
    }

    /// The changes: every field that is different, with as much of its values as there is room for.
    pub(super) fn changes(self) -> Vec<Change> {
        let cut_to = |length| -> Vec<Change> {
            self.0.iter().map(|difference| difference.change(length)).collect()
        };
        let fits = |changes: &Vec<Change>| changes.iter().map(size).sum::<usize>() <= BYTES;
        LENGTHS.into_iter().map(cut_to).find(fits).unwrap_or_else(|| cut_to(SHORTEST))
    }
}

fn size(change: &Change) -> usize {
    let values = change.values.as_ref().map_or(0, |values| values.old.len() + values.new.len());
    change.field.len() + values
}

impl Difference {
    fn change(&self, length: usize) -> Change {
        let or_none = |text: Option<String>| text.unwrap_or_else(|| NONE.to_owned());
        let values = match &self.values {
            Different::Words { old, new } => Some((old.clone(), new.clone())),
            Different::Texts { old, new } => {
                let (old, new) = cut_texts(old.as_deref(), new.as_deref(), length);
                let quoted = |text: Option<String>| or_none(text.map(|text| format!("\"{text}\"")));
                Some((quoted(old), quoted(new)))
            }
            Different::Lists { old, new, empty } => {
                let (old, new) = cut_lists(old.as_deref(), new.as_deref(), empty, length);
                Some((or_none(old), or_none(new)))
            }
            Different::Secret => None,
        };
        let values = values.map(|(old, new)| Values { old, new });
        Change { field: self.field.to_owned(), values }
    }
}
