//! The activity log of a portal, filtered, and as CSV.

use axum::{extract::State, response::Response};
use http::StatusCode;
use portcullis_domain::{
    PortalId, UserId, budget,
    user::{By, EntryKind},
};
use portcullis_http::{
    Cursor, Problem, StrictQuery,
    admin::{On, ReadActivity},
    wire::{
        KindName,
        admin::{ActivityPage, ActivityQuery, FormatName},
    },
};
use portcullis_pages::console::{
    FieldRefused, Fields, Form, Frame, page,
    view::{self, Activity},
};
use serde::{Deserialize, Serialize};

use super::{filled, on};
use crate::{Administration, activity};

/// The filter: blank is everything. Sealed in an address, it is of this form.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Filter {
    user: Option<String>,
    event: Option<KindName>,
    actor: Option<String>,
    from: String,
    to: String,
}

/// What an address says: the filter sealed, so that a browser's history learns no user's id.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Shown {
    filter: Option<String>,
    cursor: Option<String>,
    format: Option<FormatName>,
}

/// What seals the filters of a portal's log.
fn seal(portal: &PortalId) -> Cursor {
    Cursor::of(&format!("filter:{portal}"))
}

/// The day a field holds; none if it is blank.
fn day(field: &'static str, text: &str) -> Result<Option<i64>, FieldRefused> {
    let wrong = || FieldRefused::at(field, "Enter the day as in 2026-11-22.");
    filled(text).map(|text| view::day(&text).ok_or_else(wrong)).transpose()
}

impl Filter {
    /// Reads the form.
    fn read(fields: &Fields) -> Result<Self, FieldRefused> {
        let mut form = fields.read();
        let user = form.parsed("user", UserId::parse)?;
        let event = form.filled_choice("event")?;
        let actor = form.parsed("actor", By::parse)?;
        let (from, to) = (form.text("from")?, form.text("to")?);
        form.end()?;
        day("from", &from)?;
        day("to", &to)?;
        let (user, actor) = (user.map(|id| id.to_string()), actor.map(|by| by.to_string()));
        Ok(Self { user, event, actor, from, to })
    }

    /// The form, filled in.
    fn fields(&self) -> Fields {
        let event = self.event.map(|kind| view::word(&kind.0)).unwrap_or_default();
        Fields::of([
            ("user", self.user.clone().unwrap_or_default()),
            ("event", event),
            ("actor", self.actor.clone().unwrap_or_default()),
            ("from", self.from.clone()),
            ("to", self.to.clone()),
        ])
    }

    /// The query it stands for.
    fn query(&self, shown: &Shown) -> Result<ActivityQuery, Problem> {
        let wrong = |_| Problem::bad_request("This filter is none of this page's.");
        let until = day("to", &self.to).map_err(wrong)?;
        Ok(ActivityQuery {
            since: day("from", &self.from).map_err(wrong)?,
            until: until.map(|start| start + budget::DAY_SECONDS - 1),
            user: self.user.clone(),
            event: self.event.map(EntryKind::from),
            actor: self.actor.clone(),
            format: shown.format.unwrap_or_default(),
            cursor: shown.cursor.clone(),
        })
    }
}

/// On to the log as a form filters it.
pub(crate) async fn filter(
    State(administration): State<Administration>,
    by: On<ReadActivity>,
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
    let sealed = seal(&by.portal).seal(&administration.context, &text).await?;
    Ok(on(&format!("/console/portals/{}/activity?filter={sealed}", by.portal)))
}

fn log_page(
    by: &On<ReadActivity>,
    form: &Form,
    log: ActivityPage,
    fields: Fields,
    sealed: String,
) -> Activity {
    let frame = Frame::of("Activity", &by.admin, form).around(&fields);
    let kinds = EntryKind::ALL.iter().map(view::word);
    let kinds = kinds.map(|word| (word.clone(), word.replace('_', " ")));
    let kinds = std::iter::once((String::new(), "any".to_owned())).chain(kinds).collect();
    Activity { frame, portal: by.portal.to_string(), log, fields, kinds, sealed }
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
            let text = seal(&by.portal).open(&state.context, sealed).await?;
            let refused = |_| Problem::bad_request("This filter is none of this page's.");
            serde_json::from_str(&text).map_err(refused)?
        }
        None => Filter::default(),
    };
    let query = filter.query(&shown)?;
    if query.format != FormatName::Json {
        return activity::read(state, by, StrictQuery(query)).await;
    }
    let log = activity::page(&state.context, &by.portal, &query).await?;
    let sealed = shown.filter.unwrap_or_default();
    Ok(page(StatusCode::OK, &log_page(&by, &form, log, filter.fields(), sealed)))
}
