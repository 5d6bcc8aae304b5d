//! The answers to the offer of a passkey.

use super::offered::is_offered;
use crate::{Decision, DecisionContext, Refusal, SignInId, User, WriteKind, sign_in::SignInView};

/// Opens the settings in a sign-in in which a passkey is offered, to add one.
///
/// # Errors
/// [`Refusal::SettingsClosed`] if none is offered.
pub fn accept(
    context: &DecisionContext<'_>,
    known: Option<User>,
    id: &SignInId,
) -> Result<Decision<SignInView>, Refusal> {
    answer(context, known, id, |user| {
        if let Some(sign_in) = user.sign_in_mut(id.key) {
            sign_in.open_settings();
        }
    })
}

/// Remembers that the user wants no passkey, until a reset or a new generation of the portal.
///
/// # Errors
/// [`Refusal::SettingsClosed`] if none is offered.
pub fn decline(
    context: &DecisionContext<'_>,
    known: Option<User>,
    id: &SignInId,
) -> Result<Decision<SignInView>, Refusal> {
    let generation = context.portal.generation;
    answer(context, known, id, |user| user.declined_passkey = Some(generation))
}

fn answer(
    context: &DecisionContext<'_>,
    known: Option<User>,
    id: &SignInId,
    change: impl FnOnce(&mut User),
) -> Result<Decision<SignInView>, Refusal> {
    let (user, sign_in) = SignInView::find(context, known.as_ref(), id)?;
    if !is_offered(context, user, sign_in) {
        return Err(Refusal::SettingsClosed);
    }
    let mut user = user.clone();
    user.tidy(context.now);
    change(&mut user);
    let view = SignInView::after(context, &user, id)?;
    Ok(Decision::write(user, vec![], WriteKind::SecondWay, view))
}
