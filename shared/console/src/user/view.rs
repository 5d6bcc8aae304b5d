//! One user.

use askama::Template;
use portcullis_http::wire::admin::UserDetail;

use crate::{
    Frame,
    portal::view::Rights,
    words::{at, methods, state},
};

#[derive(Template)]
#[template(path = "user/page.html")]
pub struct User {
    pub frame: Frame,
    pub portal: String,
    pub user: UserDetail,
    /// The place of the user's item, by which pages name the user.
    pub locator: String,
    /// The rights of the admin here.
    pub rights: Rights,
}
