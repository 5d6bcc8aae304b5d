//! The ways on offer in a sign-in that goes on.

use super::{MethodOptions, Progress, SignIn};
use crate::{
    DecisionContext, Refusal, User,
    decision::{DeniedReason, NextStep},
};

/// Where a user stands in a sign-in that is still undecided, and not locked out of it.
///
/// # Errors
/// [`Refusal`] when the sign-in is over, the user locked or denied, or nothing is asked.
pub(super) fn in_progress(
    context: &DecisionContext<'_>,
    user: &User,
    sign_in: &SignIn,
) -> Result<MethodOptions, Refusal> {
    match sign_in.progress {
        Progress::Dead => return Err(Refusal::SignInDead),
        Progress::Done(_) => return Err(Refusal::SignInDone),
        Progress::Open | Progress::MayEnrol => {}
    }
    let options = MethodOptions::of(context, user, sign_in.progress);
    match options.next_step {
        NextStep::Denied(reason) => {
            return Err(Refusal::Denied { disabled: reason == DeniedReason::Disabled });
        }
        NextStep::Allowed(_) | NextStep::CheckEmail => return Err(Refusal::AnotherStep),
        NextStep::Challenge | NextStep::ChallengeThenEnrol | NextStep::Enrol { .. } => {}
    }
    match user.failures.lock(context.now) {
        Some(lock) => Err(Refusal::Locked { kind: lock.kind, until: lock.until }),
        None => Ok(options),
    }
}
