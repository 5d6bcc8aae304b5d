//! The page of a user's own security settings, after the proof that opened them.

use askama::Template;
use axum::response::Response;
use portcullis_app::AppContext;
use portcullis_domain::{
    AuthenticatorId, Method, Timestamp,
    sign_in::{ListedAuthenticator, SecuritySettings, prompt::Visited},
};
use portcullis_http::{activity_sentence, method_words, page::see_other};
use portcullis_messages::{authenticator_name, catalogue::text, moment};
use serde::Deserialize;

use crate::{
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
}

impl SettingsDone {
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Renamed => "renamed",
            Self::Removed => "removed",
            Self::Default => "default",
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
    additions: Vec<Way>,
    /// Each entry: its moment for programs, the same for people, and what happened.
    recent: Vec<(String, String, String)>,
    /// The URL that brings the result to the portal.
    back: Option<String>,
}

/// An authenticator on the page.
struct Bound {
    id: String,
    label: String,
    /// The user's own name for it; empty if it has none.
    name: String,
    to: Option<String>,
    /// The day it was added, unless the label says it.
    added: Option<String>,
    /// The page that sets up another one in its place.
    replace: Option<String>,
    is_removable: bool,
}

#[derive(Template)]
#[template(path = "remove.html")]
struct RemovePage {
    frame: Frame,
    id: String,
}

/// Shows the settings of a user.
pub(crate) fn page(
    visit: &PromptVisit,
    visited: &Visited,
    settings: &SecuritySettings,
    frame: Frame,
    back: Option<String>,
) -> Response {
    let locale = visited.view.locale.as_ref();
    let base = base(&visited.view.id);
    let done = visit.query.done.map(|done| frame.say(done.key()));
    let bound = settings.authenticators.iter().map(|one| bound(&frame, &base, one)).collect();
    let addition = |method: &Method| Way::Page {
        href: enrolment(&base, *method),
        label: frame.say(method_words(*method).add),
    };
    let entry = |entry| {
        let at: &Timestamp = &entry.at;
        let sentence = activity_sentence(&visited.policy, entry).in_language(locale);
        (moment::iso(at.unix()), moment::minute(at.unix()), sentence)
    };
    let page = SettingsPage {
        done,
        bound,
        can_unset_default: settings.can_unset_default,
        additions: settings.can_add.iter().map(addition).collect(),
        recent: settings.recent.iter().map(entry).collect(),
        back,
        frame: Frame { back: None, ..frame },
    };
    render(&page.frame, &page)
}

/// Shows what removing an authenticator means, with the button that does it.
pub(crate) fn remove_page(frame: Frame, one: &ListedAuthenticator) -> Response {
    let page = RemovePage { frame, id: one.id.to_string() };
    render(&page.frame, &page)
}

impl PromptVisit {
    /// Shows the page that asks before an authenticator is removed; without one, or once the
    /// settings are closed, the sign-in as it stands.
    pub async fn show_settings(&self, context: &AppContext) -> Response {
        let visited = match self.see(context).await {
            Ok(visited) => visited,
            Err(problem) => return self.problem(context, &problem).await,
        };
        let named = |one: &&ListedAuthenticator| self.query.remove.as_deref() == Some(&one.id.to_string());
        let settings = visited.view.settings.as_ref();
        let one = settings.and_then(|settings| settings.authenticators.iter().find(named));
        let Some(one) = one.filter(|one| one.is_removable) else {
            return see_other(&base(&self.id), &reach(&visited));
        };
        let locale = visited.view.locale.as_ref();
        let label = authenticator_name(locale, one.method, one.name.as_ref(), one.added_at);
        let heading = text(locale, "prompt-settings-remove-title", &[("name", &label)]);
        remove_page(self.frame(&visited, heading), one)
    }
}
