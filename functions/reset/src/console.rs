//! The console's dialogs for what is done to one user: each asks first, for a reason, and then makes the admin call.

use axum::{
    Router,
    extract::{Path, State},
    middleware,
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use http::StatusCode;
use portcullis_api::{
    Problem, Strict,
    admin::{ChangeUsers, On, ResetUsers, SignedIn},
    wire::admin::ReasonedRequest,
};
use portcullis_pages::{
    Filled,
    console::{
        Form, Frame, guard, page,
        view::{Dialog, Outcome},
    },
    encoded,
};

use crate::{Resetter, admin};

/// Portal and user of the path.
type Names = Path<(String, String)>;

/// The console's routes of this function.
pub(crate) fn routes() -> Router<Resetter> {
    let at = |action: &str| format!("/console/portals/{{portal}}/users/{{user}}/{action}");
    Router::new()
        .route(&at("reset"), get(ask_reset).post(reset))
        .route(&at("unlock"), get(ask_unlock).post(unlock))
        .route(&at("clear-skip"), get(ask_clear_skip).post(clear_skip))
        .route(&at("bypass-code"), get(ask_bypass).post(issue_bypass))
        .route(&at("erase"), get(ask_erase).post(erase))
        .layer(middleware::from_fn(guard))
}

/// Where a user's page is.
fn user_page(names: &(String, String)) -> String {
    format!("/console/portals/{}/users/{}", names.0, encoded(&names.1))
}

fn dialog(
    admin: &SignedIn,
    form: &Form,
    names: &(String, String),
    action: &str,
    title: String,
    lines: &[&str],
) -> Response {
    let back = user_page(names);
    let dialog = Dialog {
        frame: Frame::of(title, admin, form),
        consequences: lines.iter().map(|line| (*line).to_owned()).collect(),
        asks_reason: true,
        hidden: vec![("confirm", "true".to_owned())],
        action: format!("{back}/{action}"),
        cancel: back,
    };
    page(StatusCode::OK, &dialog)
}

fn on(path: &str) -> Response {
    Redirect::to(path).into_response()
}

async fn ask_reset(by: On<ResetUsers>, form: Form, Path(names): Names) -> Response {
    let title = format!("Reset {}?", names.1);
    let lines = [
        "What the user has enrolled counts no longer, and sign-ins under way end.",
        "The user is told, and sets it up again at the next sign-in, as the policy says.",
    ];
    dialog(&by.admin, &form, &names, "reset", title, &lines)
}

/// Resets, and says where nothing can be mailed and the policy wants a link.
async fn reset(
    state: State<Resetter>,
    by: On<ResetUsers>,
    form: Form,
    path: Names,
    Filled(request): Filled<ReasonedRequest>,
) -> Result<Response, Problem> {
    let (names, frame) = (path.0.clone(), Frame::of("The user is reset", &by.admin, &form));
    let done = admin::reset_user(state, by, path, Strict(request)).await?.0;
    let next = (user_page(&names), "To the user");
    let text = done.in_words().to_owned();
    Ok(page(StatusCode::OK, &Outcome { frame, text, secret: None, next }))
}

async fn ask_unlock(by: On<ChangeUsers>, form: Form, Path(names): Names) -> Response {
    let title = format!("Unlock {}?", names.1);
    let lines = ["The user can try again at once. At most twice within 30 days."];
    dialog(&by.admin, &form, &names, "unlock", title, &lines)
}

async fn unlock(
    state: State<Resetter>,
    by: On<ChangeUsers>,
    path: Names,
    Filled(request): Filled<ReasonedRequest>,
) -> Result<Response, Problem> {
    let back = user_page(&path.0);
    admin::unlock(state, by, path, Strict(request)).await.map(drop)?;
    Ok(on(&back))
}

async fn ask_clear_skip(by: On<ChangeUsers>, form: Form, Path(names): Names) -> Response {
    let title = format!("Clear the skip of {}?", names.1);
    let lines = ["The user is asked to enrol at the next sign-in, and may skip again."];
    dialog(&by.admin, &form, &names, "clear-skip", title, &lines)
}

async fn clear_skip(
    state: State<Resetter>,
    by: On<ChangeUsers>,
    path: Names,
    Filled(request): Filled<ReasonedRequest>,
) -> Result<Response, Problem> {
    let back = user_page(&path.0);
    admin::clear_skip(state, by, path, Strict(request)).await.map(drop)?;
    Ok(on(&back))
}

async fn ask_bypass(by: On<ChangeUsers>, form: Form, Path(names): Names) -> Response {
    let title = format!("Issue a bypass code for {}?", names.1);
    let lines = [
        "It lets whoever has it in, once, within ten minutes: be sure whom you give it to.",
        "The user is told.",
    ];
    dialog(&by.admin, &form, &names, "bypass-code", title, &lines)
}

async fn issue_bypass(
    state: State<Resetter>,
    by: On<ChangeUsers>,
    form: Form,
    path: Names,
    Filled(request): Filled<ReasonedRequest>,
) -> Result<Response, Problem> {
    let (names, frame) = (path.0.clone(), Frame::of("Bypass code", &by.admin, &form));
    let issued = admin::issue_bypass(state, by, path, Strict(request)).await?.1;
    let text = "The user types it where a code is asked for. It is good for ten minutes, once.";
    let next = (user_page(&names), "To the user");
    let (text, secret) = (text.to_owned(), Some(issued.0.code));
    Ok(page(StatusCode::OK, &Outcome { frame, text, secret, next }))
}

async fn ask_erase(by: On<ChangeUsers>, form: Form, Path(names): Names) -> Response {
    let title = format!("Erase {}?", names.1);
    let lines = [
        "Everything known of the user is erased. It cannot be undone.",
        "Counts of wrong codes stay for 35 days, with nothing personal.",
    ];
    dialog(&by.admin, &form, &names, "erase", title, &lines)
}

async fn erase(
    state: State<Resetter>,
    by: On<ChangeUsers>,
    path: Names,
    Filled(request): Filled<ReasonedRequest>,
) -> Result<Response, Problem> {
    let back = format!("/console/portals/{}/users", by.portal);
    admin::erase(state, by, path, Strict(request)).await.map(drop)?;
    Ok(on(&back))
}
