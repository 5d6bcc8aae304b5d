use axum::response::Response;
use portcullis_http::page::{STYLE, asset};

const CONSOLE: &str = include_str!("../assets/console.css");

pub async fn style() -> Response {
    asset("text/css; charset=utf-8", format!("{STYLE}{CONSOLE}"))
}
