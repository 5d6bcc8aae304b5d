//! The ways on offer at the next step of a sign-in.

use super::{MethodOption, MethodOptions, Unavailable, lock::lock, ways::no_email_first};
use crate::{
    DecisionContext, Method, Refusal, User,
    decision::{
        self, AllowedReason, Demand, DeniedReason, EmailDefaultState, Facts, FirstProof, NextStep,
        UnavailableReason, has_recovered,
    },
    policy::WhenBound,
    sign_in::{Event, Progress, Role, SignIn, Stage},
};

impl MethodOptions {
    /// Returns the ways on offer in a sign-in that is open, to a user who is not locked.
    ///
    /// # Errors
    /// [`Refusal`] if the sign-in is over, the user is denied or locked, or nothing is asked.
    pub(in crate::sign_in) fn of_open(
        context: &DecisionContext<'_>,
        user: &User,
        sign_in: &SignIn,
    ) -> Result<Self, Refusal> {
        let options = Self::before_lock(context, user, sign_in)?;
        match lock(context, user, sign_in) {
            Some(lock) => Err(Refusal::Locked { kind: lock.kind, until: lock.until }),
            None => Ok(options),
        }
    }

    /// Returns the same for the use of a passkey, which no lock keeps out: nobody guesses one.
    ///
    /// # Errors
    /// [`Refusal`] as above, but to a user who is locked only if no passkey is asked for.
    pub(in crate::sign_in) fn of_open_to_passkeys(
        context: &DecisionContext<'_>,
        user: &User,
        sign_in: &SignIn,
    ) -> Result<Self, Refusal> {
        let options = Self::before_lock(context, user, sign_in)?;
        match lock(context, user, sign_in).filter(|_| !options.outlast_locks()) {
            Some(lock) => Err(Refusal::Locked { kind: lock.kind, until: lock.until }),
            None => Ok(options),
        }
    }

    fn before_lock(
        context: &DecisionContext<'_>,
        user: &User,
        sign_in: &SignIn,
    ) -> Result<Self, Refusal> {
        match sign_in.progress {
            Progress::Dead => return Err(Refusal::SignInDead),
            Progress::Done(_) => return Err(Refusal::SignInDone),
            Progress::Open | Progress::MayEnrol => {}
        }
        let options = Self::of(context, user, sign_in.stage());
        match options.next_step {
            NextStep::Denied(reason) => Err(reason.refusal()),
            NextStep::Allowed(_) | NextStep::CheckEmail => Err(Refusal::AnotherStep),
            NextStep::Challenge | NextStep::ChallengeThenEnrol(_) | NextStep::Enrol { .. } => {
                Ok(options)
            }
        }
    }

    pub fn of(context: &DecisionContext<'_>, user: &User, stage: Stage) -> Self {
        let facts = Facts::gather(context, user, stage);
        let next_step = decision::decide(&facts);
        let mut options = Self {
            // It stands in for something, and steps nobody up.
            email_default: facts.email_default == EmailDefaultState::Usable
                && stage.event != Event::StepUp,
            recovery: facts.recovery && takes_recovery_code(next_step),
            ..Self::none(context, next_step, stage.shown_by)
        };
        match next_step {
            NextStep::Challenge if facts.demand == Demand::Manage => {
                options.list_demanded(context, user, facts.email_default);
            }
            NextStep::Challenge if facts.demand == Demand::StepUp => {
                options.list_strong_enough(context, user, stage);
                options.insist(context, user);
            }
            NextStep::Challenge => {
                options.list_proofs(context, user);
                options.insist(context, user);
            }
            NextStep::ChallengeThenEnrol(FirstProof::EmailedCode) => {
                options.email(context, user, Role::First);
            }
            NextStep::ChallengeThenEnrol(FirstProof::OldMethod) => {
                options.bound(context, user, |_| true);
                options.old_default(context, user, facts.email_default);
                // A weaker one would let in, and open no enrolment of what replaces them.
                options.keep_strongest(context, user);
            }
            // What is bound works no more.
            NextStep::ChallengeThenEnrol(FirstProof::RecoveryCode) => {}
            NextStep::Enrol { .. } => {
                options.list_enrolments(context);
                // Nothing leads past the enrolment that a recovery code opened.
                if !has_recovered(context, stage) {
                    options.fallback(context, user);
                }
            }
            NextStep::Denied(DeniedReason::NoVerifiedEmail) => {
                let reason = no_email_first(context, user);
                options.unavailable.push(Unavailable { method: Method::Email, reason });
            }
            NextStep::Denied(DeniedReason::CannotStepUp) => {
                options.name_needed(context, user, stage)
            }
            NextStep::Denied(DeniedReason::Frozen) => {}
            NextStep::Denied(DeniedReason::Disabled | DeniedReason::NoUsableMethod) => {
                options.directory(context, user);
            }
            // The saved default does not count beside a passkey here either.
            NextStep::Allowed(AllowedReason::TrustedBrowser) => options.insist(context, user),
            NextStep::Denied(DeniedReason::NothingToManage)
            | NextStep::Allowed(AllowedReason::NotRequired | AllowedReason::Skipped)
            | NextStep::CheckEmail => {}
        }
        let change = user.password_change;
        if let Some(method) = change.and_then(|change| change.barred_method(context.now)) {
            options.bar(method);
        }
        options.take_off_returned(context, user);
        options
    }

    /// Takes every weaker way off the list, if the policy insists on passkeys and the user has
    /// bound one: also one that cannot be used now, or whoever moved its domain away would open
    /// the weaker ways. The saved default counts no more, either.
    fn insist(&mut self, context: &DecisionContext<'_>, user: &User) {
        let passkeys = context.portal.policy.passkeys();
        let insists = passkeys.is_some_and(|passkeys| passkeys.when_bound == WhenBound::Insist);
        let mut bound = user.bound(context.portal.generation);
        if !insists || !bound.any(|bound| bound.method() == Method::Passkey) {
            return;
        }
        self.unavailable.retain(|unavailable| unavailable.method == Method::Passkey);
        let reason = UnavailableReason::PasskeyOnly;
        let is_weaker = |option: &MethodOption| option.method != Method::Passkey;
        let weaker = self.list.extract_if(.., |option| is_weaker(option));
        let weaker = weaker.map(|option| Unavailable { method: option.method, reason });
        self.unavailable.extend(weaker.collect::<Vec<_>>());
        self.email_default = false;
    }

    /// Returns the reason why the user's passkey cannot be used, if nothing else is on offer as a
    /// proof.
    pub(in crate::sign_in) fn unusable_passkey(&self) -> Option<UnavailableReason> {
        let asks_for_proof = match self.next_step {
            NextStep::Challenge | NextStep::ChallengeThenEnrol(FirstProof::OldMethod) => true,
            NextStep::ChallengeThenEnrol(FirstProof::EmailedCode | FirstProof::RecoveryCode)
            | NextStep::Allowed(_)
            | NextStep::Enrol { .. }
            | NextStep::CheckEmail
            | NextStep::Denied(_) => false,
        };
        let mut unavailable = self.unavailable.iter();
        let passkey = unavailable.find(|unavailable| unavailable.method == Method::Passkey);
        let is_alone = asks_for_proof && self.list.is_empty();
        passkey.map(|passkey| passkey.reason).filter(|_| is_alone)
    }

    /// Takes a method off the ways to prove who is signing in, if there is another.
    fn bar(&mut self, method: Method) {
        let proves = |option: &MethodOption| option.role != Role::Enrol;
        if !self.list.iter().any(|option| proves(option) && option.method != method) {
            return;
        }
        let before = self.list.len();
        self.list.retain(|option| !(proves(option) && option.method == method));
        if self.list.len() < before {
            let reason = UnavailableReason::ChangedPassword;
            self.unavailable.push(Unavailable { method, reason });
        }
    }
}

/// Returns true if a recovery code can be the next step.
const fn takes_recovery_code(next_step: NextStep) -> bool {
    match next_step {
        NextStep::Challenge
        | NextStep::ChallengeThenEnrol(FirstProof::OldMethod | FirstProof::RecoveryCode) => true,
        NextStep::ChallengeThenEnrol(FirstProof::EmailedCode)
        | NextStep::Allowed(_)
        | NextStep::Enrol { .. }
        | NextStep::CheckEmail
        | NextStep::Denied(_) => false,
    }
}
