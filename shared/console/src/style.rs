use axum::response::Response;
use portcullis_http::{page::asset, style::STYLE};

pub async fn style() -> Response {
    asset("text/css; charset=utf-8", STYLE.to_owned())
}
