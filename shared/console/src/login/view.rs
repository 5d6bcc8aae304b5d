use askama::Template;

use crate::{Fields, Frame};

#[derive(Template)]
#[template(path = "login/page.html")]
pub struct SignIn {
    pub frame: Frame,
    pub fields: Fields,
}
