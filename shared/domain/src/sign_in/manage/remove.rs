//! Removing an authenticator.

use super::{Rights, add::removal, remaining::check_way_in, rights::note};
use crate::{
    AuthenticatorId, Decision, DecisionContext, Refusal, SignInId, User, WriteKind,
    sign_in::{SettingsChange, SignInView},
};

/// Removes an authenticator, after the proof of this sign-in. Rights in other sign-ins end with it.
///
/// # Errors
/// [`Refusal::LastAuthenticator`] if the policy requires one and the user has no other way in;
/// [`Refusal::UnknownAuthenticator`], and those of a proof that allows nothing.
pub fn remove(
    context: &DecisionContext<'_>,
    known: Option<User>,
    id: &SignInId,
    removed: AuthenticatorId,
) -> Result<Decision<SignInView>, Refusal> {
    let (user, sign_in) = SignInView::find(context, known.as_ref(), id)?;
    let rights = Rights::of(context, user, sign_in)?;
    let shown_by = sign_in.shown_by();
    let bound = user.bound_as(removed, context.portal.generation);
    let entry = removal(context, bound.ok_or(Refusal::UnknownAuthenticator)?);
    let mut user = user.clone();
    user.tidy(context.now);
    user.take_authenticator(removed);
    check_way_in(context, &user, shown_by)?;
    user.end_rights();
    if let Some(sign_in) = user.sign_in_mut(id.key) {
        sign_in.managed.ended = false;
    }
    note(context, &mut user, id.key, SettingsChange::AuthenticatorRemoved);
    let entry = entry.within(id.key).on(rights.acceptance.ground());
    let view = SignInView::after(context, &user, id)?;
    Ok(Decision::write(user, vec![entry], WriteKind::Authenticator, view))
}
