//! The activity log of a portal.

use askama::Template;
use portcullis_http::wire::admin::ActivityPage;

use crate::{Fields, Frame, words::at};

/// The log.
#[derive(Template)]
#[template(path = "activity/page.html")]
pub struct Activity {
    /// The frame.
    pub frame: Frame,
    /// The portal.
    pub portal: String,
    /// A page of it.
    pub log: ActivityPage,
    /// The filter: user, event, actor, first day, last day.
    pub fields: Fields,
    /// The kinds of entries to choose from.
    pub kinds: Vec<(String, String)>,
    /// The filter, sealed, for the next page and the export; empty if there is none.
    pub sealed: String,
}
