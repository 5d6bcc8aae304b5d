use askama::Template;

use crate::{Fields, Frame};

pub const SCOPES: &[(&str, &str)] = &[
    ("sign_in", "console-key-may-sign-in"),
    ("contacts", "console-key-may-contacts"),
    ("reset", "console-key-may-reset"),
    ("erase", "console-key-may-erase"),
    ("oidc", "console-key-may-oidc"),
];

#[derive(Template)]
#[template(path = "new_key/page.html")]
pub struct NewKeyForm {
    pub frame: Frame,
    pub portal: String,
    pub fields: Fields,
}
