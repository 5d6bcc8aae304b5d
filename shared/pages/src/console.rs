//! The console: what admins see and steer. Its pages are the admin calls with a cookie in the place of the bearer, so that a
//! page can do nothing that a call would refuse.

mod chart;
mod fields;
mod frame;
mod guard;
mod outcome;
pub mod view;

pub use chart::{Bar, bars};
pub use fields::{FieldRefused, Fields, QueryFields, Reader, reasoned};
pub use frame::{Frame, page};
pub(crate) use guard::session;
pub use guard::{Form, guard, signed_in_cookie, signed_out_cookie};
pub use outcome::Outcome;
