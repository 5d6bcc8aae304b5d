//! Characters of Unicode that nobody sees, and those that only divide what is typed.

/// Characters without a picture of their own, first and last of each run: the general category Cf
/// of Unicode 16, and what else is ignorable by default, such as variation selectors and fillers
/// (`Default_Ignorable_Code_Point`).
const INVISIBLE: [(u32, u32); 25] = [
    (0xad, 0xad),
    (0x34f, 0x34f),
    (0x600, 0x605),
    (0x61c, 0x61c),
    (0x6dd, 0x6dd),
    (0x70f, 0x70f),
    (0x890, 0x891),
    (0x8e2, 0x8e2),
    (0x115f, 0x1160),
    (0x17b4, 0x17b5),
    (0x180b, 0x180f),
    (0x200b, 0x200f),
    (0x202a, 0x202e),
    (0x2060, 0x206f),
    (0x3164, 0x3164),
    (0xfe00, 0xfe0f),
    (0xfeff, 0xfeff),
    (0xffa0, 0xffa0),
    (0xfff0, 0xfffb),
    (0x110bd, 0x110bd),
    (0x110cd, 0x110cd),
    (0x13430, 0x1343f),
    (0x1bca0, 0x1bca3),
    (0x1d173, 0x1d17a),
    (0xe0000, 0xe0fff),
];

/// The general category Pd of Unicode 16, and other strokes that stand for a dash: soft and minus
/// signs, and the long vowel that a Japanese keyboard makes of `-`.
const DASHES: [(u32, u32); 28] = [
    (0x2d, 0x2d),
    (0x58a, 0x58a),
    (0x5be, 0x5be),
    (0x1400, 0x1400),
    (0x1806, 0x1806),
    (0x2010, 0x2015),
    (0x2043, 0x2043),
    (0x207b, 0x207b),
    (0x208b, 0x208b),
    (0x2212, 0x2212),
    (0x2796, 0x2796),
    (0x2e17, 0x2e17),
    (0x2e1a, 0x2e1a),
    (0x2e3a, 0x2e3b),
    (0x2e40, 0x2e40),
    (0x2e5d, 0x2e5d),
    (0x301c, 0x301c),
    (0x3030, 0x3030),
    (0x30a0, 0x30a0),
    (0x30fc, 0x30fc),
    (0xfe31, 0xfe32),
    (0xfe58, 0xfe58),
    (0xfe63, 0xfe63),
    (0xff0d, 0xff0d),
    (0xff5e, 0xff5e),
    (0xff70, 0xff70),
    (0x10d6e, 0x10d6e),
    (0x10ead, 0x10ead),
];

pub fn is_invisible(c: char) -> bool {
    is_in(&INVISIBLE, c)
}

pub fn is_dash(c: char) -> bool {
    is_in(&DASHES, c)
}

fn is_in(runs: &[(u32, u32)], c: char) -> bool {
    let point = u32::from(c);
    let after = runs.partition_point(|(first, _)| *first <= point);
    after.checked_sub(1).and_then(|at| runs.get(at)).is_some_and(|(_, last)| point <= *last)
}

/// Returns the characters of a code as it was typed or pasted, without what divides or hides
/// between them.
pub fn in_code(typed: &str) -> impl Iterator<Item = char> {
    typed.chars().filter(|c| {
        !c.is_whitespace() && !matches!(c, '_' | '.') && !is_dash(*c) && !is_invisible(*c)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_runs_are_in_order_and_apart() {
        for runs in [&INVISIBLE[..], &DASHES[..]] {
            assert!(runs.iter().all(|(first, last)| first <= last));
            assert!(runs.windows(2).all(|pair| pair[0].1 < pair[1].0));
        }
        for c in ['\u{ad}', '\u{200b}', '\u{200f}', '\u{202e}', '\u{fe0f}', '\u{feff}', '\u{e0041}']
        {
            assert!(is_invisible(c), "{c:?}");
        }
        for c in ['-', '\u{2010}', '–', '—', '−', '﹣', '－', 'ー', '〜', '\u{10ead}'] {
            assert!(is_dash(c) && !is_invisible(c), "{c:?}");
        }
        for c in ['a', '0', '９', ' ', 'é', '\u{301}', '客', '\u{200a}', '\u{fffd}', '+'] {
            assert!(!is_dash(c) && !is_invisible(c), "{c:?}");
        }
    }
}
