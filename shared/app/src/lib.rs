//! The use cases: the context of a process, the order in which a command reads, decides and writes,
//! and the order in which a message is counted, sent and written down. It knows nothing of HTTP.

mod admins;
mod aws_client;
mod bulk_resets;
mod call;
mod caller;
mod check;
mod clock;
mod conditions;
mod context;
mod deadline;
mod delivery_report;
mod destination_check;
mod error;
mod find_index;
mod keyring;
mod log_partitions;
mod message_sender;
mod metrics;
mod notify;
mod portals;
mod quotas;
mod request_notes;
mod selected_users;
mod settings;
mod shares;
mod start;
mod test_message;
mod time_limit;
mod update;

pub use aws_config::SdkConfig;
pub use call::About;
pub use caller::{Caller, WithText};
pub use clock::{Clock, Rng, Stopwatch, system_rng, system_time};
pub use conditions::{Conditions, Expected};
pub use context::AppContext;
pub use deadline::Deadline;
pub use delivery_report::{Reported, TwilioCall};
pub use error::{Cause, CommandError};
pub use message_sender::{
    Delivered, MESSAGE_PARAMETER, MessageSender, TWILIO_AUTH_TOKEN, TWILIO_REPORTS, TWILIO_SECRET,
};
pub use metrics::{METRIC_LINES, write_metrics};
pub use notify::ClaimedDue;
pub use portcullis_delivery::namespace;
pub use quotas::Charged;
pub use request_notes::RequestNotes;
pub use selected_users::{SelectedFrom, SelectedUsers};
pub use settings::settings_etag;
pub use start::{MissingSetting, StartError, context, setting};
pub use test_message::TestOutcome;
