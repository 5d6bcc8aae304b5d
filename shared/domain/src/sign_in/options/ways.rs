//! The ways of each kind: bound, of the contact record, standing in, and to be enrolled.

use super::{MethodOption, MethodOptions, Unavailable, comes_back};
use crate::{
    DecisionContext, Destination, Method, Strength, User,
    decision::{EmailDefaultState, NextStep, UnavailableReason, can_go_to},
    policy::{DestinationSource, EmailFallback, MethodPolicy},
    portal::ShownBy,
    settings::Channel,
    sign_in::{
        Role, Stage,
        passkey::{rules::rules_in_force, usable::check_usable},
    },
    user::Authenticator,
};

impl MethodOptions {
    pub(super) fn list_proofs(&mut self, context: &DecisionContext<'_>, user: &User) {
        let policy = &context.portal.policy;
        self.bound(context, user, |authenticator| {
            !policy.enabled || policy.has(authenticator.method())
        });
        if policy.enabled {
            self.directory(context, user);
        }
        self.fallback(context, user);
    }

    pub(super) fn bound(
        &mut self,
        context: &DecisionContext<'_>,
        user: &User,
        counts: impl Fn(&Authenticator) -> bool,
    ) {
        let mut bound: Vec<&Authenticator> =
            user.bound(context.portal.generation).filter(|bound| counts(bound)).collect();
        // Of several of one method, one whose messages arrive comes first.
        let is_last = |to: Destination| comes_back(context, user, &to).is_some();
        bound.sort_by_key(|bound| bound.destination().is_some_and(is_last));
        for authenticator in bound {
            let method = authenticator.method();
            // A code is compared with the secrets of all apps, and a browser is asked for any of
            // the passkeys.
            if self.list.iter().any(|option| option.method == method) {
                continue;
            }
            let role = if context.portal.policy.has(method) { Role::Bound } else { Role::Old };
            // One of several may be usable.
            self.unavailable.retain(|unavailable| unavailable.method != method);
            match self.usable(context, authenticator) {
                Ok(to) => self.list.push(MethodOption { method, role, to }),
                Err(reason) => self.unavailable.push(Unavailable { method, reason }),
            }
        }
    }

    pub(super) fn directory(&mut self, context: &DecisionContext<'_>, user: &User) {
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
    pub(super) fn list_demanded(
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
        self.keep_strongest(context, user);
        self.email_default &= self.proof_option(Method::Email).is_some();
    }

    /// Takes off the list what proves less than the strongest that the user has.
    pub(super) fn keep_strongest(&mut self, context: &DecisionContext<'_>, user: &User) {
        let strongest = user.strongest(context.portal.generation);
        self.list.retain(|option| option.role.strength(option.method) >= strongest);
    }

    /// Lists the ways that a step-up takes. Nothing stands in for them.
    pub(super) fn list_strong_enough(
        &mut self,
        context: &DecisionContext<'_>,
        user: &User,
        stage: Stage,
    ) {
        let policy = &context.portal.policy;
        self.bound(context, user, |bound| policy.has(bound.method()));
        self.directory(context, user);
        self.hold(context, user);
        self.list.retain(|option| stage.takes(policy, option.method));
        self.unavailable.retain(|unavailable| stage.takes(policy, unavailable.method));
    }

    /// Takes a new address off the list that the policy holds: a step-up may come from a session
    /// that somebody took over, and nothing else is asked of whoever changes the contact record.
    fn hold(&mut self, context: &DecisionContext<'_>, user: &User) {
        let is_held = |option: &mut MethodOption| {
            option.role == Role::Directory && option.method == Method::Email
        };
        if context.holds_address(user) && self.list.extract_if(.., is_held).next().is_some() {
            let reason = UnavailableReason::NewAddress;
            self.unavailable.push(Unavailable { method: Method::Email, reason });
        }
    }

    /// Names the methods that a step-up would take, if the user had one.
    pub(super) fn name_needed(&mut self, context: &DecisionContext<'_>, user: &User, stage: Stage) {
        let policy = &context.portal.policy;
        let reason = |method| {
            let is_there = directory_destination(context, user, method).is_ok();
            if is_there { UnavailableReason::NewAddress } else { UnavailableReason::NotEnrolled }
        };
        let methods = policy.methods.iter().map(MethodPolicy::method);
        let needed = methods.filter(|method| stage.takes(policy, *method));
        let needed = needed.map(|method| Unavailable { method, reason: reason(method) });
        self.unavailable.extend(needed);
    }

    /// Adds the saved default that the policy no longer allows, unless something stronger is bound:
    /// its code proves no more than the mailbox, and is to open an enrolment or the settings.
    pub(super) fn old_default(
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
    pub(in crate::sign_in) fn to_add(context: &DecisionContext<'_>, shown_by: ShownBy) -> Self {
        let next_step = NextStep::Enrol { skippable: false };
        let mut options = Self::none(context, next_step, shown_by);
        options.list_enrolments(context);
        options
    }

    pub(super) fn list_enrolments(&mut self, context: &DecisionContext<'_>) {
        let enrolled = |method: &&MethodPolicy| method.is_enrolled_by_users();
        for method in context.portal.policy.methods.iter().filter(enrolled) {
            let method = method.method();
            let needs_domain = method == Method::Passkey && self.relying_party.is_none();
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

    pub(super) fn fallback(&mut self, context: &DecisionContext<'_>, user: &User) {
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
    pub(super) fn email(&mut self, context: &DecisionContext<'_>, user: &User, role: Role) {
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

    /// Returns the destination of what is bound, if it has one and a code can go there; or the
    /// reason why it cannot be used.
    fn usable(
        &self,
        context: &DecisionContext<'_>,
        authenticator: &Authenticator,
    ) -> Result<Option<Destination>, UnavailableReason> {
        if let Some(passkey) = authenticator.passkey() {
            let party = self.relying_party.as_ref().ok_or(UnavailableReason::NoPasskeyDomain)?;
            let rules = rules_in_force(&context.portal.policy);
            return check_usable(passkey, party.rp_id(), rules).map(|()| None);
        }
        let to = authenticator.destination();
        to.as_ref().map_or(Ok(()), |to| can_go_to(context, to)).map(|()| to)
    }
}

/// Why the emailed code that comes before the first enrolment cannot be sent.
pub(super) fn no_email_first(context: &DecisionContext<'_>, user: &User) -> UnavailableReason {
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
