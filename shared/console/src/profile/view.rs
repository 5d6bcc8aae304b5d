//! The screen for how a portal presents itself.

use askama::Template;

use crate::{Fields, Frame};

/// A form for how a portal presents itself.
#[derive(Template)]
#[template(path = "profile/page.html")]
pub struct ProfileForm {
    pub frame: Frame,
    pub portal: String,
    pub fields: Fields,
}
