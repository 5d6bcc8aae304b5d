//! Choosing a passkey, where a code was asked for.

use crate::{
    Decision, DecisionContext, Method, Refusal, SignInId, User, WriteKind,
    sign_in::{MethodOptions, Question, SignIn, SignInView},
};

/// Takes down that the user wants to use a passkey.
///
/// # Errors
/// [`Refusal::NotOffered`] if none can be used.
pub(in crate::sign_in) fn choose(
    context: &DecisionContext<'_>,
    user: &User,
    sign_in: &SignIn,
    id: &SignInId,
    options: &MethodOptions,
) -> Result<Decision<SignInView>, Refusal> {
    options.proof_option(Method::Passkey).ok_or(Refusal::NotOffered(Method::Passkey))?;
    let view = SignInView::of(context, user, id.locator, sign_in)?;
    if let Question::Passkey(_) = view.question() {
        return Ok(Decision::unchanged(view));
    }
    let mut user = user.clone();
    user.tidy(context.now);
    if let Some(sign_in) = user.sign_in_mut(id.key) {
        sign_in.chose_passkey = true;
        (sign_in.chose_app, sign_in.chose_recovery) = (false, false);
        sign_in.enrolling = None;
    }
    let view = SignInView::after(context, &user, id)?;
    Ok(Decision::write(user, vec![], WriteKind::ChosePasskey, view))
}
