use axum::{extract::State, response::Response};
use http::StatusCode;
use portcullis_app::AppContext;
use portcullis_console::{
    Fields, Form, Frame, page,
    profile::{
        form::{self, ProfileDraft, counted},
        view::ProfileForm,
    },
    see_other,
};
use portcullis_domain::Portal;
use portcullis_http::{
    Problem,
    admin::{ChangePortals, PermittedOn},
    wire::admin::DryRunAnswer,
};

use super::belongs_on_form;
use crate::{AppState, if_match::IfMatch, portals};

pub(crate) async fn ask(
    State(AppState { context, .. }): State<AppState>,
    by: PermittedOn<ChangePortals>,
    form: Form,
) -> Result<Response, Problem> {
    let stored = context.portal(&by.portal).await?;
    let fields = form::fill(&stored.value.profile, stored.etag());
    Ok(page(StatusCode::OK, &form_page(&by, &form, fields)))
}

fn form_page(by: &PermittedOn<ChangePortals>, form: &Form, fields: Fields) -> ProfileForm {
    let frame = Frame::of(form.say("console-profile-title"), &by.admin, form);
    let frame = frame.with_form_error(&fields);
    ProfileForm { frame, portal: by.portal.to_string(), fields, dry_run: None }
}

/// Saves the profile. If passkeys would stop working, it first shows how many.
pub(crate) async fn save(
    State(AppState { context, .. }): State<AppState>,
    by: PermittedOn<ChangePortals>,
    form: Form,
    fields: Fields,
) -> Result<Response, Problem> {
    let draft = match form::read(&fields) {
        Ok(draft) => draft,
        Err(refused) => {
            let shown = form_page(&by, &form, fields.refused(refused));
            return Ok(page(StatusCode::BAD_REQUEST, &shown));
        }
    };
    let done = match lost(&context, &by, &draft).await {
        Ok(Some(dry_run)) => {
            let shown = form_page(&by, &form, fields.with("counted", counted(&draft.profile)));
            return Ok(page(StatusCode::OK, &ProfileForm { dry_run: Some(dry_run), ..shown }));
        }
        Ok(None) => {
            let profile = |_: &Portal| Ok(draft.profile.clone());
            portals::save_profile(&context, &by, IfMatch::of(draft.etag), profile).await.map(drop)
        }
        Err(problem) => Err(problem),
    };
    match done {
        Ok(()) => Ok(see_other(&format!("/console/portals/{}", by.portal))),
        Err(problem) if belongs_on_form(problem.code()) => {
            let shown = form_page(&by, &form, fields);
            let frame = shown.frame.with_alert(Some(problem.detail().to_owned()));
            Ok(page(problem.status(), &ProfileForm { frame, ..shown }))
        }
        Err(problem) => Err(problem),
    }
}

/// Returns the dry run of another domain of passkeys, unless nobody would lose anything by it, or
/// the admin has seen it.
async fn lost(
    context: &AppContext,
    by: &PermittedOn<ChangePortals>,
    draft: &ProfileDraft,
) -> Result<Option<DryRunAnswer>, Problem> {
    let stored = context.portal(&by.portal).await?.value;
    if draft.was_counted() || counted(&stored.profile) == counted(&draft.profile) {
        return Ok(None);
    }
    let profile = draft.profile.clone();
    let dry_run = portals::would_save_profile(context, &stored, profile, None).await?;
    Ok((!dry_run.spares_passkeys()).then_some(dry_run))
}
