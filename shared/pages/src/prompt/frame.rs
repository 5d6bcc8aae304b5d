//! What every page of the prompt has: whose it is, in which language, and the way out.

use http::StatusCode;
use portcullis_domain::{
    Locale, SignInId,
    portal::Profile,
    sign_in::{Screens, prompt::Visited},
};
use portcullis_messages::catalogue::{language, text};

use crate::{assets::style_url, form::FORM, secure::Reach};

/// The frame of a page.
pub(super) struct Frame {
    pub(super) locale: Option<Locale>,
    /// The first line, and the title.
    pub(super) heading: String,
    /// What went wrong before.
    pub(super) alert: Option<String>,
    /// The portal's name.
    pub(super) portal: String,
    /// The portal's picture.
    pub(super) logo: Option<String>,
    /// Where the style sheet is.
    pub(super) style: String,
    /// How to get help.
    pub(super) support: Option<String>,
    /// Where the prompt of this sign-in is.
    pub(super) base: String,
    /// What forms carry.
    pub(super) form: String,
    /// Back to the portal, with nothing achieved.
    pub(super) back: Option<String>,
    /// Nothing goes on from here without help, which is shown at once then.
    pub(super) is_stuck: bool,
    /// A bypass code can be entered.
    pub(super) takes_bypass: bool,
    /// The status it goes out with.
    pub(super) status: StatusCode,
    /// What the page may reach.
    pub(super) reach: Reach,
}

/// Where the prompt of a sign-in is, on this service.
pub(super) fn base(id: &SignInId) -> String {
    format!("/prompt/{id}")
}

/// What a prompt may reach.
pub(super) fn reach(visited: &Visited) -> Reach {
    let returns_to = match &visited.picture.screens {
        Screens::Prompt(url) => url.clone(),
        Screens::Portal => None,
    };
    Reach { picture: visited.profile.logo_url.clone(), returns_to }
}

impl Frame {
    /// The frame of a page for a sign-in; `left` is the word the portal hears if the user goes back from here.
    pub(super) fn of(visited: &Visited, heading: String, left: &str) -> Self {
        let frame = Self::of_portal(&visited.profile, visited.picture.locale.clone(), heading);
        Self {
            base: base(&visited.picture.id),
            form: visited.form.to_string(),
            back: visited.back("error", left),
            reach: reach(visited),
            ..frame
        }
    }

    /// The frame of a page of a portal, where nothing more can be done.
    pub(super) fn of_portal(profile: &Profile, locale: Option<Locale>, heading: String) -> Self {
        Self {
            locale,
            heading,
            portal: profile.description.clone(),
            logo: profile.logo_url.clone(),
            style: style_url(profile.color),
            support: profile.support.clone(),
            reach: Reach { picture: profile.logo_url.clone(), returns_to: None },
            ..Self::bare()
        }
    }

    /// The frame of a page of nobody: not even the portal is known.
    pub(super) fn bare() -> Self {
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
            reach: Reach::default(),
        }
    }

    /// The frame with what went wrong before.
    pub(super) fn with_alert(self, alert: Option<String>) -> Self {
        Self { alert, ..self }
    }

    /// The language, for the page's head.
    pub(super) fn language(&self) -> &'static str {
        language(self.locale.as_ref())
    }

    /// A text in the reader's language.
    pub(super) fn say(&self, key: &str) -> String {
        text(self.locale.as_ref(), key, &[])
    }

    /// A text with something filled in.
    pub(super) fn fill(&self, key: &str, name: &str, value: &str) -> String {
        text(self.locale.as_ref(), key, &[(name, value)])
    }

    /// The name of the field that carries `form`.
    pub(super) const fn form_field(&self) -> &'static str {
        FORM
    }
}
