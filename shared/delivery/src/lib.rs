//! The transports of messages, SES, SNS and Twilio: one try each, and what is known of a message then. It also asks the
//! providers what sending needs.

mod check;
mod outcome;
mod ses;
mod sns;
mod transport;
mod twilio;

pub use check::{Deployment, is_blocked};
pub use outcome::{ErrorCode, SendReport, note_failure};
pub use ses::Ses;
pub use sns::Sns;
pub use transport::{SEND_SECONDS, Transport};
pub use twilio::Twilio;
