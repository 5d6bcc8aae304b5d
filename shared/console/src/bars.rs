//! Counts as horizontal bars, each with its label. Text is never scaled.

use std::fmt::Write as _;

#[derive(Clone, Debug)]
pub struct Bar {
    pub label: String,
    pub count: usize,
}

/// The height of a row: a label, and under it the bar with its count.
const HEIGHT: usize = 48;
/// The width of the longest bar, in percent; the rest is for its count.
const WIDTH: usize = 80;

/// Draws the bars, with a title for screen readers.
pub fn bars(title: &str, bars: &[Bar]) -> String {
    let most = bars.iter().map(|bar| bar.count).max().unwrap_or(0).max(1);
    let height = bars.len() * HEIGHT;
    let title = escaped(title);
    let mut svg = format!(
        "<svg class=\"chart\" direction=\"ltr\" xmlns=\"http://www.w3.org/2000/svg\" width=\"100%\" height=\"{height}\" role=\"img\" aria-label=\"{title}\">"
    );
    for (n, bar) in bars.iter().enumerate() {
        let (y, length) = (n * HEIGHT, bar.count * WIDTH / most);
        // Writing to a string cannot fail.
        let _ok = write!(
            svg,
            "<text x=\"0\" y=\"{label_at}\">{label}</text><rect class=\"s0\" x=\"0\" y=\"{top}\" width=\"{length}%\" height=\"16\"/><text x=\"{end}%\" y=\"{count_at}\">{count}</text>",
            label_at = y + 16,
            top = y + 22,
            count_at = y + 36,
            label = escaped(&bar.label),
            end = length + 2,
            count = bar.count,
        );
    }
    svg.push_str("</svg>");
    svg
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_are_as_long_as_their_share_and_labels_are_text() {
        let bar = |label: &str, count| Bar { label: label.to_owned(), count };
        let svg = bars("Users", &[bar("<b>", 10), bar("half", 5), bar("none", 0)]);
        for part in ["&lt;b>", "width=\"80%\"", "width=\"40%\"", "width=\"0%\"", ">10<"] {
            assert!(svg.contains(part), "{part} in {svg}");
        }
        assert!(!svg.contains("viewBox"), "nothing scales it");
    }
}
