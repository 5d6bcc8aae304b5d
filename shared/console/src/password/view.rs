//! The screen to choose a password.

use askama::Template;

use crate::{Fields, Frame};

/// Choose a password of one's own.
#[derive(Template)]
#[template(path = "password/page.html")]
pub struct ChoosePassword {
    pub frame: Frame,
    pub fields: Fields,
}
