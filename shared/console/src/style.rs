use axum::response::Response;
use portcullis_http::{page::asset, style::CONSOLE};

/// The picture that browsers show beside the title.
const ICON: &str = include_str!("icon.svg");

pub async fn style() -> Response {
    asset("text/css; charset=utf-8", CONSOLE.to_owned())
}

pub async fn icon() -> Response {
    asset("image/svg+xml", ICON.to_owned())
}
