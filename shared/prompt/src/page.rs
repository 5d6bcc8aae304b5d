//! The pages of the prompt, each with what its template shows.

use askama::Template;
use axum::response::Response;
use portcullis_domain::{
    Method,
    sign_in::{Role, SentCode, SignInView, prompt::Visited},
};
use portcullis_http::{NextAction, Problem, next_actions, page};

use crate::frame::{Frame, base};

/// Another way to go on.
pub(crate) enum Way {
    Page { href: String, label: String },
    Post { action: String, method: Option<&'static str>, label: String },
}

/// Choose how.
#[derive(Template)]
#[template(path = "choose.html")]
pub(crate) struct Choose {
    pub(crate) frame: Frame,
    pub(crate) ways: Vec<Way>,
}

#[derive(Template)]
#[template(path = "code.html")]
pub(crate) struct EnterCode {
    pub(crate) frame: Frame,
    /// The address that the code is posted to.
    pub(crate) action: String,
    /// Against which method it is judged.
    pub(crate) method: Option<&'static str>,
    /// The user may make email the default.
    pub(crate) offer_default: bool,
    pub(crate) sent: Option<Sent>,
    pub(crate) ways: Vec<Way>,
}

pub(crate) struct Sent {
    /// The address that another is asked for at.
    pub(crate) action: String,
    pub(crate) method: &'static str,
    /// Seconds until another can be sent.
    pub(crate) wait: i64,
    /// Another can be sent in this sign-in.
    pub(crate) again: bool,
}

/// Set up an authenticator app.
#[derive(Template)]
#[template(path = "app.html")]
pub(crate) struct SetUpApp {
    pub(crate) frame: Frame,
    pub(crate) qr_svg: String,
    pub(crate) uri: String,
    pub(crate) key: String,
    pub(crate) entry: String,
    pub(crate) ways: Vec<Way>,
}

/// Enter a phone number or an address.
#[derive(Template)]
#[template(path = "destination.html")]
pub(crate) struct EnterDestination {
    pub(crate) frame: Frame,
    pub(crate) is_phone: bool,
    pub(crate) typed: String,
    pub(crate) ways: Vec<Way>,
}

/// Something to read, and at most one thing to do.
#[derive(Template)]
#[template(path = "message.html")]
pub(crate) struct Message {
    pub(crate) frame: Frame,
    pub(crate) paragraphs: Vec<String>,
    pub(crate) button: Option<(String, String)>,
}

/// The page of a template, with its headers.
pub(crate) fn render(frame: &Frame, template: &impl Template) -> Response {
    match template.render() {
        Ok(html) => page::page(frame.status, html, &frame.reach),
        Err(error) => axum::response::IntoResponse::into_response(Problem::failed(&error)),
    }
}

/// The ways on from here: the links every portal is told, as forms and pages; and what else can be
/// enrolled.
pub(crate) fn ways(visited: &Visited, frame: &Frame, prompt: Option<&SentCode>) -> Vec<Way> {
    let base = base(&visited.view.id);
    let locale = visited.view.locale.as_ref();
    let way = |action: NextAction| {
        let label = action.label(locale);
        match action {
            NextAction::EnrolApp => {
                Way::Page { href: enrolment(&base, Method::AuthenticatorApp), label }
            }
            NextAction::SendCode { .. }
            | NextAction::UseApp
            | NextAction::EnrolAppInstead
            | NextAction::Skip => Way::Post {
                action: format!("{base}/{}", action.route()),
                method: action.method().map(Method::as_str),
                label,
            },
        }
    };
    let mut ways: Vec<Way> = next_actions(&visited.view, prompt).into_iter().map(way).collect();
    let typed = visited.view.options.iter().filter(|option| option.role == Role::Enrol);
    ways.splice(
        0..0,
        typed.filter_map(|option| {
            let label = match option.method {
                Method::Email => frame.say("prompt-enrol-email"),
                Method::Sms => frame.say("prompt-enrol-sms"),
                Method::AuthenticatorApp => return None,
            };
            Some(Way::Page { href: enrolment(&base, option.method), label })
        }),
    );
    ways
}

/// The address at which a method is enrolled.
pub(crate) fn enrolment(base: &str, method: Method) -> String {
    format!("{base}/enrolment?method={}", method.as_str())
}

/// Ways without the one to the page they stand on.
pub(crate) fn other_ways(ways: Vec<Way>, here: &str) -> Vec<Way> {
    ways.into_iter().filter(|way| !matches!(way, Way::Page { href, .. } if href == here)).collect()
}

/// The methods that can be enrolled now.
pub(crate) fn enrolments(view: &SignInView) -> Vec<Method> {
    let enrols = view.options.iter().filter(|option| option.role == Role::Enrol);
    enrols.map(|option| option.method).collect()
}
