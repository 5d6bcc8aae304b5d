//! The fate of a portal's messages.

use askama::Template;

use crate::Frame;

/// The fate of messages.
#[derive(Template)]
#[template(path = "delivery/page.html")]
pub struct Delivery {
    pub frame: Frame,
    pub portal: String,
    pub charts: Vec<(String, String)>,
    /// Texts sent today, and the cap.
    pub texts: (usize, u32),
    /// A sentence on what was looked at.
    pub note: String,
}
