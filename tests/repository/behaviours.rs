//! Every behaviour has a test of its name.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

pub fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries
        .flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] })
        .filter(|path| path.extension().is_some_and(|extension| extension == "rs"))
        .collect()
}

fn ids(name: &str) -> impl Iterator<Item = String> {
    let is_id = |word: &&str| {
        let mut letters = word.chars();
        letters.next().is_some_and(|first| "ifaomnhprutxg".contains(first))
            && word.len() > 1
            && letters.all(|c| c.is_ascii_digit())
    };
    name.split('_').filter(is_id).map(str::to_uppercase)
}

/// Returns the ids in names after this start of a line, in all files of a folder.
fn tested(folder: &str, start: &str) -> BTreeSet<String> {
    let mut tested = BTreeSet::new();
    for file in files(Path::new(folder)) {
        let text = fs::read_to_string(file).unwrap();
        for name in text.lines().filter_map(|line| line.trim_start().strip_prefix(start)) {
            tested.extend(ids(name.split(['(', ',']).next().unwrap()));
        }
    }
    tested
}

/// Returns id and place of each behaviour.
fn rows() -> Vec<(String, String)> {
    let table = fs::read_to_string("behaviours.md").unwrap();
    let rows = table.lines().filter_map(|line| line.strip_prefix("| "));
    let rows = rows.map(|row| {
        let mut cells = row.split('|').map(|cell| cell.trim().to_owned());
        (cells.next().unwrap(), cells.nth(1).unwrap())
    });
    rows.filter(|(id, _)| id != "id" && !id.starts_with('-')).collect()
}

#[test]
fn every_behaviour_has_a_test_that_goes_through_the_api() {
    let (rows, tested) = (rows(), tested(".", "async fn "));
    assert_eq!(rows.len(), 98);
    let missing: Vec<_> = rows.iter().filter(|(id, _)| !tested.contains(id)).collect();
    assert!(missing.is_empty(), "no test carries {missing:?} in its name");
}

#[test]
fn every_behaviour_that_a_person_sees_has_a_flow_in_a_browser() {
    let walked = [("on the prompt", 33, "flow!("), ("in the console", 5, "async fn ")];
    for (place, count, start) in walked {
        let walked = tested("browser", start);
        let seen = rows().into_iter().filter(|(_, seen)| seen == place);
        let seen: Vec<String> = seen.map(|(id, _)| id).collect();
        assert_eq!(seen.len(), count, "{place}");
        let missing: Vec<_> = seen.iter().filter(|id| !walked.contains(*id)).collect();
        assert!(missing.is_empty(), "no flow {place} carries {missing:?} in its name");
    }
}
