//! Erasing a user.

use super::Actor;
use crate::{
    Decided, Refusal, Scene, User, UserId,
    user::{EntryKind, Tombstone},
};

/// Erases a user. Counters and locks stay for a while, and nothing personal with them.
///
/// # Errors
/// [`Refusal::UnknownUser`] outside the actor's reach.
pub fn erase(
    scene: &Scene<'_>,
    known: Option<User>,
    id: &UserId,
    actor: &Actor,
) -> Result<Decided<()>, Refusal> {
    let mut user = actor.acts_on(scene, known, id)?;
    user.tidy(scene.now);
    let entry = actor.entry(EntryKind::Erased, scene.now);
    Ok(Decided::erase(Tombstone::of(user, scene.now), entry, Ok(())))
}
