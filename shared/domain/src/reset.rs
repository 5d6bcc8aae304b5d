//! Taking away what a user has bound, so that the user can enrol again.

use crate::{Decided, OrganisationId, Refusal, Scene, User, UserId, upkeep, user::EntryKind};

/// An admin of the portal's own, whom the portal vouches for.
#[derive(Clone, Debug)]
pub struct Actor {
    /// The admin's own user id.
    pub id: UserId,
    /// How far the admin's rights go.
    pub reach: Reach,
}

/// How far an admin's rights go inside a portal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reach {
    /// The whole portal.
    Portal,
    /// The users of one organisation.
    Organisation(OrganisationId),
}

/// What a reset took away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WasReset {
    /// Something was bound; the user has to enrol again.
    pub had_bound: bool,
}

/// Resets one user. Open sign-ins end with it, so that no verify under way can cross it.
/// The count of wrong codes in a month stays: a reset must not buy guesses.
///
/// # Errors
/// [`Refusal::UnknownUser`] outside the actor's reach, [`Refusal::NotPermitted`] for the actor's own account.
pub fn decide(
    scene: &Scene<'_>,
    known: Option<User>,
    id: &UserId,
    actor: &Actor,
    reason: &str,
) -> Result<Decided<WasReset>, Refusal> {
    let mut user = upkeep::own(known, id)?;
    let within = match &actor.reach {
        Reach::Portal => true,
        Reach::Organisation(own) => user.contact.organisation.as_ref() == Some(own),
    };
    if !within {
        return Err(Refusal::UnknownUser);
    }
    if actor.id == user.id {
        return Err(Refusal::NotPermitted);
    }
    let had_bound =
        !user.authenticators.is_empty() || user.disabled_at.is_some() || user.reset_at.is_some();
    user.authenticators.clear();
    user.sign_ins.clear();
    user.opt_out = None;
    user.email_default = None;
    user.disabled_at = None;
    user.failures.succeed();
    user.reset_at = had_bound.then_some(scene.now);
    let entry = EntryKind::Reset.at(scene.now).done_by(format!("{}: {reason}", actor.id));
    Ok(Decided::write(user, vec![entry], "reset", Ok(WasReset { had_bound })))
}
