//! The alphabet of text messages (3GPP TS 23.038, sections 6.2.1 and 6.2.1.1). One letter outside
//! it makes a message of 70 characters a segment instead of 160.

/// The letters that take one septet, but line feed and carriage return.
const BASIC: &str = "@£$¥èéùìòÇØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡\
                     ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

/// The letters that take two.
const EXTENSION: &str = "^{}\\[~]|€";

/// The septets of a segment that stands alone, and of one of several (section 9.2.3.24.1 of TS
/// 23.040 takes the rest).
pub const SEGMENT: (usize, usize) = (160, 153);

fn septets_of(c: char) -> Option<usize> {
    match c {
        '\n' => Some(1),
        c if BASIC.contains(c) => Some(1),
        c if EXTENSION.contains(c) => Some(2),
        _ => None,
    }
}

/// Returns the length of a text in septets, if each letter is in the alphabet.
pub fn septets(text: &str) -> Option<usize> {
    text.chars().map(septets_of).sum()
}

/// Returns the segments that a text of the alphabet takes.
pub fn segments(text: &str) -> Option<usize> {
    let (alone, one_of_several) = SEGMENT;
    let length = septets(text)?;
    Some(if length <= alone { 1 } else { length.div_ceil(one_of_several) })
}

/// Writes a text in the alphabet: each letter outside it as those that read most like it.
pub fn written(text: &str) -> String {
    let mut written = String::with_capacity(text.len());
    for c in text.chars() {
        match septets_of(c) {
            Some(_) => written.push(c),
            None if c.is_whitespace() => written.push(' '),
            None => {
                let like = deunicode::deunicode_char(c).unwrap_or_default();
                let known = like.chars().map(|c| if c == '`' { '\'' } else { c });
                written.extend(known.filter(|c| septets_of(*c).is_some()));
            }
        }
    }
    written
}

/// Writes a text on one line in the alphabet, of so many septets: it ends with a whole word, unless
/// the first is longer.
pub fn line(text: &str, most: usize) -> String {
    let written = written(text);
    let mut line = String::new();
    for word in written.split_whitespace() {
        let longer = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
        if septets(&longer).is_some_and(|length| length <= most) {
            line = longer;
        } else if line.is_empty() {
            return cut(word, most);
        } else {
            break;
        }
    }
    line
}

fn cut(word: &str, most: usize) -> String {
    let mut left = most;
    let fits = |c: &char| match septets_of(*c).and_then(|length| left.checked_sub(length)) {
        Some(rest) => {
            left = rest;
            true
        }
        None => false,
    };
    word.chars().take_while(fits).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn v13_letters_are_counted_in_septets() {
        assert_eq!(BASIC.chars().count() + 3, 128, "with line feed, carriage return and escape");
        for (text, length) in [
            ("", Some(0)),
            ("Acme", Some(4)),
            ("Søn\n", Some(4)),
            ("^{}[]~\\|€", Some(18)),
            ("Zo`e", None),
            ("ë", None),
            ("客", None),
        ] {
            assert_eq!(septets(text), length, "{text}");
        }
        let of = |count: usize| segments(&"x".repeat(count));
        assert_eq!([of(160), of(161), of(306), of(307)], [Some(1), Some(2), Some(2), Some(3)]);
        assert_eq!(segments(&"[".repeat(81)), Some(2));
    }

    #[test]
    fn v13_other_letters_are_written_as_those_that_read_like_them_and_none_is_dropped() {
        for (text, like) in [
            ("Müller & Søn", "Müller & Søn"),
            ("Zo`e Zoë", "Zo'e Zoe"),
            ("Łódź", "Lodz"),
            ("“Acme” – it’s…", "\"Acme\" - it's..."),
            ("Почта", "Pochta"),
            ("Ελλάδα", "Ellada"),
            ("a\u{a0}b\tc", "a b c"),
            ("Zoe\u{308}", "Zoe"),
        ] {
            assert_eq!(written(text), like, "{text}");
        }
        for c in ('\u{a1}'..='\u{24f}').chain('а'..='я').chain('一'..='龥').chain('가'..='힣')
        {
            let is_letter = c.is_alphabetic();
            assert!(!is_letter || !written(&c.to_string()).trim().is_empty(), "{c}");
        }
        for point in 0..=0xffff {
            let text = char::from_u32(point).map(String::from).unwrap_or_default();
            assert!(septets(&written(&text)).is_some(), "{point:x}");
        }
    }

    #[test]
    fn v13_a_line_is_cut_at_a_word() {
        for (text, kept) in [
            ("Acme Customer Portal of Wellington", "Acme Customer Portal"),
            ("Acme Customer Portals", "Acme Customer"),
            ("Rechtsschutzversicherung", "Rechtsschutzversiche"),
            ("[][][][][][][]", "[][][][][]"),
            (" a \n b ", "a b"),
            ("", ""),
        ] {
            assert_eq!(line(text, 20), kept, "{text}");
        }
    }
}
