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
    /// There were files before these.
    pub is_continued: bool,
    pub files: Vec<FileLink>,
    /// The cursor of the files after these, if there are more.
    pub next: Option<String>,
}

pub struct ExportTexts {
    none: &'static str,
    none_yet: &'static str,
    all: &'static str,
    first: &'static str,
    last: &'static str,
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
            none_yet: "console-activity-none-yet",
            all: "console-export-several",
            first: "console-export-first",
            last: "console-export-last",
            rows: "console-export-rows",
            next: "console-export-next",
        };
        Self::of(frame, texts, [format!("{url}/file"), format!("{url}/export")], filter)
    }

    /// The export of a list of users, in the same way.
    pub fn of_users(frame: Frame, url: &str, filter: &str) -> Self {
        let texts = ExportTexts {
            none: "console-users-none",
            none_yet: "console-export-users-none-yet",
            all: "console-export-users",
            first: "console-export-users-first",
            last: "console-export-users-last",
            rows: "console-export-users-rows",
            next: "console-export-users-next",
        };
        Self::of(frame, texts, [format!("{url}/file"), url.to_owned()], filter)
    }

    fn of(frame: Frame, texts: ExportTexts, urls: [String; 2], filter: &str) -> Self {
        let [file_url, more_url] = urls.map(|url| format!("{url}?{filter}cursor="));
        let (is_continued, files, next) = (false, vec![], None);
        Self { frame, file_url, more_url, texts, is_continued, files, next }
    }

    /// Returns true if there are files before these, or after them.
    fn is_part(&self) -> bool {
        self.is_continued || self.next.is_some()
    }

    fn none(&self) -> &'static str {
        if self.next.is_some() { self.texts.none_yet } else { self.texts.none }
    }

    fn files_text(&self) -> &'static str {
        match (&self.next, self.is_continued) {
            (Some(_), _) => self.texts.first,
            (None, true) => self.texts.last,
            (None, false) => self.texts.all,
        }
    }

    fn rows(&self) -> usize {
        self.files.iter().map(|file| file.rows).sum()
    }
}
