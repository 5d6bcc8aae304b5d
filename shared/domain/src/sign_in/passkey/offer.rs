//! The answers to the offer of a passkey.

use super::offered::is_offered;
use crate::{
    Decision, DecisionContext, Refusal, SignInId, User,
    sign_in::{
        SignInView,
        second_way::{answer, open_settings},
    },
};

/// Opens the settings in a sign-in in which a passkey is offered, to add one.
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
    answer(context, known, id, is_offered, |user| user.declined_passkey = Some(generation))
}
