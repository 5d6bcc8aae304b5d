use askama::Template;
use portcullis_domain::{ListedState, Named as _, PortalId};
use portcullis_http::{
    admin::SignedIn,
    wire::admin::{BulkResetCount, BulkResetStep, BulkResetView, BulkStageName, SelectionDocument},
};

use crate::{Fields, Form, Frame, at, word};

/// The page of bulk resets: what is known, and the forms of what can be done next.
#[derive(Template)]
#[template(path = "bulk_reset/page.html")]
pub struct BulkResetPage {
    pub frame: Frame,
    pub portal: String,
    pub lines: Vec<String>,
    /// Numbers of users, each with its label.
    pub figures: Vec<(String, u32)>,
    pub lists: Vec<UsersList>,
    /// The states to select users by, if users can be selected.
    pub select: Option<Vec<(String, String)>>,
    pub fields: Fields,
    pub acts: Vec<Act>,
    /// The URL of the link that leads back, and its label.
    pub back: (String, String),
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

impl BulkResetPage {
    fn new(admin: &SignedIn, form: &Form, portal: &PortalId, fields: Fields) -> Self {
        let url = format!("/console/portals/{portal}/users");
        Self {
            frame: Frame::of(form.say("console-bulk-title"), admin, form).with_form_error(&fields),
            portal: portal.to_string(),
            lines: vec![],
            figures: vec![],
            lists: vec![],
            select: None,
            fields,
            acts: vec![],
            back: (url, form.say("console-users")),
        }
    }

    pub fn to_select(admin: &SignedIn, form: &Form, portal: &PortalId, fields: Fields) -> Self {
        let state = |state: &ListedState| (word(state), form.words.word("state", state.name()));
        let any = (String::new(), form.say("console-any"));
        let lines = ["console-bulk-what", "console-bulk-second"].map(|key| form.say(key));
        Self {
            lines: lines.to_vec(),
            select: Some([any].into_iter().chain(ListedState::ALL.iter().map(state)).collect()),
            ..Self::new(admin, form, portal, fields)
        }
    }

    /// The page of a count, from which the reset can be asked for.
    pub fn of_count(
        admin: &SignedIn,
        form: &Form,
        portal: &PortalId,
        (selection, count): (&SelectionDocument, BulkResetCount),
        fields: Fields,
    ) -> Self {
        let mut page = Self::new(admin, form, portal, fields);
        page.figures = vec![
            (form.say("console-bulk-to-reset"), count.to_reset),
            (form.say("console-bulk-nothing"), count.nothing_set_up),
            (form.say("console-bulk-no-link"), count.no_link),
        ];
        let by_state = count.by_state.iter();
        let by_state = by_state.map(|one| (form.words.word("state", one.state.name()), one.users));
        page.figures.extend(by_state);
        page.lines = vec![form.say("console-bulk-second")];
        page.lines.extend(count.more.then(|| form.say("console-bulk-more")));
        page.name(form.say("console-bulk-no-link"), count.no_link_users);
        page.name(form.say("console-bulk-unknown"), count.unknown_users);
        let state = selection.state.map(|state| word(&ListedState::from(state)));
        page.acts = vec![Act {
            action: format!("/console/portals/{portal}/bulk-reset"),
            hidden: vec![
                ("state", state.unwrap_or_default()),
                ("organization", selection.organization.clone().unwrap_or_default()),
                ("users", selection.users.join("\n")),
                ("confirm", "true".to_owned()),
            ],
            asks_reason: true,
            class: "danger",
            verb: form.say("console-bulk-ask"),
        }];
        page
    }

    pub fn of_open(
        admin: &SignedIn,
        form: &Form,
        portal: &PortalId,
        open: &BulkResetView,
        fields: Fields,
    ) -> Self {
        let mut page = Self::new(admin, form, portal, fields);
        let words = &form.words;
        let asked = words.fill("console-bulk-asked").with("admin", &open.asked_by);
        page.lines = vec![
            asked.with("reason", &open.reason).into(),
            words.fill("console-bulk-about").with("count", open.about).into(),
        ];
        let SelectionDocument { state, organization, users } = &open.selection;
        let state = state.map(|state| words.word("state", ListedState::from(state).name()));
        page.lines.extend(state.into_iter().chain(organization.clone()));
        page.name(form.say("console-users"), users.clone());
        let lapses = open.lapses_at.as_ref().map(at).unwrap_or_default();
        page.lines.push(words.fill("console-bulk-lapses").with("when", lapses).into());
        let approved = |by| String::from(words.fill("console-bulk-approved").with("admin", by));
        page.lines.extend(open.approved_by.as_ref().map(approved));
        let own = |action: &str| format!("/console/portals/{portal}/bulk-reset/{action}");
        let confirmed = vec![("id", open.id.clone()), ("confirm", "true".to_owned())];
        if open.stage == BulkStageName::Asked {
            page.acts.push(Act {
                action: own("approve"),
                hidden: confirmed.clone(),
                asks_reason: false,
                class: "danger",
                verb: form.say("console-bulk-approve"),
            });
        } else {
            page.continue_from(form, portal, &open.id, "", "console-bulk-next");
        }
        page.acts.push(Act {
            action: own("withdraw"),
            hidden: confirmed,
            asks_reason: false,
            class: "plain",
            verb: form.say("console-bulk-withdraw"),
        });
        page
    }

    pub fn of_step(
        admin: &SignedIn,
        form: &Form,
        portal: &PortalId,
        id: &str,
        step: BulkResetStep,
    ) -> Self {
        let mut page = Self::new(admin, form, portal, Fields::default());
        let progress = step.progress;
        let about = form.words.fill("console-bulk-about").with("count", step.about);
        page.lines = vec![about.into()];
        page.figures = vec![
            (form.say("console-bulk-reset"), progress.reset),
            (form.say("console-bulk-before"), progress.reset_before),
            (form.say("console-bulk-nothing"), progress.nothing_set_up),
            (form.say("console-bulk-no-link"), progress.no_link),
            (form.say("console-bulk-failed"), progress.failed),
        ];
        page.name(form.say("console-bulk-no-link"), progress.no_link_users);
        let failures = progress.failures.into_iter();
        let failures = failures.map(|one| format!("{}: {}", one.user, one.reason)).collect();
        page.name(form.say("console-bulk-failed"), failures);
        match step.next_cursor {
            Some(cursor) => page.continue_from(form, portal, id, &cursor, "console-bulk-next"),
            None if step.ended => page.lines.push(form.say("console-bulk-ended")),
            None => page.continue_from(form, portal, id, "", "console-bulk-again"),
        }
        page
    }

    fn name(&mut self, heading: String, users: Vec<String>) {
        if !users.is_empty() {
            self.lists.push(UsersList { heading, users });
        }
    }

    fn continue_from(
        &mut self,
        form: &Form,
        portal: &PortalId,
        id: &str,
        cursor: &str,
        verb: &'static str,
    ) {
        self.acts.push(Act {
            action: format!("/console/portals/{portal}/users/bulk/step"),
            hidden: vec![("id", id.to_owned()), ("cursor", cursor.to_owned())],
            asks_reason: false,
            class: "danger",
            verb: form.say(verb),
        });
    }
}
