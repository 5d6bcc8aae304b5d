//! The list of a portal's users.

use askama::Template;
use portcullis_http::wire::admin::UserList;

use crate::{
    Fields, Frame,
    words::{methods, state},
};

#[derive(Template)]
#[template(path = "users/page.html")]
pub struct Users {
    pub frame: Frame,
    pub portal: String,
    /// The portal's own page is within reach.
    pub may_go_up: bool,
    pub list: UserList,
    pub states: Vec<(String, String)>,
    pub fields: Fields,
    pub find: Fields,
}
