//! Recovery codes as a sign-in shows them: on offer, just made, few of them left, or ended.

use super::{Acceptance, MethodOptions, Progress, SignIn, options};
use crate::{
    DecisionContext, Method, RecoveryCode, Refusal, User,
    decision::NextStep,
    limits,
    policy::{RecoveryCodesPolicy, SelfService},
};

/// The place of recovery codes among the ways on offer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RecoveryOffer {
    None,
    Offered,
    /// The user chose it, or nothing that is bound can be used now.
    Chosen,
    /// The only way: the user is locked and has no passkey, or what is bound was disabled. An
    /// enrolment follows.
    Only,
}

/// Recovery codes that were just made, to show them.
#[derive(Clone, Debug)]
pub struct MadeCodes {
    pub codes: Vec<RecoveryCode>,
    /// The user confirms to have kept them before going on.
    pub must_confirm: bool,
}

impl RecoveryOffer {
    pub(super) fn of(
        context: &DecisionContext<'_>,
        options: &MethodOptions,
        user: &User,
        sign_in: &SignIn,
    ) -> Self {
        if !options.recovery || !sign_in.is_open() {
            return Self::None;
        }
        match (must_enrol(context, options, user, sign_in), sign_in.chose_recovery) {
            // While the policy is off nobody enrols, and the lock stands.
            (Enrolment::Impossible(_), _) => Self::None,
            (Enrolment::AfterLock, _) if !options.outlast_locks() => Self::Only,
            (Enrolment::OfNextStep, _) if options.list.is_empty() => Self::Only,
            (Enrolment::None, _) if options.list.is_empty() => Self::Chosen,
            (Enrolment::AfterLock | Enrolment::OfNextStep | Enrolment::None, true) => Self::Chosen,
            (Enrolment::AfterLock | Enrolment::OfNextStep | Enrolment::None, false) => {
                Self::Offered
            }
        }
    }
}

pub(super) enum Enrolment {
    None,
    OfNextStep,
    AfterLock,
    /// The user is locked, and nobody enrols while the policy is off.
    Impossible(Refusal),
}

pub(super) fn must_enrol(
    context: &DecisionContext<'_>,
    options: &MethodOptions,
    user: &User,
    sign_in: &SignIn,
) -> Enrolment {
    match (options::lock(context, user, sign_in), options.next_step) {
        (Some(lock), _) if !context.portal.policy.enabled => {
            Enrolment::Impossible(Refusal::Locked { kind: lock.kind, until: lock.until })
        }
        (Some(_), _) => Enrolment::AfterLock,
        (None, NextStep::ChallengeThenEnrol(_)) => Enrolment::OfNextStep,
        (
            None,
            NextStep::Challenge
            | NextStep::Allowed(_)
            | NextStep::Enrol { .. }
            | NextStep::CheckEmail
            | NextStep::Denied(_),
        ) => Enrolment::None,
    }
}

/// Returns the codes that were made in a sign-in. They are derived anew each time, so a lost reply
/// loses nothing; they are shown until the user continues, the portal has the result, or its
/// assertion has expired.
pub(super) fn made_codes(
    context: &DecisionContext<'_>,
    user: &User,
    sign_in: &SignIn,
) -> Result<Option<MadeCodes>, Refusal> {
    let Progress::Done(acceptance) = sign_in.progress else { return Ok(None) };
    let is_late = match sign_in.return_to {
        None => {
            let made_at = user.recovery_codes.map_or(acceptance.at, |codes| codes.made_at);
            context.now.since(made_at) >= limits::ASSERTION_SECONDS
        }
        Some(_) => context.now >= sign_in.expires_at,
    };
    if is_late || sign_in.fetched.is_some() {
        return Ok(None);
    }
    let counting = user.counting_codes(context.portal, context.settings);
    let codes = counting.filter(|codes| sign_in.made_codes == Some(codes.set));
    let Some(codes) = codes else { return Ok(None) };
    let must_confirm = context.portal.policy.recovery_codes == RecoveryCodesPolicy::Required;
    Ok(Some(MadeCodes { codes: codes.derive(context.keys, user)?, must_confirm }))
}

/// Returns the codes that are left after one let the user in, if they are few.
pub(super) fn few_codes_left(
    context: &DecisionContext<'_>,
    user: &User,
    sign_in: &SignIn,
) -> Option<u8> {
    let Progress::Done(Acceptance { method: Some(Method::RecoveryCode), .. }) = sign_in.progress
    else {
        return None;
    };
    let codes = user.counting_codes(context.portal, context.settings)?;
    Some(codes.left()).filter(|left| *left <= limits::FEW_RECOVERY_CODES)
}

/// Returns true if new codes can be made in a sign-in at once, in place of the few that are left:
/// the one that let the user in is proof enough.
pub(super) fn can_renew_codes(
    context: &DecisionContext<'_>,
    user: &User,
    sign_in: &SignIn,
) -> bool {
    context.portal.policy.self_service == SelfService::WithProof
        && may_have_codes(context, user)
        && user.disabled_at.is_none()
        && sign_in.fetched.is_none()
        && !sign_in.managed.ended
        && !sign_in.allows_changes()
        && few_codes_left(context, user, sign_in).is_some()
}

/// Returns true if the policy has recovery codes, and the user has something that they stand for.
pub(super) fn may_have_codes(context: &DecisionContext<'_>, user: &User) -> bool {
    let has_bound = user.bound(context.portal.generation).next().is_some();
    has_bound && context.portal.policy.recovery_codes != RecoveryCodesPolicy::Off
}

/// Returns true if a restored backup ended the user's recovery codes, which the policy has.
pub(super) fn have_died(context: &DecisionContext<'_>, user: &User) -> bool {
    context.portal.policy.recovery_codes != RecoveryCodesPolicy::Off
        && user.lost_codes_by_restore(context.portal, context.settings)
}
