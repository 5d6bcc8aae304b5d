//! The console's dialogs about one user. Each asks for a reason, and then makes the admin call.

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
        "The user is notified.",
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

/// Shows the dialog again with the error in the form.
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
        .route(&path(&UNLOCK), with_change(asked(&UNLOCK), &UNLOCK, account::unlock))
        .route(
            &path(&CLEAR_SKIP),
            with_change(asked(&CLEAR_SKIP), &CLEAR_SKIP, account::clear_skip),
        )
        .route(&path(&BYPASS), asked(&BYPASS).post(issue_bypass))
        .route(&path(&ERASE), asked(&ERASE).post(erase))
        .layer(middleware::from_fn_with_state(context, guard))
}

async fn ask_reset(
    State(AppState { context }): State<AppState>,
    by: PermittedOn<ResetUsers>,
    form: Form,
    user: PageUser,
) -> Result<Response, Problem> {
    ask(&RESET, &context, &by, &form, &user).await
}

fn user_page<P>(on: &PermittedOn<P>, user: &PageUser) -> String {
    format!("/console/portals/{}/users/{}", on.portal, user.0)
}

/// Resets the user, and tells the admin how the user can enrol again.
async fn reset(
    State(AppState { context }): State<AppState>,
    by: PermittedOn<ResetUsers>,
    form: Form,
    user: PageUser,
    fields: Fields,
) -> Result<Response, Problem> {
    let request = match reasoned(&fields) {
        Ok(request) => request,
        Err(refused) => {
            return ask_again(&RESET, &context, &by, &form, &user, fields.refused(refused)).await;
        }
    };
    let done = admin::reset(&context, &by, &user.name(), request).await?;
    let next = (user_page(&by, &user), "To the user");
    Outcome::new("User reset", done.in_words(), next).redirect(&context, &form).await
}

/// Adds the route that makes the change once it is confirmed.
fn with_change(
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
                Ok(request) => {
                    admin::change(&context, &by, &user.name(), request, change).await?;
                    Ok(see_other(&user_page(&by, &user)))
                }
                Err(refused) => {
                    ask_again(question, &context, &by, &form, &user, fields.refused(refused)).await
                }
            }
        },
    )
}

/// Issues a bypass code, and shows it once.
async fn issue_bypass(
    State(AppState { context }): State<AppState>,
    by: PermittedOn<ChangeUsers>,
    form: Form,
    user: PageUser,
    fields: Fields,
) -> Result<Response, Problem> {
    let request = match reasoned(&fields) {
        Ok(request) => request,
        Err(refused) => {
            return ask_again(&BYPASS, &context, &by, &form, &user, fields.refused(refused)).await;
        }
    };
    let issued = admin::bypass_code(&context, &by, &user.name(), request).await?;
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
        Ok(request) => {
            let users = format!("/console/portals/{}/users", by.portal);
            match admin::erase(&context, &by, &user.name(), request).await {
                Ok(_) => Ok(see_other(&users)),
                // A form that is sent twice finds no user, and leads to the list as well.
                Err(problem) if problem.code() == ProblemCode::UserUnknown => Ok(see_other(&users)),
                Err(problem) => Err(problem),
            }
        }
        Err(refused) => {
            ask_again(&ERASE, &context, &by, &form, &user, fields.refused(refused)).await
        }
    }
}
