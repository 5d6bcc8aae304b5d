use super::Actor;
use crate::{Decision, DecisionContext, Refusal, User, UserId, WriteKind, user::EntryKind};

/// Lets a user try again at once: every count of wrong codes begins anew. What was disabled stays
/// so until a reset. Returns true if there was anything to do.
///
/// # Errors
/// [`Refusal::UnlockLimit`] when it was done too often, [`Refusal::UnknownUser`] outside the
/// actor's reach.
pub fn unlock(
    context: &DecisionContext<'_>,
    known: Option<User>,
    id: &UserId,
    actor: &Actor,
) -> Result<Decision<bool>, Refusal> {
    let mut user = actor.acts_on(context, known, id)?;
    if !user.failures.has_lock(context.now) {
        return Ok(Decision::unchanged(false));
    }
    user.failures.unlock(context.now)?;
    let entry = actor.entry(EntryKind::Unlocked, context.now);
    Ok(Decision::write(user, vec![entry], WriteKind::Unlocked, true))
}
