//! The form to change a password.

use portcullis_http::wire::admin::ChangePassword;

use crate::{FieldRefused, Fields};

/// Reads the form.
///
/// # Errors
/// [`FieldRefused`] if a field is missing, comes twice, or is none of the form's.
pub fn read(fields: &Fields) -> Result<ChangePassword, FieldRefused> {
    let mut form = fields.read();
    let (current, new) = (form.text("current")?, form.text("new")?);
    form.end().map(|()| ChangePassword { current, new })
}
