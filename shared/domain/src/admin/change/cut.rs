//! Cuts long values to what differs in them.

/// Cuts two texts to a length in characters, each from shortly before the place where they begin to
/// differ.
pub(super) fn cut_texts(
    old: Option<&str>,
    new: Option<&str>,
    length: usize,
) -> (Option<String>, Option<String>) {
    let (before, after) = (old.unwrap_or_default().chars(), new.unwrap_or_default().chars());
    let same = before.zip(after).take_while(|(before, after)| before == after).count();
    let from = if same > length / 2 { same - length / 4 } else { 0 };
    let cut = |text: &str| cut(text, from, length);
    (old.map(cut), new.map(cut))
}

/// Cuts a text to some characters from a place on, unless all of it is short enough.
pub(super) fn cut(text: &str, from: usize, length: usize) -> String {
    let characters = text.chars().count();
    if characters <= length {
        return text.to_owned();
    }
    let kept: String = text.chars().skip(from).take(length).collect();
    let start = if from > 0 { "…" } else { "" };
    let end = if characters > from + length { "…" } else { "" };
    format!("{start}{kept}{end}")
}

/// Writes two lists in a length in characters. Of lists that are longer, only the items that differ
/// are written.
pub(super) fn cut_lists(
    old: Option<&[String]>,
    new: Option<&[String]>,
    empty: &str,
    length: usize,
) -> (Option<String>, Option<String>) {
    let whole = |items: &[String]| match items {
        [] => empty.to_owned(),
        items => items.join(", "),
    };
    let (before, after) = (old.map(whole), new.map(whole));
    let is_short =
        |text: &Option<String>| text.as_deref().is_none_or(|text| text.chars().count() <= length);
    if is_short(&before) && is_short(&after) {
        return (before, after);
    }
    let (old_items, new_items) = (old.unwrap_or_default(), new.unwrap_or_default());
    let without = |items: &[String], others: &[String]| -> Vec<String> {
        items.iter().filter(|item| !others.contains(item)).cloned().collect()
    };
    let (removed, added) = (without(old_items, new_items), without(new_items, old_items));
    let stay = new_items.len() - added.len();
    if removed.is_empty() && added.is_empty() {
        let (old, new) = (format!("{stay} in one order"), "the same in another".to_owned());
        return (Some(old), Some(new));
    }
    let differ = cut_texts(Some(&removed.join(", ")), Some(&added.join(", ")), length);
    let with_rest = |text: Option<String>| match (text.unwrap_or_default(), stay) {
        (text, 0) if text.is_empty() => empty.to_owned(),
        (text, 0) => text,
        (text, stay) if text.is_empty() => format!("{stay} that stay"),
        (text, stay) => format!("{text} and {stay} that stay"),
    };
    (old.map(|_| with_rest(differ.0)), new.map(|_| with_rest(differ.1)))
}
