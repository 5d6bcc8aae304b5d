use askama::Template;

use crate::Frame;

/// The page of an export that takes several files.
#[derive(Template)]
#[template(path = "export/page.html")]
pub struct Export {
    pub frame: Frame,
    pub portal: String,
    pub files: Vec<FileLink>,
    /// The sealed filter; empty if there is none.
    pub sealed: String,
    /// The cursor of the files after these, if there are more.
    pub next: Option<String>,
}

/// One of the files: its name, how many entries it has, and its cursor.
pub struct FileLink {
    pub name: String,
    pub rows: usize,
    pub cursor: String,
}
