use askama::Template;
use portcullis_domain::{ListedState, Named as _, PortalId};
use portcullis_http::{
    admin::SignedIn,
    wire::admin::{BulkFailure, SelectionDocument},
};

use crate::{Fields, Form, Frame, word};

/// A page about many users of a portal: what is known, and the forms of what can be done next.
#[derive(Template)]
#[template(path = "bulk/page.html")]
pub struct BulkPage {
    pub frame: Frame,
    pub lines: Vec<String>,
    /// Numbers of users, each with its label.
    pub figures: Vec<(String, u32)>,
    pub lists: Vec<UsersList>,
    /// The form that selects users, if they can be selected.
    pub select: Option<Select>,
    pub fields: Fields,
    pub acts: Vec<Act>,
    /// The URL of the link that leads back, and its label.
    pub back: (String, String),
}

pub struct Select {
    pub action: String,
    pub states: Vec<(String, String)>,
}

pub struct UsersList {
    pub heading: String,
    pub users: Vec<String>,
}

pub struct Act {
    pub action: String,
    pub hidden: Vec<(&'static str, String)>,
    pub asks_reason: bool,
    pub class: &'static str,
    pub verb: String,
}

impl BulkPage {
    pub(crate) fn new(
        title: &'static str,
        admin: &SignedIn,
        form: &Form,
        portal: &PortalId,
        fields: Fields,
    ) -> Self {
        let url = format!("/console/portals/{portal}/users");
        Self {
            frame: Frame::of(form.say(title), admin, form).with_form_error(&fields),
            lines: vec![],
            figures: vec![],
            lists: vec![],
            select: None,
            fields,
            acts: vec![],
            back: (url, form.say("console-users")),
        }
    }

    /// Asks for the users, whom this action counts.
    #[must_use]
    pub(crate) fn selecting(self, form: &Form, action: String) -> Self {
        let state = |state: &ListedState| (word(state), form.words.word("state", state.name()));
        let any = (String::new(), form.say("console-any"));
        let states = [any].into_iter().chain(ListedState::ALL.iter().map(state)).collect();
        Self { select: Some(Select { action, states }), ..self }
    }

    pub(crate) fn name(&mut self, heading: String, users: Vec<String>) {
        if !users.is_empty() {
            self.lists.push(UsersList { heading, users });
        }
    }

    pub(crate) fn name_failures(&mut self, form: &Form, failures: Vec<BulkFailure>) {
        let failures = failures.into_iter();
        let failures = failures.map(|one| format!("{}: {}", one.user, one.reason)).collect();
        self.name(form.say("console-bulk-failed"), failures);
    }
}

/// Returns the hidden fields of a selection, as the form of the selection sends them.
pub(crate) fn hidden(selection: &SelectionDocument) -> Vec<(&'static str, String)> {
    let state = selection.state.map(|state| word(&ListedState::from(state)));
    vec![
        ("state", state.unwrap_or_default()),
        ("organization", selection.organization.clone().unwrap_or_default()),
        ("users", selection.users.join("\n")),
    ]
}
