//! The texts that people read, and the emails and text messages made of them.

pub mod catalogue;
mod email;
mod moment;
mod notice;
mod sms;

pub use email::{EmailMessage, EmailTemplate};
pub use moment::minute;
pub use notice::change_text;
pub use sms::{CodeText, Segments, TextMessage};
