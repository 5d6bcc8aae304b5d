//! The console's dialogs for what is done to one user: each asks first, for a reason, and then
//! makes the admin call.

use axum::{
    Router,
    extract::State,
    middleware,
    response::Response,
    routing::{MethodRouter, get},
};
use http::StatusCode;
use portcullis_app::AppContext;
use portcullis_console::{
    Fields, Form, Outcome,
    dialog::{
        form::reasoned,
        view::{Dialog, Question},
    },
    guard, page, see_other,
};
use portcullis_domain::{Decision, DecisionContext, User, UserId, account};
use portcullis_http::{
    PageUser, Problem, ProblemCode,
    admin::{ChangeUsers, Permission, PermittedOn, ResetUsers},
};

use crate::{AppState, admin};

const RESET: Question = Question {
    action: "reset",
    verb: "Reset",
    lines: &[
        "The user's methods no longer count, and open sign-ins end.",
        "The user is notified, and sets it up again at the next sign-in, as the policy says.",
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
        "It lets anyone who has it in, once, within ten minutes. Make sure that you give it to the user.",
        "The user is told.",
    ],
};
const ERASE: Question = Question {
    action: "erase",
    verb: "Erase",
    lines: &[
        "All data about the user is erased. This cannot be undone.",
        "Counts of wrong codes stay for 400 days, with nothing personal.",
    ],
};

fn path(question: &Question) -> String {
    format!("/console/portals/{{portal}}/users/{{user}}/{}", question.action)
}

/// Asks whoever is signed in, about a user within reach.
async fn ask<P: Permission>(
    question: &Question,
    context: &AppContext,
    on: &PermittedOn<P>,
    form: &Form,
    user: &PageUser,
) -> Result<Response, Problem> {
    let dialog = dialog(question, context, on, form, user, Fields::default()).await?;
    Ok(page(StatusCode::OK, &dialog))
}

/// Asks again, with what is wrong with the form.
async fn ask_again<P: Permission>(
    question: &Question,
    context: &AppContext,
    on: &PermittedOn<P>,
    form: &Form,
    user: &PageUser,
    fields: Fields,
) -> Result<Response, Problem> {
    let dialog = dialog(question, context, on, form, user, fields).await?;
    Ok(page(StatusCode::BAD_REQUEST, &dialog))
}

async fn dialog<P: Permission>(
    question: &Question,
    context: &AppContext,
    on: &PermittedOn<P>,
    form: &Form,
    user: &PageUser,
    fields: Fields,
) -> Result<Dialog, Problem> {
    let id = |_: &DecisionContext<'_>, known: Option<User>, id: &UserId| {
        Ok(Decision::unchanged(on.reach.user(known, id)?.id))
    };
    let id = user.name().command(context, on, id).await?;
    Ok(question.dialog(&on.admin, form, id, user_page(on, user), fields))
}

/// The console's routes of this function.
pub(crate) fn routes(context: AppContext) -> Router<AppState> {
    let asked = |question: &'static Question| {
        get(
            move |State(AppState { context }),
                  by: PermittedOn<ChangeUsers>,
                  form: Form,
                  user: PageUser| async move {
                ask(question, &context, &by, &form, &user).await
            },
        )
    };
    Router::new()
        .route(&path(&RESET), get(ask_reset).post(reset))
        .route(&path(&UNLOCK), changed(asked(&UNLOCK), &UNLOCK, account::unlock))
        .route(&path(&CLEAR_SKIP), changed(asked(&CLEAR_SKIP), &CLEAR_SKIP, account::clear_skip))
        .route(&path(&BYPASS), asked(&BYPASS).post(issue_bypass))
        .route(&path(&ERASE), asked(&ERASE).post(erase))
        .layer(middleware::from_fn_with_state(context, guard))
}

/// Asks, of whoever may reset users.
async fn ask_reset(
    State(AppState { context }): State<AppState>,
    by: PermittedOn<ResetUsers>,
    form: Form,
    user: PageUser,
) -> Result<Response, Problem> {
    ask(&RESET, &context, &by, &form, &user).await
}

/// The address of a user's page.
fn user_page<P>(on: &PermittedOn<P>, user: &PageUser) -> String {
    format!("/console/portals/{}/users/{}", on.portal, user.0)
}

/// Resets, and says what comes next.
async fn reset(
    State(AppState { context }): State<AppState>,
    by: PermittedOn<ResetUsers>,
    form: Form,
    user: PageUser,
    fields: Fields,
) -> Result<Response, Problem> {
    let why = match reasoned(&fields) {
        Ok(why) => why,
        Err(why) => {
            return ask_again(&RESET, &context, &by, &form, &user, fields.refused(why)).await;
        }
    };
    let done = admin::reset(&context, &by, &user.name(), why).await?;
    let next = (user_page(&by, &user), "To the user");
    Outcome::new("The user is reset", done.in_words(), next).redirect(&context, &form).await
}

/// The routes of a question whose answer makes a change.
fn changed(
    asked: MethodRouter<AppState>,
    question: &'static Question,
    change: admin::Change,
) -> MethodRouter<AppState> {
    asked.post(
        async move |State(AppState { context }): State<AppState>,
                    by: PermittedOn<ChangeUsers>,
                    form: Form,
                    user: PageUser,
                    fields: Fields|
                    -> Result<Response, Problem> {
            match reasoned(&fields) {
                Ok(why) => {
                    admin::change(&context, &by, &user.name(), why, change).await?;
                    Ok(see_other(&user_page(&by, &user)))
                }
                Err(why) => {
                    ask_again(question, &context, &by, &form, &user, fields.refused(why)).await
                }
            }
        },
    )
}

/// Issues a bypass code, and shows it, this once.
async fn issue_bypass(
    State(AppState { context }): State<AppState>,
    by: PermittedOn<ChangeUsers>,
    form: Form,
    user: PageUser,
    fields: Fields,
) -> Result<Response, Problem> {
    let why = match reasoned(&fields) {
        Ok(why) => why,
        Err(why) => {
            return ask_again(&BYPASS, &context, &by, &form, &user, fields.refused(why)).await;
        }
    };
    let issued = admin::bypass_code(&context, &by, &user.name(), why).await?;
    let text =
        "The user enters it in place of a code. It expires in ten minutes and can be used once.";
    let outcome = Outcome::new("Bypass code", text, (user_page(&by, &user), "To the user"));
    outcome.with_secret(issued.code).redirect(&context, &form).await
}

async fn erase(
    State(AppState { context }): State<AppState>,
    by: PermittedOn<ChangeUsers>,
    form: Form,
    user: PageUser,
    fields: Fields,
) -> Result<Response, Problem> {
    match reasoned(&fields) {
        Ok(why) => {
            let users = format!("/console/portals/{}/users", by.portal);
            match admin::erase(&context, &by, &user.name(), why).await {
                Ok(_) => Ok(see_other(&users)),
                // Whoever is erased is as unknown as nobody: whoever sends the form twice sees the
                // list.
                Err(problem) if problem.code() == ProblemCode::UserUnknown => Ok(see_other(&users)),
                Err(problem) => Err(problem),
            }
        }
        Err(why) => ask_again(&ERASE, &context, &by, &form, &user, fields.refused(why)).await,
    }
}
