//! The console's pages. Each makes an admin call in the name of whoever is signed in, by the call's own handler with its
//! permission in the signature, and shows the answer; so a page can do nothing that the call would refuse.

use portcullis_app::AppContext;
mod admins;
mod delivery;
mod door;
mod log;
mod policy;
mod portal;
mod portals;
mod role;
mod settings;
mod users;

use axum::{
    Router,
    extract::{Path, State},
    middleware,
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
use http::request::Parts;
use portcullis_http::{Problem, admin::SignedIn};
use portcullis_pages::{
    assets,
    console::{Form, Outcome, guard},
};

use crate::Administration;

/// The console's routes.
pub(crate) fn routes(context: AppContext) -> Router<Administration> {
    Router::new()
        .route("/console", get(door::enter))
        .route("/console/sign-in", get(door::ask).post(door::sign_in))
        .route("/console/back", get(door::back))
        .route("/console/sign-out", post(door::sign_out))
        .route("/console/password", get(door::ask_password).post(door::change_password))
        .route("/console/portals", get(portals::list))
        .route("/console/portals/new", get(portals::ask).post(portals::make))
        .route("/console/portals/{portal}", get(portal::show))
        .route(
            "/console/portals/{portal}/profile",
            get(portal::ask_profile).post(portal::save_profile),
        )
        .route("/console/portals/{portal}/keys", post(portal::make_key))
        .route("/console/portals/{portal}/keys/{key}", get(portal::ask_revoke).post(portal::revoke))
        .route("/console/portals/{portal}/delete", get(portal::ask_delete).post(portal::delete))
        .route("/console/portals/{portal}/policy", get(policy::ask).post(policy::save))
        .route("/console/portals/{portal}/switch", get(policy::ask_switch).post(policy::switch))
        .route("/console/portals/{portal}/users", get(users::list))
        .route("/console/portals/{portal}/find", post(users::find))
        .route("/console/portals/{portal}/users/{user}", get(users::show))
        .route("/console/portals/{portal}/activity", get(log::show).post(log::filter))
        .route("/console/portals/{portal}/delivery", get(delivery::show))
        .route("/console/settings", get(settings::show).post(settings::save))
        .route("/console/settings/check", post(settings::check))
        .route("/console/settings/test", post(settings::test))
        .route("/console/admins", get(admins::list).post(admins::make))
        .route("/console/admins/{name}", get(admins::show).post(admins::change))
        .route("/console/admins/{name}/role", get(admins::ask_change))
        .route("/console/admins/{name}/reset", get(admins::ask_reset).post(admins::reset))
        .route("/console/admins/{name}/remove", get(admins::ask_remove).post(admins::remove))
        .route("/console/done/{form}", get(done))
        .layer(middleware::from_fn_with_state(context, guard))
        // A style sheet is for everybody, and may be kept.
        .route("/console/style.css", get(assets::console_style))
}

/// What became of a form, here and in the function that resets users.
async fn done(
    State(Administration { context, .. }): State<Administration>,
    admin: SignedIn,
    form: Form,
    Path(id): Path<String>,
    parts: Parts,
) -> Result<Response, Problem> {
    Outcome::show(&context, &admin, &form, &id, &parts).await
}

/// On to another page.
fn on(path: &str) -> Response {
    Redirect::to(path).into_response()
}

/// A text that was filled in; none where it was left blank.
fn filled(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}
