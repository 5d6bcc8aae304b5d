use askama::Template;

use crate::Frame;

#[derive(Template)]
#[template(path = "delivery/page.html")]
pub struct Delivery {
    pub frame: Frame,
    pub portal: String,
    pub charts: Vec<(String, String)>,
    /// Texts sent today, and the cap.
    pub texts: (usize, u32),
    /// A sentence on the days or entries that the charts count.
    pub note: String,
}
