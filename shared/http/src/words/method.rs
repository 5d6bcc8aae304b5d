use portcullis_domain::Method;

/// The words of a method: in the log, and by the keys of its texts in the catalogue.
#[derive(Debug)]
pub struct MethodWords {
    /// Follows "Code" in a line of the log.
    pub(crate) by: &'static str,
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
}

pub const fn method_words(method: Method) -> MethodWords {
    match method {
        Method::AuthenticatorApp => MethodWords {
            by: " from the authenticator app",
            send: "link-use-app",
            enrol: "sign-in-enrol-app",
            done: "prompt-done-app",
            destination: None,
        },
        Method::Email => MethodWords {
            by: " by email",
            send: "link-send-email",
            enrol: "sign-in-enrol-email",
            done: "prompt-done-sent",
            destination: Some(DestinationWords {
                enrol: "prompt-enrol-email",
                change: "prompt-change-email",
            }),
        },
        Method::Sms => MethodWords {
            by: " by text message",
            send: "link-send-sms",
            enrol: "sign-in-enrol-sms",
            done: "prompt-done-sent",
            destination: Some(DestinationWords {
                enrol: "prompt-enrol-sms",
                change: "prompt-change-phone",
            }),
        },
    }
}
