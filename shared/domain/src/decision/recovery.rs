//! Recovery codes in a decision: the set that is made, and the right to enrol that one gives.

use super::{DecisionContext, MfaState};
use crate::{
    Unreadable, User,
    policy::RecoveryCodesPolicy,
    user::{
        Entry, EntryKind, RecoveryCodes,
        sign_in::{Ground, Progress, Stage},
    },
};

/// The set that a user had before something was bound.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum OldSet {
    /// One of its codes gave the right to bind it: whoever found that may have found them all.
    Ends,
    Stays,
}

impl RecoveryCodes {
    /// Makes a new set, which ends the one before. Returns the entry that tells of it.
    ///
    /// # Errors
    /// [`Unreadable`] if the keys are not open.
    pub fn renew(context: &DecisionContext<'_>, user: &mut User) -> Result<Entry, Unreadable> {
        user.recovery_codes = Some(Self {
            version: context.keys.version()?,
            set: context.random_bytes.recovery_set,
            used: 0,
            made_at: context.now,
            restore: context.settings.restore_number,
            epoch: user.epoch,
            generation: context.portal.generation,
        });
        Ok(EntryKind::RecoveryCodesMade.at(context.now))
    }

    /// Makes a set after something was bound, unless the user has one that counts and has codes
    /// left.
    ///
    /// # Errors
    /// [`Unreadable`] if the keys are not open.
    pub(crate) fn after_binding(
        context: &DecisionContext<'_>,
        user: &mut User,
        old: OldSet,
    ) -> Result<Option<Entry>, Unreadable> {
        match old {
            OldSet::Ends => user.recovery_codes = None,
            OldSet::Stays => {}
        }
        let is_wanted = context.portal.policy.recovery_codes != RecoveryCodesPolicy::Off;
        let counting = user.counting_codes(context.portal, context.settings);
        if !is_wanted || counting.is_some_and(|codes| codes.left() > 0) {
            return Ok(None);
        }
        Self::renew(context, user).map(Some)
    }
}

/// Returns true if a recovery code gave the right to enrol in a sign-in, and the policy still has
/// recovery codes. Then neither a lock nor what is bound stands before the enrolment.
pub(crate) fn has_recovered(context: &DecisionContext<'_>, stage: Stage) -> bool {
    let policy = &context.portal.policy;
    stage.ground == Ground::RecoveryCode
        && stage.progress == Progress::MayEnrol
        && policy.enabled
        && policy.recovery_codes != RecoveryCodesPolicy::Off
}

/// Returns true if a recovery code lets a user in whom a lock keeps out.
pub(crate) fn can_recover(context: &DecisionContext<'_>, user: &User) -> bool {
    let facts = MfaState::of(user).facts(context.portal, context.settings);
    facts.recovery && context.portal.policy.enabled
}
