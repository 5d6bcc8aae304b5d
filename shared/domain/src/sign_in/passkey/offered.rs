//! The offer of a passkey, after a sign-in by something weaker: "Faster next time".

use crate::{
    DecisionContext, Method, User, limits,
    policy::Promotion,
    sign_in::{
        Acceptance, Mfa, Place, Progress, Role, SignIn,
        manage::{add, needs_link},
        second_way_offer::may_offer,
    },
};

/// Returns true if a passkey is offered in a sign-in: the user is in by a code that proves as much
/// as anything else would, may add one, has none, and did not decline before.
pub(in crate::sign_in) fn is_offered(
    context: &DecisionContext<'_>,
    user: &User,
    sign_in: &SignIn,
) -> bool {
    let (policy, generation) = (&context.portal.policy, context.portal.generation);
    let promotes = policy.passkeys().is_some_and(|passkeys| passkeys.promotion == Promotion::On);
    let has_one = user.bound(generation).any(|bound| bound.method() == Method::Passkey);
    promotes
        && may_offer(context, user, sign_in)
        && is_in_by_code(context, user, sign_in)
        && !has_one
        && context.relying_party(sign_in.shown_by()).is_some()
        && !needs_link(context, user)
        && add::check_room(context, user, Method::Passkey, &Place::default()).is_ok()
        && user.declined_passkey != Some(generation)
}

/// Returns true if the user is in by a code that allows changes of what is bound.
fn is_in_by_code(context: &DecisionContext<'_>, user: &User, sign_in: &SignIn) -> bool {
    let acceptance = match sign_in.progress {
        Progress::Done(acceptance) => acceptance,
        Progress::Open | Progress::MayEnrol | Progress::Dead => return false,
    };
    let by_code = match acceptance {
        Acceptance { mfa: Mfa::Done, role: Some(Role::Bound | Role::Directory), .. } => true,
        Acceptance {
            mfa:
                Mfa::Done
                | Mfa::Skipped
                | Mfa::NotRequired
                | Mfa::Bypass
                | Mfa::TrustedBrowser
                | Mfa::Grace,
            ..
        } => false,
    };
    by_code
        && acceptance.strength() >= user.strongest(context.portal.generation)
        && context.now.since(acceptance.at) < limits::MANAGE_SECONDS
}
