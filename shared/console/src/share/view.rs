use askama::Template;

use crate::{Fields, Frame};

#[derive(Template)]
#[template(path = "share/page.html")]
pub struct SharePage {
    pub frame: Frame,
    pub fields: Fields,
    pub portal: String,
    /// The share that a portal has if none is set.
    pub usual: u32,
}
