//! Portals: the list, and making one.

use axum::{extract::State, response::Response};
use http::StatusCode;
use portcullis_app::AppContext;
use portcullis_domain::{
    ListedState, Portal, PortalId, Settings, admin::Right, policy::Preset, portal::Profile,
    user::EntryKind,
};
use portcullis_http::{
    Problem, ProblemCode, Strict, StrictQuery,
    admin::{MakePortals, May, ReadPortals},
    wire::admin::{ListQuery, NewPortal, PortalSummary},
};
use portcullis_pages::console::{
    FieldRefused, Fields, Form, Frame, Outcome, page,
    view::{self, MakePortal, PortalRow, Portals, Pulse},
};
use portcullis_store::LogPlace;

use crate::{Administration, concurrency::portal, portals, settings};

/// Users and lines of the log that a pulse looks at.
const USERS: usize = 1_000;
const LINES: usize = 500;
/// Portals of a page whose pulse is taken.
const TAKEN: usize = 20;

/// The portals within reach.
pub(crate) async fn list(
    state: State<Administration>,
    by: May<ReadPortals>,
    form: Form,
    StrictQuery(query): StrictQuery<ListQuery>,
) -> Result<Response, Problem> {
    let (context, admin) = (state.context.clone(), by.admin.clone());
    let list = portals::list(state, by, StrictQuery(query)).await?.0;
    let settings = settings::with_etag(&context).await?.0;
    let mut rows = vec![];
    for (n, summary) in list.portals.into_iter().enumerate() {
        let pulse =
            if n < TAKEN { pulse(&context, &settings, &summary).await? } else { Pulse::default() };
        rows.push(PortalRow {
            enabled: summary.policy.enabled,
            policy: view::policy_in_short(&summary.policy),
            id: summary.id,
            description: summary.description,
            pulse,
        });
    }
    let may_make = admin.role.has(Right::MakePortals);
    let frame = Frame::of("Portals", &admin, &form);
    let (portals, next) = (rows, list.next_cursor);
    Ok(page(StatusCode::OK, &Portals { frame, portals, next, may_make }))
}

/// What happened lately in a portal: over a page of its users, and of today's log.
async fn pulse(
    context: &AppContext,
    settings: &Settings,
    summary: &PortalSummary,
) -> Result<Pulse, Problem> {
    let failed = |error| Problem::failed(&error);
    let id = PortalId::parse(&summary.id)?;
    let portal: Portal = portal(context, &id).await?.value;
    let users = context.store().users_page(&id, None, USERS).await.map_err(failed)?;
    let counts = |state| matches!(state, ListedState::Enrolled | ListedState::EmailDefault);
    let enrolled =
        users.items.iter().filter(|(_, listed)| counts(listed.posture.state(&portal, settings)));
    let lines = context.store().log_before(&id, &LogPlace::after(context.now()), LINES).await;
    let lines = lines.map_err(failed)?;
    let of_kind = |kinds: &[EntryKind]| {
        lines.iter().filter(|(_, line)| kinds.contains(&line.entry.kind)).count()
    };
    Ok(Pulse {
        users: users.items.len(),
        more_users: users.next.is_some(),
        enrolled: enrolled.count(),
        sent: of_kind(&[EntryKind::CodeSent, EntryKind::LinkSent]),
        failed: of_kind(&[EntryKind::CodeNotSent, EntryKind::LinkNotSent]),
        more: lines.len() == LINES,
    })
}

fn form_page(frame: Frame, fields: Fields, status: StatusCode) -> Response {
    let presets = view::presets().into_iter().map(|name| (name, name)).collect();
    page(status, &MakePortal { frame: frame.around(&fields), presets, fields })
}

/// Asks for what a portal needs.
pub(crate) async fn ask(by: May<MakePortals>, form: Form) -> Response {
    let frame = Frame::of("Make a portal", &by.admin, &form);
    let first = view::presets().first().map(|name| ("preset", *name));
    form_page(frame, Fields::of(first), StatusCode::OK)
}

fn request(fields: &Fields) -> Result<NewPortal, FieldRefused> {
    let mut form = fields.read();
    let (id, description) = (form.text("id")?, form.text("description")?);
    let preset = form.text("preset")?;
    Preset::parse(&preset).map_err(|_| FieldRefused::at("preset", "Choose one of the list."))?;
    let enrolment_url = form.filled("enrolment_url")?;
    form.end()?;
    let profile = Profile { enrolment_url, ..Profile::plain(description.trim()) };
    Ok(NewPortal { id: id.trim().to_owned(), profile, preset: Some(preset), policy: None })
}

/// Makes a portal, and shows its API key, this once.
pub(crate) async fn make(
    state: State<Administration>,
    by: May<MakePortals>,
    form: Form,
    fields: Fields,
) -> Result<Response, Problem> {
    let context = state.context.clone();
    let again = Frame::of("Make a portal", &by.admin, &form);
    let request = match request(&fields) {
        Ok(request) => request,
        Err(refused) => {
            return Ok(form_page(again, fields.refused(refused), StatusCode::BAD_REQUEST));
        }
    };
    match portals::create(state, by, Strict(request)).await {
        Ok((_, created)) => {
            let next = (format!("/console/portals/{}", created.id), "To the portal");
            let text = "Its back end calls with this API key.";
            let made = Outcome::new("The portal is made", text, next);
            made.with_secret(created.0.api_key).redirect(&context, &form).await
        }
        Err(problem) if stays(problem.code()) => {
            let again = again.with_alert(Some(problem.detail().to_owned()));
            Ok(form_page(again, fields, problem.status()))
        }
        Err(problem) => Err(problem),
    }
}

/// The problems that are told on the form itself, with what was typed.
pub(super) fn stays(code: ProblemCode) -> bool {
    matches!(
        code,
        ProblemCode::BadRequest
            | ProblemCode::PortalIdTaken
            | ProblemCode::PolicyRefused
            | ProblemCode::PolicyLocked
            | ProblemCode::NotPermitted
            | ProblemCode::ChangedMeanwhile
            | ProblemCode::SettingsRefused
            | ProblemCode::NoDestination
            | ProblemCode::DeliveryFailed
            | ProblemCode::SendLimit
            | ProblemCode::CountryNotAllowed
            | ProblemCode::TooManyKeys
            | ProblemCode::AdminNameTaken
            | ProblemCode::LastOperator
            | ProblemCode::TooManyOperators
            | ProblemCode::PortalUnknown
    )
}
