//! The numbers of a day: how many entries of each kind its log has. They name nobody.

use std::collections::BTreeMap;

use super::{Entry, EntryKind, Figure};
use crate::{
    CallingCode, Method,
    settings::{Estimate, Prices},
};

/// The entries of a day that count, by kind and method, and its text messages by calling code.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DayNumbers {
    counts: BTreeMap<(EntryKind, Option<Method>), u64>,
    texts: BTreeMap<CallingCode, TextCounts>,
}

/// The text messages to numbers with one calling code.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TextCounts {
    /// Those that were sent, or may have been.
    pub sent: u64,
    /// Codes from them that were accepted. Many sent and few accepted may be fraud.
    pub accepted: u64,
}

impl TextCounts {
    /// The message that an entry is about; none if it is about no text message.
    fn of(entry: &Entry) -> Option<(CallingCode, Self)> {
        let counts = if entry.kind.figure() == Some(Figure::Sent) {
            Self { sent: 1, accepted: 0 }
        } else if entry.kind == EntryKind::CodeAccepted {
            Self { sent: 0, accepted: 1 }
        } else {
            return None;
        };
        let to = entry.to.as_ref().filter(|_| entry.method == Some(Method::Sms))?;
        Some((to.calling_code()?, counts))
    }
}

impl DayNumbers {
    pub fn add(&mut self, entry: &Entry) {
        self.add_many(entry.kind, entry.method, 1);
        if let Some((code, counts)) = TextCounts::of(entry) {
            self.add_texts(code, counts);
        }
    }

    /// Counts text messages to numbers with a calling code.
    pub fn add_texts(&mut self, code: CallingCode, counts: TextCounts) {
        let counted = self.texts.entry(code).or_default();
        counted.sent = counted.sent.saturating_add(counts.sent);
        counted.accepted = counted.accepted.saturating_add(counts.accepted);
    }

    /// Counts so many entries of a kind and a method, if the kind counts.
    pub fn add_many(&mut self, kind: EntryKind, method: Option<Method>, count: u64) {
        if kind.figure().is_some() && count > 0 {
            let counted = self.counts.entry((kind, method)).or_default();
            *counted = counted.saturating_add(count);
        }
    }

    /// Adds the numbers of another day, or of another part of this one.
    pub fn add_all(&mut self, other: &Self) {
        for (kind, method, count) in other.counts() {
            self.add_many(kind, method, count);
        }
        other.texts().for_each(|(code, counts)| self.add_texts(code, counts));
    }

    /// Each kind and method with its count, which is never zero.
    pub fn counts(&self) -> impl Iterator<Item = (EntryKind, Option<Method>, u64)> {
        self.counts.iter().map(|((kind, method), count)| (*kind, *method, *count))
    }

    /// Each calling code with the text messages to its numbers.
    pub fn texts(&self) -> impl Iterator<Item = (CallingCode, TextCounts)> {
        self.texts.iter().map(|(code, counts)| (*code, *counts))
    }

    /// Returns the sum of all kinds that count in a figure.
    pub fn total(&self, figure: Figure) -> u64 {
        let of_figure = self.counts().filter(|(kind, ..)| kind.figure() == Some(figure));
        of_figure.map(|(.., count)| count).fold(0, u64::saturating_add)
    }

    /// Returns the entries of one kind.
    pub fn of_kind(&self, wanted: EntryKind) -> u64 {
        let of_kind = self.counts().filter(|(kind, ..)| *kind == wanted);
        of_kind.map(|(.., count)| count).fold(0, u64::saturating_add)
    }

    /// Returns the part of a figure that is of one method.
    pub fn of_method(&self, figure: Figure, method: Method) -> u64 {
        let counted = self
            .counts()
            .filter(|(kind, of, _)| kind.figure() == Some(figure) && *of == Some(method));
        counted.map(|(.., count)| count).fold(0, u64::saturating_add)
    }

    /// Returns the percentage of tries to get in that did: those who got in, among them and codes
    /// that were refused and users who had no way in. None if nobody tried.
    pub fn success(&self) -> Option<u64> {
        let got_in = u128::from(self.total(Figure::LetIn));
        let tried = [Figure::LetIn, Figure::Refused, Figure::Denied];
        let tried: u128 = tried.map(|figure| u128::from(self.total(figure))).into_iter().sum();
        (got_in * 100).checked_div(tried).and_then(|share| u64::try_from(share).ok())
    }

    /// Returns what the emails cost that were sent, or may have been.
    pub fn cost_of_emails(&self, prices: &Prices) -> Estimate {
        let mut estimate = Estimate::default();
        estimate.add(prices.email, self.of_method(Figure::Sent, Method::Email));
        estimate
    }

    /// Returns what the text messages cost, each by the price of its calling code, or the usual one
    /// if the code is not known.
    pub fn cost_of_texts(&self, prices: &Prices) -> Estimate {
        let mut estimate = Estimate::default();
        let mut known = 0_u64;
        for (code, TextCounts { sent, .. }) in self.texts() {
            estimate.add(prices.of_text(code), sent);
            known = known.saturating_add(sent);
        }
        let all = self.of_method(Figure::Sent, Method::Sms);
        estimate.add(prices.text, all.saturating_sub(known));
        estimate
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
    use crate::{
        Destination, Named, Phone, Timestamp,
        settings::{Currency, Price},
    };

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

    #[test]
    fn texts_are_counted_by_calling_code_and_cost_what_their_code_does() {
        let at = |kind: EntryKind, number: &str| {
            let to = Destination::Sms(Phone::parse(number, None).unwrap());
            kind.at(Timestamp::from_unix(0)).by_method(Method::Sms).to(Some(to.masked()))
        };
        let (nz, nl) = ("+64211234589", "+31612345678");
        let entries = [
            at(EntryKind::CodeSent, nz),
            at(EntryKind::CodeUnknown, nz),
            at(EntryKind::CodeNotSent, nz),
            at(EntryKind::CodeAccepted, nz),
            at(EntryKind::CodeSent, nl),
            at(EntryKind::MessageDelivered, nl),
        ];
        let numbers: DayNumbers = entries.iter().collect();
        let code = |text| CallingCode::parse(text).unwrap();
        let counts = |sent, accepted| TextCounts { sent, accepted };
        let wanted = [(code("+31"), counts(1, 0)), (code("+64"), counts(2, 1))];
        assert_eq!(numbers.texts().collect::<Vec<_>>(), wanted);
        let mut twice = numbers.clone();
        twice.add_all(&numbers);
        let price = |text| Price::parse(text).ok();
        let prices = |text| {
            let to = vec![(code("+64"), price("0.1").unwrap())];
            Prices::new(Currency::parse("NZD").unwrap(), price("1"), text, to).unwrap()
        };
        let cost = |of: Estimate| (of.cost.to_string(), of.unpriced);
        assert_eq!(cost(twice.cost_of_texts(&prices(price("0.5")))), ("1.40".to_owned(), 0));
        assert_eq!(cost(twice.cost_of_texts(&prices(None))), ("0.40".to_owned(), 2));
        assert_eq!(cost(twice.cost_of_emails(&prices(None))), ("0.00".to_owned(), 0));
        // A count of before the calling codes were counted.
        twice.add_many(EntryKind::CodeSent, Some(Method::Sms), 3);
        assert_eq!(cost(twice.cost_of_texts(&prices(None))).1, 5);
        assert_eq!(twice.of_method(Figure::Delivered, Method::Sms), 2);
    }

    #[test]
    fn success_is_the_share_of_tries_that_got_in_and_nothing_without_tries() {
        let mut numbers = DayNumbers::default();
        numbers.add_many(EntryKind::CodeSent, None, 7);
        assert_eq!(numbers.success(), None);
        numbers.add_many(EntryKind::CodeAccepted, Some(Method::Sms), 2);
        numbers.add_many(EntryKind::CodeWrong, Some(Method::Sms), 1);
        assert_eq!(numbers.success(), Some(66));
        numbers.add_many(EntryKind::Denied, None, 1);
        assert_eq!(numbers.success(), Some(50));
        numbers.add_many(EntryKind::CodeAccepted, None, u64::MAX - 2);
        assert_eq!(numbers.success(), Some(99));
    }
}
