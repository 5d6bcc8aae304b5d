//! The activity log of a portal, filtered, and as CSV.

use axum::{
    extract::{Query, State},
    response::Response,
};
use http::StatusCode;
use portcullis_api::{
    Problem,
    admin::{On, ReadActivity},
    wire::admin::{ActivityQuery, FormatName},
};
use portcullis_domain::budget;
use portcullis_pages::{
    console::{
        Form, Frame, page,
        view::{self, Activity},
    },
    encoded,
};
use serde::Deserialize;

use super::filled;
use crate::{Administration, activity};

/// The filter, as a form has it: blank is everything.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Filter {
    user: String,
    event: String,
    actor: String,
    from: String,
    to: String,
    cursor: Option<String>,
    format: Option<String>,
}

/// The log, newest first.
pub(crate) async fn show(
    state: State<Administration>,
    by: On<ReadActivity>,
    form: Form,
    Query(filter): Query<Filter>,
) -> Result<Response, Problem> {
    let event = filled(&filter.event).map(|event| {
        let unknown = |_| Problem::bad_request("There is no such kind of entry.");
        serde_json::from_value(serde_json::Value::String(event)).map_err(unknown)
    });
    let day = |text: &str| match filled(text) {
        Some(text) => {
            let unknown = || Problem::bad_request("Enter days as in 2026-11-22.");
            view::day(&text).map(Some).ok_or_else(unknown)
        }
        None => Ok(None),
    };
    let csv = filter.format.as_deref() == Some("csv");
    let query = ActivityQuery {
        since: day(&filter.from)?,
        until: day(&filter.to)?.map(|start| start + budget::DAY_SECONDS - 1),
        user: filled(&filter.user),
        event: event.transpose()?,
        actor: filled(&filter.actor),
        format: if csv { FormatName::Csv } else { FormatName::Json },
        cursor: filter.cursor,
    };
    if csv {
        return activity::read(state, by, Ok(Query(query))).await;
    }
    let frame = Frame::of("Activity", &by.admin, &form);
    let portal = by.portal.to_string();
    let log = activity::page(&state.desk, &by.portal, &query).await?;
    let fields = [
        ("user", &filter.user),
        ("event", &filter.event),
        ("actor", &filter.actor),
        ("from", &filter.from),
        ("to", &filter.to),
    ];
    let fields: Vec<String> =
        fields.iter().map(|(name, value)| format!("{name}={}", encoded(value))).collect();
    let shown = Activity {
        frame,
        portal,
        log,
        query: fields.join("&"),
        filter: [filter.user, filter.event, filter.actor, filter.from, filter.to],
    };
    Ok(page(StatusCode::OK, &shown))
}
