//! Unlocking a user who has to wait.

use super::Actor;
use crate::{Decided, Refusal, Scene, User, UserId, user::EntryKind};

/// Lets a user try again at once: every count of wrong codes begins anew. What was disabled stays so until a reset.
/// Whether there was anything to do.
///
/// # Errors
/// [`Refusal::UnlockLimit`] when it was done too often, [`Refusal::UnknownUser`] outside the actor's reach.
pub fn unlock(
    scene: &Scene<'_>,
    known: Option<User>,
    id: &UserId,
    actor: &Actor,
) -> Result<Decided<bool>, Refusal> {
    let mut user = actor.acts_on(scene, known, id)?;
    if user.failures.lock(scene.now).is_none() {
        return Ok(Decided::unchanged(false));
    }
    user.failures.unlock(scene.now)?;
    let entry = actor.entry(EntryKind::Unlocked, scene.now);
    Ok(Decided::write(user, vec![entry], "unlocked", Ok(true)))
}
