use askama::Template;

use crate::{Fields, Frame};

#[derive(Template)]
#[template(path = "new_portal/page.html")]
pub struct MakePortal {
    pub frame: Frame,
    pub presets: Vec<(&'static str, String)>,
    pub fields: Fields,
}
