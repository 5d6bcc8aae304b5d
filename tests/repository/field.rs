//! Every input of the table has a test.

use super::attacks::tested;
use std::fs;

#[test]
fn every_input_of_the_field_has_a_test() {
    let table = fs::read_to_string("field.md").unwrap();
    let rows = table.lines().filter_map(|line| line.strip_prefix("| V"));
    let ids: Vec<String> =
        rows.map(|row| format!("V{}", row.split('|').next().unwrap().trim())).collect();
    assert!(!ids.is_empty());
    let tested = tested('v');
    for id in ids {
        assert!(tested.contains(&id), "{id} has no test");
    }
}
