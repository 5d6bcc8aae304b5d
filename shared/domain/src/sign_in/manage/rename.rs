//! Giving an authenticator a name.

use super::{Rights, rights::note};
use crate::{
    AuthenticatorId, AuthenticatorName, Decision, DecisionContext, Refusal, SignInId, User,
    WriteKind,
    sign_in::{SettingsChange, SignInView},
    user::EntryKind,
};

/// Gives an authenticator another name, or takes its name away. The name that it has already
/// changes nothing.
///
/// # Errors
/// [`Refusal::UnknownAuthenticator`], and those of a proof that allows nothing.
pub fn rename(
    context: &DecisionContext<'_>,
    known: Option<User>,
    id: &SignInId,
    renamed: AuthenticatorId,
    name: Option<&AuthenticatorName>,
) -> Result<Decision<SignInView>, Refusal> {
    let (user, sign_in) = SignInView::find(context, known.as_ref(), id)?;
    Rights::of(context, user, sign_in)?;
    let bound = user.bound_as(renamed, context.portal.generation);
    let bound = bound.ok_or(Refusal::UnknownAuthenticator)?;
    if bound.name.as_ref() == name {
        return SignInView::after(context, user, id).map(Decision::unchanged);
    }
    let entry = EntryKind::AuthenticatorRenamed.at(context.now).by_method(bound.method());
    let entry = entry.to(bound.destination().map(|to| to.masked())).within(id.key);
    let mut user = user.clone();
    user.tidy(context.now);
    if let Some(bound) = user.authenticators.iter_mut().find(|bound| bound.id == renamed) {
        bound.name = name.cloned();
    }
    note(context, &mut user, id.key, SettingsChange::AuthenticatorRenamed);
    let view = SignInView::after(context, &user, id)?;
    Ok(Decision::write(user, vec![entry], WriteKind::Authenticator, view))
}
