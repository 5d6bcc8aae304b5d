//! The answers to the offer of a second way in, in the form that other offers share.

use super::{SignIn, SignInView, second_way_offer::second_way_offered};
use crate::{Decision, DecisionContext, Refusal, SignInId, User, WriteKind};

/// Opens the settings in a sign-in in which a second way is offered: the code that let the user in
/// is the proof.
///
/// # Errors
/// [`Refusal::SettingsClosed`] if none is offered.
pub fn accept(
    context: &DecisionContext<'_>,
    known: Option<User>,
    id: &SignInId,
) -> Result<Decision<SignInView>, Refusal> {
    answer(context, known, id, is_offered, |user| open_settings(user, id))
}

/// Remembers that the user wants no second way, until a reset or a new generation of the portal.
///
/// # Errors
/// [`Refusal::SettingsClosed`] if none is offered.
pub fn decline(
    context: &DecisionContext<'_>,
    known: Option<User>,
    id: &SignInId,
) -> Result<Decision<SignInView>, Refusal> {
    let generation = context.portal.generation;
    answer(context, known, id, is_offered, |user| user.declined_second_way = Some(generation))
}

fn is_offered(context: &DecisionContext<'_>, user: &User, sign_in: &SignIn) -> bool {
    !second_way_offered(context, user, sign_in).is_empty()
}

pub(in crate::sign_in) fn open_settings(user: &mut User, id: &SignInId) {
    if let Some(sign_in) = user.sign_in_mut(id.key) {
        sign_in.open_settings();
    }
}

/// Writes the answer to an offer, if it still stands.
pub(in crate::sign_in) fn answer(
    context: &DecisionContext<'_>,
    known: Option<User>,
    id: &SignInId,
    is_offered: fn(&DecisionContext<'_>, &User, &SignIn) -> bool,
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
