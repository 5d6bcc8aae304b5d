use portcullis_domain::Method;

use crate::wire::{AutocompleteName, FieldName};

/// The words of a method, by the keys of its texts in the catalogue.
#[derive(Debug)]
pub struct MethodWords {
    /// A code is not accepted: what the person can do. An app sends no other one, and shows wrong
    /// ones if the phone's clock is wrong.
    pub(crate) not_accepted: &'static str,
    /// The button that asks for a code.
    pub(crate) send: &'static str,
    /// The heading under which it is enrolled.
    pub enrol: &'static str,
    /// The sentence once it is enrolled.
    pub done: &'static str,
    /// The words about a destination that the user enters.
    pub destination: Option<DestinationWords>,
}

#[derive(Debug)]
pub struct DestinationWords {
    /// The link to enrol one.
    pub enrol: &'static str,
    /// The link to correct it.
    pub change: &'static str,
    /// The field that it is entered in.
    pub(crate) label: &'static str,
    pub(crate) field: FieldName,
    pub(crate) autocomplete: AutocompleteName,
}

pub const fn method_words(method: Method) -> MethodWords {
    match method {
        Method::AuthenticatorApp => MethodWords {
            not_accepted: "problem-app-code-wrong",
            send: "link-use-app",
            enrol: "sign-in-enrol-app",
            done: "prompt-done-app",
            destination: None,
        },
        Method::Email => MethodWords {
            not_accepted: "problem-code-wrong",
            send: "link-send-email",
            enrol: "sign-in-enrol-email",
            done: "prompt-done-sent",
            destination: Some(DestinationWords {
                enrol: "prompt-enrol-email",
                change: "prompt-change-email",
                label: "prompt-email-label",
                field: FieldName::Email,
                autocomplete: AutocompleteName::Email,
            }),
        },
        Method::Passkey => MethodWords {
            not_accepted: "problem-passkey-wrong",
            send: "link-use-passkey",
            enrol: "sign-in-enrol-passkey",
            done: "prompt-done-passkey",
            destination: None,
        },
        Method::RecoveryCode => MethodWords {
            not_accepted: "problem-recovery-code-wrong",
            send: "link-use-recovery-code",
            enrol: "prompt-codes-title",
            done: "prompt-done-sent",
            destination: None,
        },
        Method::Sms => MethodWords {
            not_accepted: "problem-code-wrong",
            send: "link-send-sms",
            enrol: "sign-in-enrol-sms",
            done: "prompt-done-sent",
            destination: Some(DestinationWords {
                enrol: "prompt-enrol-sms",
                change: "prompt-change-phone",
                label: "prompt-phone-label",
                field: FieldName::Phone,
                autocomplete: AutocompleteName::Tel,
            }),
        },
    }
}
