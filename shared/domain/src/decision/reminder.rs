//! The reminder to set a second step up: who gets one.

use crate::{MfaState, Portal, Settings, Timestamp, limits};

/// The outcome of a reminder for a user, foreseen from the state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reminder {
    Due,
    /// Something is set up, or the next sign-in does not ask the user to set anything up.
    NotNeeded,
    /// The user has no verified address, or no email can be sent.
    NoAddress,
    /// The user was reminded within the last day.
    RemindedBefore,
}

impl MfaState {
    /// Returns what is to be done about a reminder now.
    pub fn reminder(&self, portal: &Portal, settings: &Settings, now: Timestamp) -> Reminder {
        let next_step = self.rule(portal, settings, now).next_step();
        let is_recent = |at: Timestamp| now.since(at) < limits::REMINDER_SECONDS;
        if !self.has_nothing_set_up() || !next_step.leads_to_enrolment() {
            Reminder::NotNeeded
        } else if !self.email_reaches(settings) {
            Reminder::NoAddress
        } else if self.reminded.is_some_and(is_recent) {
            Reminder::RemindedBefore
        } else {
            Reminder::Due
        }
    }
}
