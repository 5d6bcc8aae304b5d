//! The screen to make a portal.

use askama::Template;

use crate::{Fields, Frame};

/// Make a portal.
#[derive(Template)]
#[template(path = "new_portal/page.html")]
pub struct MakePortal {
    /// The frame.
    pub frame: Frame,
    /// The presets to start from.
    pub presets: Vec<(&'static str, &'static str)>,
    /// The form as filled in.
    pub fields: Fields,
}
