//! The ways whose messages come back.

use super::{MethodOption, MethodOptions, Unavailable};
use crate::{
    DecisionContext, Destination, Method, Timestamp, User, decision::UnavailableReason,
    sign_in::Role,
};

/// A way that would be on offer if messages to its destination did not come back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ComesBack {
    pub option: MethodOption,
    /// The moment from which messages are sent there again.
    pub until: Timestamp,
}

impl MethodOptions {
    /// Takes the ways off the list whose messages come back. It comes after everything else that
    /// chooses among them, so that a way that comes back keeps the weaker ones off the list that it
    /// would keep off if it worked.
    /// Of several destinations of one method the first proves, and no other takes its place: it may
    /// prove less.
    pub(super) fn take_off_returned(&mut self, context: &DecisionContext<'_>, user: &User) {
        let until = |option: &MethodOption| {
            let to = option.to.as_ref().filter(|_| option.role != Role::Enrol)?;
            comes_back(context, user, to)
        };
        let closed = |method| self.proof_option(method).is_some_and(|first| until(first).is_some());
        let closed: Vec<Method> =
            Method::ALL.iter().copied().filter(|method| closed(*method)).collect();
        let is_closed =
            |option: &MethodOption| option.role != Role::Enrol && closed.contains(&option.method);
        let taken = self.list.extract_if(.., |option| is_closed(option) || until(option).is_some());
        let taken: Vec<MethodOption> = taken.collect();
        for option in taken {
            let Some(until) = until(&option) else { continue };
            let method = option.method;
            self.unavailable.push(Unavailable { method, reason: UnavailableReason::Undeliverable });
            self.email_default &= method != Method::Email;
            self.returned.push(ComesBack { option, until });
        }
    }

    /// Returns the way that a typed code is judged against. A code that was sent before its message
    /// was reported as coming back is judged all the same.
    pub(in crate::sign_in) fn judged_option(&self, method: Method) -> Option<&MethodOption> {
        let mut returned = self.returned.iter().map(|returned| &returned.option);
        self.proof_option(method).or_else(|| returned.find(|option| option.method == method))
    }
}

/// Returns the moment until which nothing is sent to a destination, if its messages come back.
pub(in crate::sign_in) fn comes_back(
    context: &DecisionContext<'_>,
    user: &User,
    to: &Destination,
) -> Option<Timestamp> {
    let to = context.keys.destination_hash(to);
    user.returned(to, context.now).map(|returned| returned.until())
}
