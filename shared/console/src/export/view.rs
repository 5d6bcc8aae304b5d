use askama::Template;

use crate::Frame;

/// The page of an export: its files, each with a link.
#[derive(Template)]
#[template(path = "export/page.html")]
pub struct Export {
    pub frame: Frame,
    /// The URL of a file, and that of the page of more files, to which the cursor is added.
    pub file_url: String,
    pub more_url: String,
    pub texts: ExportTexts,
    pub files: Vec<FileLink>,
    /// The cursor of the files after these, if there are more.
    pub next: Option<String>,
}

pub struct ExportTexts {
    none: &'static str,
    first: &'static str,
    several: &'static str,
    rows: &'static str,
    next: &'static str,
}

pub struct FileLink {
    pub name: String,
    pub rows: usize,
    pub cursor: String,
}

impl Export {
    /// The export of a log at a URL, with the part of the query that filters it.
    pub fn of_log(frame: Frame, url: &str, filter: &str) -> Self {
        let texts = ExportTexts {
            none: "console-activity-none-yet",
            first: "console-export-first",
            several: "console-export-several",
            rows: "console-export-rows",
            next: "console-export-next",
        };
        Self::of(frame, texts, (format!("{url}/file"), format!("{url}/export")), filter)
    }

    /// The export of a list of users, in the same way.
    pub fn of_users(frame: Frame, url: &str, filter: &str) -> Self {
        let texts = ExportTexts {
            none: "console-users-none",
            first: "console-export-users-first",
            several: "console-export-users",
            rows: "console-export-users-rows",
            next: "console-export-users-next",
        };
        Self::of(frame, texts, (format!("{url}/file"), url.to_owned()), filter)
    }

    fn of(frame: Frame, texts: ExportTexts, (file, more): (String, String), filter: &str) -> Self {
        let with_query = |url: String| format!("{url}?{filter}cursor=");
        let (file_url, more_url) = (with_query(file), with_query(more));
        Self { frame, file_url, more_url, texts, files: vec![], next: None }
    }

    /// Returns the number of rows in all files.
    fn rows(&self) -> usize {
        self.files.iter().map(|file| file.rows).sum()
    }
}
