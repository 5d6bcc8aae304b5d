use askama::Template;

use crate::{Fields, Frame};

#[derive(Template)]
#[template(path = "profile/page.html")]
pub struct ProfileForm {
    pub frame: Frame,
    pub portal: String,
    pub fields: Fields,
}
