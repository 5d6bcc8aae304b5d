use portcullis_domain::{Malformed, OrganisationId};
use portcullis_http::wire::admin::{
    BulkResetNamed, BulkResetRequest, BulkResetStepRequest, SelectionDocument, StateName,
};

use crate::{FieldRefused, Fields, Reader};

pub const SELECTION: [(&str, &str); 3] = [("state", ""), ("organization", ""), ("users", "")];

/// Reads the selection of a count: a filter, or the ids of users, one on each line.
pub fn selection(fields: &Fields) -> Result<SelectionDocument, FieldRefused> {
    let mut form = fields.read();
    let selection = selected(&mut form)?;
    form.end().map(|()| selection)
}

fn selected(form: &mut Reader) -> Result<SelectionDocument, FieldRefused> {
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

/// Reads a request with its selection, its reason and its confirmation.
pub fn request(fields: &Fields) -> Result<BulkResetRequest, FieldRefused> {
    let mut form = fields.read();
    let selection = selected(&mut form).map_err(|_| FieldRefused::form())?;
    let (reason, confirm) = (form.text("reason")?, form.hidden_flag("confirm")?);
    form.end()?;
    let request = BulkResetRequest { selection, reason, confirm };
    let refused = |malformed: Malformed| FieldRefused::said("reason", format!("{malformed}."));
    request.parse().map(|_| ()).map_err(refused)?;
    Ok(request)
}

/// Reads the id of the bulk reset that a button is about.
pub fn named(fields: &Fields) -> Result<BulkResetNamed, FieldRefused> {
    let mut form = fields.read();
    let (id, confirm) = (form.hidden("id")?, form.hidden_flag("confirm")?);
    form.end().map(|()| BulkResetNamed { id, confirm })
}

/// Reads the id and the cursor of the next step; a blank cursor begins with the first user.
pub fn step(fields: &Fields) -> Result<BulkResetStepRequest, FieldRefused> {
    let mut form = fields.read();
    let (id, cursor) = (form.hidden("id")?, form.hidden("cursor")?);
    let cursor = (!cursor.is_empty()).then_some(cursor);
    form.end().map(|()| BulkResetStepRequest { id, cursor })
}
