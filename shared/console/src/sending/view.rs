use askama::Template;

use crate::{Fields, Frame};

/// The page of a portal's own senders and daily caps.
#[derive(Template)]
#[template(path = "sending/page.html")]
pub struct SendingPage {
    pub frame: Frame,
    pub fields: Fields,
    pub portal: String,
}
