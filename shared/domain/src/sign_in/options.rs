//! The ways on offer in a sign-in, and the ones that would be if something were set or known.

mod lock;
mod offered;
mod ways;

pub(super) use lock::lock;

use super::{Role, SignIn};
use crate::{
    DecisionContext, Destination, Method, Strength, User,
    decision::{NextStep, UnavailableReason},
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
}
