//! The pages of the reset of many users.

use portcullis_domain::{ListedState, Named as _, PortalId};
use portcullis_http::{
    admin::SignedIn,
    wire::admin::{BulkResetCount, BulkResetStep, BulkResetView, BulkStageName, SelectionDocument},
};

use crate::{
    Fields, Form, at,
    bulk::view::{Act, BulkPage, hidden},
};

fn page_of(admin: &SignedIn, form: &Form, portal: &PortalId, fields: Fields) -> BulkPage {
    BulkPage::new("console-bulk-title", admin, form, portal, fields)
}

pub fn to_select(admin: &SignedIn, form: &Form, portal: &PortalId, fields: Fields) -> BulkPage {
    let mut page = page_of(admin, form, portal, fields);
    page.lines = ["console-bulk-what", "console-bulk-second"].map(|key| form.say(key)).to_vec();
    page.selecting(form, format!("/console/portals/{portal}/bulk-reset/count"))
}

/// The page of a count, from which the reset can be asked for.
pub fn of_count(
    admin: &SignedIn,
    form: &Form,
    portal: &PortalId,
    (selection, count): (&SelectionDocument, BulkResetCount),
    fields: Fields,
) -> BulkPage {
    let mut page = page_of(admin, form, portal, fields);
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
    let mut hidden = hidden(selection);
    hidden.push(("confirm", "true".to_owned()));
    page.acts = vec![Act {
        action: format!("/console/portals/{portal}/bulk-reset"),
        hidden,
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
) -> BulkPage {
    let mut page = page_of(admin, form, portal, fields);
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
        continue_from(&mut page, form, portal, &open.id, "", "console-bulk-next");
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
) -> BulkPage {
    let mut page = page_of(admin, form, portal, Fields::default());
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
    page.name_failures(form, progress.failures);
    match step.next_cursor {
        Some(cursor) => continue_from(&mut page, form, portal, id, &cursor, "console-bulk-next"),
        None if step.ended => page.lines.push(form.say("console-bulk-ended")),
        None => continue_from(&mut page, form, portal, id, "", "console-bulk-again"),
    }
    page
}

fn continue_from(
    page: &mut BulkPage,
    form: &Form,
    portal: &PortalId,
    id: &str,
    cursor: &str,
    verb: &'static str,
) {
    page.acts.push(Act {
        action: format!("/console/portals/{portal}/users/bulk/step"),
        hidden: vec![("id", id.to_owned()), ("cursor", cursor.to_owned())],
        asks_reason: false,
        class: "danger",
        verb: form.say(verb),
    });
}
