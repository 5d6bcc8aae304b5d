//! The numbers of a day: how many entries of each kind its log has. They name nobody.

use std::collections::BTreeMap;

use super::{Entry, EntryKind, Figure};
use crate::Method;

/// The entries of a day that count, by kind and method.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DayNumbers(BTreeMap<(EntryKind, Option<Method>), u64>);

impl DayNumbers {
    pub fn add(&mut self, entry: &Entry) {
        self.add_many(entry.kind, entry.method, 1);
    }

    /// Counts so many entries of a kind and a method, if the kind counts.
    pub fn add_many(&mut self, kind: EntryKind, method: Option<Method>, count: u64) {
        if kind.figure().is_some() && count > 0 {
            let counted = self.0.entry((kind, method)).or_default();
            *counted = counted.saturating_add(count);
        }
    }

    /// Adds the numbers of another day, or of another part of this one.
    pub fn add_all(&mut self, other: &Self) {
        for (kind, method, count) in other.counts() {
            self.add_many(kind, method, count);
        }
    }

    /// Each kind and method with its count, which is never zero.
    pub fn counts(&self) -> impl Iterator<Item = (EntryKind, Option<Method>, u64)> {
        self.0.iter().map(|((kind, method), count)| (*kind, *method, *count))
    }

    /// Returns the sum of all kinds that count in a figure.
    pub fn total(&self, figure: Figure) -> u64 {
        let of_figure = self.counts().filter(|(kind, ..)| kind.figure() == Some(figure));
        of_figure.map(|(.., count)| count).fold(0, u64::saturating_add)
    }
}

impl<'a> FromIterator<&'a Entry> for DayNumbers {
    fn from_iter<I: IntoIterator<Item = &'a Entry>>(entries: I) -> Self {
        let mut numbers = Self::default();
        entries.into_iter().for_each(|entry| numbers.add(entry));
        numbers
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Named, Timestamp};

    #[test]
    fn whatever_lets_a_user_in_counts_and_each_figure_has_a_kind() {
        for kind in EntryKind::ALL {
            assert!(!kind.lets_in() || kind.figure() == Some(Figure::LetIn), "{kind:?}");
        }
        for figure in Figure::ALL {
            assert!(EntryKind::ALL.iter().any(|kind| kind.figure() == Some(*figure)), "{figure:?}");
        }
    }

    #[test]
    fn entries_are_counted_by_kind_and_method_and_those_that_do_not_count_are_left_out() {
        let at = |kind: EntryKind| kind.at(Timestamp::from_unix(0));
        let entries = [
            at(EntryKind::CodeSent).by_method(Method::Email),
            at(EntryKind::CodeSent).by_method(Method::Email),
            at(EntryKind::CodeUnknown).by_method(Method::Sms),
            at(EntryKind::CodeRequested).by_method(Method::Email),
            at(EntryKind::PolicyChanged),
        ];
        let numbers: DayNumbers = entries.iter().collect();
        let counts: Vec<_> = numbers.counts().collect();
        let wanted = [
            (EntryKind::CodeSent, Some(Method::Email), 2),
            (EntryKind::CodeUnknown, Some(Method::Sms), 1),
        ];
        assert_eq!(counts, wanted);
        assert_eq!(numbers.total(Figure::Sent), 3);
        assert_eq!(numbers.total(Figure::LetIn), 0);
        let mut twice = numbers.clone();
        twice.add_all(&numbers);
        assert_eq!(twice.total(Figure::Sent), 6);
    }
}
