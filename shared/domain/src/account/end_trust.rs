//! Ending trust in browsers of a user, by an admin or by the portal's back end.

use super::Actor;
use crate::{
    Decision, DecisionContext, Refusal, User, UserId, WriteKind,
    user::{EntryKind, Untrusted},
};

/// A user after trust in browsers was ended.
#[derive(Clone, Debug)]
pub struct EndedTrust {
    pub user: User,
    /// False if there was nothing to end.
    pub changed: bool,
}

/// Ends trust in one of a user's browsers, or in all of them: whoever signs in there next is asked.
/// What is bound stays, and so do sign-ins that are done.
///
/// # Errors
/// Those of [`Actor::acts_on`].
pub fn end_trust(
    context: &DecisionContext<'_>,
    known: Option<User>,
    id: &UserId,
    untrusted: Untrusted,
    actor: &Actor,
) -> Result<Decision<EndedTrust>, Refusal> {
    let user = actor.acts_on(context, known, id)?;
    let mut after = user.clone();
    after.tidy(context.now);
    if !after.distrust(untrusted) {
        return Ok(Decision::unchanged(EndedTrust { user, changed: false }));
    }
    let entry = actor.entry(EntryKind::TrustEnded, context.now);
    let ended = EndedTrust { user: after.clone(), changed: true };
    Ok(Decision::write(after, vec![entry], WriteKind::TrustEnded, ended))
}
