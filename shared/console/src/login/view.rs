//! The screen for name and password.

use askama::Template;

use crate::{Fields, Frame};

/// Name and password.
#[derive(Template)]
#[template(path = "login/page.html")]
pub struct SignIn {
    pub frame: Frame,
    pub fields: Fields,
}
