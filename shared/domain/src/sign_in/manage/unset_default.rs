//! Taking back "always use email".

use super::{Rights, remaining::check_way_in, rights::note};
use crate::{
    Decision, DecisionContext, Method, Refusal, SignInId, User, WriteKind,
    sign_in::{SettingsChange, SignInView},
    user::{EntryKind, GraceState},
};

/// Takes the saved default back; if there is none, nothing changes.
///
/// # Errors
/// [`Refusal::LastAuthenticator`] if the policy requires one and the user has no other way in, and
/// those of a proof that allows nothing.
pub fn unset_default(
    context: &DecisionContext<'_>,
    known: Option<User>,
    id: &SignInId,
) -> Result<Decision<SignInView>, Refusal> {
    let (user, sign_in) = SignInView::find(context, known.as_ref(), id)?;
    let rights = Rights::of(context, user, sign_in)?;
    let mut after = user.clone();
    after.tidy(context.now);
    if after.email_default.take().is_none() {
        return SignInView::after(context, user, id).map(Decision::unchanged);
    }
    after.grace = GraceState::Over;
    check_way_in(context, &after, sign_in.shown_by())?;
    note(context, &mut after, id.key, SettingsChange::DefaultUnset);
    let entry = EntryKind::DefaultUnset.at(context.now).by_method(Method::Email).within(id.key);
    let entry = entry.on(rights.acceptance.ground());
    let view = SignInView::after(context, &after, id)?;
    Ok(Decision::write(after, vec![entry], WriteKind::Default, view))
}
