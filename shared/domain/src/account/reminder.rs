use super::Actor;
use crate::{
    Decision, DecisionContext, Destination, MfaState, Refusal, User, UserId, WriteKind,
    decision::{Reminder, Selection},
    user::EntryKind,
};

/// The outcome of a reminder for one user.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReminderOutcome {
    Reminded,
    /// The user was reminded within the last day; nothing is written.
    RemindedBefore,
    /// The user is no longer one of the selection.
    NotSelected,
    NotNeeded,
    /// The user has no address that an email can be delivered to now.
    NoAddress,
}

/// Reminds one user of a selection to set something up. Its entry is what is mailed.
///
/// # Errors
/// [`Refusal::UnknownUser`] outside the actor's reach.
pub fn remind_to_enrol(
    context: &DecisionContext<'_>,
    known: Option<User>,
    id: &UserId,
    actor: &Actor,
    selection: &Selection,
) -> Result<Decision<ReminderOutcome>, Refusal> {
    let mut user = actor.reach_user(known, id)?;
    let state = MfaState::of(&user);
    let listed = state.state(context.portal, context.settings);
    if !selection.has(&user.id, user.contact.organisation.as_ref(), listed) {
        return Ok(Decision::unchanged(ReminderOutcome::NotSelected));
    }
    match state.reminder(context.portal, context.settings, context.now) {
        Reminder::NotNeeded => Ok(Decision::unchanged(ReminderOutcome::NotNeeded)),
        Reminder::RemindedBefore => Ok(Decision::unchanged(ReminderOutcome::RemindedBefore)),
        Reminder::Due if has_address(context, &user) => {
            user.tidy(context.now);
            user.reminded_at = Some(context.now);
            let entry = actor.entry(EntryKind::EnrolmentReminder, context.now);
            let (kind, outcome) = (WriteKind::Reminded, ReminderOutcome::Reminded);
            Ok(Decision::write(user, vec![entry], kind, outcome))
        }
        Reminder::NoAddress | Reminder::Due => Ok(Decision::unchanged(ReminderOutcome::NoAddress)),
    }
}

/// Returns true if the user has an address that no policy holds, and no email came back from it.
fn has_address(context: &DecisionContext<'_>, user: &User) -> bool {
    context.link_address(user).is_some_and(|address| {
        let to = context.keys.destination_hash(&Destination::Email(address.clone()));
        user.returned(to, context.now).is_none()
    })
}
