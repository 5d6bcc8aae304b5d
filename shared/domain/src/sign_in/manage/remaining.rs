//! The last way in, which stays while the policy requires one.

use crate::{
    DecisionContext, Refusal, User,
    decision::NextStep,
    policy::EnforcementKind,
    portal::ShownBy,
    sign_in::{Event, MethodOptions, Role, Stage},
};

/// Checks that a user, as it would be after a change, still gets in where the policy requires a
/// second step: by something bound, by a destination of the contact record, or by the saved
/// default. One that no code can go to is no way in.
///
/// # Errors
/// [`Refusal::LastAuthenticator`] if not.
pub(super) fn check_way_in(
    context: &DecisionContext<'_>,
    after: &User,
    shown_by: ShownBy,
) -> Result<(), Refusal> {
    let policy = &context.portal.policy;
    if !policy.enabled || policy.enforcement.kind() == EnforcementKind::OptOut {
        return Ok(());
    }
    let options = MethodOptions::of(context, after, Stage::begun(Event::Login, shown_by));
    let counts = |role| match role {
        Role::Bound | Role::Directory => true,
        Role::Fallback => options.email_default,
        Role::Old | Role::Enrol | Role::First | Role::Recovery => false,
    };
    let has_way = options.list.iter().any(|option| counts(option.role));
    match options.next_step {
        NextStep::Challenge if has_way => Ok(()),
        NextStep::Challenge
        | NextStep::Allowed(_)
        | NextStep::ChallengeThenEnrol(_)
        | NextStep::Enrol { .. }
        | NextStep::CheckEmail
        | NextStep::Denied(_) => Err(Refusal::LastAuthenticator),
    }
}
