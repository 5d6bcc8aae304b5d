use portcullis_http::wire::admin::SwitchRequest;

use crate::{FieldRefused, Fields};

pub fn read(fields: &Fields) -> Result<SwitchRequest, FieldRefused> {
    let mut form = fields.read();
    let (enabled, confirm) = (form.hidden_flag("enabled")?, form.hidden_flag("confirm")?);
    form.end()?;
    if confirm { Ok(SwitchRequest { enabled, confirm }) } else { Err(FieldRefused::form()) }
}
