//! The form that switches a policy, which a dialog asks for.

use portcullis_http::wire::admin::SwitchRequest;

use crate::{FieldRefused, Fields};

/// Reads the form.
///
/// # Errors
/// [`FieldRefused`] of the whole form if it is not the dialog's.
pub fn read(fields: &Fields) -> Result<SwitchRequest, FieldRefused> {
    let mut form = fields.read();
    let (enabled, confirm) = (form.hidden_flag("enabled")?, form.hidden_flag("confirm")?);
    form.end()?;
    if confirm { Ok(SwitchRequest { enabled, confirm }) } else { Err(FieldRefused::form()) }
}
