//! The pages on which nothing more is typed: the last one, and those where somebody cannot go on.

use axum::response::{IntoResponse as _, Response};
use http::{StatusCode, header};
use portcullis_domain::{
    Locale, Method,
    sign_in::{Status, challenge::SendOutcome, prompt::Visited},
};
use portcullis_http::{Problem, message};
use portcullis_messages::catalogue::text;

use crate::{
    frame::Frame,
    page::{Message, render},
};

/// A problem before it is known which portal it belongs to.
pub(crate) fn bare(problem: &Problem) -> Response {
    problem_page(Frame::bare(), problem, None, None)
}

/// The answer to a program that looks ahead of a person: there is nothing to show, and nothing to
/// keep.
pub(crate) fn nothing_yet() -> Response {
    (StatusCode::NO_CONTENT, [(header::CACHE_CONTROL, "no-store")]).into_response()
}

/// The page of a problem.
pub(crate) fn problem_page(
    frame: Frame,
    problem: &Problem,
    locale: Option<&Locale>,
    button: Option<(String, String)>,
) -> Response {
    let sentence = problem.key().map(|key| text(locale, key, &[]));
    let paragraphs = vec![sentence.unwrap_or_else(|| problem.detail().to_owned())];
    let frame = Frame { status: problem.status(), is_stuck: true, ..frame };
    let mut response = page(Message { frame, paragraphs, button });
    response.extensions_mut().insert(problem.code());
    response
}

/// A page to read.
fn page(message: Message) -> Response {
    render(&message.frame, &message)
}

/// Something was enrolled, and the user is in.
pub(crate) fn finish(visited: &Visited, back: Option<String>) -> Response {
    let locale = visited.view.locale.as_ref();
    let frame = Frame::of(visited, text(locale, "prompt-done-title", &[]), "left");
    let by_app = matches!(
        &visited.view.status,
        Status::Allowed(accepted) if accepted.method == Some(Method::AuthenticatorApp)
    );
    let text = frame.say(if by_app { "prompt-done-app" } else { "prompt-done-sent" });
    let button = back.map(|back| (back, frame.say("prompt-finish")));
    page(Message { frame: Frame { back: None, ..frame }, paragraphs: vec![text], button })
}

/// The sign-in is over, for the reason of this text.
pub(crate) fn ended(visited: &Visited, key: &str, left: &str) -> Response {
    let locale = visited.view.locale.as_ref();
    let frame = Frame::of(visited, text(locale, "prompt-over-title", &[]), left);
    let frame = Frame { is_stuck: true, ..frame };
    page(Message { paragraphs: vec![text(locale, key, &[])], button: None, frame })
}

/// A link to enrol again was mailed, or cannot be.
pub(crate) fn check_email(visited: &Visited) -> Response {
    let locale = visited.view.locale.as_ref();
    let heading = text(locale, "prompt-check-email-title", &[]);
    let frame = Frame { takes_bypass: true, ..Frame::of(visited, heading, "check_email") };
    let mut paragraphs = vec![message(&visited.view, None, SendOutcome::Sent)];
    if visited.view.link_mailed {
        paragraphs.push(frame.say("prompt-spam"));
    }
    page(Message { paragraphs, button: None, frame })
}

/// There is no way in.
pub(crate) fn denied(visited: &Visited) -> Response {
    let locale = visited.view.locale.as_ref();
    let frame = Frame::of(visited, text(locale, "prompt-denied-title", &[]), "denied");
    let frame = Frame { is_stuck: true, ..frame };
    page(Message {
        paragraphs: vec![message(&visited.view, None, SendOutcome::Sent)],
        button: None,
        frame,
    })
}

/// Nothing is judged for so many seconds.
pub(crate) fn locked(visited: &Visited, seconds: i64) -> Response {
    let locale = visited.view.locale.as_ref();
    let frame = Frame::of(visited, text(locale, "prompt-locked-title", &[]), "locked");
    let minutes = ((seconds + 59) / 60).max(1).to_string();
    let button = Some((frame.base.clone(), frame.say("prompt-again")));
    let paragraphs =
        vec![frame.say("problem-locked"), frame.fill("prompt-locked-minutes", "count", &minutes)];
    page(Message {
        paragraphs,
        button,
        frame: Frame { takes_bypass: true, is_stuck: true, ..frame },
    })
}
