use portcullis_http::wire::admin::EndTrustRequest;

use crate::{FieldRefused, Fields};

pub fn read(fields: &Fields) -> Result<EndTrustRequest, FieldRefused> {
    let mut form = fields.read();
    let confirm = form.hidden_flag("confirm")?;
    form.end()?;
    if confirm { Ok(EndTrustRequest { confirm }) } else { Err(FieldRefused::form()) }
}
