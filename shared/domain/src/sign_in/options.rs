//! The ways on offer in a sign-in, and the ones that would be if something were set or known.

mod lock;
mod offered;
mod returned;
mod ways;

pub(super) use lock::lock;
pub use returned::ComesBack;
pub(super) use returned::comes_back;

use super::{Role, SignIn};
use crate::{
    DecisionContext, Destination, Method, Strength, User,
    decision::{NextStep, UnavailableReason},
    passkey::RelyingParty,
    portal::ShownBy,
    user::Lock,
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
    /// The ways that would be on offer if messages to their destinations did not come back.
    pub returned: Vec<ComesBack>,
    /// A recovery code can stand in for all of them.
    pub recovery: bool,
    /// The party of the passkeys that can be made and used.
    relying_party: Option<RelyingParty>,
}

impl MethodOptions {
    fn none(context: &DecisionContext<'_>, next_step: NextStep, shown_by: ShownBy) -> Self {
        Self {
            next_step,
            list: vec![],
            unavailable: vec![],
            email_default: false,
            returned: vec![],
            recovery: false,
            relying_party: context.relying_party(shown_by),
        }
    }

    /// Returns the option of a method, if it can prove who is signing in.
    pub fn proof_option(&self, method: Method) -> Option<&MethodOption> {
        self.list.iter().find(|option| option.method == method && option.role != Role::Enrol)
    }

    /// Returns true if a passkey lets in a user whose codes are locked. One that has left the
    /// policy does not: behind it a code is needed, to confirm what takes its place.
    pub fn outlast_locks(&self) -> bool {
        let lets_in = match self.next_step {
            NextStep::Challenge => true,
            NextStep::ChallengeThenEnrol(_)
            | NextStep::Allowed(_)
            | NextStep::Enrol { .. }
            | NextStep::CheckEmail
            | NextStep::Denied(_) => false,
        };
        lets_in && self.proof_option(Method::Passkey).is_some()
    }

    /// Takes everything but passkeys off the list, if a lock holds for codes and a passkey lets in.
    /// Returns the lock then.
    pub(super) fn lock_codes(&mut self, lock: Option<Lock>) -> Option<Lock> {
        let lock = lock.filter(|_| self.outlast_locks())?;
        let is_locked = |option: &MethodOption| option.method != Method::Passkey;
        let locked = self.list.extract_if(.., |option| is_locked(option));
        let reason = UnavailableReason::Locked;
        let locked = locked.map(|option| Unavailable { method: option.method, reason });
        self.unavailable.extend(locked.collect::<Vec<_>>());
        self.email_default = false;
        Some(lock)
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
}
