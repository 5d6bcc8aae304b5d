//! The texts that people read, and the emails and text messages made of them.

mod authenticator;
pub mod catalogue;
mod email;
mod grace;
mod moment;
mod notice;
mod sms;

pub use authenticator::{authenticator_name, day};
pub use email::{EmailMessage, EmailTemplate};
pub use grace::grace_sentence;
pub use moment::{minute, moment};
pub use notice::{change_text, device_name};
pub use sms::{CodeText, Segments, TextMessage};
