//! Deleting a portal: the question says how many users lose what they have set up, and asks for the
//! portal's id.

use axum::{extract::State, response::Response};
use portcullis_app::AppContext;
use portcullis_console::{
    Fields, Form,
    dialog::{
        form::of_portal,
        view::{Effect, ExtraFields, ReasonedAction},
    },
    see_other,
};
use portcullis_domain::{MfaState, limits};
use portcullis_http::{
    Problem, ProblemCode, Strict,
    admin::{DeletePortals, MakePortals, PermittedOn},
};

use crate::{AppState, portals};

const DELETE: ReasonedAction = ReasonedAction {
    action: "delete",
    title: "console-portal-delete-title",
    lines: &[
        "console-portal-delete-keys",
        "console-portal-delete-users",
        "console-portal-delete-id",
    ],
    effect: Effect::TakesAway,
    verb: "console-portal-delete-verb",
};

/// Users read at once.
const PAGE: usize = 2_000;

/// The users of a portal who have something set up, as far as they were counted.
struct Enrolled {
    count: usize,
    /// There are users who were not looked at.
    more: bool,
}

async fn enrolled<P>(context: &AppContext, by: &PermittedOn<P>) -> Result<Enrolled, Problem> {
    let (mut count, mut left, mut place) = (0, limits::LISTED_PER_CALL, None);
    loop {
        let limit = PAGE.min(left);
        let page = context.store().users_page(&by.portal, place.as_deref(), limit).await?;
        left = left.saturating_sub(page.items.len());
        let states = page.items.iter().map(|(_, user)| &user.mfa_state);
        let is_enrolled =
            |state: &&MfaState| !(state.bound.is_empty() && state.unknown_bound.is_empty());
        count += states.filter(is_enrolled).count();
        place = page.next;
        if place.is_none() || left == 0 {
            return Ok(Enrolled { count, more: place.is_some() });
        }
    }
}

pub(crate) async fn ask(
    State(AppState { context, .. }): State<AppState>,
    by: PermittedOn<MakePortals>,
    form: Form,
) -> Result<Response, Problem> {
    question(&context, &by, &form, Fields::default()).await
}

async fn question<P>(
    context: &AppContext,
    by: &PermittedOn<P>,
    form: &Form,
    fields: Fields,
) -> Result<Response, Problem> {
    let subject_url = format!("/console/portals/{}", by.portal);
    let Enrolled { count, more } = enrolled(context, by).await?;
    let key = if more { "console-portal-delete-more" } else { "console-portal-delete-count" };
    let label = form.words.fill("console-portal-delete-type").with("portal", &by.portal);
    let asked = ExtraFields {
        consequences: vec![form.words.fill(key).with("count", count).into()],
        typed: Some(label.into()),
        ..ExtraFields::default()
    };
    Ok(DELETE.page_asking(&by.admin, form, &by.portal, subject_url, asked, fields))
}

pub(crate) async fn delete(
    state: State<AppState>,
    by: PermittedOn<DeletePortals>,
    form: Form,
    fields: Fields,
) -> Result<Response, Problem> {
    let request = match of_portal(fields, &by.portal) {
        Ok(request) => request,
        Err(fields) => return question(&state.context, &by, &form, fields).await,
    };
    match portals::delete(state, by, Strict(request)).await {
        Ok(_) => Ok(see_other("/console/portals")),
        // A form that is sent twice finds no portal, and leads to the list as well.
        Err(problem) if problem.code() == ProblemCode::PortalUnknown => {
            Ok(see_other("/console/portals"))
        }
        Err(problem) => Err(problem),
    }
}
