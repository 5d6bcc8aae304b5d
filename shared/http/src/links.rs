//! The links that a portal shows for a sign-in, beside its form.

use portcullis_domain::{
    Locale, Method,
    decision::NextStep,
    sign_in::{MethodOption, Question, Role, SignInView, Status},
};
use portcullis_messages::catalogue::text;

use crate::{
    NextAction,
    next_action::{app_instead, recovery},
    wire::{AgainName, ChallengeRequest, EnrolmentRequest, LinkView},
    words::method_words,
};

/// A way to continue other than the form.
enum Link {
    Action(NextAction),
    /// Sends a code once more.
    SendAgain(Method),
    /// Sends a code once more to the destination being enrolled.
    SendThereAgain(Method),
    /// Asks for a destination in place of the one that was entered.
    ChangeDestination(Method),
    /// Asks for a destination, to enrol it.
    EnterDestination(Method),
}

/// Returns the links of a sign-in, in the order in which they are shown.
pub(crate) fn links(view: &SignInView) -> Vec<LinkView> {
    let question = view.question();
    let mut links = vec![];
    match question {
        Question::Nothing => {}
        Question::Way
        | Question::SentCode(_)
        | Question::AppCode
        | Question::BypassCode
        | Question::RecoveryCode
        | Question::Send(..)
        | Question::StartApp
        | Question::NewApp(_)
        | Question::NewDestination(_)
        | Question::NewDestinationCode(_) => {
            links.extend(view.options.iter().filter_map(|option| of_option(option, &question)));
            links.extend(app_instead(view).map(Link::Action));
            links.extend(of_question(&question));
            links.extend(recovery(view).map(Link::Action));
            let skippable = view.status == Status::Waiting(NextStep::Enrol { skippable: true });
            links.extend(skippable.then_some(Link::Action(NextAction::Skip)));
        }
    }
    links.iter().map(|link| link.view(view.locale.as_ref())).collect()
}

fn of_question(question: &Question<'_>) -> Vec<Link> {
    match question {
        Question::SentCode(sent) if sent.sends_left > 0 => vec![Link::SendAgain(sent.method)],
        Question::NewDestinationCode(sent) => {
            let again = (sent.sends_left > 0).then_some(Link::SendThereAgain(sent.method));
            again.into_iter().chain([Link::ChangeDestination(sent.method)]).collect()
        }
        Question::Nothing
        | Question::Way
        | Question::SentCode(_)
        | Question::AppCode
        | Question::BypassCode
        | Question::RecoveryCode
        | Question::Send(..)
        | Question::StartApp
        | Question::NewApp(_)
        | Question::NewDestination(_) => vec![],
    }
}

/// Returns the link to a way on offer, unless it is the one that is asked for.
fn of_option(option: &MethodOption, question: &Question<'_>) -> Option<Link> {
    let method = option.method;
    if option.role == Role::Enrol {
        return match method {
            _ if question.enrols() == Some(method) => None,
            Method::AuthenticatorApp => Some(Link::Action(NextAction::EnrolApp)),
            Method::Email | Method::Sms => Some(Link::EnterDestination(method)),
            Method::RecoveryCode => None,
        };
    }
    let to = option.to.as_ref().filter(|_| question.proves_by() != Some(method))?;
    Some(Link::Action(NextAction::SendCode { method, to: to.masked() }))
}

impl Link {
    fn view(&self, locale: Option<&Locale>) -> LinkView {
        let label = self.label(locale);
        let (method, again) = match self {
            Self::Action(action) => return action.link(label),
            Self::SendAgain(method) => {
                let body = ChallengeRequest { method: (*method).into() };
                return LinkView::Challenge { label, body };
            }
            Self::SendThereAgain(method) => (method, AgainName::Code),
            Self::ChangeDestination(method) | Self::EnterDestination(method) => {
                (method, AgainName::Destination)
            }
        };
        LinkView::Enrolment { label, body: EnrolmentRequest::of((*method).into(), Some(again)) }
    }

    fn label(&self, locale: Option<&Locale>) -> String {
        let words = |method| method_words(method).destination;
        let key = match self {
            Self::Action(action) => return action.label(locale),
            Self::SendAgain(_) | Self::SendThereAgain(_) => Some("prompt-send-again"),
            Self::ChangeDestination(method) => words(*method).map(|words| words.change),
            Self::EnterDestination(method) => words(*method).map(|words| words.enrol),
        };
        key.map(|key| text(locale, key, &[])).unwrap_or_default()
    }
}
