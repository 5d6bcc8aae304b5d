//! The form that a portal shows for a sign-in: what is typed, and where it is posted.

use portcullis_domain::{
    Locale, Method,
    policy::TrustDays,
    sign_in::{Question, SignInView},
};
use portcullis_messages::catalogue::text;

use crate::{
    NextAction,
    wire::{
        AutocompleteName, ChallengeRequest, CheckboxName, CheckboxValue, CheckboxView,
        DefaultMethod, EnrolmentRequest, FieldName, InputView, MethodName, NoFields, VerifyFields,
    },
    words::method_words,
};

/// Returns the form for what a sign-in asks for next; `None` if the user has to choose a link, is
/// in, or cannot continue.
pub(crate) fn input(view: &SignInView) -> Option<InputView> {
    let say = |key| text(view.locale.as_ref(), key, &[]);
    let remember = |method| {
        view.remembers(method).map(|days| CheckboxView {
            name: CheckboxName::RememberBrowser,
            value: CheckboxValue::Yes(true),
            label: remember_label(view.locale.as_ref(), days),
        })
    };
    let one_time_code = AutocompleteName::OneTimeCode;
    let verify = |key, method: Option<Method>, checkbox| InputView::Verify {
        field: FieldName::Code,
        label: say(key),
        autocomplete: if takes_digits(method) { one_time_code } else { AutocompleteName::Off },
        body: VerifyFields { method: method.map(MethodName::from), text: None },
        checkbox,
        public_key: None,
    };
    let confirm = |key| InputView::Confirm {
        field: FieldName::Code,
        label: say(key),
        autocomplete: one_time_code,
        body: NoFields {},
        public_key: None,
    };
    match view.question() {
        Question::Nothing | Question::Way => None,
        Question::SentCode(sent) => {
            let always = || CheckboxView {
                name: CheckboxName::SetDefault,
                value: CheckboxValue::Default(DefaultMethod::Email),
                label: say("prompt-always-email"),
            };
            // What stands in for the app can be made the default, and earns no trust.
            let checkbox = sent.offer_default.then(always).or_else(|| remember(sent.method));
            Some(verify("prompt-code-label", Some(sent.method), checkbox))
        }
        Question::AppCode => {
            let method = Method::AuthenticatorApp;
            Some(verify("prompt-code-label", Some(method), remember(method)))
        }
        Question::Passkey(asked) => Some(InputView::Verify {
            field: FieldName::Passkey,
            label: say("link-use-passkey"),
            autocomplete: AutocompleteName::Off,
            body: VerifyFields { method: None, text: None },
            checkbox: remember(Method::Passkey),
            public_key: Some(Box::new(asked.into())),
        }),
        Question::StartPasskey => Some(InputView::Enrolment {
            field: FieldName::None,
            label: NextAction::EnrolPasskey.label(view.locale.as_ref()),
            autocomplete: AutocompleteName::Off,
            body: EnrolmentRequest::of(MethodName::Passkey, None),
        }),
        Question::NewPasskey(new) => Some(InputView::Confirm {
            field: FieldName::Passkey,
            label: say("link-enrol-passkey"),
            autocomplete: AutocompleteName::Off,
            body: NoFields {},
            public_key: Some(Box::new(new.into())),
        }),
        Question::BypassCode => Some(verify("prompt-bypass", None, None)),
        Question::RecoveryCode => {
            Some(verify("prompt-recovery-label", Some(Method::RecoveryCode), None))
        }
        Question::Send(method, to) => Some(InputView::Challenge {
            field: FieldName::None,
            label: NextAction::SendCode { method, to }.label(view.locale.as_ref()),
            autocomplete: AutocompleteName::Off,
            body: ChallengeRequest::of(method.into()),
        }),
        Question::StartApp => Some(InputView::Enrolment {
            field: FieldName::None,
            label: NextAction::EnrolApp.label(view.locale.as_ref()),
            autocomplete: AutocompleteName::Off,
            body: EnrolmentRequest::of(MethodName::AuthenticatorApp, None),
        }),
        Question::NewApp(_) => Some(confirm("prompt-app-code")),
        Question::NewDestination(method) => {
            // An app has no destination to type.
            let words = method_words(method).destination?;
            Some(InputView::Enrolment {
                field: words.field,
                label: say(words.label),
                autocomplete: words.autocomplete,
                body: EnrolmentRequest::of(method.into(), None),
            })
        }
        Question::NewDestinationCode(_) => Some(confirm("prompt-code-label")),
    }
}

/// Returns the words of the box that has a browser remembered for so many days.
pub fn remember_label(locale: Option<&Locale>, days: TrustDays) -> String {
    text(locale, "prompt-remember-browser", &[("days", &u8::from(days).to_string())])
}

/// Returns true if six digits are asked for, which a browser can fill in.
const fn takes_digits(method: Option<Method>) -> bool {
    match method {
        Some(Method::AuthenticatorApp | Method::Email | Method::Sms) => true,
        Some(Method::Passkey | Method::RecoveryCode) | None => false,
    }
}
