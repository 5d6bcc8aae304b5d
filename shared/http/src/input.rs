//! The form that a portal shows for a sign-in: what is typed, and where it is posted.

use portcullis_domain::{
    Method,
    sign_in::{Question, SignInView},
};
use portcullis_messages::catalogue::text;
use serde_json::{Value, json};

use crate::{
    NextAction,
    wire::{ActionName, AutocompleteName, CheckboxView, FieldName, InputView, MethodName},
    words::method_words,
};

/// Returns the form for what a sign-in asks for next; `None` if the user has to choose a link, is
/// in, or cannot continue.
pub(crate) fn input(view: &SignInView) -> Option<InputView> {
    let say = |key| text(view.locale.as_ref(), key, &[]);
    let code = |action, key, body| InputView {
        action,
        field: FieldName::Code,
        label: say(key),
        autocomplete: AutocompleteName::OneTimeCode,
        body,
        checkbox: None,
    };
    let button = |action: NextAction| InputView {
        action: action.route(),
        field: FieldName::None,
        label: action.label(view.locale.as_ref()),
        autocomplete: AutocompleteName::Off,
        body: action.body(),
        checkbox: None,
    };
    match view.question() {
        Question::Nothing | Question::Way => None,
        Question::SentCode(sent) => {
            let label = || say("prompt-always-email");
            let always = || CheckboxView { name: "set_default", value: "email", label: label() };
            let checkbox = sent.offer_default.then(always);
            let body = of_method(sent.method);
            Some(InputView { checkbox, ..code(ActionName::Verify, "prompt-code-label", body) })
        }
        Question::AppCode => {
            let body = of_method(Method::AuthenticatorApp);
            Some(code(ActionName::Verify, "prompt-code-label", body))
        }
        Question::BypassCode => {
            let input = code(ActionName::Verify, "prompt-bypass", json!({}));
            Some(InputView { autocomplete: AutocompleteName::Off, ..input })
        }
        Question::Send(method, to) => Some(button(NextAction::SendCode { method, to })),
        Question::StartApp => Some(button(NextAction::EnrolApp)),
        Question::NewApp(_) => Some(code(ActionName::Confirm, "prompt-app-code", json!({}))),
        Question::NewDestination(method) => {
            // An app has no destination to type.
            let words = method_words(method).destination?;
            Some(InputView {
                action: ActionName::Enrolment,
                field: words.field,
                label: say(words.label),
                autocomplete: words.autocomplete,
                body: of_method(method),
                checkbox: None,
            })
        }
        Question::NewDestinationCode(_) => {
            Some(code(ActionName::Confirm, "prompt-code-label", json!({})))
        }
    }
}

pub(crate) fn of_method(method: Method) -> Value {
    json!({ "method": MethodName::from(method) })
}
