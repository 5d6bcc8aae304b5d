//! The frame of every page of the prompt: portal, language, help, and the link back.

use http::StatusCode;
use portcullis_domain::{
    Locale, Masked, PortalId, SignInId, TransactionText,
    portal::Profile,
    sign_in::{
        Screens,
        prompt::{Answer, Step, Visited},
    },
};
use portcullis_http::{
    comes_back,
    form::FORM,
    page::{Reachable, logo_path},
    try_again_in,
};
use portcullis_messages::{
    catalogue::{language, text},
    grace_sentence,
};

use crate::{
    assets::style_url,
    help::{self, Part},
};

pub(crate) struct Frame {
    pub(crate) locale: Option<Locale>,
    pub(crate) heading: String,
    pub(crate) alert: Option<Alert>,
    /// The text that the user confirms, which comes before everything else.
    pub(crate) about: Option<TransactionText>,
    /// A sentence beside what the page asks for.
    pub(crate) notice: Option<String>,
    pub(crate) portal: String,
    /// The account that is signing in, shortened.
    pub(crate) account: Option<Masked>,
    pub(crate) logo: Option<String>,
    pub(crate) style: String,
    pub(crate) support: Option<String>,
    pub(crate) base: String,
    pub(crate) form: String,
    /// The URL that leads back to the portal without an answer.
    pub(crate) back: Option<String>,
    /// The user needs help to continue, so it is shown at once.
    pub(crate) is_stuck: bool,
    pub(crate) takes_bypass: bool,
    pub(crate) status: StatusCode,
    pub(crate) reach: Reachable,
}

/// The sentence about a refused entry.
pub(crate) struct Alert {
    pub(crate) text: String,
    pub(crate) of: AlertOf,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum AlertOf {
    /// The field that the page is about.
    Page,
    BypassCode,
}

pub(crate) fn base(id: &SignInId) -> String {
    format!("/prompt/{id}")
}

pub(crate) fn reach(visited: &Visited) -> Reachable {
    let returns_to = match &visited.view.screens {
        Screens::Prompt(url) => url.clone(),
        Screens::Portal => None,
    };
    Reachable { returns_to }
}

/// Returns the URL that leads back to the portal: with the result, if the user is in and changes
/// the settings; else without one, and with the reason.
fn back(visited: &Visited, left: &str) -> Option<String> {
    match &visited.step {
        Step::Settings(code) => visited.back(Answer::Result(code)),
        Step::Challenge
        | Step::Enrol
        | Step::CheckEmail
        | Step::Denied(_)
        | Step::Locked(_)
        | Step::Done(_)
        | Step::Dead
        | Step::Fetched
        | Step::Over => visited.back(Answer::Left(left)),
    }
}

/// Returns the sentence that says that codes are locked while a passkey is asked for, and until
/// when.
fn codes_locked(visited: &Visited) -> Option<String> {
    let (lock, locale) = (visited.view.codes_locked?, visited.view.locale.as_ref());
    let until = lock.until.map(|until| try_again_in(locale, until.since(visited.now)));
    let sentences = [text(locale, "sign-in-codes-locked", &[])].into_iter().chain(until);
    Some(sentences.collect::<Vec<_>>().join(" "))
}

impl Frame {
    /// Makes the frame of a page for a sign-in. `left` is the `error` in the return URL if the user
    /// goes back from here.
    pub(crate) fn of(visited: &Visited, heading: String, left: &str) -> Self {
        let frame = Self::of_portal(
            &visited.view.id.portal,
            &visited.profile,
            visited.view.locale.clone(),
            heading,
        );
        let died = visited.view.codes_died.then(|| frame.say("sign-in-codes-died"));
        let grace = visited.view.grace.map(|left| grace_sentence(frame.locale.as_ref(), left));
        let notice = codes_locked(visited).or(comes_back(&visited.view)).or(died).or(grace);
        Self {
            notice,
            about: visited.view.text.clone(),
            account: Some(visited.account.clone()),
            base: base(&visited.view.id),
            form: visited.form.to_string(),
            back: back(visited, left),
            reach: reach(visited),
            ..frame
        }
    }

    /// Makes the frame of a page that belongs to no sign-in.
    pub(crate) fn of_portal(
        portal: &PortalId,
        profile: &Profile,
        locale: Option<Locale>,
        heading: String,
    ) -> Self {
        Self {
            heading,
            portal: profile.description.clone(),
            logo: logo_path(portal, profile),
            style: style_url(profile.color),
            support: profile.support.clone(),
            ..Self::unknown_portal(locale)
        }
    }

    pub(crate) fn unknown_portal(locale: Option<Locale>) -> Self {
        Self {
            heading: text(locale.as_ref(), "prompt-problem-title", &[]),
            locale,
            alert: None,
            about: None,
            notice: None,
            portal: String::new(),
            account: None,
            logo: None,
            style: style_url(None),
            support: None,
            base: String::new(),
            form: String::new(),
            back: None,
            is_stuck: false,
            takes_bypass: false,
            status: StatusCode::OK,
            reach: Reachable::default(),
        }
    }

    /// Adds the field for a bypass code to a page that asks for a proof, where one does.
    pub(crate) fn with_bypass(self, visited: &Visited) -> Self {
        let takes_bypass = visited.step == Step::Challenge && visited.view.takes_bypass_code();
        Self { takes_bypass, ..self }
    }

    pub(crate) fn with_alert(self, alert: Option<Alert>) -> Self {
        Self { alert, ..self }
    }

    /// Returns the error of what the page asks for.
    pub(crate) fn page_alert(&self) -> Option<&str> {
        self.alert_of(AlertOf::Page)
    }

    /// Returns the error of the field for a bypass code, which has a form of its own.
    pub(crate) fn bypass_alert(&self) -> Option<&str> {
        self.alert_of(AlertOf::BypassCode)
    }

    fn alert_of(&self, wanted: AlertOf) -> Option<&str> {
        let alert = self.alert.as_ref()?;
        let of = if self.takes_bypass { alert.of } else { AlertOf::Page };
        (of == wanted).then_some(&alert.text)
    }

    pub(crate) fn language(&self) -> &'static str {
        language(self.locale.as_ref())
    }

    pub(crate) fn say(&self, key: &str) -> String {
        text(self.locale.as_ref(), key, &[])
    }

    pub(crate) fn fill(&self, key: &str, name: &str, value: &str) -> String {
        text(self.locale.as_ref(), key, &[(name, value)])
    }

    /// Returns the title of the page. An error comes first, because a screen reader reads it first.
    pub(crate) fn title(&self) -> String {
        let title = match &self.alert {
            Some(_) => self.fill("prompt-error-title", "title", &self.heading),
            None => self.heading.clone(),
        };
        if self.portal.is_empty() { title } else { format!("{title} · {}", self.portal) }
    }

    /// Returns the sentence on support, with its links.
    pub(crate) fn help(&self) -> Vec<Part> {
        match &self.support {
            Some(support) => help::parts(support),
            None => vec![Part { text: self.say("prompt-no-support"), href: None }],
        }
    }

    pub(crate) const fn form_field(&self) -> &'static str {
        FORM
    }
}
