//! The activity log of a portal, filtered, and as CSV.

use axum::{extract::State, response::Response};
use http::StatusCode;
use portcullis_api::{
    Cursor, Problem, StrictQuery,
    admin::{On, ReadActivity},
    wire::admin::{ActivityQuery, FormatName},
};
use portcullis_domain::{PortalId, budget};
use portcullis_pages::{
    Filled,
    console::{
        Form, Frame, page,
        view::{self, Activity},
    },
};
use serde::{Deserialize, Serialize};

use super::{filled, on};
use crate::{Administration, activity};

/// The filter, as a form has it: blank is everything.
#[derive(Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Filter {
    user: String,
    event: String,
    actor: String,
    from: String,
    to: String,
}

/// What an address says: the filter sealed, so that a browser's history learns no user's id.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Shown {
    filter: Option<String>,
    cursor: Option<String>,
    format: Option<String>,
}

/// What seals the filters of a portal's log.
fn seal(portal: &PortalId) -> Cursor {
    Cursor::of(&format!("filter:{portal}"))
}

impl Filter {
    /// The query it stands for.
    fn query(&self, shown: &Shown) -> Result<ActivityQuery, Problem> {
        let event = filled(&self.event).map(|event| {
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
        let csv = shown.format.as_deref() == Some("csv");
        Ok(ActivityQuery {
            since: day(&self.from)?,
            until: day(&self.to)?.map(|start| start + budget::DAY_SECONDS - 1),
            user: filled(&self.user),
            event: event.transpose()?,
            actor: filled(&self.actor),
            format: if csv { FormatName::Csv } else { FormatName::Json },
            cursor: shown.cursor.clone(),
        })
    }
}

/// On to the log as a form filters it.
pub(crate) async fn filter(
    State(administration): State<Administration>,
    by: On<ReadActivity>,
    Filled(filter): Filled<Filter>,
) -> Result<Response, Problem> {
    filter.query(&Shown::default())?;
    let text = serde_json::to_string(&filter).map_err(|_| Problem::unavailable())?;
    let sealed = seal(&by.portal).seal(&administration.desk, &text).await?;
    Ok(on(&format!("/console/portals/{}/activity?filter={sealed}", by.portal)))
}

/// The log, newest first.
pub(crate) async fn show(
    state: State<Administration>,
    by: On<ReadActivity>,
    form: Form,
    StrictQuery(shown): StrictQuery<Shown>,
) -> Result<Response, Problem> {
    let filter: Filter = match &shown.filter {
        Some(sealed) => {
            let text = seal(&by.portal).open(&state.desk, sealed).await?;
            let refused = |_| Problem::bad_request("This filter is none of this page's.");
            serde_json::from_str(&text).map_err(refused)?
        }
        None => Filter::default(),
    };
    let query = filter.query(&shown)?;
    if query.format == FormatName::Csv {
        return activity::read(state, by, StrictQuery(query)).await;
    }
    let frame = Frame::of("Activity", &by.admin, &form);
    let portal = by.portal.to_string();
    let log = activity::page(&state.desk, &by.portal, &query).await?;
    let sealed = shown.filter.unwrap_or_default();
    let filter = [filter.user, filter.event, filter.actor, filter.from, filter.to];
    Ok(page(StatusCode::OK, &Activity { frame, portal, log, sealed, filter }))
}
