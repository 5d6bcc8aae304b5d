//! Tables in the documents that a test computes. With `UPDATE` in the environment they are written;
//! without, one that is stale fails.

use std::{fmt::Write as _, fs};

// The longest line of a paragraph.
const COLUMNS: usize = 124;

/// Holds what stands under a heading of a page, up to the next one of its level, to be this.
pub fn hold(page: &str, heading: &str, wanted: &str) {
    let path = format!("../infra/docs/{page}");
    let text = fs::read_to_string(&path).unwrap();
    let begins = format!("## {heading}\n\n");
    let at = text.find(&begins).unwrap_or_else(|| panic!("{page} has no heading {heading:?}"));
    let start = at + begins.len();
    let end = text[start..].find("\n## ").map_or(text.len(), |end| start + end);
    let wanted = format!("{}\n", wanted.trim_end());
    if text[start..end] == wanted {
        return;
    }
    if std::env::var_os("UPDATE").is_some() {
        let made = format!("{}{wanted}{}", &text[..start], &text[end..]);
        return fs::write(path, made).unwrap();
    }
    panic!("{page}, {heading:?} is stale. UPDATE=1 writes it:\n{wanted}");
}

pub fn table<const N: usize>(head: [&str; N], rows: &[[String; N]]) -> String {
    let line = |cells: &[String; N]| format!("| {} |\n", cells.join(" | "));
    let mut text = line(&head.map(str::to_owned));
    let _ok = writeln!(text, "|{}", "---|".repeat(N));
    rows.iter().for_each(|row| text.push_str(&line(row)));
    text
}

/// Writes a paragraph in lines that a document may have.
pub fn paragraph(text: &str) -> String {
    let (mut lines, mut line) = (vec![], String::new());
    for word in text.split_whitespace() {
        if !line.is_empty() && line.chars().count() + 1 + word.chars().count() > COLUMNS {
            lines.push(std::mem::take(&mut line));
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    lines.push(line);
    lines.join("\n") + "\n"
}

/// Writes a number with its thousands apart.
pub fn thousands(number: f64) -> String {
    let digits = format!("{:.0}", number.abs());
    let mut text = String::new();
    for (n, digit) in digits.chars().enumerate() {
        if n > 0 && (digits.len() - n).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// Writes dollars: whole ones from a hundred on.
pub fn dollars(amount: f64) -> String {
    if amount >= 100.0 { format!("${}", thousands(amount)) } else { format!("${amount:.2}") }
}

#[test]
fn numbers_are_written_as_people_read_them() {
    let written = [0.4, 999.0, 1_000.0, 1_234_567.0].map(thousands);
    assert_eq!(written, ["0", "999", "1,000", "1,234,567"]);
    assert_eq!([0.5, 99.99, 12_345.0].map(dollars), ["$0.50", "$99.99", "$12,345"]);
}
