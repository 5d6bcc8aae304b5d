use axum::{extract::State, response::Response};
use http::StatusCode;
use portcullis_app::AppContext;
use portcullis_console::{
    Fields, Form, Frame,
    activity::{
        form::Filter,
        view::{Activity, Group},
    },
    export::view,
    page, see_other, word,
};
use portcullis_domain::{
    Named, PortalId, UserId,
    admin::Right,
    user::{EntryKind, Figure},
};
use portcullis_http::{
    Cursor, Problem, StrictQuery,
    admin::{Permitted, PermittedOn, ReadActivity, SignedIn},
    wire::admin::{ActivityEverywhere, ActivityPage, AdminEntryView, FormatName, LookedAt},
};
use serde::Deserialize;

use crate::{
    AppState,
    activity::{self, Search, everywhere},
    console::files_page,
    export::{self, Export},
};

/// The query of the log's URL. The filter is sealed, so that no user id gets into a browser's
/// history.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct LogQuery {
    filter: Option<String>,
    cursor: Option<String>,
}

impl LogQuery {
    async fn filter(&self, context: &AppContext, log: &Log<'_>) -> Result<Filter, Problem> {
        let Some(sealed) = &self.filter else { return Ok(Filter::default()) };
        let text = log.filters().open(context, sealed).await?;
        let refused =
            |_| Problem::bad_request("This filter does not belong to this page. Choose it again.");
        serde_json::from_str(&text).map_err(refused)
    }
}

/// The log that a page is of.
enum Log<'a> {
    Portal(&'a PortalId),
    AllPortals,
}

impl Log<'_> {
    fn path(&self) -> String {
        match self {
            Self::Portal(portal) => format!("/console/portals/{portal}/activity"),
            Self::AllPortals => "/console/activity".to_owned(),
        }
    }

    const fn title(&self) -> &'static str {
        match self {
            Self::Portal(_) => "console-activity",
            Self::AllPortals => "console-activity-all",
        }
    }

    fn filters(&self) -> Cursor {
        match self {
            Self::Portal(portal) => Cursor::of(&format!("filter:{portal}")),
            Self::AllPortals => Cursor::of("filter"),
        }
    }

    /// Returns the path of the log with a filter.
    async fn filtered(&self, context: &AppContext, filter: &Filter) -> Result<String, Problem> {
        let text = serde_json::to_string(filter).map_err(|_| Problem::unavailable())?;
        let sealed = self.filters().seal(context, &text).await?;
        Ok(format!("{}?filter={sealed}", self.path()))
    }
}

/// Redirects to the log with the filter of the form.
pub(crate) async fn filter(
    State(state): State<AppState>,
    by: PermittedOn<ReadActivity>,
    form: Form,
    fields: Fields,
) -> Result<Response, Problem> {
    with_filter(&state.context, &by.admin, &form, &Log::Portal(&by.portal), fields).await
}

/// Redirects to the log of all portals with the filter of the form.
pub(crate) async fn filter_all(
    State(state): State<AppState>,
    by: Permitted<ReadActivity>,
    form: Form,
    fields: Fields,
) -> Result<Response, Problem> {
    with_filter(&state.context, &by.admin, &form, &Log::AllPortals, fields).await
}

async fn with_filter(
    context: &AppContext,
    admin: &SignedIn,
    form: &Form,
    log: &Log<'_>,
    fields: Fields,
) -> Result<Response, Problem> {
    match Filter::read(&fields) {
        Ok(filter) => Ok(see_other(&log.filtered(context, &filter).await?)),
        Err(refused) => {
            let fields = fields.refused(refused);
            let shown = log_page(context, admin, form, log, Shown::default(), fields).await?;
            Ok(page(StatusCode::BAD_REQUEST, &shown))
        }
    }
}

/// Returns the path of the log with a filter.
pub(crate) async fn filtered(
    context: &AppContext,
    portal: &PortalId,
    filter: &Filter,
) -> Result<String, Problem> {
    Log::Portal(portal).filtered(context, filter).await
}

/// The entries that a page shows.
#[derive(Default)]
struct Shown {
    entries: Vec<AdminEntryView>,
    looked_at: Option<LookedAt>,
    next_cursor: Option<String>,
}

async fn log_page(
    context: &AppContext,
    admin: &SignedIn,
    form: &Form,
    log: &Log<'_>,
    shown: Shown,
    fields: Fields,
) -> Result<Activity, Problem> {
    let frame = Frame::of(form.say(log.title()), admin, form).with_form_error(&fields);
    let keyring = context.keyring().await?;
    let user_page = |entry: &AdminEntryView| {
        let id = entry.user.as_deref().and_then(|id| UserId::parse(id).ok())?;
        let portal = PortalId::parse(&entry.portal).ok()?;
        admin.role.reach(Right::ReadUsers, &portal).ok()?;
        let locator = keyring.locator(&portal, &id);
        Some(format!("/console/portals/{portal}/users/{locator}"))
    };
    Ok(Activity {
        frame,
        path: log.path(),
        is_of_all: matches!(log, Log::AllPortals),
        looked_at: shown.looked_at,
        groups: Group::all(shown.entries, user_page),
        next_cursor: shown.next_cursor,
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
    let log = Log::Portal(&by.portal);
    let filter = query.filter(&context, &log).await?;
    let request = filter.query(FormatName::Json, query.cursor)?;
    let ActivityPage { entries, next_cursor } =
        activity::page(&context, &by.portal, &request, filter.outcome()).await?;
    let shown = Shown { entries, looked_at: None, next_cursor };
    let shown = log_page(&context, &by.admin, &form, &log, shown, filter.fill()).await?;
    let sealed = query.filter.unwrap_or_default();
    Ok(page(StatusCode::OK, &Activity { sealed, ..shown }))
}

/// Shows the log of all portals that the admin may read, newest first.
pub(crate) async fn show_all(
    State(AppState { context, .. }): State<AppState>,
    by: Permitted<ReadActivity>,
    form: Form,
    StrictQuery(query): StrictQuery<LogQuery>,
) -> Result<Response, Problem> {
    let log = Log::AllPortals;
    let filter = query.filter(&context, &log).await?;
    let request = filter.query(FormatName::Json, query.cursor)?;
    let ActivityEverywhere { entries, looked_at, next_cursor } =
        everywhere::page(&context, &by.admin, &request, filter.outcome()).await?;
    let shown = Shown { entries, looked_at: Some(looked_at), next_cursor };
    let shown = log_page(&context, &by.admin, &form, &log, shown, filter.fill()).await?;
    let sealed = query.filter.unwrap_or_default();
    Ok(page(StatusCode::OK, &Activity { sealed, ..shown }))
}

/// Answers the log as a file, or a page that names the files and leads to them if it takes several.
pub(crate) async fn export(
    State(AppState { context, .. }): State<AppState>,
    by: PermittedOn<ReadActivity>,
    form: Form,
    StrictQuery(query): StrictQuery<LogQuery>,
) -> Result<Response, Problem> {
    let filter = query.filter(&context, &Log::Portal(&by.portal)).await?;
    let request = filter.query(FormatName::Csv, query.cursor)?;
    let search = Search::of(&context, &by.portal, &request, filter.outcome()).await?;
    let range = search.range(&request).await?;
    let files = match export::export(&search, range).await? {
        Export::Whole(file) => return file.response(None),
        Export::Several(files) => files,
    };
    let frame = Frame::of(form.say("console-export"), &by.admin, &form);
    let url = format!("/console/portals/{}/activity", by.portal);
    let sealed = query.filter.map(|sealed| format!("filter={sealed}&")).unwrap_or_default();
    let shown = view::Export::of_log(frame, &url, &sealed);
    let shown = view::Export { is_continued: request.cursor.is_some(), ..shown };
    files_page(&search, files, shown).await
}

/// Answers one file of the log.
pub(crate) async fn file(
    State(AppState { context, .. }): State<AppState>,
    by: PermittedOn<ReadActivity>,
    StrictQuery(query): StrictQuery<LogQuery>,
) -> Result<Response, Problem> {
    let filter = query.filter(&context, &Log::Portal(&by.portal)).await?;
    let request = filter.query(FormatName::Csv, query.cursor)?;
    let search = Search::of(&context, &by.portal, &request, filter.outcome()).await?;
    export::file(&search, &search.range(&request).await?).await
}
