//! Sending codes: what a message says, who carries it, and the order in which it is charged, sent and written down.

mod carrier;
mod check;
mod courier;
mod limits;
mod message;
mod notice;
mod outcome;
mod ses;
mod sns;
mod test_message;
mod time_limit;
mod twilio;

pub use carrier::Carrier;
pub use check::{Deployment, is_blocked};
pub use courier::{Courier, Delivered, TWILIO_SECRET};
pub use message::{EmailMessage, Letter, TextMessage};
pub use notice::Notified;
pub use outcome::{ErrorCode, SendReport};
pub use ses::Ses;
pub use sns::Sns;
pub use test_message::Tested;
pub use twilio::Twilio;
