//! Taking back "always use email".

use super::own;
use crate::{
    Decision, DecisionContext, Refusal, User, UserId, WriteKind,
    user::{EntryKind, GraceState},
};

/// Un-sets "always use email"; if it is not set, nothing changes. Returns the user as it is now.
///
/// # Errors
/// [`Refusal::UnknownUser`] when there is no such user.
pub fn unset_default(
    context: &DecisionContext<'_>,
    known: Option<User>,
    id: &UserId,
) -> Result<Decision<User>, Refusal> {
    let mut user = own(known, id)?;
    if user.email_default.take().is_none() {
        return Ok(Decision::unchanged(user));
    }
    user.grace = GraceState::Over;
    let entry = EntryKind::DefaultUnset.at(context.now);
    Ok(Decision::write(user.clone(), vec![entry], WriteKind::Default, user))
}
