//! Handing out what is known of a user.

use super::Actor;
use crate::{Decided, Refusal, Scene, User, UserId, user::EntryKind};

/// Hands out everything known of a user; that it was is written down before.
///
/// # Errors
/// [`Refusal::UnknownUser`] outside the actor's reach.
pub fn export(
    scene: &Scene<'_>,
    known: Option<User>,
    id: &UserId,
    actor: &Actor,
) -> Result<Decided<User>, Refusal> {
    let user = actor.acts_on(scene, known, id)?;
    let entry = actor.entry(EntryKind::Exported, scene.now);
    Ok(Decided::write(user.clone(), vec![entry], "exported", Ok(user)))
}
