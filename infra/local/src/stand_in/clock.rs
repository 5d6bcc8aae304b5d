//! `/local/clock`: moves time.

use axum::{Json, extract::State};
use serde::Deserialize;
use serde_json::{Value, json};

use super::StandIn;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Advance {
    advance_seconds: i64,
}

pub(super) async fn show(State(stand_in): State<StandIn>) -> Json<Value> {
    Json(json!({ "now": stand_in.clock.now().unix() }))
}

pub(super) async fn advance(
    State(stand_in): State<StandIn>,
    Json(by): Json<Advance>,
) -> Json<Value> {
    stand_in.clock.advance(by.advance_seconds);
    Json(json!({ "now": stand_in.clock.now().unix() }))
}
