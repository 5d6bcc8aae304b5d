//! The screen for how a portal presents itself.

use askama::Template;

use crate::{Fields, Frame};

/// A form for how a portal presents itself.
#[derive(Template)]
#[template(path = "profile/page.html")]
pub struct ProfileForm {
    /// The frame.
    pub frame: Frame,
    /// The portal.
    pub portal: String,
    /// The form as filled in.
    pub fields: Fields,
}
