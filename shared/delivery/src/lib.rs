//! The transports of messages: SES, SNS and Twilio, with one try each. Also checks with the
//! providers if messages can be sent.

mod check;
mod metrics;
mod outcome;
mod ses;
mod sns;
mod transport;
mod twilio;
mod twilio_report;

pub use check::{Deployment, is_blocked};
pub use metrics::namespace;
pub use outcome::{ErrorCode, SendReport, note_failure};
pub use ses::{MESSAGE_TAG, Ses};
pub use sns::Sns;
pub use transport::{SEND_SECONDS, Transport};
pub use twilio::Twilio;
pub use twilio_report::TwilioReport;
