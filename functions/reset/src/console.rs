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

/// What is asked before something is done.
struct Question {
    /// The last word of its address.
    action: &'static str,
    /// What is done, in front of the user's id.
    verb: &'static str,
    /// What follows from it.
    lines: &'static [&'static str],
}

const RESET: Question = Question {
    action: "reset",
    verb: "Reset",
    lines: &[
        "What the user has enrolled counts no longer, and sign-ins under way end.",
        "The user is told, and sets it up again at the next sign-in, as the policy says.",
    ],
};
const UNLOCK: Question = Question {
    action: "unlock",
    verb: "Unlock",
    lines: &["The user can try again at once. At most twice within 30 days."],
};
const CLEAR_SKIP: Question = Question {
    action: "clear-skip",
    verb: "Clear the skip of",
    lines: &["The user is asked to enrol at the next sign-in, and may skip again."],
};
const BYPASS: Question = Question {
    action: "bypass-code",
    verb: "Issue a bypass code for",
    lines: &[
        "It lets whoever has it in, once, within ten minutes: be sure whom you give it to.",
        "The user is told.",
    ],
};
const ERASE: Question = Question {
    action: "erase",
    verb: "Erase",
    lines: &[
        "Everything known of the user is erased. It cannot be undone.",
        "Counts of wrong codes stay for 35 days, with nothing personal.",
    ],
};

impl Question {
    fn path(&self) -> String {
        format!("/console/portals/{{portal}}/users/{{user}}/{}", self.action)
    }

    fn ask(&self, admin: &SignedIn, form: &Form, names: &(String, String)) -> Response {
        let back = user_page(names);
        let dialog = Dialog {
            frame: Frame::of(format!("{} {}?", self.verb, names.1), admin, form),
            consequences: self.lines.iter().map(|line| (*line).to_owned()).collect(),
            asks_reason: true,
            hidden: vec![("confirm", "true".to_owned())],
            action: format!("{back}/{}", self.action),
            cancel: back,
        };
        page(StatusCode::OK, &dialog)
    }
}

/// Asks, of whoever may reset users.
async fn ask_reset(by: On<ResetUsers>, form: Form, Path(names): Names) -> Response {
    RESET.ask(&by.admin, &form, &names)
}

/// The console's routes of this function.
pub(crate) fn routes() -> Router<Resetter> {
    let asked = |question: &'static Question| {
        get(move |by: On<ChangeUsers>, form: Form, Path(names): Names| async move {
            question.ask(&by.admin, &form, &names)
        })
    };
    Router::new()
        .route(&RESET.path(), get(ask_reset).post(reset))
        .route(&UNLOCK.path(), asked(&UNLOCK).post(unlock))
        .route(&CLEAR_SKIP.path(), asked(&CLEAR_SKIP).post(clear_skip))
        .route(&BYPASS.path(), asked(&BYPASS).post(issue_bypass))
        .route(&ERASE.path(), asked(&ERASE).post(erase))
        .layer(middleware::from_fn(guard))
}

/// Where a user's page is.
fn user_page(names: &(String, String)) -> String {
    format!("/console/portals/{}/users/{}", names.0, encoded(&names.1))
}

fn on(path: &str) -> Response {
    Redirect::to(path).into_response()
}

/// Resets, and says what comes next.
async fn reset(
    state: State<Resetter>,
    by: On<ResetUsers>,
    form: Form,
    path: Names,
    Filled(request): Filled<ReasonedRequest>,
) -> Result<Response, Problem> {
    let (frame, next) = (Frame::of("The user is reset", &by.admin, &form), user_page(&path.0));
    let done = admin::reset_user(state, by, path, Strict(request)).await?.0;
    let (text, next) = (done.in_words().to_owned(), (next, "To the user"));
    Ok(page(StatusCode::OK, &Outcome { frame, text, secret: None, next }))
}

async fn unlock(
    state: State<Resetter>,
    by: On<ChangeUsers>,
    path: Names,
    Filled(request): Filled<ReasonedRequest>,
) -> Result<Response, Problem> {
    let back = user_page(&path.0);
    admin::unlock(state, by, path, Strict(request)).await.map(|_| on(&back))
}

async fn clear_skip(
    state: State<Resetter>,
    by: On<ChangeUsers>,
    path: Names,
    Filled(request): Filled<ReasonedRequest>,
) -> Result<Response, Problem> {
    let back = user_page(&path.0);
    admin::clear_skip(state, by, path, Strict(request)).await.map(|_| on(&back))
}

/// Issues a bypass code, and shows it, this once.
async fn issue_bypass(
    state: State<Resetter>,
    by: On<ChangeUsers>,
    form: Form,
    path: Names,
    Filled(request): Filled<ReasonedRequest>,
) -> Result<Response, Problem> {
    let (frame, next) = (Frame::of("Bypass code", &by.admin, &form), user_page(&path.0));
    let issued = admin::issue_bypass(state, by, path, Strict(request)).await?.1;
    let text = "The user types it where a code is asked for. It is good for ten minutes, once.";
    let (text, secret) = (text.to_owned(), Some(issued.0.code));
    Ok(page(StatusCode::OK, &Outcome { frame, text, secret, next: (next, "To the user") }))
}

async fn erase(
    state: State<Resetter>,
    by: On<ChangeUsers>,
    path: Names,
    Filled(request): Filled<ReasonedRequest>,
) -> Result<Response, Problem> {
    let back = format!("/console/portals/{}/users", by.portal);
    admin::erase(state, by, path, Strict(request)).await.map(|_| on(&back))
}
