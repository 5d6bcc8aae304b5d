use portcullis_http::wire::admin::BulkReminderRequest;

use crate::{
    FieldRefused, Fields,
    bulk::form::{cursor, selected},
};

/// Reads the selection and the cursor of the next step.
pub fn step(fields: &Fields) -> Result<BulkReminderRequest, FieldRefused> {
    let mut form = fields.read();
    let (selection, cursor) = (selected(&mut form)?, cursor(&mut form)?);
    form.end().map(|()| BulkReminderRequest { selection, dry_run: false, cursor })
}
