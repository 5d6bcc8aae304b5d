//! The templates of the prompt's pages, and the links and buttons they share.

use askama::Template;
use axum::response::Response;
use portcullis_domain::{
    Method,
    sign_in::{Role, SentCode, SignInView, prompt::Visited},
};
use portcullis_http::{NextAction, Problem, method_words, next_actions, page, remember_label};

use crate::frame::{Frame, base};

/// A link or a button to another way to continue.
pub(crate) enum Way {
    Page { href: String, label: String },
    Post { action: String, method: Option<&'static str>, label: String, weight: Weight },
}

/// The look of a button: one that leads past what the page asks for does not call for attention.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Weight {
    Full,
    Quiet,
}

impl Weight {
    pub(crate) const fn class(self) -> &'static str {
        match self {
            Self::Full => "way",
            Self::Quiet => "way link",
        }
    }
}

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
    pub(crate) action: String,
    pub(crate) method: Option<&'static str>,
    pub(crate) offer_default: bool,
    /// The words of the box that has the browser remembered, if it can be.
    pub(crate) remember: Option<String>,
    pub(crate) sent: Option<Sent>,
    pub(crate) ways: Vec<Way>,
}

pub(crate) struct Sent {
    /// The URL that sends another.
    pub(crate) action: String,
    pub(crate) method: &'static str,
    /// Seconds until another can be sent.
    pub(crate) wait: i64,
    /// Another can be sent in this sign-in.
    pub(crate) again: bool,
}

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

#[derive(Template)]
#[template(path = "destination.html")]
pub(crate) struct EnterDestination {
    pub(crate) frame: Frame,
    pub(crate) is_phone: bool,
    pub(crate) typed: String,
    pub(crate) ways: Vec<Way>,
}

#[derive(Template)]
#[template(path = "recovery.html")]
pub(crate) struct EnterRecoveryCode {
    pub(crate) frame: Frame,
    pub(crate) paragraphs: Vec<String>,
    pub(crate) button: Option<(String, String)>,
    pub(crate) ways: Vec<Way>,
}

#[derive(Template)]
#[template(path = "codes.html")]
pub(crate) struct KeepCodes {
    pub(crate) frame: Frame,
    /// The codes, in groups.
    pub(crate) codes: Vec<String>,
    /// The URL of a file with the codes.
    pub(crate) file: String,
    pub(crate) must_confirm: bool,
}

#[derive(Template)]
#[template(path = "few_codes.html")]
pub(crate) struct FewCodes {
    pub(crate) frame: Frame,
    /// New ones can be made at once.
    pub(crate) can_renew: bool,
    /// The URL that brings the result to the portal.
    pub(crate) back: Option<String>,
}

#[derive(Template)]
#[template(path = "passkey.html")]
pub(crate) struct AskForPasskey {
    pub(crate) frame: Frame,
    pub(crate) text: &'static str,
    pub(crate) label: &'static str,
    /// The text about a browser that came back without a passkey.
    pub(crate) cancelled: &'static str,
    /// `get` or `create`, as the script calls it.
    pub(crate) ceremony: &'static str,
    /// The options for the browser, in JSON.
    pub(crate) options: String,
    /// The words of the box that has the browser remembered, if it can be.
    pub(crate) remember: Option<String>,
    pub(crate) action: String,
    pub(crate) ways: Vec<Way>,
}

#[derive(Template)]
#[template(path = "passkey_offer.html")]
pub(crate) struct PasskeyOffer {
    pub(crate) frame: Frame,
}

#[derive(Template)]
#[template(path = "second_way.html")]
pub(crate) struct SecondWay {
    pub(crate) frame: Frame,
}

#[derive(Template)]
#[template(path = "message.html")]
pub(crate) struct Message {
    pub(crate) frame: Frame,
    pub(crate) paragraphs: Vec<String>,
    pub(crate) button: Option<(String, String)>,
    /// The form that mails the link of this page again, with the seconds until it can.
    pub(crate) again: Option<i64>,
}

#[derive(Template)]
#[template(path = "freeze.html")]
pub(crate) struct Freeze {
    pub(crate) frame: Frame,
    /// The change that the notice told of.
    pub(crate) change: String,
    pub(crate) action: String,
}

pub(crate) fn render(frame: &Frame, template: &impl Template) -> Response {
    match template.render() {
        Ok(html) => page::page(frame.status, html, &frame.reach),
        Err(error) => axum::response::IntoResponse::into_response(Problem::failed(&error)),
    }
}

/// Returns the links that a portal gets with a sign-in, as links and buttons, after those to the
/// methods that can be enrolled.
pub(crate) fn ways(visited: &Visited, frame: &Frame, prompt: Option<&SentCode>) -> Vec<Way> {
    let base = base(&visited.view.id);
    let locale = visited.view.locale.as_ref();
    let way = |action: NextAction| {
        let label = action.label(locale);
        match action {
            NextAction::EnrolApp => {
                Way::Page { href: enrolment(&base, Method::AuthenticatorApp), label }
            }
            NextAction::EnrolPasskey => {
                Way::Page { href: enrolment(&base, Method::Passkey), label }
            }
            NextAction::SendCode { .. }
            | NextAction::UseApp
            | NextAction::UsePasskey
            | NextAction::EnrolAppInstead
            | NextAction::UseRecoveryCode
            | NextAction::Skip => Way::Post {
                action: format!("{base}/{}", action.route()),
                method: action.method().map(Method::as_str),
                label,
                weight: match action {
                    NextAction::Skip | NextAction::UseRecoveryCode => Weight::Quiet,
                    NextAction::EnrolApp
                    | NextAction::EnrolPasskey
                    | NextAction::UsePasskey
                    | NextAction::SendCode { .. }
                    | NextAction::UseApp
                    | NextAction::EnrolAppInstead => Weight::Full,
                },
            },
        }
    };
    let mut ways: Vec<Way> = next_actions(&visited.view, prompt).into_iter().map(way).collect();
    let typed = visited.view.options.iter().filter(|option| option.role == Role::Enrol);
    ways.splice(
        0..0,
        typed.filter_map(|option| {
            let label = frame.say(method_words(option.method).destination?.enrol);
            Some(Way::Page { href: enrolment(&base, option.method), label })
        }),
    );
    ways
}

/// Returns the words of the box that has the browser remembered with a proof by this method.
pub(crate) fn remember(view: &SignInView, method: Method) -> Option<String> {
    view.remembers(method).map(|days| remember_label(view.locale.as_ref(), days))
}

pub(crate) fn enrolment(base: &str, method: Method) -> String {
    format!("{base}/enrolment?method={}", method.as_str())
}

/// Leaves out the link to this very page.
pub(crate) fn other_ways(ways: Vec<Way>, here: &str) -> Vec<Way> {
    let leads_on = |way: &Way| match way {
        Way::Page { href, .. } => href != here,
        Way::Post { .. } => true,
    };
    ways.into_iter().filter(leads_on).collect()
}

pub(crate) fn enrolments(view: &SignInView) -> Vec<Method> {
    let enrols = view.options.iter().filter(|option| option.role == Role::Enrol);
    enrols.map(|option| option.method).collect()
}
