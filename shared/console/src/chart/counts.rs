//! Counts as horizontal bars, each with its label.

use askama::Template;

#[derive(Clone, Debug)]
pub struct Count {
    pub label: String,
    pub count: usize,
}

/// The height of a row: a label, and under it the bar with its count.
const HEIGHT: usize = 48;
/// The width of the longest bar, in percent; the rest is for its count.
const WIDTH: usize = 80;

/// A chart of counts, with a title for screen readers.
#[derive(Template)]
#[template(path = "chart/counts.html")]
pub struct Counts {
    title: String,
    rows: Vec<Row>,
}

/// A row: its count, and its top and the length of its bar.
struct Row {
    of: Count,
    top: usize,
    length: usize,
}

impl Counts {
    pub fn of(title: String, counts: Vec<Count>) -> Self {
        let most = counts.iter().map(|of| of.count).max().unwrap_or(0).max(1);
        let row = |(n, of): (usize, Count)| {
            let length = of.count * WIDTH / most;
            Row { of, top: n * HEIGHT, length }
        };
        Self { title, rows: counts.into_iter().enumerate().map(row).collect() }
    }

    const fn height(&self) -> usize {
        self.rows.len() * HEIGHT
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_are_as_long_as_their_share_and_labels_are_text() {
        let count = |label: &str, count| Count { label: label.to_owned(), count };
        let counts = vec![count("<b>", 10), count("half", 5), count("none", 0)];
        let svg = Counts::of("Users".to_owned(), counts).to_string();
        for part in ["&#60;b&#62;", "width=\"80%\"", "width=\"40%\"", "width=\"0%\"", ">10<"] {
            assert!(svg.contains(part), "{part} in {svg}");
        }
        assert!(!svg.contains("viewBox"), "nothing scales it");
    }
}
