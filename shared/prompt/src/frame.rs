//! The frame of every page of the prompt: its portal, its language, and the way out.

use http::StatusCode;
use portcullis_domain::{
    Locale, SignInId,
    portal::Profile,
    sign_in::{Screens, prompt::Visited},
};
use portcullis_http::{form::FORM, page::Reachable};
use portcullis_messages::catalogue::{language, text};

use crate::assets::style_url;

/// The frame of a page.
pub(crate) struct Frame {
    pub(crate) locale: Option<Locale>,
    /// The first line, and the title.
    pub(crate) heading: String,
    /// The sentence about what went wrong before.
    pub(crate) alert: Option<String>,
    pub(crate) portal: String,
    pub(crate) logo: Option<String>,
    /// The address of the style sheet.
    pub(crate) style: String,
    pub(crate) support: Option<String>,
    /// The address of this sign-in's prompt.
    pub(crate) base: String,
    pub(crate) form: String,
    /// Back to the portal, with nothing achieved.
    pub(crate) back: Option<String>,
    /// Nothing goes on from here without help, which is shown at once then.
    pub(crate) is_stuck: bool,
    /// A bypass code can be entered.
    pub(crate) takes_bypass: bool,
    /// The status it goes out with.
    pub(crate) status: StatusCode,
    /// The addresses that the page may reach.
    pub(crate) reach: Reachable,
}

/// The address of a sign-in's prompt, on this service.
pub(crate) fn base(id: &SignInId) -> String {
    format!("/prompt/{id}")
}

/// The addresses that a prompt may reach.
pub(crate) fn reach(visited: &Visited) -> Reachable {
    let returns_to = match &visited.view.screens {
        Screens::Prompt(url) => url.clone(),
        Screens::Portal => None,
    };
    Reachable { picture: visited.profile.logo_url.clone(), returns_to }
}

impl Frame {
    /// The frame of a page for a sign-in; `left` is the word the portal hears if the user goes back
    /// from here.
    pub(crate) fn of(visited: &Visited, heading: String, left: &str) -> Self {
        let frame = Self::of_portal(&visited.profile, visited.view.locale.clone(), heading);
        Self {
            base: base(&visited.view.id),
            form: visited.form.to_string(),
            back: visited.back("error", left),
            reach: reach(visited),
            ..frame
        }
    }

    /// The frame of a page of a portal, where nothing more can be done.
    pub(crate) fn of_portal(profile: &Profile, locale: Option<Locale>, heading: String) -> Self {
        Self {
            locale,
            heading,
            portal: profile.description.clone(),
            logo: profile.logo_url.clone(),
            style: style_url(profile.color),
            support: profile.support.clone(),
            reach: Reachable { picture: profile.logo_url.clone(), returns_to: None },
            ..Self::bare()
        }
    }

    /// The frame of a page of nobody: not even the portal is known.
    pub(crate) fn bare() -> Self {
        Self {
            locale: None,
            heading: text(None, "prompt-problem-title", &[]),
            alert: None,
            portal: String::new(),
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

    /// The frame with what went wrong before.
    pub(crate) fn with_alert(self, alert: Option<String>) -> Self {
        Self { alert, ..self }
    }

    /// The language, for the page's head.
    pub(crate) fn language(&self) -> &'static str {
        language(self.locale.as_ref())
    }

    /// A text in the reader's language.
    pub(crate) fn say(&self, key: &str) -> String {
        text(self.locale.as_ref(), key, &[])
    }

    /// A text with something filled in.
    pub(crate) fn fill(&self, key: &str, name: &str, value: &str) -> String {
        text(self.locale.as_ref(), key, &[(name, value)])
    }

    /// The name of the field that carries `form`.
    pub(crate) const fn form_field(&self) -> &'static str {
        FORM
    }
}
