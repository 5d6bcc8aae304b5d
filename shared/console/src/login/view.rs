//! The screen for name and password.

use askama::Template;

use crate::{Fields, Frame};

/// Name and password.
#[derive(Template)]
#[template(path = "login/page.html")]
pub struct SignIn {
    /// The frame.
    pub frame: Frame,
    /// The form as filled in.
    pub fields: Fields,
}
