use axum::{extract::State, response::Response};
use http::StatusCode;
use portcullis_app::AppContext;
use portcullis_console::{
    Fields, Form, Frame,
    activity::{
        form::Filter,
        view::{Activity, Group},
    },
    export::view::Export,
    page, see_other, word,
};
use portcullis_domain::{
    Named, PortalId, UserId,
    admin::Right,
    user::{EntryKind, Figure},
};
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
}

impl LogQuery {
    async fn filter(&self, context: &AppContext, portal: &PortalId) -> Result<Filter, Problem> {
        let Some(sealed) = &self.filter else { return Ok(Filter::default()) };
        let text = filter_cursor(portal).open(context, sealed).await?;
        let refused =
            |_| Problem::bad_request("This filter does not belong to this page. Choose it again.");
        serde_json::from_str(&text).map_err(refused)
    }
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
            let shown = log_page(&state.context, &by, &form, nothing, fields).await?;
            return Ok(page(StatusCode::BAD_REQUEST, &shown));
        }
    };
    Ok(see_other(&filtered(&state.context, &by.portal, &filter).await?))
}

/// Returns the path of the log with a filter.
pub(crate) async fn filtered(
    context: &AppContext,
    portal: &PortalId,
    filter: &Filter,
) -> Result<String, Problem> {
    let text = serde_json::to_string(filter).map_err(|_| Problem::unavailable())?;
    let sealed = filter_cursor(portal).seal(context, &text).await?;
    Ok(format!("/console/portals/{portal}/activity?filter={sealed}"))
}

async fn log_page(
    context: &AppContext,
    by: &PermittedOn<ReadActivity>,
    form: &Form,
    log: ActivityPage,
    fields: Fields,
) -> Result<Activity, Problem> {
    let frame = Frame::of(form.say("console-activity"), &by.admin, form).with_form_error(&fields);
    let keyring = context.keyring().await?;
    let may_read = by.admin.role.reach(Right::ReadUsers, &by.portal).is_ok();
    let user_page = |id: &str| {
        let id = UserId::parse(id).ok().filter(|_| may_read)?;
        let locator = keyring.locator(&by.portal, &id);
        Some(format!("/console/portals/{}/users/{locator}", by.portal))
    };
    Ok(Activity {
        frame,
        portal: by.portal.to_string(),
        groups: Group::all(log.entries, user_page),
        next_cursor: log.next_cursor,
        fields,
        kinds: choices::<EntryKind>(form, "entry"),
        outcomes: choices::<Figure>(form, "figure"),
        sealed: String::new(),
    })
}

/// Returns any of some names or none, each with its word.
fn choices<T: Named>(form: &Form, kind: &str) -> Vec<(String, String)> {
    let named = T::ALL.iter().map(|name| (word(name), form.words.word(kind, name.name())));
    std::iter::once((String::new(), form.say("console-any"))).chain(named).collect()
}

/// Shows the log, newest first.
pub(crate) async fn show(
    State(AppState { context, .. }): State<AppState>,
    by: PermittedOn<ReadActivity>,
    form: Form,
    StrictQuery(query): StrictQuery<LogQuery>,
) -> Result<Response, Problem> {
    let filter = query.filter(&context, &by.portal).await?;
    let request = filter.query(FormatName::Json, query.cursor)?;
    let log = activity::page(&context, &by.portal, &request, filter.outcome()).await?;
    let sealed = query.filter.unwrap_or_default();
    let shown = log_page(&context, &by, &form, log, filter.fill()).await?;
    Ok(page(StatusCode::OK, &Activity { sealed, ..shown }))
}

/// Answers the log as a file, or a page that names the file and leads to the next ones if it takes
/// several.
pub(crate) async fn export(
    State(AppState { context, .. }): State<AppState>,
    by: PermittedOn<ReadActivity>,
    form: Form,
    StrictQuery(query): StrictQuery<LogQuery>,
) -> Result<Response, Problem> {
    let filter = query.filter(&context, &by.portal).await?;
    let request = filter.query(FormatName::Csv, query.cursor)?;
    let file = activity::file(&context, &by.portal, &request, filter.outcome()).await?;
    let Some(next) = activity::cursor(&context, &by.portal, file.next.as_ref()).await? else {
        return activity::answer(&context, &by.portal, file).await;
    };
    let frame = Frame::of(form.say("console-export"), &by.admin, &form);
    let export = Export {
        frame,
        portal: by.portal.to_string(),
        name: file.name,
        rows: file.rows,
        sealed: query.filter.unwrap_or_default(),
        cursor: request.cursor.unwrap_or_default(),
        next,
    };
    Ok(page(StatusCode::OK, &export))
}

/// Answers one file of the log.
pub(crate) async fn file(
    State(AppState { context, .. }): State<AppState>,
    by: PermittedOn<ReadActivity>,
    StrictQuery(query): StrictQuery<LogQuery>,
) -> Result<Response, Problem> {
    let filter = query.filter(&context, &by.portal).await?;
    let request = filter.query(FormatName::Csv, query.cursor)?;
    let file = activity::file(&context, &by.portal, &request, filter.outcome()).await?;
    activity::answer(&context, &by.portal, file).await
}
