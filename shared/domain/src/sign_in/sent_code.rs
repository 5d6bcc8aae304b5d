//! The code that was sent and is asked for.

use super::{MethodOption, MethodOptions, Pending, Role, SignIn};
use crate::{DecisionContext, Masked, Method, Purpose, Timestamp, policy::EmailFallback};

/// A code is on its way, and expected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SentCode {
    pub method: Method,
    pub to: Masked,
    pub expires_at: Timestamp,
    pub resend_after: Timestamp,
    pub sends_left: u8,
    /// The user may make email the default together with this code.
    pub offer_default: bool,
}

impl SentCode {
    /// The newest code that was sent to a destination being enrolled, if it is still good.
    pub(super) fn to_enrol(
        context: &DecisionContext<'_>,
        sign_in: &SignIn,
        pending: &Pending,
        method: Method,
    ) -> Option<Self> {
        let to = match pending {
            Pending::Destination { to, .. } if to.method() == method => to,
            Pending::Destination { .. } | Pending::App { .. } | Pending::Passkey { .. } => {
                return None;
            }
        };
        let destination = context.keys.destination_hash(to);
        let newest = sign_in.challenges.iter().rfind(|challenge| {
            challenge.purpose == Purpose::Enrolment && challenge.destination == destination
        })?;
        (context.now < newest.expires_at).then(|| Self {
            method,
            to: to.masked(),
            expires_at: newest.expires_at,
            resend_after: sign_in.resend_after().unwrap_or(context.now),
            sends_left: sign_in.sends_left(),
            offer_default: false,
        })
    }

    /// The prompt for the newest code of a way on offer, if one was sent and is still good.
    pub(super) fn of(
        context: &DecisionContext<'_>,
        options: &MethodOptions,
        sign_in: &SignIn,
        option: &MethodOption,
    ) -> Option<Self> {
        let to = option.to.as_ref()?;
        let newest = sign_in.challenges.last()?;
        let same = newest.method == option.method
            && newest.purpose == Purpose::SignIn
            && newest.destination == context.keys.destination_hash(to);
        let fallback = context.portal.policy.email_fallback() == EmailFallback::AllowedAsDefault;
        (same && context.now < newest.expires_at).then(|| Self {
            method: option.method,
            to: to.masked(),
            expires_at: newest.expires_at,
            resend_after: sign_in.resend_after().unwrap_or(context.now),
            sends_left: sign_in.sends_left(),
            offer_default: option.role == Role::Fallback && fallback && !options.email_default,
        })
    }
}

impl MethodOptions {
    /// Returns the newest code of the ways on offer, if the sign-in is open and it is still good.
    pub(super) fn sent_code(
        &self,
        context: &DecisionContext<'_>,
        sign_in: &SignIn,
    ) -> Option<SentCode> {
        let ways = self.list.iter().filter(|_| sign_in.is_open());
        ways.into_iter().find_map(|option| SentCode::of(context, self, sign_in, option))
    }
}
