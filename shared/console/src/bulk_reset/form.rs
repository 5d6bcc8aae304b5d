use portcullis_domain::Malformed;
use portcullis_http::wire::admin::{BulkResetNamed, BulkResetRequest, BulkResetStepRequest};

use crate::{
    FieldRefused, Fields,
    bulk::form::{cursor, selected},
};

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
    let (id, cursor) = (form.hidden("id")?, cursor(&mut form)?);
    form.end().map(|()| BulkResetStepRequest { id, cursor })
}
