//! The pages on which a browser uses a passkey or makes one.

use axum::response::Response;
use portcullis_domain::{
    Method,
    sign_in::{AskedPasskey, NewPasskey, prompt::Visited},
};
use portcullis_http::{
    method_words,
    wire::{PasskeyCreationOptions, PasskeyRequestOptions},
};
use portcullis_messages::catalogue::text;

use crate::{
    frame::{Frame, base},
    page::{AskForPasskey, PasskeyOffer, enrolment, remember, render, ways},
    visit::PromptVisit,
};

impl PromptVisit {
    pub(crate) fn use_passkey(&self, visited: &Visited, asked: &AskedPasskey) -> Response {
        let heading = text(visited.view.locale.as_ref(), "sign-in-use-passkey", &[]);
        let frame = self.frame(visited, heading).with_bypass(visited);
        let page = AskForPasskey {
            text: "prompt-passkey-use-text",
            label: "prompt-passkey-use",
            cancelled: "prompt-passkey-cancelled",
            ceremony: "get",
            options: PasskeyRequestOptions::from(asked).to_json(),
            remember: remember(&visited.view, Method::Passkey),
            action: format!("{}/verify", base(&self.id)),
            ways: ways(visited, &frame, None),
            frame,
        };
        render(&page.frame, &page)
    }

    pub(crate) fn make_passkey(&self, visited: &Visited, new: &NewPasskey) -> Response {
        let locale = visited.view.locale.as_ref();
        let frame = self.frame(visited, text(locale, method_words(Method::Passkey).enrol, &[]));
        let base = base(&self.id);
        let page = AskForPasskey {
            text: "prompt-passkey-make-text",
            label: "prompt-passkey-make",
            cancelled: "prompt-passkey-not-made",
            ceremony: "create",
            options: PasskeyCreationOptions::from(new).to_json(),
            remember: None,
            action: format!("{base}/enrolment/confirm"),
            ways: self.ways_beside(visited, &frame, &enrolment(&base, Method::Passkey)),
            frame,
        };
        render(&page.frame, &page)
    }
}

/// Offers a passkey to a user who is in by something weaker. Without an answer the way back to the
/// portal stays open.
pub(crate) fn offer(visited: &Visited, back: Option<String>) -> Response {
    let locale = visited.view.locale.as_ref();
    let frame = Frame::of(visited, text(locale, "prompt-passkey-offer", &[]), "left");
    let page = PasskeyOffer { frame: Frame { back, ..frame } };
    render(&page.frame, &page)
}
