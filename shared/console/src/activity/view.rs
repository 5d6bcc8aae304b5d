use askama::Template;
use portcullis_http::wire::admin::{AdminEntryView, LookedAt};

use crate::{
    Fields, Frame,
    words::{at, iso},
};

#[derive(Template)]
#[template(path = "activity/page.html")]
pub struct Activity {
    pub frame: Frame,
    /// The path of the page.
    pub path: String,
    /// The page is that of all portals; one portal's is exported.
    pub is_of_all: bool,
    /// The portals and the time that were looked at, on the page of all portals.
    pub looked_at: Option<LookedAt>,
    /// The entries, newest first. Those of one sign-in are joined.
    pub groups: Vec<Group>,
    pub next_cursor: Option<String>,
    /// The filter: user, event, outcome, actor, first day, last day.
    pub fields: Fields,
    pub kinds: Vec<(String, String)>,
    pub outcomes: Vec<(String, String)>,
    /// The sealed filter for the links to the next page and the export; empty if there is none.
    pub sealed: String,
}

/// Entries that are shown as one: those of one sign-in on this page, the oldest first.
pub struct Group {
    pub entries: Vec<AdminEntryView>,
    /// The page of the user, if the admin may open it.
    pub user_page: Option<String>,
}

impl Group {
    /// Joins the entries of each sign-in where its newest one stands.
    pub fn all(
        entries: Vec<AdminEntryView>,
        user_page: impl Fn(&AdminEntryView) -> Option<String>,
    ) -> Vec<Self> {
        let mut groups: Vec<Self> = vec![];
        for entry in entries {
            let is_same = |group: &&mut Self| {
                let known = group.entries.iter().find_map(|known| known.sign_in);
                entry.sign_in.is_some() && known == entry.sign_in
            };
            match groups.iter_mut().find(is_same) {
                Some(group) => group.entries.insert(0, entry),
                None => {
                    groups.push(Self { user_page: user_page(&entry), entries: vec![entry] });
                }
            }
        }
        groups
    }

    /// Returns the moment of the newest entry.
    fn at(&self) -> &i64 {
        self.entries.last().map_or(&0, |entry| &entry.at)
    }

    fn portal(&self) -> &str {
        self.entries.first().map(|entry| entry.portal.as_str()).unwrap_or_default()
    }

    fn user(&self) -> &str {
        self.entries.iter().find_map(|entry| entry.user.as_deref()).unwrap_or_default()
    }

    fn is_joined(&self) -> bool {
        self.entries.len() > 1
    }
}
