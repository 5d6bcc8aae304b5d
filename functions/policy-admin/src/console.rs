//! The console's pages. Each makes an admin call in the name of whoever is signed in, by the call's
//! own handler with its permission in the signature, and shows the answer; so a page can do nothing
//! that the call would refuse.

mod activity;
mod address;
mod admin;
mod admins;
mod bulk_reset;
mod delete;
mod end_trust;
mod keys;
mod log_days;
mod login;
mod logo;
mod new_portal;
mod overview;
mod password;
mod people;
mod policy;
mod portal;
mod portal_form;
mod portal_settings;
mod portals;
mod prices;
mod profile;
mod proof;
mod role;
mod second_step;
mod sending;
mod sessions;
mod settings;
mod share;
mod start;
mod switch;
mod user;
mod users;

use axum::{
    Router,
    extract::{Path, State},
    middleware,
    response::Response,
    routing::{any, get, post},
};
use http::{StatusCode, request::Parts};
use portcullis_app::AppContext;
use portcullis_console::{
    Form, Outcome,
    export::view::{Export, FileLink},
    guard, icon, style,
};
use portcullis_http::{Problem, ProblemCode, admin::SignedIn};

use crate::{
    AppState,
    export::{self, Exported, FileAhead, Files},
};

/// The console's routes.
pub(crate) fn routes(context: AppContext) -> Router<AppState> {
    Router::new()
        .route("/console", get(start::show))
        .route("/console/sign-in", get(login::ask).post(login::sign_in))
        .route("/console/back", get(login::back))
        .route("/console/sign-out", post(login::sign_out))
        .route("/console/password", get(password::ask).post(password::change))
        .route("/console/proof", post(proof::prove))
        .route("/console/address", get(address::show).post(address::enter))
        .route("/console/address/verify", post(address::verify))
        .route("/console/second-step", get(second_step::show).post(second_step::change))
        .route("/console/second-step/back", get(second_step::back))
        .route("/console/sessions", get(sessions::list))
        .route("/console/sessions/end-others", post(sessions::end_others))
        .route("/console/sessions/{session}/end", post(sessions::end))
        .route("/console/find", get(people::show).post(people::find))
        .route("/console/activity", get(activity::show_all).post(activity::filter_all))
        .route("/console/portals", get(portals::list))
        .route("/console/portals/new", get(new_portal::ask).post(new_portal::make))
        .route("/console/portals/{portal}", get(portal::show))
        .route("/console/portals/{portal}/settings", get(portal_settings::show))
        .route("/console/portals/{portal}/profile", get(profile::ask).post(profile::save))
        .route("/console/portals/{portal}/logo", get(logo::ask).post(logo::save))
        .route("/console/portals/{portal}/keys", get(keys::ask).post(keys::make))
        .route("/console/portals/{portal}/keys/{key}", get(keys::ask_revoke).post(keys::revoke))
        .route("/console/portals/{portal}/delete", get(delete::ask).post(delete::delete))
        .route("/console/portals/{portal}/policy", get(policy::ask).post(policy::save))
        .route("/console/portals/{portal}/switch", get(switch::ask).post(switch::save))
        .route("/console/portals/{portal}/sending", get(sending::ask).post(sending::save))
        .route("/console/portals/{portal}/log-days", get(log_days::ask).post(log_days::save))
        .route("/console/portals/{portal}/share", get(share::ask).post(share::save))
        .route("/console/portals/{portal}/end-trust", get(end_trust::ask).post(end_trust::end))
        .route("/console/portals/{portal}/users", get(users::list))
        .route("/console/portals/{portal}/users-export", get(users::export))
        .route("/console/portals/{portal}/users-export/file", get(users::file))
        .route("/console/portals/{portal}/find", post(users::find))
        .route("/console/portals/{portal}/bulk-reset", get(bulk_reset::show).post(bulk_reset::ask))
        .route("/console/portals/{portal}/bulk-reset/count", post(bulk_reset::count))
        .route("/console/portals/{portal}/bulk-reset/approve", post(bulk_reset::approve))
        .route("/console/portals/{portal}/bulk-reset/withdraw", post(bulk_reset::withdraw))
        .route("/console/portals/{portal}/users/{user}", get(user::show))
        .route("/console/portals/{portal}/activity", get(activity::show).post(activity::filter))
        .route("/console/portals/{portal}/activity/export", get(activity::export))
        .route("/console/portals/{portal}/activity/file", get(activity::file))
        .route("/console/portals/{portal}/overview", get(overview::show))
        .route("/console/settings", get(settings::show).post(settings::save))
        .route("/console/settings/readiness", get(settings::readiness))
        .route("/console/settings/prices", get(prices::ask).post(prices::save))
        .route("/console/settings/check", post(settings::check))
        .route("/console/settings/test", post(settings::test))
        .route("/console/admins", get(admins::list).post(admins::make))
        .route("/console/admins/{name}", get(admin::show).post(admin::change))
        .route("/console/admins/{name}/role", get(admin::ask_change))
        .route("/console/admins/{name}/reset", admin::asks(&admin::RESET).post(admin::reset))
        .route("/console/admins/{name}/unlock", admin::asks(&admin::UNLOCK).post(admin::unlock))
        .route(
            "/console/admins/{name}/end-sessions",
            admin::asks(&admin::END_SESSIONS).post(admin::end_sessions),
        )
        .route(
            "/console/admins/{name}/bypass-code",
            admin::asks(&admin::BYPASS).post(admin::issue_bypass),
        )
        .route("/console/admins/{name}/remove", admin::asks(&admin::REMOVE).post(admin::remove))
        .route("/console/done/{form}", get(done))
        .route("/console/{*rest}", any(unknown))
        .method_not_allowed_fallback(async || Problem::method_not_allowed())
        .layer(middleware::from_fn_with_state(context, guard))
        // The style sheet and the icon are for everybody, and may be kept.
        .route("/console/style.css", get(style))
        .route("/console/icon.svg", get(icon))
}

/// Answers a URL that no page has.
async fn unknown() -> Problem {
    Problem::unknown_route()
}

/// Shows the outcome of a form, here and in the function that resets users.
async fn done(
    State(AppState { context, .. }): State<AppState>,
    admin: SignedIn,
    form: Form,
    Path(id): Path<String>,
    parts: Parts,
) -> Result<Response, Problem> {
    Outcome::show(&context, &admin, &form, &id, &parts).await
}

/// Shows the page of the files of an export.
async fn files_page<E: Exported>(
    list: &E,
    files: Files<E::Place>,
    page: Export,
) -> Result<Response, Problem> {
    let mut links = vec![];
    for FileAhead { name, rows, range } in files.files {
        links.push(FileLink { name, rows, cursor: export::cursor(list, &range).await? });
    }
    let next = match files.next {
        Some(next) => Some(export::cursor(list, &next).await?),
        None => None,
    };
    let shown = Export { files: links, next, ..page };
    Ok(portcullis_console::page(StatusCode::OK, &shown))
}

/// Returns true if a problem is shown on the form that was sent, with what was typed; any other has
/// a page of its own.
fn belongs_on_form(code: ProblemCode) -> bool {
    matches!(
        code,
        ProblemCode::BadRequest
            | ProblemCode::PortalIdTaken
            | ProblemCode::PolicyRefused
            | ProblemCode::PolicyLocked
            | ProblemCode::BulkResetRefused
            | ProblemCode::NotPermitted
            | ProblemCode::ChangedMeanwhile
            | ProblemCode::SettingsRefused
            | ProblemCode::NoDestination
            | ProblemCode::DeliveryFailed
            | ProblemCode::MethodNotOffered
            | ProblemCode::SendLimit
            | ProblemCode::ResendTooSoon
            | ProblemCode::ChecksUsedUp
            | ProblemCode::CodeWrong
            | ProblemCode::NoCodeRequested
            | ProblemCode::CountryNotAllowed
            | ProblemCode::TooManyKeys
            | ProblemCode::AdminNameTaken
            | ProblemCode::LastOperator
            | ProblemCode::TooManyOperators
            | ProblemCode::PortalUnknown
    )
}
