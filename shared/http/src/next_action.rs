//! Ways to continue a sign-in, which the API returns as its form and links, and the prompt shows as
//! forms.

use portcullis_domain::{
    Locale, Masked, Method,
    decision::NextStep,
    sign_in::{MethodOption, RecoveryOffer, Role, SentCode, SignInView, Status},
};
use portcullis_messages::catalogue::text;

use crate::{
    wire::{ChallengeRequest, EnrolmentRequest, LinkView, MethodName, NoFields},
    words::method_words,
};

/// Another way to continue that the user may choose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NextAction {
    SendCode {
        method: Method,
        to: Masked,
    },
    EnrolApp,
    /// Enters a code of the app in place of a code that was sent.
    UseApp,
    /// Enrols the app in place of a code that was sent.
    EnrolAppInstead,
    UsePasskey,
    EnrolPasskey,
    UseRecoveryCode,
    Skip,
}

impl NextAction {
    /// Returns the end of the URL it is posted to.
    pub const fn route(&self) -> &'static str {
        match self {
            Self::SendCode { .. }
            | Self::UseApp
            | Self::EnrolAppInstead
            | Self::UsePasskey
            | Self::UseRecoveryCode => "challenge",
            Self::EnrolApp | Self::EnrolPasskey => "enrolment",
            Self::Skip => "skip",
        }
    }

    /// Returns it as a link of the API.
    pub(crate) fn link(&self, label: String) -> LinkView {
        let app = MethodName::AuthenticatorApp;
        match self {
            Self::SendCode { method, .. } => {
                LinkView::Challenge { label, body: ChallengeRequest::of((*method).into()) }
            }
            Self::UseApp | Self::EnrolAppInstead => {
                LinkView::Challenge { label, body: ChallengeRequest::of(app) }
            }
            Self::UsePasskey => {
                LinkView::Challenge { label, body: ChallengeRequest::of(MethodName::Passkey) }
            }
            Self::EnrolPasskey => {
                let body = EnrolmentRequest::of(MethodName::Passkey, None);
                LinkView::Enrolment { label, body }
            }
            Self::UseRecoveryCode => {
                LinkView::Challenge { label, body: ChallengeRequest::of(MethodName::RecoveryCode) }
            }
            Self::EnrolApp => LinkView::Enrolment { label, body: EnrolmentRequest::of(app, None) },
            Self::Skip => LinkView::Skip { label, body: NoFields {} },
        }
    }

    pub const fn method(&self) -> Option<Method> {
        match self {
            Self::SendCode { method, .. } => Some(*method),
            Self::EnrolApp | Self::UseApp | Self::EnrolAppInstead => Some(Method::AuthenticatorApp),
            Self::UsePasskey | Self::EnrolPasskey => Some(Method::Passkey),
            Self::UseRecoveryCode => Some(Method::RecoveryCode),
            Self::Skip => None,
        }
    }

    pub fn label(&self, locale: Option<&Locale>) -> String {
        match self {
            Self::SendCode { method, to } => {
                text(locale, method_words(*method).send, &[("to", to.as_str())])
            }
            Self::EnrolApp | Self::EnrolAppInstead => text(locale, "link-enrol-app", &[]),
            Self::UseApp => text(locale, "link-use-app", &[]),
            Self::UsePasskey => text(locale, "link-use-passkey", &[]),
            Self::EnrolPasskey => text(locale, "link-enrol-passkey", &[]),
            Self::UseRecoveryCode => text(locale, "link-use-recovery-code", &[]),
            Self::Skip => text(locale, "link-skip", &[]),
        }
    }
}

/// Returns the other ways to continue, in the order in which they are shown.
pub fn next_actions(view: &SignInView, prompt: Option<&SentCode>) -> Vec<NextAction> {
    let asks_for_passkey = view.question().proves_by() == Some(Method::Passkey);
    let passkey = view.passkey.as_ref().filter(|_| !asks_for_passkey);
    let passkey = passkey.map(|_| NextAction::UsePasskey);
    let of_options = view.options.iter().filter_map(|option| of_option(option, prompt));
    let app = app_instead(view);
    let skippable = view.status == Status::Waiting(NextStep::Enrol { skippable: true });
    let skip = skippable.then_some(NextAction::Skip);
    passkey.into_iter().chain(of_options).chain(app).chain(recovery(view)).chain(skip).collect()
}

/// Returns a recovery code as the way in place of all others.
pub(crate) fn recovery(view: &SignInView) -> Option<NextAction> {
    match view.recovery {
        RecoveryOffer::Offered => Some(NextAction::UseRecoveryCode),
        RecoveryOffer::None | RecoveryOffer::Chosen | RecoveryOffer::Only => None,
    }
}

/// Returns the app as the way in place of a code that was sent.
pub(crate) fn app_instead(view: &SignInView) -> Option<NextAction> {
    view.app_instead
        .map(|bound| if bound { NextAction::UseApp } else { NextAction::EnrolAppInstead })
}

/// Returns `None` for the app that is asked for anyway, and for a destination that the user has to
/// type.
fn of_option(option: &MethodOption, prompt: Option<&SentCode>) -> Option<NextAction> {
    match (option.role, &option.to) {
        (Role::Enrol, _) if option.method == Method::AuthenticatorApp => Some(NextAction::EnrolApp),
        (Role::Enrol, _) if option.method == Method::Passkey => Some(NextAction::EnrolPasskey),
        (_, Some(to)) if prompt.is_none_or(|prompt| prompt.method != option.method) => {
            Some(NextAction::SendCode { method: option.method, to: to.masked() })
        }
        (_, Some(_) | None) => None,
    }
}
