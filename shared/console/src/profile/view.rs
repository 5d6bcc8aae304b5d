use askama::Template;
use portcullis_http::wire::admin::DryRunAnswer;

use crate::{Fields, Frame};

#[derive(Template)]
#[template(path = "profile/page.html")]
pub struct ProfileForm {
    pub frame: Frame,
    pub portal: String,
    pub fields: Fields,
    /// The changes that saving would make, if passkeys would stop working.
    pub dry_run: Option<DryRunAnswer>,
}
