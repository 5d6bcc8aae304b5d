use askama::Template;

use crate::{Fields, Frame};

pub const SCOPES: &[(&str, &str)] = &[
    ("sign_in", "Sign users in"),
    ("contacts", "Keep contact records, and read status and activity of users"),
    ("reset", "Reset users, who then set up their second step again"),
    ("erase", "Erase users"),
    ("oidc", "OpenID Connect; no call needs it yet"),
];

#[derive(Template)]
#[template(path = "new_key/page.html")]
pub struct NewKeyForm {
    pub frame: Frame,
    pub portal: String,
    pub fields: Fields,
}
