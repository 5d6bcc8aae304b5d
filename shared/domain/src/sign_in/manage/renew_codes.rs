//! Making new recovery codes outside of an enrolment.

use super::{Rights, rights::note};
use crate::{
    Decision, DecisionContext, Refusal, SignInId, User, WriteKind,
    sign_in::{
        Ground, SettingsChange, SignIn, SignInView,
        recovery_offer::{can_renew_codes, may_have_codes},
    },
    user::RecoveryCodes,
};

/// Makes a new set of recovery codes, which ends the old one: in the settings, or right after one
/// of the last codes let the user in.
///
/// # Errors
/// [`Refusal::SettingsClosed`] if nothing in this sign-in allows it; [`Refusal::AnotherStep`] if
/// the policy has none, or nothing is bound that they could stand for.
pub fn renew_codes(
    context: &DecisionContext<'_>,
    known: Option<User>,
    id: &SignInId,
) -> Result<Decision<SignInView>, Refusal> {
    let (user, sign_in) = SignInView::find(context, known.as_ref(), id)?;
    let ground = ground(context, user, sign_in)?;
    if !may_have_codes(context, user) {
        return Err(Refusal::AnotherStep);
    }
    let mut user = user.clone();
    user.tidy(context.now);
    let made = RecoveryCodes::renew(context, &mut user)?;
    // A code of the old set may have opened an enrolment, or the settings, elsewhere.
    user.end_rights();
    if let Some(sign_in) = user.sign_in_mut(id.key) {
        sign_in.managed.ended = false;
        sign_in.made_codes = Some(context.random_bytes.recovery_set);
    }
    note(context, &mut user, id.key, SettingsChange::RecoveryCodesMade);
    let view = SignInView::after(context, &user, id)?;
    let entries = vec![made.within(id.key).on(ground)];
    Ok(Decision::write(user, entries, WriteKind::CodesMade, view))
}

/// Returns the ground on which codes may be made in a sign-in.
fn ground(context: &DecisionContext<'_>, user: &User, sign_in: &SignIn) -> Result<Ground, Refusal> {
    if sign_in.changes_settings() {
        Ok(Rights::of(context, user, sign_in)?.acceptance.ground())
    } else if can_renew_codes(context, user, sign_in) {
        Ok(Ground::RecoveryCode)
    } else {
        Err(Refusal::SettingsClosed)
    }
}
