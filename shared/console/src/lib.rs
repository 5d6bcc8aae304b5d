//! The console: what admins see and steer. Each screen has a folder with the reading of its form
//! (`form`), what its page shows (`view`) and the page itself (`page.html`). The pages are the
//! admin calls with a cookie in the place of the bearer, so that a page can do nothing that a call
//! would refuse.

mod chart;
mod fields;
mod frame;
mod guard;
mod outcome;
mod style;
pub mod words;

mod problem {
    pub(crate) mod view;
}

/// The activity log of a portal.
pub mod activity {
    pub mod form;
    pub mod view;
}
/// One admin, to change.
pub mod admin {
    pub mod form;
    pub mod view;
}
/// The admins, and making one.
pub mod admins {
    pub mod form;
    pub mod view;
}
/// The fate of a portal's messages.
pub mod delivery {
    pub mod view;
}
/// The question before something is done.
pub mod dialog {
    pub mod form;
    pub mod view;
}
/// Name and password.
pub mod login {
    pub mod form;
    pub mod view;
}
/// Making a portal.
pub mod new_portal {
    pub mod form;
    pub mod view;
}
/// Choosing a password.
pub mod password {
    pub mod form;
    pub mod view;
}
/// The policy of a portal.
pub mod policy {
    pub mod form;
    pub mod view;
}
pub mod portal {
    pub mod view;
}
pub mod portals {
    pub mod view;
}
/// The profile of a portal.
pub mod profile {
    pub mod form;
    pub mod view;
}
/// The fields of a role, which two screens have.
pub mod role {
    pub mod form;
    pub(crate) mod view;
}
/// The system's settings.
pub mod settings {
    pub mod form;
    pub mod view;
}
/// Switching a policy.
pub mod switch {
    pub mod form;
}
pub mod user {
    pub mod view;
}
/// The users of a portal.
pub mod users {
    pub mod form;
    pub mod view;
}

pub use chart::{Bar, bars};
pub use fields::{FieldRefused, Fields, QueryFields, Reader};
pub use frame::{Frame, page, see_other};
pub use guard::{Form, guard};
pub use outcome::Outcome;
pub use style::style;
