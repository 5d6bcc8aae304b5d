//! The places in the product's source that call AWS.
//!
//! The sources are read because the recorder sees only calls that some test makes.

use std::{backtrace::Backtrace, fs, path::Path};

/// A place: a file, and the index of the call in it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Site {
    pub file: String,
    pub call: usize,
}

/// The root of the sources, relative to `tests/`.
const ROOT: &str = "..";
/// The folders whose sources call AWS.
const FOLDERS: [&str; 2] = ["shared", "functions"];
/// Calls of another client: to Twilio, and of a portal to the service.
const NOT_AWS: [&str; 2] = ["shared/delivery/src/twilio.rs", "shared/client/src/calls.rs"];

impl Site {
    pub fn here() -> Self {
        let stack = Backtrace::force_capture().to_string();
        let at = stack.lines().filter_map(|line| line.trim().strip_prefix("at "));
        let ours = at.filter_map(|at| {
            let (path, rest) = at.rsplit_once(".rs:")?;
            let within = |folder: &str| {
                let (_, path) = path.split_once(&format!("/{folder}/"))?;
                Some(format!("{folder}/{path}.rs"))
            };
            let file = FOLDERS.into_iter().find_map(within)?;
            let line: usize = rest.split(':').next()?.parse().ok()?;
            Some((file, line))
        });
        let (file, line) = ours
            .into_iter()
            .find(|(file, _)| !calls(file).is_empty())
            .unwrap_or_else(|| panic!("nothing of ours made this call:\n{stack}"));
        let nearest = calls(&file).into_iter().enumerate().min_by_key(|(_, at)| at.abs_diff(line));
        Self { file, call: nearest.unwrap().0 }
    }

    pub fn all() -> Vec<Self> {
        let mut files = vec![];
        for folder in FOLDERS {
            sources(&Path::new(ROOT).join(folder), &mut files);
        }
        let name = |file: String| file.trim_start_matches("../").to_owned();
        let mut all: Vec<Self> = files
            .into_iter()
            .map(name)
            .filter(|file| !NOT_AWS.contains(&file.as_str()))
            .flat_map(|file| {
                (0..calls(&file).len()).map(move |call| Self { file: file.clone(), call })
            })
            .collect();
        all.sort();
        all
    }
}

/// Returns the lines of a file that send a request, up to its unit tests.
fn calls(file: &str) -> Vec<usize> {
    let text = fs::read_to_string(Path::new(ROOT).join(file)).unwrap_or_default();
    let product = text.lines().take_while(|line| *line != "#[cfg(test)]");
    let sends = product.enumerate().filter(|(_, line)| line.contains(".send()"));
    sends.map(|(n, _)| n + 1).collect()
}

fn sources(folder: &Path, files: &mut Vec<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path.to_str().unwrap().to_owned());
        }
    }
}
