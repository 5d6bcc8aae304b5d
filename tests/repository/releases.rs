//! The version of the release has one source, `Cargo.toml`, and the changelog says what it stores.

use portcullis_store::StoredFormat;
use serde_json::Value;
use std::fs;

/// The version of the workspace, which every crate of it has.
const VERSION: &str = env!("CARGO_PKG_VERSION");

fn read(path: &str) -> String {
    fs::read_to_string(format!("../{path}")).unwrap_or_else(|error| panic!("{path}: {error}"))
}

#[test]
fn every_file_that_names_the_release_names_the_one_of_the_workspace() {
    let json = |path: &str| -> Value { serde_json::from_str(&read(path)).unwrap() };
    assert_eq!(json("infra/openapi.json")["info"]["version"], VERSION);
    assert_eq!(json("infra/clients/typescript/package.json")["version"], VERSION);
    for (path, line) in [
        (
            "infra/clients/typescript/src/version.ts",
            format!("export const VERSION = \"{VERSION}\";"),
        ),
        ("infra/clients/python/portcullis_client/version.py", format!("VERSION = \"{VERSION}\"")),
        ("infra/clients/python/pyproject.toml", format!("version = \"{VERSION}\"")),
    ] {
        assert!(read(path).lines().any(|found| found == line), "{path} should have {line}");
    }
    for folder in ["shared", "functions"] {
        for crate_folder in fs::read_dir(format!("../{folder}")).unwrap().map(Result::unwrap) {
            let Ok(manifest) = fs::read_to_string(crate_folder.path().join("Cargo.toml")) else {
                continue;
            };
            assert!(manifest.contains("version.workspace = true"), "{:?}", crate_folder.path());
        }
    }
}

/// Returns the rows of the changelog's table: release, format written, formats read; newest first.
fn releases() -> Vec<(String, u32, Vec<u32>)> {
    let changelog = read("infra/CHANGELOG.md");
    let rows = changelog.lines().skip_while(|line| !line.starts_with("| release |")).skip(2);
    let number = |text: &str| text.trim().parse::<u32>().unwrap();
    let row = |line: &str| {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        (cells[0].to_owned(), number(cells[1]), cells[2].split(',').map(number).collect())
    };
    rows.take_while(|line| line.starts_with('|')).map(row).collect()
}

#[test]
fn the_changelog_says_of_each_release_what_it_writes_and_reads() {
    let releases = releases();
    let (newest, written, _) = &releases[0];
    assert_eq!(newest.strip_suffix(" (unreleased)").unwrap_or(newest), VERSION);
    // The format that this release writes unless the deployment says otherwise.
    assert_eq!(written.to_string(), StoredFormat::default().to_string());
    assert_eq!(StoredFormat::parse(&written.to_string()), Ok(StoredFormat::default()));
    for (release, written, reads) in &releases {
        // The format before its own, its own, and the next (Z3). Before the first there is none.
        let wanted: Vec<u32> = (written.saturating_sub(1).max(1)..=written + 1).collect();
        assert_eq!(reads, &wanted, "{release}");
    }
    for pair in releases.windows(2) {
        let step = pair[0].1.checked_sub(pair[1].1);
        assert!(step.is_some_and(|step| step <= 1), "{pair:?}: a release never skips a format");
    }
    let template = read("template.yaml");
    let (_, stored_format) = template.split_once("  StoredFormat:\n").unwrap();
    let default = format!("Default: \"{written}\"");
    assert!(stored_format.lines().take(3).any(|line| line.trim() == default), "template.yaml");
}
