//! The form for name and password.

use portcullis_http::wire::admin::SignInWithPassword;

use crate::{FieldRefused, Fields};

/// Reads the form.
///
/// # Errors
/// [`FieldRefused`] if a field is missing, comes twice, or is none of the form's.
pub fn read(fields: &Fields) -> Result<SignInWithPassword, FieldRefused> {
    let mut form = fields.read();
    let (name, password) = (form.text("name")?, form.text("password")?);
    form.end().map(|()| SignInWithPassword { name, password })
}
