use askama::Template;
use portcullis_domain::Portal;
use portcullis_http::page::logo_path;

use crate::{Fields, Frame};

#[derive(Template)]
#[template(path = "logo/page.html")]
pub struct LogoForm {
    pub frame: Frame,
    pub portal: String,
    /// The path of the picture that is shown now.
    pub logo: Option<String>,
    pub fields: Fields,
}

impl LogoForm {
    pub fn of(frame: Frame, portal: &Portal, fields: Fields) -> Self {
        Self {
            frame,
            portal: portal.id.to_string(),
            logo: logo_path(&portal.id, &portal.profile),
            fields,
        }
    }
}
