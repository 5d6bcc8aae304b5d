//! The rules of a sign-in, one file for each step of it.

pub mod bypass;
pub mod challenge;
mod challenge_code;
pub mod confirm;
pub mod enrol;
mod guess;
pub mod link;
pub mod open;
mod options;
pub mod prompt;
pub mod result;
pub mod second_step;
pub mod skip;
pub mod verify;
mod view;

pub use crate::decision::{MaySend, Outgoing, UnavailableReason};
pub use crate::user::sign_in::{
    Acceptance, Challenge, Event, Fetched, Ground, Mfa, Pending, Progress, Role, SignIn,
};
pub use options::{MethodOption, MethodOptions, Unavailable};
pub use view::{Screens, SentCode, SignInView, Status};
