use askama::Template;
use portcullis_http::wire::admin::KeyView;

use crate::{
    Fields, Frame,
    words::{at, on},
};

pub const SCOPES: &[(&str, &str)] = &[
    ("sign_in", "console-key-may-sign-in"),
    ("contacts", "console-key-may-contacts"),
    ("reset", "console-key-may-reset"),
    ("erase", "console-key-may-erase"),
    ("oidc", "console-key-may-oidc"),
];

/// The page of a portal's API keys, with the form that creates another.
#[derive(Template)]
#[template(path = "new_key/page.html")]
pub struct NewKeyForm {
    pub frame: Frame,
    pub portal: String,
    pub keys: Vec<KeyView>,
    pub fields: Fields,
}
