use super::Actor;
use crate::{Decision, DecisionContext, Refusal, User, UserId, WriteKind, user::EntryKind};

/// Hands out everything known of a user; that it was is written down before.
///
/// # Errors
/// [`Refusal::UnknownUser`] outside the actor's reach.
pub fn export(
    context: &DecisionContext<'_>,
    known: Option<User>,
    id: &UserId,
    actor: &Actor,
) -> Result<Decision<User>, Refusal> {
    let user = actor.acts_on(context, known, id)?;
    let entry = actor.entry(EntryKind::Exported, context.now);
    Ok(Decision::write(user.clone(), vec![entry], WriteKind::Exported, user))
}
