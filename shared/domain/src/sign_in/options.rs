//! The ways on offer in a sign-in, and the ones that would be if something were set or known.

use super::{Acr, Progress, Role, SignIn, Stage};
use crate::{
    DecisionContext, Destination, Method, Refusal, Strength, User,
    decision::{
        self, Demand, DeniedReason, EmailDefaultState, Facts, FirstProof, NextStep,
        UnavailableReason, can_go_to, has_recovered,
    },
    policy::{DestinationSource, EmailFallback, MethodPolicy, WhenBound},
    settings::Channel,
    user::{Authenticator, Lock},
};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MethodOption {
    pub method: Method,
    pub role: Role,
    /// The destination of a code; `None` for the app, and for a method that is not enrolled yet.
    pub to: Option<Destination>,
}

/// A method of the policy that cannot be used now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unavailable {
    pub method: Method,
    pub reason: UnavailableReason,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MethodOptions {
    pub next_step: NextStep,
    /// The ways on offer, in the policy's order.
    pub list: Vec<MethodOption>,
    /// The policy's other methods.
    pub unavailable: Vec<Unavailable>,
    pub email_default: bool,
    /// A recovery code can stand in for all of them.
    pub recovery: bool,
}

impl MethodOptions {
    /// Returns the ways on offer in a sign-in that is open, to a user who is not locked.
    ///
    /// # Errors
    /// [`Refusal`] if the sign-in is over, the user is denied or locked, or nothing is asked.
    pub(super) fn of_open(
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
            NextStep::Denied(reason) => {
                return Err(reason.refusal());
            }
            NextStep::Allowed(_) | NextStep::CheckEmail => return Err(Refusal::AnotherStep),
            NextStep::Challenge | NextStep::ChallengeThenEnrol(_) | NextStep::Enrol { .. } => {}
        }
        match lock(context, user, sign_in) {
            Some(lock) => Err(Refusal::Locked { kind: lock.kind, until: lock.until }),
            None => Ok(options),
        }
    }

    pub fn of(context: &DecisionContext<'_>, user: &User, stage: Stage) -> Self {
        let facts = Facts::gather(context, user, stage);
        let next_step = decision::decide(&facts);
        let mut options = Self {
            next_step,
            list: vec![],
            unavailable: vec![],
            email_default: facts.email_default == EmailDefaultState::Usable,
            recovery: facts.recovery && takes_recovery_code(next_step),
        };
        match next_step {
            NextStep::Challenge if facts.demand == Demand::Manage => {
                options.list_demanded(context, user, facts.email_default);
            }
            NextStep::Challenge if facts.demand == Demand::StepUp => {
                options.list_strong_enough(context, user, stage.acr);
                options.insist(context);
            }
            NextStep::Challenge => {
                options.list_proofs(context, user);
                options.insist(context);
            }
            NextStep::ChallengeThenEnrol(FirstProof::EmailedCode) => {
                options.email(context, user, Role::First);
            }
            NextStep::ChallengeThenEnrol(FirstProof::OldMethod) => {
                options.bound(context, user, |_| true);
                options.old_default(context, user, facts.email_default);
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
            NextStep::Denied(DeniedReason::CannotStepUp) => options.name_needed(context, stage.acr),
            NextStep::Denied(DeniedReason::Frozen) => {}
            NextStep::Denied(DeniedReason::Disabled | DeniedReason::NoUsableMethod) => {
                options.directory(context, user);
            }
            NextStep::Denied(DeniedReason::NothingToManage)
            | NextStep::Allowed(_)
            | NextStep::CheckEmail => {}
        }
        let change = user.password_change;
        if let Some(method) = change.and_then(|change| change.barred_method(context.now)) {
            options.bar(method);
        }
        options
    }

    /// Takes every weaker way off the list, if the policy insists on passkeys and the user has one
    /// that can be used. The saved default counts no more, either.
    fn insist(&mut self, context: &DecisionContext<'_>) {
        let passkeys = context.portal.policy.passkeys();
        let insists = passkeys.is_some_and(|passkeys| passkeys.when_bound == WhenBound::Insist);
        if !insists || self.proof_option(Method::Passkey).is_none() {
            return;
        }
        let reason = UnavailableReason::PasskeyOnly;
        let is_weaker = |option: &MethodOption| option.method != Method::Passkey;
        self.unavailable.clear();
        let weaker = self.list.extract_if(.., |option| is_weaker(option));
        let weaker = weaker.map(|option| Unavailable { method: option.method, reason });
        self.unavailable.extend(weaker.collect::<Vec<_>>());
        self.email_default = false;
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

    /// Returns the option of a method, if it can prove who is signing in.
    pub fn proof_option(&self, method: Method) -> Option<&MethodOption> {
        self.list.iter().find(|option| option.method == method && option.role != Role::Enrol)
    }

    /// Returns true if the app can be chosen instead of a code that was sent: to be used if it is
    /// bound; else, in place of the saved default, to be set up after the emailed code.
    pub(super) fn app_instead(
        &self,
        context: &DecisionContext<'_>,
        user: &User,
        sign_in: &SignIn,
    ) -> bool {
        let policy = &context.portal.policy;
        let has_app = self.proof_option(Method::AuthenticatorApp).is_some();
        // The emailed code opens no enrolment beside something stronger.
        let may_enrol = user.strongest(context.portal.generation) <= Strength::Fallback;
        let default_gives_way = self.email_default
            && policy.enabled
            && policy.has(Method::AuthenticatorApp)
            && (has_app || may_enrol);
        let is_hidden = self.sent_code(context, sign_in).is_some()
            || self.proof_option(Method::Passkey).is_some()
            || sign_in.chose_recovery;
        let gives_way = default_gives_way || (has_app && is_hidden);
        gives_way && (!sign_in.chose_app || sign_in.chose_recovery)
    }

    /// Returns the option of a method, if it can be enrolled now.
    pub fn enrolment_option(&self, method: Method) -> Option<&MethodOption> {
        self.list.iter().find(|option| option.method == method && option.role == Role::Enrol)
    }

    /// Returns the option whose code is sent without being asked for: the saved default, or the
    /// only one if the user bound it. With destinations of the contact record the user chooses.
    pub fn sent_at_once(&self) -> Option<&MethodOption> {
        if self.email_default {
            return self.proof_option(Method::Email);
        }
        match self.list.as_slice() {
            [only] => Some(only).filter(|only| only.role.is_bound() && only.to.is_some()),
            [] | [_, _, ..] => None,
        }
    }

    fn list_proofs(&mut self, context: &DecisionContext<'_>, user: &User) {
        let policy = &context.portal.policy;
        self.bound(context, user, |authenticator| {
            !policy.enabled || policy.has(authenticator.method())
        });
        if policy.enabled {
            self.directory(context, user);
        }
        self.fallback(context, user);
    }

    fn bound(
        &mut self,
        context: &DecisionContext<'_>,
        user: &User,
        counts: impl Fn(&Authenticator) -> bool,
    ) {
        for authenticator in
            user.bound(context.portal.generation).filter(|authenticator| counts(authenticator))
        {
            let method = authenticator.method();
            // A code is compared with the secrets of all apps, and a browser is asked for any of
            // the passkeys.
            if self.list.iter().any(|option| option.method == method) {
                continue;
            }
            let role = if context.portal.policy.has(method) { Role::Bound } else { Role::Old };
            // One of several may be usable.
            self.unavailable.retain(|unavailable| unavailable.method != method);
            match usable(context, authenticator) {
                Ok(to) => self.list.push(MethodOption { method, role, to }),
                Err(reason) => self.unavailable.push(Unavailable { method, reason }),
            }
        }
    }

    fn directory(&mut self, context: &DecisionContext<'_>, user: &User) {
        for method in context.portal.policy.methods.iter().map(MethodPolicy::method) {
            match directory_destination(context, user, method) {
                Ok(to) => {
                    self.list.push(MethodOption { method, role: Role::Directory, to: Some(to) })
                }
                Err(Some(reason)) => self.unavailable.push(Unavailable { method, reason }),
                Err(None) => {}
            }
        }
    }

    /// Lists the ways that prove as much as the strongest that the user has: with a weaker one
    /// nothing can be changed, so that it is not asked for.
    fn list_demanded(
        &mut self,
        context: &DecisionContext<'_>,
        user: &User,
        email_default: EmailDefaultState,
    ) {
        self.bound(context, user, |_| true);
        if context.portal.policy.enabled {
            self.directory(context, user);
        }
        self.fallback(context, user);
        self.old_default(context, user, email_default);
        let strongest = user.strongest(context.portal.generation);
        self.list.retain(|option| option.role.strength(option.method) >= strongest);
        self.email_default &= self.proof_option(Method::Email).is_some();
    }

    /// Lists the ways that a step-up takes. Nothing stands in for them.
    fn list_strong_enough(&mut self, context: &DecisionContext<'_>, user: &User, acr: Acr) {
        let policy = &context.portal.policy;
        self.bound(context, user, |bound| policy.has(bound.method()));
        self.directory(context, user);
        self.list.retain(|option| acr.takes(option.method));
        self.unavailable.retain(|unavailable| acr.takes(unavailable.method));
        self.email_default = false;
    }

    /// Names the methods that a step-up would take, if the user had one.
    fn name_needed(&mut self, context: &DecisionContext<'_>, acr: Acr) {
        let reason = UnavailableReason::NotEnrolled;
        let methods = context.portal.policy.methods.iter().map(MethodPolicy::method);
        let needed = methods.filter(|method| acr.takes(*method));
        self.unavailable.extend(needed.map(|method| Unavailable { method, reason }));
    }

    /// Adds the saved default that the policy no longer allows, unless something stronger is bound:
    /// its code proves no more than the mailbox, and is to open an enrolment or the settings.
    fn old_default(
        &mut self,
        context: &DecisionContext<'_>,
        user: &User,
        email_default: EmailDefaultState,
    ) {
        let strongest = user.strongest(context.portal.generation);
        if email_default == EmailDefaultState::OutsidePolicy && strongest <= Strength::Fallback {
            self.email(context, user, Role::Old);
        }
    }

    /// The ways that a user may add to what is bound.
    pub(super) fn to_add(context: &DecisionContext<'_>) -> Self {
        let next_step = NextStep::Enrol { skippable: false };
        let (list, unavailable) = (vec![], vec![]);
        let mut options =
            Self { next_step, list, unavailable, email_default: false, recovery: false };
        options.list_enrolments(context);
        options
    }

    fn list_enrolments(&mut self, context: &DecisionContext<'_>) {
        let enrolled = |method: &&MethodPolicy| method.is_enrolled_by_users();
        for method in context.portal.policy.methods.iter().filter(enrolled) {
            let method = method.method();
            let needs_domain = method == Method::Passkey && context.relying_party().is_none();
            if needs_domain {
                let reason = UnavailableReason::NoPasskeyDomain;
                self.unavailable.push(Unavailable { method, reason });
            } else if context.settings.can_deliver(method) {
                self.list.push(MethodOption { method, role: Role::Enrol, to: None });
            } else {
                let reason = UnavailableReason::ProviderNotSet;
                self.unavailable.push(Unavailable { method, reason });
            }
        }
    }

    fn fallback(&mut self, context: &DecisionContext<'_>, user: &User) {
        let allowed = match context.portal.policy.email_fallback() {
            EmailFallback::Forbidden => self.email_default,
            EmailFallback::Allowed | EmailFallback::AllowedAsDefault => true,
        };
        if allowed {
            self.email(context, user, Role::Fallback);
        }
    }

    /// Adds the verified address of the contact record, unless email is on offer already, or the
    /// policy holds the address.
    fn email(&mut self, context: &DecisionContext<'_>, user: &User, role: Role) {
        if context.holds_address(user) {
            let reason = UnavailableReason::NewAddress;
            self.unavailable.push(Unavailable { method: Method::Email, reason });
            return;
        }
        let listed = self.list.iter().any(|option| option.method == Method::Email);
        let address = user.contact.verified_email().cloned();
        let address = address.filter(|_| !listed && context.settings.can_deliver(Method::Email));
        if let Some(address) = address {
            let to = Some(Destination::Email(address));
            self.list.push(MethodOption { method: Method::Email, role, to });
        }
    }
}

/// Returns the destination of what is bound, if it has one and a code can go there; or the reason
/// why it cannot be used.
fn usable(
    context: &DecisionContext<'_>,
    authenticator: &Authenticator,
) -> Result<Option<Destination>, UnavailableReason> {
    if let Some(passkey) = authenticator.passkey() {
        let party = context.relying_party().ok_or(UnavailableReason::NoPasskeyDomain)?;
        let is_here = *party.rp_id() == passkey.rp_id;
        return if is_here { Ok(None) } else { Err(UnavailableReason::OtherPasskeyDomain) };
    }
    let to = authenticator.destination();
    to.as_ref().map_or(Ok(()), |to| can_go_to(context, to)).map(|()| to)
}

/// Returns the lock that keeps guesses of a sign-in from being judged. A recovery code leads past
/// it to an enrolment.
pub(super) fn lock(context: &DecisionContext<'_>, user: &User, sign_in: &SignIn) -> Option<Lock> {
    let lock = user.failures.lock(sign_in.known_browser, context.now);
    lock.filter(|_| !has_recovered(context, sign_in.stage()))
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

/// Why the emailed code that comes before the first enrolment cannot be sent.
fn no_email_first(context: &DecisionContext<'_>, user: &User) -> UnavailableReason {
    if context.holds_address(user) {
        UnavailableReason::NewAddress
    } else if context.settings.can_deliver(Method::Email) {
        UnavailableReason::NoVerifiedEmail
    } else {
        UnavailableReason::ProviderNotSet
    }
}

/// Returns the destination that the contact record gives a method, or why it gives none;
/// `Err(None)` if the policy does not look there.
pub fn directory_destination(
    context: &DecisionContext<'_>,
    user: &User,
    method: Method,
) -> Result<Destination, Option<UnavailableReason>> {
    if context.portal.policy.source(method) != Some(DestinationSource::Directory) {
        return Err(None);
    }
    let contact = &user.contact;
    let to = match method.channel().ok_or(None)? {
        Channel::Email => contact
            .verified_email()
            .cloned()
            .map(Destination::Email)
            .ok_or(UnavailableReason::NoVerifiedEmail)?,
        Channel::Sms => {
            contact.phone.clone().map(Destination::Sms).ok_or(UnavailableReason::NoPhone)?
        }
    };
    can_go_to(context, &to)?;
    Ok(to)
}
