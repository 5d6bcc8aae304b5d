//! The commands of restore.md that copy the journal, with a stand-in of the AWS CLI: the first
//! version of each object counts, whatever was put over it or hides it.

use super::Folder;
use std::{
    fs,
    os::unix::fs::PermissionsExt as _,
    path::Path,
    process::{Command, Stdio},
};

const PAGE: &str = include_str!("../../../infra/docs/operate/restore.md");

/// Versions as the CLI lists them, page by page, the newest of a key first. One page has none.
const VERSIONS: &str = "\
journal/2026-11-30/1-9.ndjson\tthird\t2026-12-02T09:00:00.000Z
journal/2026-11-30/1-9.ndjson\tsecond\t2026-12-01T10:00:00.000Z
None
journal/2026-11-30/1-9.ndjson\tfirst\t2026-11-30T23:59:59.000Z
journal/2026-12-01/10-12.ndjson\thidden\t2026-12-01T08:00:00.000Z
";

/// Answers what the page asks for, and refuses everything else. An object says its version.
const CLI: &str = r#"#!/bin/sh
case "$*" in
  "s3 sync s3://BUCKET/journal journal/")
    mkdir -p journal/2026-11-30 && echo newest > journal/2026-11-30/1-9.ndjson
    echo newest > journal/2026-11-30/13-14.ndjson ;;
  "s3api list-object-versions --bucket BUCKET --prefix journal/ --output text --query "*) cat versions ;;
  "s3api get-object --bucket BUCKET --key "*) echo "$8" > "$9" ;;
  *) exit 9 ;;
esac
"#;

/// Returns the commands of the page that copy the journal.
fn commands() -> String {
    let blocks = PAGE.split("```sh\n").skip(1).filter_map(|block| block.split("```").next());
    let mut of_journal = blocks.filter(|block| block.contains("list-object-versions"));
    of_journal.next().unwrap().to_owned()
}

fn read(folder: &Path, name: &str) -> String {
    fs::read_to_string(folder.join("journal").join(name)).unwrap().trim().to_owned()
}

#[test]
fn s50_the_copy_of_the_journal_has_the_first_version_of_each_object() {
    let folder = Folder::new("journal-copy");
    let (at, cli) = (&folder.0, folder.0.join("aws"));
    fs::write(&cli, CLI).unwrap();
    fs::set_permissions(&cli, fs::Permissions::from_mode(0o755)).unwrap();
    fs::write(at.join("versions"), VERSIONS).unwrap();
    let path = format!("{}:{}", at.display(), std::env::var("PATH").unwrap());
    let script = format!("set -e\n{}", commands());
    let mut shell = Command::new("sh");
    let shell = shell.arg("-c").arg(script).current_dir(at).stdin(Stdio::null());
    let shell = shell.env("PATH", path).env("JOURNAL_BUCKET", "BUCKET");
    assert!(shell.status().unwrap().success());
    assert_eq!(read(at, "2026-11-30/1-9.ndjson"), "first", "two were put over it");
    assert_eq!(read(at, "2026-12-01/10-12.ndjson"), "hidden", "a marker is the newest");
    assert_eq!(read(at, "2026-11-30/13-14.ndjson"), "newest", "it has one version");
}
