//! `/local/clock`: moves time.

use axum::{Json, Router, extract::State, routing::get};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::clock::LocalClock;

pub(super) fn routes(clock: LocalClock) -> Router {
    Router::new().route("/local/clock", get(show).post(advance)).with_state(clock)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Advance {
    advance_seconds: i64,
}

async fn show(State(clock): State<LocalClock>) -> Json<Value> {
    Json(json!({ "now": clock.now().unix() }))
}

async fn advance(State(clock): State<LocalClock>, Json(by): Json<Advance>) -> Json<Value> {
    clock.advance(by.advance_seconds);
    Json(json!({ "now": clock.now().unix() }))
}
