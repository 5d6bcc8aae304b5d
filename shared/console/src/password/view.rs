use askama::Template;

use crate::{Fields, Frame};

#[derive(Template)]
#[template(path = "password/page.html")]
pub struct ChoosePassword {
    pub frame: Frame,
    pub fields: Fields,
}
