//! The pages without a field: the last one, and those on which the user cannot continue.

use axum::response::{IntoResponse as _, Response};
use http::{StatusCode, header};
use portcullis_domain::{
    Locale,
    decision::DeniedReason,
    sign_in::{RecoveryOffer, challenge::SendOutcome, prompt::Visited},
    user::Lock,
};
use portcullis_http::{Problem, few_codes, message, method_words, try_again_in};
use portcullis_messages::catalogue::text;

use crate::{
    frame::{Alert, Frame},
    page::{EnterRecoveryCode, FewCodes, Message, SecondWay, render},
};

/// Shows a problem that belongs to no known portal.
pub(crate) fn unknown_portal(problem: &Problem, locale: Option<&Locale>) -> Response {
    problem_page(Frame::unknown_portal(locale.cloned()), problem, locale, None)
}

/// Answers a program that fetches the page before a person asks for it.
pub(crate) fn no_content() -> Response {
    (StatusCode::NO_CONTENT, [(header::CACHE_CONTROL, "no-store")]).into_response()
}

pub(crate) fn problem_page(
    frame: Frame,
    problem: &Problem,
    locale: Option<&Locale>,
    button: Option<(String, String)>,
) -> Response {
    let sentence = problem.key().map(|key| text(locale, key, &[]));
    let mut paragraphs = vec![sentence.unwrap_or_else(|| problem.detail().to_owned())];
    // Only a limit ends by itself, so only then is the wait shown.
    let is_limit = problem.status() == StatusCode::TOO_MANY_REQUESTS;
    if let Some(seconds) = problem.seconds_to_wait().filter(|_| is_limit) {
        paragraphs.push(try_again_in(locale, seconds));
    }
    let frame = Frame { status: problem.status(), is_stuck: true, ..frame };
    let mut response = page(Message { frame, paragraphs, button, again: None });
    response.extensions_mut().insert(problem.code());
    response
}

pub(crate) fn page(message: Message) -> Response {
    render(&message.frame, &message)
}

/// Shows that something was enrolled, and the user is in.
pub(crate) fn finish(visited: &Visited, back: Option<String>) -> Response {
    let locale = visited.view.locale.as_ref();
    let frame = Frame::of(visited, text(locale, "prompt-done-title", &[]), "left");
    let method = visited.view.status.acceptance().and_then(|accepted| accepted.method);
    let text = frame.say(method.map_or("prompt-done-sent", |method| method_words(method).done));
    let button = back.map(|back| (back, frame.say("prompt-finish")));
    page(Message {
        frame: Frame { back: None, ..frame },
        paragraphs: vec![text],
        button,
        again: None,
    })
}

/// Shows that the sign-in is over, with the text of this key.
pub(crate) fn ended(visited: &Visited, key: &str, left: &str) -> Response {
    let locale = visited.view.locale.as_ref();
    let frame = Frame::of(visited, text(locale, "prompt-over-title", &[]), left);
    let (button, frame) = leave(Frame { is_stuck: true, ..frame });
    page(Message { paragraphs: vec![text(locale, key, &[])], button, again: None, frame })
}

/// Makes the link back to the portal the button of a page that leads nowhere else.
fn leave(frame: Frame) -> (Option<(String, String)>, Frame) {
    let label = frame.fill("prompt-back", "name", frame.portal.as_str());
    let button = frame.back.clone().map(|back| (back, label));
    (button, Frame { back: None, ..frame })
}

/// Shows that a link to enrol again was mailed, or that it cannot be.
pub(crate) fn check_email(visited: &Visited, alert: Option<Alert>) -> Response {
    let locale = visited.view.locale.as_ref();
    let heading = text(locale, "prompt-check-email-title", &[]);
    let frame = Frame::of(visited, heading, "check_email").with_alert(alert);
    let frame = Frame { takes_bypass: true, ..frame };
    let mut paragraphs = vec![message(&visited.view, None, SendOutcome::Sent)];
    if let Some(link) = &visited.mailed_link {
        paragraphs.push(frame.fill("prompt-link-sent", "to", link.to.as_str()));
        paragraphs.push(frame.say("prompt-spam"));
    }
    let again =
        visited.mailed_link.as_ref().map(|link| link.resend_after.since(visited.now).max(0));
    page(Message { paragraphs, button: None, again, frame })
}

pub(crate) fn denied(visited: &Visited, reason: DeniedReason, alert: Option<Alert>) -> Response {
    let locale = visited.view.locale.as_ref();
    let frame =
        Frame::of(visited, text(locale, "prompt-denied-title", &[]), "denied").with_alert(alert);
    let takes_bypass = match reason {
        DeniedReason::NoVerifiedEmail => visited.view.takes_bypass_code(),
        DeniedReason::Frozen
        | DeniedReason::Disabled
        | DeniedReason::NoUsableMethod
        | DeniedReason::NothingToManage
        | DeniedReason::CannotStepUp => false,
    };
    let (button, frame) = leave(Frame { is_stuck: true, takes_bypass, ..frame });
    page(Message {
        paragraphs: vec![message(&visited.view, None, SendOutcome::Sent)],
        button,
        again: None,
        frame,
    })
}

/// Shows that the user's passkey cannot be used, and that only support helps.
pub(crate) fn no_passkey(visited: &Visited, why: String, alert: Option<Alert>) -> Response {
    let locale = visited.view.locale.as_ref();
    let frame =
        Frame::of(visited, text(locale, "prompt-denied-title", &[]), "denied").with_alert(alert);
    let paragraphs = vec![why, frame.say("sign-in-get-help")];
    let takes_bypass = visited.view.takes_bypass_code();
    let (button, frame) = leave(Frame { is_stuck: true, takes_bypass, ..frame });
    page(Message { paragraphs, button, again: None, frame })
}

/// Shows that few recovery codes are left, and the user is in.
pub(crate) fn few_codes_left(visited: &Visited, left: u8, back: Option<String>) -> Response {
    let locale = visited.view.locale.as_ref();
    let frame = Frame::of(visited, few_codes(locale, left), "left");
    let frame = Frame { back: None, ..frame };
    let page = FewCodes { can_renew: visited.view.can_renew_codes, back, frame };
    render(&page.frame, &page)
}

/// Offers a second way in, to a user who is in by the only one. Without an answer the way back to
/// the portal stays open.
pub(crate) fn second_way(visited: &Visited, back: Option<String>) -> Response {
    let locale = visited.view.locale.as_ref();
    let frame = Frame::of(visited, text(locale, "prompt-settings-second-title", &[]), "left");
    let page = SecondWay { frame: Frame { back, ..frame } };
    render(&page.frame, &page)
}

pub(crate) fn locked(visited: &Visited, lock: &Lock, alert: Option<Alert>) -> Response {
    let locale = visited.view.locale.as_ref();
    let frame =
        Frame::of(visited, text(locale, "prompt-locked-title", &[]), "locked").with_alert(alert);
    let button = lock.until.map(|_| (frame.base.clone(), frame.say("prompt-again")));
    let paragraphs = match lock.until {
        Some(until) => {
            vec![frame.say("problem-locked"), try_again_in(locale, until.since(visited.now))]
        }
        None => vec![frame.say("problem-locked-row")],
    };
    let takes_bypass = visited.view.takes_bypass_code();
    let frame = Frame { takes_bypass, is_stuck: true, ..frame };
    match visited.view.recovery {
        RecoveryOffer::Only => {
            let recover = frame.say("prompt-recovery-locked");
            let paragraphs = paragraphs.into_iter().chain([recover]).collect();
            let page = EnterRecoveryCode { paragraphs, button, ways: vec![], frame };
            render(&page.frame, &page)
        }
        RecoveryOffer::None | RecoveryOffer::Offered | RecoveryOffer::Chosen => {
            page(Message { paragraphs, button, again: None, frame })
        }
    }
}
