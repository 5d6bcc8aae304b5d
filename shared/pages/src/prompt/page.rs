//! The pages of the prompt, each with what its template shows.

use askama::Template;
use axum::response::Response;
use portcullis_domain::{
    Method,
    sign_in::{Picture, Prompt, Role, prompt::Visited},
};
use portcullis_http::{Problem, links};

use super::frame::{Frame, base};
use crate::secure;

/// Another way to go on.
pub(super) enum Way {
    /// Another page.
    Page { href: String, label: String },
    /// A form with one button.
    Post { action: String, method: Option<&'static str>, label: String },
}

/// Choose how.
#[derive(Template)]
#[template(path = "prompt/choose.html")]
pub(super) struct Choose {
    pub(super) frame: Frame,
    pub(super) ways: Vec<Way>,
}

/// Enter a code.
#[derive(Template)]
#[template(path = "prompt/code.html")]
pub(super) struct EnterCode {
    pub(super) frame: Frame,
    /// Where the code is posted to.
    pub(super) action: String,
    /// Against which method it is judged.
    pub(super) method: Option<&'static str>,
    /// The user may make email the default.
    pub(super) offer_default: bool,
    /// A code that was sent.
    pub(super) sent: Option<Sent>,
    pub(super) ways: Vec<Way>,
}

/// A code that was sent.
pub(super) struct Sent {
    /// Where another is asked for.
    pub(super) action: String,
    /// By which method.
    pub(super) method: &'static str,
    /// Seconds until another can be sent.
    pub(super) wait: i64,
    /// Another can be sent in this sign-in.
    pub(super) again: bool,
}

/// Set up an authenticator app.
#[derive(Template)]
#[template(path = "prompt/app.html")]
pub(super) struct SetUpApp {
    pub(super) frame: Frame,
    pub(super) qr_svg: String,
    pub(super) uri: String,
    pub(super) key: String,
    pub(super) entry: String,
    pub(super) ways: Vec<Way>,
}

/// Enter a phone number or an address.
#[derive(Template)]
#[template(path = "prompt/destination.html")]
pub(super) struct EnterDestination {
    pub(super) frame: Frame,
    pub(super) is_phone: bool,
    /// What was typed before.
    pub(super) typed: String,
    pub(super) ways: Vec<Way>,
}

/// Something to read, and at most one thing to do.
#[derive(Template)]
#[template(path = "prompt/message.html")]
pub(super) struct Message {
    pub(super) frame: Frame,
    pub(super) paragraphs: Vec<String>,
    /// The one thing to do.
    pub(super) button: Option<(String, String)>,
}

/// The page of a template, with its headers.
pub(super) fn render(frame: &Frame, template: &impl Template) -> Response {
    match template.render() {
        Ok(html) => secure::page(frame.status, html, &frame.reach),
        Err(error) => axum::response::IntoResponse::into_response(Problem::failed(&error)),
    }
}

/// The ways on from here: the links every portal is told, as forms and pages; and what else can be enrolled.
pub(super) fn ways(visited: &Visited, frame: &Frame, prompt: Option<&Prompt>) -> Vec<Way> {
    let base = base(&visited.picture.id);
    let method = |link: &portcullis_http::wire::LinkView| {
        link.body.get("method").and_then(|name| name.as_str()).map(str::to_owned)
    };
    let mut ways: Vec<Way> = links(&visited.picture, prompt)
        .into_iter()
        .map(|link| {
            let (named, label) = (method(&link), link.label);
            match link.action {
                "enrolment" => {
                    Way::Page { href: enrolment(&base, Method::AuthenticatorApp), label }
                }
                action => Way::Post {
                    action: format!("{base}/{action}"),
                    method: named.and_then(|name| {
                        Method::ALL.iter().map(|method| method.as_str()).find(|word| *word == name)
                    }),
                    label,
                },
            }
        })
        .collect();
    let typed = visited.picture.offers.iter().filter(|offer| offer.role == Role::Enrol);
    ways.splice(
        0..0,
        typed.filter_map(|offer| {
            let label = match offer.method {
                Method::Email => frame.say("prompt-enrol-email"),
                Method::Sms => frame.say("prompt-enrol-sms"),
                Method::AuthenticatorApp => return None,
            };
            Some(Way::Page { href: enrolment(&base, offer.method), label })
        }),
    );
    ways
}

/// Where a method is enrolled.
pub(super) fn enrolment(base: &str, method: Method) -> String {
    format!("{base}/enrolment?method={}", method.as_str())
}

/// Ways without the one to the page they stand on.
pub(super) fn other_ways(ways: Vec<Way>, here: &str) -> Vec<Way> {
    ways.into_iter().filter(|way| !matches!(way, Way::Page { href, .. } if href == here)).collect()
}

/// The methods that can be enrolled now.
pub(super) fn enrolments(picture: &Picture) -> Vec<Method> {
    let enrols = picture.offers.iter().filter(|offer| offer.role == Role::Enrol);
    enrols.map(|offer| offer.method).collect()
}
