//! One user.

use askama::Template;
use portcullis_http::wire::admin::UserDetail;

use crate::{
    Frame,
    portal::view::Rights,
    words::{at, methods, state},
};

/// One user.
#[derive(Template)]
#[template(path = "user/page.html")]
pub struct User {
    /// The frame.
    pub frame: Frame,
    /// The portal.
    pub portal: String,
    /// The user.
    pub user: UserDetail,
    /// The place of the user's item, by which pages name the user.
    pub locator: String,
    /// The rights of the admin here.
    pub rights: Rights,
}
