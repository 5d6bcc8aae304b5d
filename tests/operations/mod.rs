//! Providers and their rules, and failures of AWS. The scripts beside them check the template, the
//! roles and the deploy commands.

pub mod alarms;
pub mod drills;
mod faults;
mod joined;
mod provider_rules;
mod providers;
mod queue;
mod security_txt;
mod smoke;
