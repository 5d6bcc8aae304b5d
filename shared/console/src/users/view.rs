use askama::Template;
use portcullis_domain::Named as _;
use portcullis_http::wire::admin::UserList;

use crate::{Fields, Frame};

#[derive(Template)]
#[template(path = "users/page.html")]
pub struct Users {
    pub frame: Frame,
    pub portal: String,
    pub may_reset: bool,
    pub may_remind: bool,
    pub list: UserList,
    pub states: Vec<(String, String)>,
    pub fields: Fields,
    pub find: Fields,
    /// The text that was looked for, sealed; empty on the list of all users.
    pub found: String,
}

impl Users {
    /// Returns true if the users are those of a search, or are locked now.
    pub(crate) fn is_found(&self) -> bool {
        !self.found.is_empty() || self.fields.value("state") == "locked"
    }
}
