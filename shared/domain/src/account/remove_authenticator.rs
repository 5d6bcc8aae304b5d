//! Removing one thing that a user has bound, by an admin.

use super::Actor;
use crate::{
    AuthenticatorId, Decision, DecisionContext, Refusal, User, UserId, WriteKind, user::EntryKind,
};

/// Removes one of several authenticators. Half-done enrolments and rights to change anything end
/// with it in every sign-in. The last one is taken away by a reset alone, so that whoever has the
/// password enrols by the rules that follow a reset.
///
/// # Errors
/// [`Refusal::UnknownAuthenticator`] if it is not bound in this generation of the portal,
/// [`Refusal::LastAuthenticator`] if nothing else is, and those of [`Actor::acts_on`].
pub fn remove_authenticator(
    context: &DecisionContext<'_>,
    known: Option<User>,
    id: &UserId,
    removed: AuthenticatorId,
    actor: &Actor,
) -> Result<Decision<()>, Refusal> {
    let mut user = actor.acts_on(context, known, id)?;
    let generation = context.portal.generation;
    let bound = user.bound_as(removed, generation).ok_or(Refusal::UnknownAuthenticator)?;
    let entry = actor.entry(EntryKind::AuthenticatorRemoved, context.now);
    let entry = entry.by_method(bound.method()).to(bound.destination().map(|to| to.masked()));
    user.tidy(context.now);
    if entry.to.is_some() {
        user.address_taken_at = Some(context.now);
    }
    user.take_authenticator(removed);
    if user.bound(generation).next().is_none() {
        return Err(Refusal::LastAuthenticator);
    }
    user.end_rights();
    Ok(Decision::write(user, vec![entry], WriteKind::Authenticator, ()))
}
