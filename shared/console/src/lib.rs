//! The screens of the admin console. Each screen has a folder: `form` reads its form, `view` holds
//! the data of its page, and `page.html` is the template. A page makes the admin call with the
//! session's cookie in place of the bearer, so it can do nothing that the call would refuse.

mod chart;
mod fields;
mod frame;
mod guard;
mod labels;
mod next;
mod outcome;
mod place;
mod style;
#[cfg(test)]
mod templates;
mod upload;
mod words;

mod problem {
    pub(crate) mod view;
}

pub mod activity {
    pub mod form;
    pub mod view;
}
pub mod address {
    pub mod form;
    pub mod view;
}
pub mod admin {
    pub mod form;
    pub mod view;
}
pub mod admins {
    pub mod form;
    pub mod limits;
    pub mod view;
}
/// The pages about many users of a portal.
pub mod bulk {
    pub mod form;
    pub mod view;
}
/// The reminder of many users to set up a second step.
pub mod bulk_reminder {
    pub mod form;
    pub mod view;
}
/// The reset of many users of a portal.
pub mod bulk_reset {
    pub mod form;
    pub mod view;
}
/// Questions that ask an admin to confirm.
pub mod dialog {
    pub mod form;
    pub mod view;
}
pub mod end_trust {
    pub mod form;
}
pub mod export {
    pub mod view;
}
pub mod log_days {
    pub mod form;
}
pub mod login {
    pub mod form;
    pub mod view;
}
pub mod logo {
    pub mod form;
    pub mod view;
}
pub mod new_key {
    pub mod form;
    pub mod view;
}
pub mod new_portal {
    pub mod form;
    pub mod view;
}
pub mod overview {
    pub mod view;
}
pub mod password {
    pub mod form;
    pub mod view;
}
pub mod people {
    pub mod form;
    pub mod view;
}
pub mod policy {
    pub mod form;
    pub mod limits;
    pub mod settings;
    pub mod view;
}
pub mod portal {
    pub mod view;
}
pub mod portal_form {
    pub mod view;
}
pub mod portal_settings {
    pub mod view;
}
pub mod portals {
    pub mod view;
}
pub mod prices {
    pub mod form;
    pub mod view;
}
pub mod profile {
    pub mod form;
    pub mod view;
}
/// The second step again, before a form goes on.
pub mod proof {
    pub mod form;
    pub mod view;
}
/// The fields of a role, on two screens.
pub mod role {
    pub mod form;
    pub(crate) mod view;
}
pub mod second_step {
    pub mod view;
}
pub mod sending {
    pub mod form;
}
pub mod sessions {
    pub mod view;
}
pub mod settings {
    pub mod form;
    pub mod view;
}
pub mod share {
    pub mod form;
}
pub mod start {
    pub mod view;
}
pub mod switch {
    pub mod form;
}
pub mod user {
    pub mod view;
}
pub mod users {
    pub mod form;
    pub mod view;
}

pub use chart::{Chart, ChartDay, Count, Counts, Plot, Series};
pub use fields::{FieldRefused, Fields, QueryFields, Reader};
pub use frame::{Frame, page, see_other};
pub use guard::{Form, guard};
pub use next::Next;
pub use outcome::Outcome;
pub use style::{icon, style};
pub use upload::Upload;
pub use words::{Words, at, day, on, word};
