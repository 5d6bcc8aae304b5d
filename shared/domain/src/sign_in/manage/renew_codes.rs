//! Making new recovery codes outside of an enrolment.

use super::{Rights, rights::note};
use crate::{
    Decision, DecisionContext, Refusal, SignInId, User, WriteKind,
    policy::{RecoveryCodesPolicy, SelfService},
    sign_in::{Ground, SettingsChange, SignIn, SignInView, recovery_offer::few_codes_left},
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
    if let Some(sign_in) = user.sign_in_mut(id.key) {
        sign_in.made_codes = Some(context.random_bytes.recovery_set);
    }
    note(context, &mut user, id.key, SettingsChange::RecoveryCodesMade);
    let view = SignInView::after(context, &user, id)?;
    let entries = vec![made.within(id.key).on(ground)];
    Ok(Decision::write(user, entries, WriteKind::CodesMade, view))
}

/// Returns true if the policy has recovery codes, and the user has something that they stand for.
pub(in crate::sign_in) fn may_have_codes(context: &DecisionContext<'_>, user: &User) -> bool {
    let has_bound = user.bound(context.portal.generation).next().is_some();
    has_bound && context.portal.policy.recovery_codes != RecoveryCodesPolicy::Off
}

/// Returns true if the user got in by one of the last codes, and may make others at once.
pub(in crate::sign_in) fn are_offered(
    context: &DecisionContext<'_>,
    user: &User,
    sign_in: &SignIn,
) -> bool {
    !sign_in.event.allows_changes()
        && ground(context, user, sign_in).is_ok()
        && may_have_codes(context, user)
}

/// Returns the ground on which codes may be made in a sign-in.
fn ground(context: &DecisionContext<'_>, user: &User, sign_in: &SignIn) -> Result<Ground, Refusal> {
    if sign_in.changes_settings() {
        return Ok(Rights::of(context, user, sign_in)?.acceptance.ground());
    }
    let is_allowed = context.portal.policy.self_service == SelfService::WithProof
        && sign_in.fetched.is_none()
        && few_codes_left(context, user, sign_in).is_some();
    if is_allowed { Ok(Ground::RecoveryCode) } else { Err(Refusal::SettingsClosed) }
}
