use askama::Template;

use crate::{Fields, Frame};

#[derive(Template)]
#[template(path = "prices/page.html")]
pub struct PricesPage {
    pub frame: Frame,
    pub fields: Fields,
    pub may_change: bool,
}

fn set(frame: &Frame, value: &str) -> String {
    if value.is_empty() { frame.say("console-not-set") } else { value.to_owned() }
}
