use askama::Template;
use portcullis_http::wire::admin::AdminView;

use crate::{Fields, Frame, role::view::roles, words::at};

#[derive(Template)]
#[template(path = "admins/page.html")]
pub struct Admins {
    pub frame: Frame,
    pub admins: Vec<AdminView>,
    pub may_change: bool,
    pub portals: Vec<(String, String)>,
    pub fields: Fields,
}
