use askama::Template;
use portcullis_http::wire::admin::ActivityPage;

use crate::{Fields, Frame, words::at};

#[derive(Template)]
#[template(path = "activity/page.html")]
pub struct Activity {
    pub frame: Frame,
    pub portal: String,
    pub log: ActivityPage,
    /// The filter: user, event, actor, first day, last day.
    pub fields: Fields,
    pub kinds: Vec<(String, String)>,
    /// The sealed filter for the links to the next page and the export; empty if there is none.
    pub sealed: String,
}
