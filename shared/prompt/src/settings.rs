//! The page of a user's own security settings, after the proof that opened them.

use askama::Template;
use axum::response::Response;
use portcullis_app::AppContext;
use portcullis_domain::{
    AuthenticatorId, Method, SignInId,
    sign_in::{ListedAuthenticator, ListedBrowser, ListedCodes, SecuritySettings, prompt::Visited},
    user::Entry,
};
use portcullis_http::{Sentence, method_words, page::see_other};
use portcullis_messages::{authenticator_name, catalogue::text, day, device_name, minute, moment};
use serde::Deserialize;

use crate::{
    ending,
    frame::{Frame, base, reach},
    page::{Way, enrolment, render},
    visit::PromptVisit,
};

/// A change that the page says is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SettingsDone {
    Added,
    Renamed,
    Removed,
    Default,
    Codes,
    Trust,
}

impl SettingsDone {
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Renamed => "renamed",
            Self::Removed => "removed",
            Self::Default => "default",
            Self::Codes => "codes",
            Self::Trust => "trust",
        }
    }

    const fn key(self) -> &'static str {
        match self {
            Self::Added => "prompt-settings-done-added",
            Self::Renamed => "prompt-settings-done-renamed",
            Self::Removed => "prompt-settings-done-removed",
            Self::Default => "prompt-settings-done-default",
            Self::Codes => "prompt-settings-done-codes",
            Self::Trust => "prompt-settings-done-trust",
        }
    }
}

#[derive(Template)]
#[template(path = "settings.html")]
struct SettingsPage {
    frame: Frame,
    done: Option<String>,
    bound: Vec<Bound>,
    can_unset_default: bool,
    codes: Option<Codes>,
    trusted: Vec<Trusted>,
    additions: Vec<Way>,
    /// Each entry: its moment for programs, the same for people, and what happened.
    recent: Vec<(String, String, String)>,
    back: Option<String>,
}

struct Codes {
    left: String,
    /// Some codes are there, which new ones end.
    ends_old: bool,
}

impl Codes {
    fn of(frame: &Frame, codes: ListedCodes) -> Self {
        let locale = frame.locale.as_ref();
        let left = match codes.left {
            Some((left, made_at)) => {
                let (left, date) = (left.to_string(), day(locale, made_at).unwrap_or_default());
                let values = [("count", left.as_str()), ("date", date.as_str())];
                text(locale, "prompt-settings-codes-left", &values)
            }
            None => frame.say("prompt-settings-codes-none"),
        };
        Self { left, ends_old: codes.left.is_some() }
    }
}

struct Bound {
    id: String,
    label: String,
    /// The user's own name for it; empty if it has none.
    name: String,
    to: Option<String>,
    /// The day it was added, unless the label says it.
    added: Option<String>,
    replace: Option<String>,
    is_removable: bool,
}

struct Trusted {
    id: String,
    label: String,
    /// The sentence on the days from which and until which it is trusted.
    days: String,
}

impl Trusted {
    fn of(frame: &Frame, browser: &ListedBrowser) -> Self {
        let locale = frame.locale.as_ref();
        let on = |at| day(locale, at).unwrap_or_default();
        let (since, until) = (on(browser.since), on(browser.until));
        let values = [("since", since.as_str()), ("until", until.as_str())];
        Self {
            id: browser.id.to_string(),
            label: device_name(locale, browser.device),
            days: text(locale, "prompt-settings-trusted-days", &values),
        }
    }
}

#[derive(Template)]
#[template(path = "remove.html")]
struct RemovePage {
    frame: Frame,
    id: String,
}

impl Bound {
    fn of(frame: &Frame, one: &ListedAuthenticator) -> Self {
        let locale = frame.locale.as_ref();
        let id = one.id.to_string();
        let added = one.name.as_ref().and_then(|_| day(locale, one.added_at));
        let replace = match one.method {
            Method::AuthenticatorApp => Some(enrolment(&frame.base, one.method)),
            // A new address or number takes the place of the old one.
            Method::Email | Method::Sms | Method::Passkey | Method::RecoveryCode => None,
        };
        Self {
            label: authenticator_name(locale, one.method, one.name.as_ref(), one.added_at),
            name: one.name.as_ref().map(|name| name.as_str().to_owned()).unwrap_or_default(),
            to: one.to.as_ref().map(ToString::to_string),
            added: added.map(|day| frame.fill("prompt-settings-added", "date", &day)),
            replace: replace.map(|page| format!("{page}&replaces={id}")),
            is_removable: one.is_removable,
            id,
        }
    }
}

pub(crate) fn leave(id: &SignInId, frame: &Frame) -> Way {
    Way::Page { href: base(id), label: frame.say("prompt-settings-title") }
}

impl PromptVisit {
    /// Shows the settings, from which `back` brings the result to the portal.
    pub(crate) fn settings(&self, visited: &Visited, back: Option<String>) -> Response {
        let locale = visited.view.locale.as_ref();
        let frame = self.frame(visited, text(locale, "prompt-settings-title", &[]));
        let Some(settings) = &visited.view.settings else {
            return ending::ended(visited, "problem-sign-in-done", "over");
        };
        let addition = |method: &Method| Way::Page {
            href: enrolment(&frame.base, *method),
            label: frame.say(match method {
                Method::Passkey => "link-add-passkey",
                Method::AuthenticatorApp | Method::Email | Method::Sms | Method::RecoveryCode => {
                    method_words(*method).destination.map_or("link-add-app", |words| words.enrol)
                }
            }),
        };
        let recent = |entry: &Entry| {
            let at = entry.at.unix();
            (moment(at), minute(at), Sentence::of_entry(entry).in_language(locale))
        };
        let page = SettingsPage {
            done: self.query.done.map(|done| frame.say(done.key())),
            bound: settings.authenticators.iter().map(|one| Bound::of(&frame, one)).collect(),
            can_unset_default: settings.can_unset_default,
            codes: settings.recovery_codes.map(|codes| Codes::of(&frame, codes)),
            trusted: settings.trusted_browsers.iter().map(|one| Trusted::of(&frame, one)).collect(),
            additions: settings.can_add.iter().map(addition).collect(),
            recent: settings.recent.iter().map(recent).collect(),
            back,
            frame: Frame { back: None, ..frame },
        };
        render(&page.frame, &page)
    }

    /// Returns the method that is added on this page, if there is room for it.
    pub(crate) fn added_here(&self, settings: &SecuritySettings) -> Option<Method> {
        let method = self.query.method.map(Method::from)?;
        let replaced = self.replaced();
        let replaces = |one: &ListedAuthenticator| Some(one.id) == replaced && one.method == method;
        let has_room = settings.can_add.contains(&method);
        (has_room || settings.authenticators.iter().any(replaces)).then_some(method)
    }

    /// Shows the page that asks before an authenticator is removed; without one, or once the
    /// settings are closed, the sign-in as it stands.
    pub async fn show_settings(&self, context: &AppContext) -> Response {
        let visited = match self.see(context).await {
            Ok(visited) => visited,
            Err(problem) => return self.problem(context, &problem).await,
        };
        let id = self.query.remove.as_deref().and_then(|id| AuthenticatorId::parse(id).ok());
        let named = |one: &&ListedAuthenticator| Some(one.id) == id;
        let settings = visited.view.settings.as_ref();
        let one = settings.and_then(|settings| settings.authenticators.iter().find(named));
        let Some(one) = one.filter(|one| one.is_removable) else {
            return see_other(&base(&self.id), &reach(&visited));
        };
        let locale = visited.view.locale.as_ref();
        let label = authenticator_name(locale, one.method, one.name.as_ref(), one.added_at);
        let heading = text(locale, "link-remove-authenticator", &[("name", &label)]);
        let page = RemovePage { frame: self.frame(&visited, heading), id: one.id.to_string() };
        render(&page.frame, &page)
    }
}
