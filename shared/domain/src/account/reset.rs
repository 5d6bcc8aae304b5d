//! Taking away what a user has bound, so that the user can enrol again.

use super::Actor;
use crate::{
    Decision, DecisionContext, Method, Refusal, User, UserId, WriteKind,
    policy::AfterReset,
    user::{CheckedBy, Entry, EntryKind},
};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ResetReport {
    /// Something was bound; the user has to enrol again.
    pub had_bound: bool,
    /// True if the link the user then needs can be mailed; none where no link is needed.
    pub link_can_be_mailed: Option<bool>,
}

/// Resets one user. Open sign-ins and bypass codes end with it, so that no verify under way can
/// cross it. The count of wrong codes in a month stays: a reset must not buy guesses. `checked` is
/// an admin's word on who asks.
///
/// # Errors
/// [`Refusal::UnknownUser`] outside the actor's reach, [`Refusal::NotPermitted`] for the actor's
/// own account.
pub fn reset(
    context: &DecisionContext<'_>,
    known: Option<User>,
    id: &UserId,
    actor: &Actor,
    checked: Option<CheckedBy>,
) -> Result<Decision<ResetReport>, Refusal> {
    let mut user = actor.acts_on(context, known, id)?;
    let had_bound = user.is_guarded();
    user.authenticators.clear();
    user.unknown_bound.clear();
    user.sign_ins.clear();
    user.opt_out = None;
    user.email_default = None;
    user.disabled_at = None;
    user.bypass = None;
    user.ticket = None;
    user.failures.end_rows();
    user.epoch = user.epoch.saturating_add(1);
    user.reset_at = had_bound.then_some(context.now);
    user.sessions_not_before = Some(context.now);
    let entry = Entry { checked, ..actor.entry(EntryKind::Reset, context.now) };
    let needed = had_bound && context.portal.policy.after_reset == AfterReset::EmailedLink;
    let reachable = user.contact.verified_email().is_some()
        && context.settings.can_deliver(Method::Email)
        && !context.holds_address(&user);
    let done = ResetReport { had_bound, link_can_be_mailed: needed.then_some(reachable) };
    Ok(Decision::write(user, vec![entry], WriteKind::Reset, done))
}
