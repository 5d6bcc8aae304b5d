//! A portal's sentence on support, with links to what can be opened or called from it.

use portcullis_domain::Email;

/// The fewest digits of a phone number, so that no year or room is one.
const DIGITS: usize = 6;

/// A part of the sentence, with the URL that it leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Part {
    pub(crate) text: String,
    pub(crate) href: Option<String>,
}

/// Divides a sentence into text and links: web pages, email addresses and phone numbers.
pub(crate) fn parts(sentence: &str) -> Vec<Part> {
    let mut parts: Vec<Part> = vec![];
    let mut rest = sentence;
    while !rest.is_empty() {
        let (text, href) = link(rest).map_or_else(
            || (word(rest), None),
            |(length, href)| (rest.get(..length).unwrap_or(rest), Some(href)),
        );
        rest = rest.get(text.len()..).unwrap_or_default();
        match parts.last_mut().filter(|last| last.href.is_none() && href.is_none()) {
            Some(last) => last.text.push_str(text),
            None => parts.push(Part { text: text.to_owned(), href }),
        }
    }
    parts
}

/// Returns the first word with the blanks before or after it.
fn word(text: &str) -> &str {
    let start = text.len() - text.trim_start().len();
    let start = if start > 0 { start } else { text.find(' ').map_or(text.len(), |at| at + 1) };
    text.get(..start).unwrap_or(text)
}

/// Returns the length and the URL of the link that a text begins with.
fn link(text: &str) -> Option<(usize, String)> {
    let word = text.split_whitespace().next().filter(|word| text.starts_with(word))?;
    let word = word.trim_end_matches(['.', ',', ';', ':', ')', '!', '?']);
    if word.strip_prefix("https://").is_some_and(|rest| rest.contains('.')) {
        return Some((word.len(), word.to_owned()));
    }
    if word.contains('@') && Email::parse(word).is_ok() {
        return Some((word.len(), format!("mailto:{word}")));
    }
    let number = phone(text)?;
    let digits: String = number.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
    let is_long = digits.trim_start_matches('+').len() >= DIGITS;
    is_long.then(|| (number.len(), format!("tel:{digits}")))
}

/// Returns the digits that a text begins with, and what stands between them. Digits that letters
/// follow are an order number, not a phone number.
fn phone(text: &str) -> Option<&str> {
    let end = text.find(|c: char| !(c.is_ascii_digit() || " +-()".contains(c)));
    let number = text.get(..end.unwrap_or(text.len()))?.trim_end_matches([' ', '-', '(']);
    let continues = text.get(number.len()..)?.starts_with(|c: char| c.is_alphanumeric());
    (!continues && !number.starts_with([' ', '-', ')'])).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_addresses_and_numbers_are_links_and_nothing_else_is() {
        for (sentence, wanted) in [
            ("Call 0800 123 456", vec![("0800 123 456", "tel:0800123456")]),
            ("+64 (9) 123-4567", vec![("+64 (9) 123-4567", "tel:+6491234567")]),
            (
                "https://acme.example/help",
                vec![("https://acme.example/help", "https://acme.example/help")],
            ),
            (
                "Write to help@acme.example, or call 0800 123 456.",
                vec![
                    ("help@acme.example", "mailto:help@acme.example"),
                    ("0800 123 456", "tel:0800123456"),
                ],
            ),
            (
                "See https://acme.example/help. (9 to 5)",
                vec![("https://acme.example/help", "https://acme.example/help")],
            ),
            ("javascript:alert(1)", vec![]),
            ("http://acme.example", vec![]),
            ("Room 1204 since 2019", vec![]),
            ("Order 1234567X", vec![]),
            ("Vraag het aan Søn, kamer 3", vec![]),
            ("", vec![]),
        ] {
            let parts = parts(sentence);
            let whole: String = parts.iter().map(|part| part.text.as_str()).collect();
            assert_eq!(whole, sentence);
            let links = parts.iter().filter_map(|p| Some((p.text.as_str(), p.href.as_deref()?)));
            assert_eq!(links.collect::<Vec<_>>(), wanted, "{sentence}");
        }
    }
}
