use portcullis_http::wire::admin::ChangePassword;

use crate::{FieldRefused, Fields};

pub fn read(fields: &Fields) -> Result<ChangePassword, FieldRefused> {
    let mut form = fields.read();
    let (current, new) = (form.text("current")?, form.text("new")?);
    form.end().map(|()| ChangePassword { current, new })
}
