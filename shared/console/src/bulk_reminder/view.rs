//! The pages of the reminder of many users.

use portcullis_domain::PortalId;
use portcullis_http::{
    admin::SignedIn,
    wire::admin::{BulkReminderStep, SelectionDocument},
};

use crate::{
    Fields, Form,
    bulk::view::{Act, BulkPage, hidden},
};

fn page_of(admin: &SignedIn, form: &Form, portal: &PortalId, fields: Fields) -> BulkPage {
    BulkPage::new("console-remind-title", admin, form, portal, fields)
}

pub fn to_select(admin: &SignedIn, form: &Form, portal: &PortalId, fields: Fields) -> BulkPage {
    let mut page = page_of(admin, form, portal, fields);
    page.lines = vec![form.say("console-remind-what")];
    page.selecting(form, format!("/console/portals/{portal}/users/bulk/reminder"))
}

/// The page of a count, from which the users can be reminded.
pub fn of_count(
    admin: &SignedIn,
    form: &Form,
    portal: &PortalId,
    selection: &SelectionDocument,
    count: BulkReminderStep,
) -> BulkPage {
    let mut page = page_of(admin, form, portal, Fields::default());
    let (to_remind, has_more) = (count.progress.reminded, count.next_cursor.is_some());
    page.show(form, "console-remind-to-remind", count);
    if has_more {
        page.lines.push(form.say("console-bulk-more"));
    }
    if to_remind == 0 && !has_more {
        page.lines.push(form.say("console-remind-nobody"));
    } else {
        // Of more than were counted, the number is not known.
        let verb = match has_more {
            true => form.say("console-remind-next"),
            false => form.words.fill("console-remind-verb").with("count", to_remind).into(),
        };
        page.acts.push(act(portal, selection, String::new(), verb));
    }
    page
}

pub fn of_step(
    admin: &SignedIn,
    form: &Form,
    portal: &PortalId,
    selection: &SelectionDocument,
    step: BulkReminderStep,
) -> BulkPage {
    let mut page = page_of(admin, form, portal, Fields::default());
    let (failed, next) = (step.progress.failed, step.next_cursor.clone());
    page.show(form, "console-remind-reminded", step);
    match next {
        Some(cursor) => {
            let verb = form.say("console-remind-next");
            page.acts.push(act(portal, selection, cursor, verb));
        }
        None if failed == 0 => page.lines.push(form.say("console-remind-ended")),
        None => {
            let verb = form.say("console-bulk-again");
            page.acts.push(act(portal, selection, String::new(), verb));
        }
    }
    page
}

impl BulkPage {
    fn show(&mut self, form: &Form, reminded: &'static str, step: BulkReminderStep) {
        let BulkReminderStep { progress, unknown_users, next_cursor: _ } = step;
        self.figures = vec![
            (form.say(reminded), progress.reminded),
            (form.say("console-remind-before"), progress.reminded_before),
            (form.say("console-remind-not-needed"), progress.not_needed),
            (form.say("console-remind-no-address"), progress.no_address),
            (form.say("console-bulk-failed"), progress.failed),
        ];
        self.name(form.say("console-remind-no-address"), progress.no_address_users);
        self.name(form.say("console-bulk-unknown"), unknown_users);
        self.name_failures(form, progress.failures);
    }
}

fn act(portal: &PortalId, selection: &SelectionDocument, cursor: String, verb: String) -> Act {
    let mut hidden = hidden(selection);
    hidden.push(("cursor", cursor));
    let action = format!("/console/portals/{portal}/users/bulk/remind");
    Act { action, hidden, asks_reason: false, class: "", verb }
}
