//! The templates of the screens, for tests that read them.

use std::{fs, path::PathBuf};

/// Returns each template with its path.
pub(crate) fn templates() -> Vec<(PathBuf, String)> {
    let mut folders = vec![PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/src"))];
    let mut all = vec![];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|end| end == "html") {
                let page = fs::read_to_string(&path).unwrap();
                all.push((path, page));
            }
        }
    }
    all
}
