use portcullis_domain::{Malformed, OrganisationId};
use portcullis_http::wire::admin::{SelectionDocument, StateName};

use crate::{FieldRefused, Fields, Reader};

/// The problem with a button's form that another release drew.
pub const CHANGED: &str = "This form has other fields than its page. Open the page again.";

pub const SELECTION: [(&str, &str); 3] = [("state", ""), ("organization", ""), ("users", "")];

/// Reads the selection of a count: a filter, or the ids of users, one on each line.
pub fn selection(fields: &Fields) -> Result<SelectionDocument, FieldRefused> {
    let mut form = fields.read();
    let selection = selected(&mut form)?;
    form.end().map(|()| selection)
}

pub(crate) fn selected(form: &mut Reader) -> Result<SelectionDocument, FieldRefused> {
    let state = form.filled_choice::<StateName>("state")?;
    let organization = form.parsed("organization", OrganisationId::parse)?;
    let organization = organization.map(|organisation| organisation.to_string());
    let lines = form.text("users")?;
    let users = lines.lines().map(str::trim).filter(|line| !line.is_empty());
    let selection =
        SelectionDocument { state, organization, users: users.map(str::to_owned).collect() };
    let refused = |malformed: Malformed| FieldRefused::said("users", format!("{malformed}."));
    selection.parse().map(|_| selection.clone()).map_err(refused)
}

/// Reads the cursor of the next step; a blank one begins with the first user.
pub(crate) fn cursor(form: &mut Reader) -> Result<Option<String>, FieldRefused> {
    let cursor = form.hidden("cursor")?;
    Ok((!cursor.is_empty()).then_some(cursor))
}
