use askama::Template;
use portcullis_domain::Named as _;
use portcullis_http::wire::admin::UserDetail;

use crate::{
    Frame,
    people::view::{BAD, tone_of},
    portal::view::Rights,
    words::at,
};

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

impl User {
    /// Returns the class of the badge: red also if no code is checked now.
    fn tone(&self) -> &'static str {
        if self.user.counters.has_lock() { BAD } else { tone_of(self.user.state) }
    }

    /// Returns true if the first button unlocks: it takes nothing away, as a reset does.
    const fn is_unlocked_first(&self) -> bool {
        self.rights.change_users && self.user.counters.has_lock()
    }
}
