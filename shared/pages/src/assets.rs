//! What pages are made with beside HTML: one style sheet and one script of comforts.

use axum::response::{IntoResponse, Response};
use http::{HeaderName, header};
use portcullis_domain::portal::Colour;
use portcullis_http::StrictQuery;
use serde::Deserialize;

const STYLE: &str = include_str!("../assets/style.css");
const CONSOLE: &str = include_str!("../assets/console.css");
const COMFORTS: &str = include_str!("../assets/comforts.js");

/// The colour of a portal, in the address of the style sheet: the policy of the pages forbids styles of their own.
#[derive(Debug, Deserialize)]
pub struct Accent {
    accent: Option<String>,
}

/// The style sheet, in the colour of a portal.
pub async fn style(StrictQuery(Accent { accent }): StrictQuery<Accent>) -> Response {
    let colour = accent.and_then(|digits| Colour::parse(&format!("#{digits}")).ok());
    let accent = colour.map(|colour| format!(":root{{--accent:{colour}}}\n")).unwrap_or_default();
    cached("text/css; charset=utf-8", format!("{STYLE}{accent}"))
}

/// The style sheet of the console.
pub async fn console_style() -> Response {
    cached("text/css; charset=utf-8", format!("{STYLE}{CONSOLE}"))
}

/// The script of comforts: nothing needs it.
pub async fn comforts() -> Response {
    cached("text/javascript; charset=utf-8", COMFORTS.to_owned())
}

/// Where the style sheet in this colour is.
pub(crate) fn style_url(colour: Option<Colour>) -> String {
    let digits = colour.map(|colour| colour.to_string().replace('#', "?accent="));
    format!("/prompt/style.css{}", digits.unwrap_or_default())
}

fn cached(kind: &'static str, body: String) -> Response {
    let headers: [(HeaderName, &str); 2] =
        [(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, "public, max-age=600")];
    (headers, body).into_response()
}
