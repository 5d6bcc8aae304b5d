use askama::Template;
use portcullis_domain::Named as _;
use portcullis_http::wire::admin::UserDetail;

use crate::{Frame, portal::view::Rights, words::at};

#[derive(Template)]
#[template(path = "user/page.html")]
pub struct User {
    pub frame: Frame,
    pub portal: String,
    pub user: UserDetail,
    /// The locator, which names the user in the URLs of pages.
    pub locator: String,
    pub rights: Rights,
}
