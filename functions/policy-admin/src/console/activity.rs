//! The activity log of a portal, filtered, and as CSV.

use axum::{extract::State, response::Response};
use http::StatusCode;
use portcullis_console::{
    Fields, Form, Frame,
    activity::{form::Filter, view::Activity},
    page, see_other, words,
};
use portcullis_domain::{PortalId, user::EntryKind};
use portcullis_http::{
    Cursor, Problem, StrictQuery,
    admin::{PermittedOn, ReadActivity},
    wire::admin::{ActivityPage, FormatName},
};
use serde::Deserialize;

use crate::{AppState, activity};

/// The query of an address: the filter sealed, so that a browser's history learns no user's id.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct ActivityAddress {
    filter: Option<String>,
    cursor: Option<String>,
    format: Option<FormatName>,
}

/// The seal of the filters of a portal's log.
fn seal(portal: &PortalId) -> Cursor {
    Cursor::of(&format!("filter:{portal}"))
}

/// On to the log as a form filters it.
pub(crate) async fn filter(
    State(state): State<AppState>,
    by: PermittedOn<ReadActivity>,
    form: Form,
    fields: Fields,
) -> Result<Response, Problem> {
    let filter = match Filter::read(&fields) {
        Ok(filter) => filter,
        Err(refused) => {
            let nothing = ActivityPage { entries: vec![], next_cursor: None };
            let fields = fields.refused(refused);
            let shown = log_page(&by, &form, nothing, fields, String::new());
            return Ok(page(StatusCode::BAD_REQUEST, &shown));
        }
    };
    let text = serde_json::to_string(&filter).map_err(|_| Problem::unavailable())?;
    let sealed = seal(&by.portal).seal(&state.context, &text).await?;
    Ok(see_other(&format!("/console/portals/{}/activity?filter={sealed}", by.portal)))
}

fn log_page(
    by: &PermittedOn<ReadActivity>,
    form: &Form,
    log: ActivityPage,
    fields: Fields,
    sealed: String,
) -> Activity {
    let frame = Frame::of("Activity", &by.admin, form).around(&fields);
    let kinds = EntryKind::ALL.iter().map(words::word);
    let kinds = kinds.map(|word| (word.clone(), word.replace('_', " ")));
    let kinds = std::iter::once((String::new(), "any".to_owned())).chain(kinds).collect();
    Activity { frame, portal: by.portal.to_string(), log, fields, kinds, sealed }
}

/// The log, newest first.
pub(crate) async fn show(
    state: State<AppState>,
    by: PermittedOn<ReadActivity>,
    form: Form,
    StrictQuery(shown): StrictQuery<ActivityAddress>,
) -> Result<Response, Problem> {
    let filter: Filter = match &shown.filter {
        Some(sealed) => {
            let text = seal(&by.portal).open(&state.context, sealed).await?;
            let refused = |_| {
                Problem::bad_request("This filter does not belong to this page. Choose it again.")
            };
            serde_json::from_str(&text).map_err(refused)?
        }
        None => Filter::default(),
    };
    let query = filter.query(shown.format.unwrap_or_default(), shown.cursor)?;
    if query.format != FormatName::Json {
        return activity::read(state, by, StrictQuery(query)).await;
    }
    let log = activity::page(&state.context, &by.portal, &query).await?;
    let sealed = shown.filter.unwrap_or_default();
    Ok(page(StatusCode::OK, &log_page(&by, &form, log, filter.fill(), sealed)))
}
