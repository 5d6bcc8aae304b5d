//! Every requirement of OpenID Connect that is listed has a test.

use super::behaviours::files;
use std::{collections::BTreeSet, fs, path::Path};

/// Returns the names of all tests in a folder.
fn tests_in(folder: &str) -> BTreeSet<String> {
    let mut tests = BTreeSet::new();
    for file in files(Path::new(folder)) {
        let text = fs::read_to_string(file).unwrap();
        let lines: Vec<&str> = text.lines().map(str::trim_start).collect();
        for pair in lines.windows(2) {
            let name = pair[1].strip_prefix("async fn ").or_else(|| pair[1].strip_prefix("fn "));
            if let (true, Some(name)) = (is_mark(pair[0]), name) {
                tests.insert(name.split('(').next().unwrap().to_owned());
            }
        }
    }
    tests
}

fn is_mark(line: &str) -> bool {
    line.starts_with("#[tokio::test") || line == "#[test]"
}

/// Returns the section, the requirement and the tests of each row.
fn rows() -> Vec<[String; 3]> {
    let text = fs::read_to_string("oidc.md").unwrap();
    let (tables, _) =
        text.split_once("\n## Libraries\n").expect("libraries have a table of theirs");
    let rows = tables.lines().filter(|line| line.starts_with("| ") && *line != HEAD);
    let cells = |row: &str| -> [String; 3] {
        let cells: Vec<&str> = row.trim_matches('|').split('|').map(str::trim).collect();
        <[&str; 3]>::try_from(cells).expect("three cells").map(str::to_owned)
    };
    rows.map(cells).collect()
}

const HEAD: &str = "| section | requirement | tests |";

#[test]
fn every_requirement_of_openid_connect_names_tests_that_exist() {
    let rows = rows();
    assert!(rows.len() > 40, "{}", rows.len());
    let (all, ours) = (tests_in("."), tests_in("oidc"));
    let mut named = BTreeSet::new();
    for [section, requirement, tests] in rows {
        let names: Vec<&str> = tests.split(", ").map(|name| name.trim_matches('`')).collect();
        for name in names {
            assert!(all.contains(name), "{section} {requirement}: there is no test {name:?}");
            named.insert(name.to_owned());
        }
    }
    let forgotten: Vec<_> = ours.difference(&named).collect();
    assert!(forgotten.is_empty(), "no row names {forgotten:?}");
}

#[test]
fn the_libraries_that_are_named_are_those_that_are_installed() {
    let text = fs::read_to_string("oidc.md").unwrap();
    let read = |file: &str| fs::read_to_string(file).unwrap();
    for (library, file, start, end) in [
        ("openid-client (Node.js)", "node/package.json", "\"openid-client\": \"", "\""),
        ("Authlib (Python)", "requirements.txt", "Authlib==", "\n"),
        (
            "Nimbus OAuth 2.0 SDK with OpenID Connect extensions (Java)",
            "../infra/samples/oidc/pom.xml",
            "<artifactId>oauth2-oidc-sdk</artifactId>\n      <version>",
            "<",
        ),
    ] {
        let pinned = read(file);
        let (_, rest) = pinned.split_once(start).unwrap_or_else(|| panic!("{library} in {file}"));
        let version = rest.split(end).next().unwrap();
        assert!(text.contains(&format!("| {library} | {version} | ")), "{library} {version}");
    }
}
