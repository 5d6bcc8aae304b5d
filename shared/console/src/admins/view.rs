//! The list of admins.

use askama::Template;
use portcullis_http::wire::admin::AdminView;

use crate::{
    Fields, Frame,
    role::view::ROLES,
    words::{at, role},
};

/// Admins.
#[derive(Template)]
#[template(path = "admins/page.html")]
pub struct Admins {
    /// The frame.
    pub frame: Frame,
    /// The admins.
    pub admins: Vec<AdminView>,
    /// The admin may change them.
    pub may_change: bool,
    /// The portals to choose from.
    pub portals: Vec<(String, String)>,
    /// The form to make one.
    pub fields: Fields,
}
