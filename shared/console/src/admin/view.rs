use askama::Template;
use portcullis_http::wire::admin::AdminView;

use crate::{Fields, Frame, role::view::roles, words::at};

#[derive(Template)]
#[template(path = "admin/page.html")]
pub struct Admin {
    pub frame: Frame,
    pub admin: AdminView,
    /// The masked address at which the admin is told of changes.
    pub address: Option<String>,
    pub portals: Vec<(String, String)>,
    pub fields: Fields,
}
