use super::Actor;
use crate::{
    Decision, DecisionContext, Refusal, User, UserId,
    user::{EntryKind, Tombstone},
};

/// Erases a user. Counters and locks stay for a while, and nothing personal with them.
///
/// # Errors
/// [`Refusal::UnknownUser`] outside the actor's reach.
pub fn erase(
    context: &DecisionContext<'_>,
    known: Option<User>,
    id: &UserId,
    actor: &Actor,
) -> Result<Decision<()>, Refusal> {
    let mut user = actor.acts_on(context, known, id)?;
    user.tidy(context.now);
    let entry = actor.entry(EntryKind::Erased, context.now);
    Ok(Decision::erase(Tombstone::of(user, context.now), entry, ()))
}
