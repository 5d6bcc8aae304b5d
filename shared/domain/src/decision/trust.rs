//! The trusted browser in which a sign-in takes place, as far as it counts.

use crate::{
    DecisionContext, Destination, Method, User,
    decision::{MfaState, can_go_to},
    policy::{RememberBrowser, SyncedPasskeys, UserVerification, WhenBound},
    user::{
        TrustedBrowser,
        sign_in::{Role, Stage},
    },
};

/// Returns the trusted browser that a sign-in takes place in, if the proof that earned it stands
/// for a new one: the policy remembers browsers and would take that proof, which is not too old,
/// and would ask for it now.
pub(crate) fn trust_in_force<'u>(
    context: &DecisionContext<'_>,
    user: &'u User,
    stage: Stage,
) -> Option<&'u TrustedBrowser> {
    let id = stage.trusted_in?;
    let trusted = user.trusted_browsers.iter().find(|trusted| trusted.id == id)?;
    let policy = context.portal.remember_browser()?;
    let RememberBrowser { days, earned_by } = policy;
    let age = context.now.since(trusted.since);
    let is_young = (0..days.min(trusted.days).seconds()).contains(&age)
        && stage.max_age.is_none_or(|max_age| age < max_age.seconds());
    let is_ended = context.portal.trust_not_before.is_some_and(|ended| trusted.since <= ended);
    let counts = trusted.generation == context.portal.generation
        && !is_ended
        && is_young
        && earned_by.takes(trusted.method)
        && would_ask_for(context, user, stage, trusted);
    counts.then_some(trusted)
}

/// Returns true if a proof like the one that earned trust would do now.
fn would_ask_for(
    context: &DecisionContext<'_>,
    user: &User,
    stage: Stage,
    trusted: &TrustedBrowser,
) -> bool {
    let (policy, state) = (&context.portal.policy, MfaState::of(user));
    let is_bound = |method| state.methods(context.portal).any(|bound| bound == method);
    let insists =
        policy.passkeys().is_some_and(|passkeys| passkeys.when_bound == WhenBound::Insist);
    if insists && is_bound(Method::Passkey) && trusted.method != Method::Passkey {
        return false;
    }
    let by_record = |method| {
        let mut methods = policy.methods.iter().filter(|of_policy| of_policy.method() == method);
        methods.any(|method| state.has_destination(method, context.portal, context.settings))
    };
    match trusted.role {
        Role::Bound => {
            policy.has(trusted.method)
                && is_within_reach(context, user, trusted.method)
                && would_take_passkey(context, &state, stage, trusted)
        }
        // While the policy is off, only what is bound is asked for.
        Role::Directory => policy.enabled && by_record(trusted.method),
        Role::Old | Role::Fallback | Role::Enrol | Role::First | Role::Recovery => false,
    }
}

/// Returns true if something is bound by this method that can be used now: what has a destination
/// only while a code can go there.
fn is_within_reach(context: &DecisionContext<'_>, user: &User, method: Method) -> bool {
    let mut bound = user.bound(context.portal.generation).filter(|bound| bound.method() == method);
    let can_go = |to: Destination| can_go_to(context, &to).is_ok();
    bound.any(|bound| bound.destination().is_none_or(can_go))
}

/// Returns true unless it was a passkey of a kind that the policy no longer takes, or that the user
/// could not use here now.
fn would_take_passkey(
    context: &DecisionContext<'_>,
    state: &MfaState,
    stage: Stage,
    trusted: &TrustedBrowser,
) -> bool {
    let Some(shown) = trusted.passkey else { return trusted.method != Method::Passkey };
    let Some(passkeys) = context.portal.policy.passkeys() else { return false };
    let is_verified = match passkeys.rules.user_verification {
        UserVerification::Required => shown.is_user_verified,
        UserVerification::Preferred => true,
    };
    let may_be_synced = match passkeys.rules.synced {
        SyncedPasskeys::Refused => !shown.is_synced,
        SyncedPasskeys::Allowed => true,
    };
    let party = context.relying_party(stage.shown_by);
    is_verified
        && may_be_synced
        && state.passkey_state(context.portal, party.as_slice()).is_usable()
}
