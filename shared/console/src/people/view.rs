use askama::Template;
use portcullis_domain::{ListedState, Named as _};
use portcullis_http::wire::admin::{FoundUsers, UserSummary};

use crate::{Fields, Frame};

#[derive(Template)]
#[template(path = "people/page.html")]
pub struct People {
    pub frame: Frame,
    pub fields: Fields,
    /// The users of the text that was looked for, if there is one.
    pub list: Option<FoundUsers>,
    /// The text, sealed.
    pub found: String,
}

/// Returns the class of the badge of a user in a list.
pub(crate) fn tone(user: &UserSummary) -> &'static str {
    let is_locked = user.found.as_ref().is_some_and(|found| found.locked);
    if is_locked { BAD } else { tone_of(user.state) }
}

pub(crate) const BAD: &str = "bad";

/// Returns the class of the badge of a state: red if the user cannot get in, green if all is well.
pub(crate) const fn tone_of(state: ListedState) -> &'static str {
    match state {
        ListedState::Frozen | ListedState::Disabled | ListedState::NoWayIn => BAD,
        ListedState::Enrolled | ListedState::EmailDefault | ListedState::Ready => "good",
        ListedState::ResetPending
        | ListedState::Skipped
        | ListedState::Stale
        | ListedState::NotEnrolled => "",
    }
}
