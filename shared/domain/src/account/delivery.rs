//! A provider's report on a message: an entry of the user's activity, and the end of messages to a
//! destination from which they come back.

use crate::{
    Decision, DecisionContext, Refusal, Timestamp, User, WriteKind, limits,
    user::{Entry, EntryKind, Fate, ReturnReason, SentMessage, destination_of},
};

/// A report on a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    pub fate: Fate,
    /// The moment that the provider says.
    pub at: Timestamp,
    /// The provider's own word or number for it.
    pub detail: Option<String>,
}

/// The effect of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Noted {
    Written,
    /// It says nothing new.
    Known,
    /// The user was erased, or never was.
    NoUser,
    /// The user was reset, frozen or erased since the message.
    OtherEpoch,
    /// The message went to a destination that is no longer the user's.
    OldDestination,
    /// The message is so old that another one says more.
    Late,
}

/// Takes a report on a message that was sent from here.
///
/// It takes a destination off the ways on offer for a day, or puts it back, and changes nothing
/// else: what is bound stays bound, and no enrolment opens.
///
/// # Errors
/// None of its own.
pub fn note_report(
    context: &DecisionContext<'_>,
    known: Option<User>,
    message: &SentMessage,
    report: &Report,
) -> Result<Decision<Noted>, Refusal> {
    let Some(mut user) = known else { return Ok(Decision::unchanged(Noted::NoUser)) };
    let age = context.now.since(message.at);
    if !(-limits::CLOCK_SKEW_SECONDS..limits::REPORT_SECONDS).contains(&age) {
        return Ok(Decision::unchanged(Noted::Late));
    }
    if user.epoch != message.epoch {
        return Ok(Decision::unchanged(Noted::OtherEpoch));
    }
    let to = destination_of(&user, context.keys, message.to);
    let to = to.filter(|to| to.method() == message.channel.method());
    let Some(to) = to else { return Ok(Decision::unchanged(Noted::OldDestination)) };
    let comes_back = user.returned(message.to, context.now).is_some();
    let at = report.at.max(message.at).min(context.now);
    if !user.take_report(message.to, message.at, report.fate, at) {
        return Ok(Decision::unchanged(Noted::Known));
    }
    let is_worth_a_write = match report.fate {
        Fate::Returned(_) => true,
        Fate::Delivered => message.kind.is_awaited() || comes_back,
        Fate::Delayed => message.kind.is_awaited(),
    };
    if !is_worth_a_write {
        return Ok(Decision::unchanged(Noted::Known));
    }
    user.tidy(context.now);
    let entry = entry_kind(report.fate).at(context.now).by_method(to.method());
    let entry = entry.to(Some(to.masked()));
    let entry = Entry { why: report.detail.clone(), ..entry };
    Ok(Decision::write(user, vec![entry], WriteKind::Reported, Noted::Written))
}

const fn entry_kind(fate: Fate) -> EntryKind {
    match fate {
        Fate::Delivered => EntryKind::MessageDelivered,
        Fate::Delayed => EntryKind::MessageDelayed,
        Fate::Returned(ReturnReason::Complained) => EntryKind::MessageComplained,
        Fate::Returned(
            ReturnReason::Bounced | ReturnReason::Suppressed | ReturnReason::OptedOut,
        ) => EntryKind::MessageReturned,
    }
}
