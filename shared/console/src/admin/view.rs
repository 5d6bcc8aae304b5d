use askama::Template;
use portcullis_http::wire::admin::AdminView;

use crate::{Fields, Frame, role::view::roles};

#[derive(Template)]
#[template(path = "admin/page.html")]
pub struct Admin {
    pub frame: Frame,
    pub admin: AdminView,
    pub portals: Vec<(String, String)>,
    pub fields: Fields,
}
