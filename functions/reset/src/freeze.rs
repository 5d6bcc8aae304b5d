//! The page of a freeze link, "This was not me".

use axum::{Router, extract::State, response::Response, routing::get};
use portcullis_app::AppContext;
use portcullis_prompt::freeze::{FreezePress, FreezeVisit, PATH};

use crate::AppState;

pub(crate) fn routes() -> Router<AppState> {
    Router::new().route(PATH, get(show).post(freeze))
}

async fn show(State(context): State<AppContext>, visit: FreezeVisit) -> Response {
    visit.show(&context).await
}

async fn freeze(State(context): State<AppContext>, press: FreezePress) -> Response {
    press.freeze(&context).await
}
