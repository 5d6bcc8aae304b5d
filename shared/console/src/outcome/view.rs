use askama::Template;
use serde::{Deserialize, Serialize};

use crate::Frame;

/// The secret of an outcome, which is shown once.
#[derive(Deserialize, Serialize)]
pub(super) enum Secret {
    None,
    Now(String),
    Before,
}

#[derive(Template)]
#[template(path = "outcome/page.html")]
pub(super) struct OutcomePage {
    pub(super) frame: Frame,
    pub(super) text: String,
    pub(super) lines: Vec<String>,
    pub(super) secret: Secret,
    pub(super) next: (String, String),
}
