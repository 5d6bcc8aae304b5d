//! The prompt's style sheet, in the colour of a portal, and its script.

use axum::response::Response;
use portcullis_domain::portal::Colour;
use portcullis_http::{StrictQuery, page::asset, style::with_accent};
use serde::Deserialize;

const ENHANCE: &str = include_str!("../assets/enhance.js");

/// The colour of a portal, in the URL of the style sheet: the content security policy forbids
/// inline styles.
#[derive(Debug, Deserialize)]
pub struct Accent {
    accent: Option<String>,
}

pub async fn style(StrictQuery(Accent { accent }): StrictQuery<Accent>) -> Response {
    let colour = accent.and_then(|digits| Colour::parse(&format!("#{digits}")).ok());
    asset("text/css; charset=utf-8", with_accent(colour))
}

pub async fn enhance() -> Response {
    asset("text/javascript; charset=utf-8", ENHANCE.to_owned())
}

pub(crate) fn style_url(colour: Option<Colour>) -> String {
    let digits = colour.map(|colour| colour.to_string().replace('#', "?accent="));
    format!("/prompt/style.css{}", digits.unwrap_or_default())
}
