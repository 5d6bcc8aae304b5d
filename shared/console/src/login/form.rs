use portcullis_http::wire::admin::SignInWithPassword;

use crate::{FieldRefused, Fields};

pub fn read(fields: &Fields) -> Result<SignInWithPassword, FieldRefused> {
    let mut form = fields.read();
    let (name, password) = (form.text("name")?, form.text("password")?);
    form.end().map(|()| SignInWithPassword { name, password, browser_token: None })
}
