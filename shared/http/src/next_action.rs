//! The ways on from a sign-in beside what is asked for: one list, which the view prints as links
//! and the prompt as forms.

use portcullis_domain::{
    Locale, Masked, Method,
    decision::NextStep,
    sign_in::{MethodOption, Role, SentCode, SignInView, Status},
};
use portcullis_messages::catalogue::text;

/// A way on that the user may take.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NextAction {
    /// A code is sent to this destination.
    SendCode {
        /// The method it is sent by.
        method: Method,
        to: Masked,
    },
    EnrolApp,
    /// The bound app is asked for in the place of a code that was sent.
    UseApp,
    /// The app is enrolled in the place of a code that was sent.
    EnrolAppInstead,
    Skip,
}

impl NextAction {
    /// The last word of the address it is posted to.
    pub const fn route(&self) -> &'static str {
        match self {
            Self::SendCode { .. } | Self::UseApp | Self::EnrolAppInstead => "challenge",
            Self::EnrolApp => "enrolment",
            Self::Skip => "skip",
        }
    }

    /// The method that is posted along, if it is about one.
    pub const fn method(&self) -> Option<Method> {
        match self {
            Self::SendCode { method, .. } => Some(*method),
            Self::EnrolApp | Self::UseApp | Self::EnrolAppInstead => Some(Method::AuthenticatorApp),
            Self::Skip => None,
        }
    }

    /// The words of its link.
    pub fn label(&self, locale: Option<&Locale>) -> String {
        match self {
            Self::SendCode { method, to } => text(locale, send_to(*method), &[("to", to.as_str())]),
            Self::EnrolApp | Self::EnrolAppInstead => text(locale, "link-enrol-app", &[]),
            Self::UseApp => text(locale, "link-use-app", &[]),
            Self::Skip => text(locale, "link-skip", &[]),
        }
    }
}

/// The label of a link that sends a code.
const fn send_to(method: Method) -> &'static str {
    match method {
        Method::Email => "link-send-email",
        Method::Sms | Method::AuthenticatorApp => "link-send-sms",
    }
}

/// The ways on from a sign-in, in the order in which they are shown.
pub fn next_actions(view: &SignInView, prompt: Option<&SentCode>) -> Vec<NextAction> {
    let offered = view.options.iter().filter_map(|option| of_offer(option, prompt));
    let app = view
        .app_instead
        .map(|bound| if bound { NextAction::UseApp } else { NextAction::EnrolAppInstead });
    let skippable = view.status == Status::Waiting(NextStep::Enrol { skippable: true });
    offered.chain(app).chain(skippable.then_some(NextAction::Skip)).collect()
}

/// The way of one offer: none for the app that is asked for anyway, and for destinations the user
/// has to type.
fn of_offer(option: &MethodOption, prompt: Option<&SentCode>) -> Option<NextAction> {
    match (option.role, &option.to) {
        (Role::Enrol, _) if option.method == Method::AuthenticatorApp => Some(NextAction::EnrolApp),
        (_, Some(to)) if prompt.is_none_or(|prompt| prompt.method != option.method) => {
            Some(NextAction::SendCode { method: option.method, to: to.masked() })
        }
        (_, Some(_) | None) => None,
    }
}
