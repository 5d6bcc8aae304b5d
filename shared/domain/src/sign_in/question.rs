//! The one thing that a sign-in asks for next. The API's input, its links and its sentence are made
//! from it.

use super::{
    AppKey, EnrolmentStep, MethodOption, RecoveryOffer, SentCode, SignInView, Status,
    enrolment_step::sole_enrolment,
    passkey::{AskedPasskey, NewPasskey},
};
use crate::{
    Masked, Method,
    decision::{DeniedReason, NextStep},
};

/// The one thing that a sign-in asks for next.
#[derive(Clone, Debug)]
pub enum Question<'a> {
    /// Nothing more: the user is in, or cannot continue here.
    Nothing,
    /// One of several ways, each of which is a link.
    Way,
    /// The code that was sent to prove who is signing in.
    SentCode(&'a SentCode),
    /// The code of the app that is bound.
    AppCode,
    /// A passkey that is bound.
    Passkey(&'a AskedPasskey),
    /// The code that an admin can issue, and no other.
    BypassCode,
    /// A recovery code.
    RecoveryCode,
    /// Permission to send a code by the only way on offer.
    Send(Method, Masked),
    /// The start of the only enrolment on offer, which is an app.
    StartApp,
    /// The code of the app that was given its secret.
    NewApp(&'a AppKey),
    /// The start of the only enrolment on offer, which is a passkey.
    StartPasskey,
    /// A passkey to be made.
    NewPasskey(&'a NewPasskey),
    /// A destination to enrol.
    NewDestination(Method),
    /// The code that was sent to the destination being enrolled.
    NewDestinationCode(&'a SentCode),
}

impl Question<'_> {
    /// Returns the method by which it asks to prove who is signing in.
    pub const fn proves_by(&self) -> Option<Method> {
        match self {
            Self::SentCode(sent) => Some(sent.method),
            Self::AppCode => Some(Method::AuthenticatorApp),
            Self::Send(method, _) => Some(*method),
            Self::RecoveryCode => Some(Method::RecoveryCode),
            Self::Passkey(_) => Some(Method::Passkey),
            Self::Nothing
            | Self::Way
            | Self::BypassCode
            | Self::StartApp
            | Self::NewApp(_)
            | Self::StartPasskey
            | Self::NewPasskey(_)
            | Self::NewDestination(_)
            | Self::NewDestinationCode(_) => None,
        }
    }

    /// Returns the method that it asks to enrol.
    pub const fn enrols(&self) -> Option<Method> {
        match self {
            Self::StartApp | Self::NewApp(_) => Some(Method::AuthenticatorApp),
            Self::StartPasskey | Self::NewPasskey(_) => Some(Method::Passkey),
            Self::NewDestination(method) => Some(*method),
            Self::NewDestinationCode(sent) => Some(sent.method),
            Self::Nothing
            | Self::Way
            | Self::SentCode(_)
            | Self::AppCode
            | Self::Passkey(_)
            | Self::BypassCode
            | Self::RecoveryCode
            | Self::Send(..) => None,
        }
    }
}

impl SignInView {
    pub fn question(&self) -> Question<'_> {
        match &self.status {
            Status::Allowed(_) => self.addition(),
            Status::Dead
            | Status::Waiting(
                NextStep::Allowed(_)
                | NextStep::Denied(
                    DeniedReason::Frozen
                    | DeniedReason::Disabled
                    | DeniedReason::NoUsableMethod
                    | DeniedReason::NothingToManage
                    | DeniedReason::CannotStepUp,
                ),
            ) => Question::Nothing,
            Status::Waiting(
                NextStep::CheckEmail | NextStep::Denied(DeniedReason::NoVerifiedEmail),
            ) => Question::BypassCode,
            Status::Waiting(NextStep::Challenge | NextStep::ChallengeThenEnrol(_)) => self.proof(),
            Status::Waiting(NextStep::Enrol { .. }) => self.next_enrolment(),
        }
    }

    /// Returns the code that the user is asked for, if one was sent.
    pub fn asked_code(&self) -> Option<&SentCode> {
        match self.question() {
            Question::SentCode(sent) | Question::NewDestinationCode(sent) => Some(sent),
            Question::Nothing
            | Question::Way
            | Question::AppCode
            | Question::Passkey(_)
            | Question::BypassCode
            | Question::RecoveryCode
            | Question::Send(..)
            | Question::StartApp
            | Question::NewApp(_)
            | Question::StartPasskey
            | Question::NewPasskey(_)
            | Question::NewDestination(_) => None,
        }
    }

    /// Returns the key of the app that is being enrolled.
    pub const fn app_key(&self) -> Option<&AppKey> {
        match &self.enrolment {
            Some(EnrolmentStep::App(key)) => Some(key),
            Some(
                EnrolmentStep::Passkey(_) | EnrolmentStep::Destination(_) | EnrolmentStep::Sent(_),
            )
            | None => None,
        }
    }

    fn proof(&self) -> Question<'_> {
        match self.recovery {
            RecoveryOffer::Chosen | RecoveryOffer::Only => return Question::RecoveryCode,
            RecoveryOffer::None | RecoveryOffer::Offered => {}
        }
        if let Some(asked) = self.asked_passkey() {
            return Question::Passkey(asked);
        }
        if let Some(sent) = self.sent_code.as_ref().filter(|_| !self.uses_app) {
            return Question::SentCode(sent);
        }
        let is_app = |option: &MethodOption| option.method == Method::AuthenticatorApp;
        match self.options.as_slice() {
            options if options.iter().any(is_app) => Question::AppCode,
            [MethodOption { method, to: Some(to), .. }] => Question::Send(*method, to.masked()),
            [] => Question::BypassCode,
            [_, ..] => Question::Way,
        }
    }

    /// Returns the question for a passkey, unless the user chose the app or a code is on its way
    /// that the user did not turn from.
    fn asked_passkey(&self) -> Option<&AskedPasskey> {
        let is_asked = !self.uses_app && (self.chose_passkey || self.sent_code.is_none());
        self.passkey.as_ref().filter(|_| is_asked)
    }

    /// Returns the question of what is being added.
    fn addition(&self) -> Question<'_> {
        match &self.enrolment {
            Some(EnrolmentStep::App(key)) => Question::NewApp(key),
            Some(EnrolmentStep::Passkey(new)) => Question::NewPasskey(new),
            Some(EnrolmentStep::Destination(method)) => Question::NewDestination(*method),
            Some(EnrolmentStep::Sent(sent)) => Question::NewDestinationCode(sent),
            None => Question::Nothing,
        }
    }

    fn next_enrolment(&self) -> Question<'_> {
        match (&self.enrolment, &self.sent_code) {
            (Some(EnrolmentStep::App(key)), _) => Question::NewApp(key),
            (Some(EnrolmentStep::Passkey(new)), _) => Question::NewPasskey(new),
            (Some(EnrolmentStep::Destination(method)), _) => Question::NewDestination(*method),
            (Some(EnrolmentStep::Sent(sent)), _) => Question::NewDestinationCode(sent),
            (None, Some(sent)) => Question::SentCode(sent),
            (None, None) => match sole_enrolment(&self.options) {
                Some(Method::AuthenticatorApp) => Question::StartApp,
                Some(Method::Passkey) => Question::StartPasskey,
                Some(Method::Email | Method::Sms | Method::RecoveryCode) | None => Question::Way,
            },
        }
    }
}
