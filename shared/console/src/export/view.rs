use askama::Template;

use crate::Frame;

/// The page of an export that takes several files.
#[derive(Template)]
#[template(path = "export/page.html")]
pub struct Export {
    pub frame: Frame,
    pub portal: String,
    /// The name of this file, and how many entries it has.
    pub name: String,
    pub rows: usize,
    /// The sealed filter; empty if there is none.
    pub sealed: String,
    /// The cursors of this file and of the next; empty for the first.
    pub cursor: String,
    pub next: String,
}
