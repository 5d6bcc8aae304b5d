use askama::Template;
use portcullis_domain::Named as _;
use portcullis_http::wire::admin::UserList;

use crate::{Fields, Frame};

#[derive(Template)]
#[template(path = "users/page.html")]
pub struct Users {
    pub frame: Frame,
    pub portal: String,
    pub may_open_portal: bool,
    pub list: UserList,
    pub states: Vec<(String, String)>,
    pub fields: Fields,
    pub find: Fields,
}
