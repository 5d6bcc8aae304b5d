//! Taking back a skip: by the user, through the portal, or by an admin.

use super::{Actor, own};
use crate::{Decided, Refusal, Scene, User, UserId, policy::Enforcement, user::EntryKind};

/// Clears a remembered skip, so that the next sign-in enrols. The portal signs the user out.
///
/// # Errors
/// [`Refusal::NotSkipped`] when nothing that counts was skipped, or the policy is off.
pub fn opt_in(scene: &Scene<'_>, known: Option<User>, id: &UserId) -> Result<Decided<()>, Refusal> {
    let mut user = own(known, id)?;
    if !can_opt_in(scene, &user) {
        return Err(Refusal::NotSkipped);
    }
    user.opt_out = None;
    Ok(Decided::write(user, vec![EntryKind::OptedIn.at(scene.now)], "opt_in", Ok(())))
}

/// Returns true if the user skipped, and that counts now.
pub fn can_opt_in(scene: &Scene<'_>, user: &User) -> bool {
    let policy = &scene.portal.policy;
    policy.enabled
        && policy.enforcement == Enforcement::OptOut
        && user.has_skipped(scene.portal.generation)
}

/// Clears a remembered skip, so that the next sign-in asks again. Whether there was one.
///
/// # Errors
/// [`Refusal::UnknownUser`] outside the actor's reach.
pub fn clear_skip(
    scene: &Scene<'_>,
    known: Option<User>,
    id: &UserId,
    actor: &Actor,
) -> Result<Decided<bool>, Refusal> {
    let mut user = actor.acts_on(scene, known, id)?;
    if user.opt_out.take().is_none() {
        return Ok(Decided::unchanged(false));
    }
    let entry = actor.entry(EntryKind::SkipCleared, scene.now);
    Ok(Decided::write(user, vec![entry], "skip_cleared", Ok(true)))
}
