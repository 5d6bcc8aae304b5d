//! The enrolment that a user is in the middle of.

use super::{
    AppKey, MethodOption, MethodOptions, NewPasskey, Pending, Role, SentCode, SignIn,
    passkey::Asking,
};
use crate::{DecisionContext, Method, Refusal, SecretOwner, User, decision::NextStep};

/// The enrolment that the user is in the middle of.
#[derive(Clone, Debug)]
pub enum EnrolmentStep {
    App(AppKey),
    Passkey(NewPasskey),
    /// The destination was not entered yet, or the code that went there has expired.
    Destination(Method),
    /// A code was sent to the destination.
    Sent(SentCode),
}

impl EnrolmentStep {
    /// The enrolment that was chosen last, or the only one if that asks for a destination. There is
    /// none while another code is asked for.
    pub(super) fn of(
        context: &DecisionContext<'_>,
        options: &MethodOptions,
        user: &User,
        sign_in: &SignIn,
    ) -> Result<Option<Self>, Refusal> {
        let changes = sign_in.changes_settings();
        let is_next = match options.next_step {
            NextStep::Enrol { .. } => sign_in.is_open() || changes,
            NextStep::Allowed(_)
            | NextStep::Challenge
            | NextStep::ChallengeThenEnrol(_)
            | NextStep::CheckEmail
            | NextStep::Denied(_) => false,
        };
        if !is_next {
            return Ok(None);
        }
        let pending = sign_in.pending.as_ref();
        let unchosen = || match options.sent_code(context, sign_in) {
            Some(_) => None,
            None if changes => pending.map(Pending::method),
            None => pending.map(Pending::method).or_else(|| sole_enrolment(&options.list)),
        };
        let method = sign_in.enrolling.or_else(unchosen);
        let Some(method) = method.filter(|method| options.enrolment_option(*method).is_some())
        else {
            return Ok(None);
        };
        match (method, pending) {
            (Method::AuthenticatorApp, Some(Pending::App { id, secret, place: _ })) => {
                let owner =
                    SecretOwner { portal: &user.portal, user: &user.id, authenticator: *id };
                let secret = context.keys.open(owner, secret)?;
                Ok(Some(Self::App(AppKey::of(context, user, secret))))
            }
            (Method::Passkey, Some(Pending::Passkey { id, place: _ })) => {
                let asking = Asking::of(context, user, sign_in);
                let new = asking.map(|asking| asking.new_passkey(*id)).transpose()?;
                Ok(new.map(Self::Passkey))
            }
            (
                Method::AuthenticatorApp,
                Some(Pending::Destination { .. } | Pending::Passkey { .. }) | None,
            )
            | (Method::Passkey, Some(Pending::App { .. } | Pending::Destination { .. }) | None)
            | (Method::RecoveryCode, _) => Ok(None),
            (Method::Email | Method::Sms, pending) => {
                let sent = pending.and_then(|p| SentCode::to_enrol(context, sign_in, p, method));
                Ok(Some(sent.map_or(Self::Destination(method), Self::Sent)))
            }
        }
    }
}

/// Returns the method that can be enrolled, if there is one and no other.
pub(super) fn sole_enrolment(options: &[MethodOption]) -> Option<Method> {
    let mut methods = options.iter().filter(|option| option.role == Role::Enrol);
    let first = methods.next()?.method;
    methods.next().is_none().then_some(first)
}
