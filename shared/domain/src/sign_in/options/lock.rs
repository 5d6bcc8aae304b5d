//! The lock that keeps guesses from being judged.

use crate::{DecisionContext, User, decision::has_recovered, sign_in::SignIn, user::Lock};

/// Returns the lock that keeps guesses of a sign-in from being judged. A recovery code leads past
/// it to an enrolment.
pub(in crate::sign_in) fn lock(
    context: &DecisionContext<'_>,
    user: &User,
    sign_in: &SignIn,
) -> Option<Lock> {
    let lock = user.failures.lock(sign_in.known_browser, context.now);
    lock.filter(|_| !has_recovered(context, sign_in.stage()))
}
