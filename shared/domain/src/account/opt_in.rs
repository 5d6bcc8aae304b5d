//! Taking back a skip: by the user, through the portal, or by an admin.

use super::{Actor, own};
use crate::{
    Decision, DecisionContext, Refusal, User, UserId, WriteKind, policy::EnforcementKind,
    user::EntryKind,
};

/// Clears a remembered skip, so that the next sign-in enrols. The portal signs the user out.
///
/// # Errors
/// [`Refusal::NotSkipped`] when nothing that counts was skipped, or the policy is off.
pub fn opt_in(
    context: &DecisionContext<'_>,
    known: Option<User>,
    id: &UserId,
) -> Result<Decision<()>, Refusal> {
    let mut user = own(known, id)?;
    if !can_opt_in(context, &user) {
        return Err(Refusal::NotSkipped);
    }
    user.opt_out = None;
    Ok(Decision::write(user, vec![EntryKind::OptedIn.at(context.now)], WriteKind::OptIn, ()))
}

/// Returns true if the user skipped, and that counts now.
pub fn can_opt_in(context: &DecisionContext<'_>, user: &User) -> bool {
    let policy = &context.portal.policy;
    policy.enabled
        && policy.enforcement.kind() == EnforcementKind::OptOut
        && user.has_skipped(context.portal.generation)
}

/// Clears a remembered skip, so that the next sign-in asks again. Returns true if there was one.
///
/// # Errors
/// [`Refusal::UnknownUser`] outside the actor's reach.
pub fn clear_skip(
    context: &DecisionContext<'_>,
    known: Option<User>,
    id: &UserId,
    actor: &Actor,
) -> Result<Decision<bool>, Refusal> {
    let mut user = actor.acts_on(context, known, id)?;
    if user.opt_out.take().is_none() {
        return Ok(Decision::unchanged(false));
    }
    let entry = actor.entry(EntryKind::SkipCleared, context.now);
    Ok(Decision::write(user, vec![entry], WriteKind::SkipCleared, true))
}
