//! The right to change the settings: what it needs, and when it ends.

use crate::{
    DecisionContext, Method, Refusal, Timestamp, User,
    decision::{Demand, Facts, NextStep, decide},
    limits,
    policy::RecoveryCodesPolicy,
    user::sign_in::{Acceptance, Event, Progress, SettingsChange, SignIn, Stage},
};

/// The right to change the settings in one sign-in, which a fresh proof in it gave.
#[derive(Clone, Copy, Debug)]
pub(in crate::sign_in) struct Rights {
    pub(in crate::sign_in) acceptance: Acceptance,
    pub(in crate::sign_in) until: Timestamp,
    pub(in crate::sign_in) changes_left: u8,
}

impl Rights {
    /// Returns the right of a sign-in, if the proof in it was as strong as what was bound then, is
    /// no older than [`limits::MANAGE_SECONDS`], and nothing has ended it since: a reset, a new
    /// generation, a change of what is bound elsewhere, the portal's policy, or the portal, which
    /// fetched the result. A sign-in below what its portal calls essential gives none.
    ///
    /// # Errors
    /// [`Refusal::SettingsClosed`] if it has ended or there was none; [`Refusal::SignInDead`], and
    /// [`Refusal::Denied`] to a user who is disabled or may change nothing.
    pub(in crate::sign_in) fn of(
        context: &DecisionContext<'_>,
        user: &User,
        sign_in: &SignIn,
    ) -> Result<Self, Refusal> {
        let acceptance = match sign_in.progress {
            Progress::Done(acceptance) if sign_in.allows_changes() => acceptance,
            Progress::Dead => return Err(Refusal::SignInDead),
            Progress::Open | Progress::MayEnrol => return Err(Refusal::AnotherStep),
            Progress::Done(_) => return Err(Refusal::SignInDone),
        };
        if sign_in.is_unmet() {
            return Err(Refusal::SettingsClosed);
        }
        let facts = Facts::gather(context, user, Stage::begun(Event::Manage, sign_in.shown_by()));
        if facts.frozen {
            return Err(Refusal::Frozen);
        }
        match (facts.disabled, facts.demand) {
            (true, _) => return Err(Refusal::Denied { disabled: true }),
            (false, Demand::Unmet | Demand::None | Demand::StepUp | Demand::CannotStepUp) => {
                return Err(Refusal::Denied { disabled: false });
            }
            (false, Demand::Manage) => {}
        }
        if decide(&facts) == NextStep::CheckEmail {
            return Err(Refusal::SettingsClosed);
        }
        let generation = context.portal.generation;
        let until = acceptance.at.plus(limits::MANAGE_SECONDS);
        // What was added in this sign-in asks for no other proof in it.
        let needed = user.strongest_before(generation, acceptance.at);
        let recovers = acceptance.method == Some(Method::RecoveryCode);
        let holds = acceptance.generation == generation
            && (!recovers || context.portal.policy.recovery_codes != RecoveryCodesPolicy::Off)
            && acceptance.strength() >= needed
            && context.now < until
            && sign_in.fetched.is_none()
            && !sign_in.managed.ended;
        let changes_left = limits::CHANGES_PER_PROOF.saturating_sub(sign_in.managed.changes);
        if holds && changes_left > 0 {
            Ok(Self { acceptance, until, changes_left })
        } else {
            Err(Refusal::SettingsClosed)
        }
    }
}

/// Returns true if nothing may be bound before a mailed link, or what stands for it: after a reset
/// or a freeze, a code to the contact record signs in, and opens no settings.
pub(in crate::sign_in) fn needs_link(context: &DecisionContext<'_>, user: &User) -> bool {
    let stage = Stage::begun(Event::Manage, context.portal.usual_pages());
    decide(&Facts::gather(context, user, stage)) == NextStep::CheckEmail
}

pub(super) fn note(
    context: &DecisionContext<'_>,
    user: &mut User,
    key: crate::SignInKey,
    change: SettingsChange,
) {
    if let Some(sign_in) = user.sign_in_mut(key) {
        sign_in.managed.changes = sign_in.managed.changes.saturating_add(1);
        sign_in.managed.note(change, context.now);
    }
}
