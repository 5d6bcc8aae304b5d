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

/// The query of the log's URL. The filter is sealed, so that no user id gets into a browser's
/// history.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct LogQuery {
    filter: Option<String>,
    cursor: Option<String>,
    format: Option<FormatName>,
}

fn filter_cursor(portal: &PortalId) -> Cursor {
    Cursor::of(&format!("filter:{portal}"))
}

/// Redirects to the log with the filter of the form.
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
    let sealed = filter_cursor(&by.portal).seal(&state.context, &text).await?;
    Ok(see_other(&format!("/console/portals/{}/activity?filter={sealed}", by.portal)))
}

fn log_page(
    by: &PermittedOn<ReadActivity>,
    form: &Form,
    log: ActivityPage,
    fields: Fields,
    sealed: String,
) -> Activity {
    let frame = Frame::of("Activity", &by.admin, form).with_form_error(&fields);
    let kinds = EntryKind::ALL.iter().map(words::word);
    let kinds = kinds.map(|word| (word.clone(), word.replace('_', " ")));
    let kinds = std::iter::once((String::new(), "any".to_owned())).chain(kinds).collect();
    Activity { frame, portal: by.portal.to_string(), log, fields, kinds, sealed }
}

/// Shows the log, newest first.
pub(crate) async fn show(
    state: State<AppState>,
    by: PermittedOn<ReadActivity>,
    form: Form,
    StrictQuery(query): StrictQuery<LogQuery>,
) -> Result<Response, Problem> {
    let filter: Filter = match &query.filter {
        Some(sealed) => {
            let text = filter_cursor(&by.portal).open(&state.context, sealed).await?;
            let refused = |_| {
                Problem::bad_request("This filter does not belong to this page. Choose it again.")
            };
            serde_json::from_str(&text).map_err(refused)?
        }
        None => Filter::default(),
    };
    let request = filter.query(query.format.unwrap_or_default(), query.cursor)?;
    if request.format != FormatName::Json {
        return activity::read(state, by, StrictQuery(request)).await;
    }
    let log = activity::page(&state.context, &by.portal, &request).await?;
    let sealed = query.filter.unwrap_or_default();
    Ok(page(StatusCode::OK, &log_page(&by, &form, log, filter.fill(), sealed)))
}
