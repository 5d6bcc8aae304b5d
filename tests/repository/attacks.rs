//! Every row of the threat model has a test, or a reason for having none.

use super::behaviours::files;
use std::{collections::BTreeSet, fs, path::Path};

/// Returns the ids with this letter in the names of tests, here and in the crates.
pub(super) fn tested(letter: char) -> BTreeSet<String> {
    let is_id = |word: &&str| {
        let digits = word.strip_prefix(letter).unwrap_or("x");
        !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit())
    };
    let mut ids = BTreeSet::new();
    for file in [".", "../shared", "../infra"].into_iter().flat_map(|at| files(Path::new(at))) {
        let text = fs::read_to_string(file).unwrap();
        for line in text.lines().map(str::trim_start) {
            let name = line.strip_prefix("async fn ").or_else(|| line.strip_prefix("fn "));
            let words = name.and_then(|name| name.split('(').next()).into_iter();
            ids.extend(words.flat_map(|n| n.split('_')).filter(is_id).map(str::to_uppercase));
        }
    }
    ids
}

#[test]
fn every_row_of_the_threat_model_has_a_test_or_says_why_it_has_none() {
    let table = fs::read_to_string("security.md").unwrap();
    let rows = table.lines().filter_map(|line| line.strip_prefix("| S"));
    let rows: Vec<(String, String)> = rows
        .map(|row| {
            let cells: Vec<&str> = row.split('|').map(str::trim).collect();
            (format!("S{}", cells[0]), cells[2].to_owned())
        })
        .collect();
    let ids: Vec<String> = rows.iter().map(|(id, _)| id.clone()).collect();
    let wanted: Vec<String> = (1..=52).map(|n| format!("S{n}")).collect();
    assert_eq!(ids, wanted);
    let tested = tested('s');
    for (id, open) in rows {
        let is_tested = tested.contains(&id);
        assert!(is_tested || open.starts_with("not built"), "{id} has no test");
        assert!(!is_tested || !open.starts_with("not built"), "{id} has a test by now");
    }
}
