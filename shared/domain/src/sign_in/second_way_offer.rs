//! The offer of a second way in, after a good sign-in, to a user who has one and no more: whoever
//! loses that one needs an admin.

use super::{Acceptance, Event, Mfa, Progress, Role, SignIn, manage::add::methods_with_room};
use crate::{DecisionContext, Method, User, limits, policy::SelfService};

/// Returns the methods of which one more can be offered in a sign-in: none unless the user is in by
/// the only thing that is bound, may change the settings, and did not decline before.
pub(super) fn second_way_offered(
    context: &DecisionContext<'_>,
    user: &User,
    sign_in: &SignIn,
) -> Vec<Method> {
    let generation = context.portal.generation;
    let by_bound = match sign_in.progress {
        Progress::Done(Acceptance { mfa: Mfa::Done, role: Some(Role::Bound), at, .. }) => {
            context.now.since(at) < limits::MANAGE_SECONDS
        }
        Progress::Done(_) | Progress::Open | Progress::MayEnrol | Progress::Dead => false,
    };
    let has_one = user.bound(generation).count() == 1 && user.unknown_bound.is_empty();
    let is_offered = by_bound
        && has_one
        && may_offer(context, user, sign_in)
        && user.declined_second_way != Some(generation);
    if is_offered { methods_with_room(context, user, sign_in.shown_by()) } else { vec![] }
}

/// Returns true if a sign-in can end with an offer to set something up: users look after
/// themselves, and the settings were neither opened in it nor ended.
pub(in crate::sign_in) fn may_offer(
    context: &DecisionContext<'_>,
    user: &User,
    sign_in: &SignIn,
) -> bool {
    let policy = &context.portal.policy;
    policy.enabled
        && policy.self_service == SelfService::WithProof
        && user.disabled_at.is_none()
        && sign_in.fetched.is_none()
        && !sign_in.managed.ended
        && !sign_in.allows_changes()
        && sign_in.event != Event::StepUp
        && !sign_in.is_unmet()
}
