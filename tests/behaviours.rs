//! Every behaviour has a test of its own name.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries
        .flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] })
        .filter(|path| path.extension().is_some_and(|extension| extension == "rs"))
        .collect()
}

/// The ids in the names of the tests of this folder.
fn tested() -> BTreeSet<String> {
    let is_id = |word: &&str| {
        let mut letters = word.chars();
        letters.next().is_some_and(|first| "ifaomx".contains(first))
            && word.len() > 1
            && letters.all(|c| c.is_ascii_digit())
    };
    let mut ids = BTreeSet::new();
    for file in files(Path::new(".")) {
        let text = fs::read_to_string(file).unwrap();
        for name in text.lines().filter_map(|line| line.strip_prefix("async fn ")) {
            let name = name.split('(').next().unwrap();
            ids.extend(name.split('_').filter(is_id).map(str::to_uppercase));
        }
    }
    ids
}

#[test]
fn every_behaviour_has_a_test_that_goes_through_the_api() {
    let table = fs::read_to_string("behaviours.md").unwrap();
    let rows: Vec<&str> = table
        .lines()
        .filter_map(|line| line.strip_prefix("| "))
        .map(|row| row.split(" |").next().unwrap())
        .filter(|id| *id != "id" && !id.starts_with('-'))
        .collect();
    assert_eq!(rows.len(), 65);
    let tested = tested();
    let missing: Vec<_> = rows.iter().filter(|id| !tested.contains(**id)).collect();
    assert!(missing.is_empty(), "no test carries {missing:?} in its name");
}
