//! One admin.

use askama::Template;
use portcullis_http::wire::admin::AdminView;

use crate::{Fields, Frame, role::view::ROLES, words::role};

/// One admin.
#[derive(Template)]
#[template(path = "admin/page.html")]
pub struct Admin {
    /// The frame.
    pub frame: Frame,
    /// The admin.
    pub admin: AdminView,
    /// The portals to choose from.
    pub portals: Vec<(String, String)>,
    /// The role, filled in.
    pub fields: Fields,
}
