//! The console's dialogs for what is done to one user: each asks first, for a reason, and then makes the admin call.

use axum::{
    Router,
    extract::State,
    middleware,
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use http::StatusCode;
use portcullis_app::AppContext;
use portcullis_domain::{Decided, Scene, User, UserId, account};
use portcullis_http::{
    PageUser, Problem, ProblemCode,
    admin::{ChangeUsers, On, Permission, ResetUsers},
};
use portcullis_pages::console::{
    Fields, Form, Frame, Outcome, guard, page, reasoned, view::Dialog,
};

use crate::{Resetter, admin};

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
        "Counts of wrong codes stay for 400 days, with nothing personal.",
    ],
};

impl Question {
    fn path(&self) -> String {
        format!("/console/portals/{{portal}}/users/{{user}}/{}", self.action)
    }

    /// Asks whoever is signed in, about a user within reach.
    async fn ask<P: Permission>(
        &'static self,
        context: &AppContext,
        on: &On<P>,
        form: &Form,
        user: &PageUser,
    ) -> Result<Response, Problem> {
        let dialog = self.dialog(context, on, form, user, Fields::default()).await?;
        Ok(page(StatusCode::OK, &dialog))
    }

    /// Asks again, with what is wrong with the form.
    async fn again<P: Permission>(
        &'static self,
        context: &AppContext,
        on: &On<P>,
        form: &Form,
        user: &PageUser,
        fields: Fields,
    ) -> Result<Response, Problem> {
        let dialog = self.dialog(context, on, form, user, fields).await?;
        Ok(page(StatusCode::BAD_REQUEST, &dialog))
    }

    async fn dialog<P: Permission>(
        &'static self,
        context: &AppContext,
        on: &On<P>,
        form: &Form,
        user: &PageUser,
        fields: Fields,
    ) -> Result<Dialog, Problem> {
        let id = |_: &Scene<'_>, known: Option<User>, id: &UserId| {
            Ok(Decided::unchanged(on.reach.user(known, id)?.id))
        };
        let id = user.name().command(context, on, id).await?;
        let back = user_page(on, user);
        Ok(Dialog {
            frame: Frame::of(format!("{} {id}?", self.verb), &on.admin, form).around(&fields),
            consequences: self.lines.iter().map(|line| (*line).to_owned()).collect(),
            asks_reason: true,
            fields,
            hidden: vec![("confirm", "true".to_owned())],
            action: format!("{back}/{}", self.action),
            cancel: back,
        })
    }
}

/// The console's routes of this function.
pub(crate) fn routes(context: AppContext) -> Router<Resetter> {
    let asked = |question: &'static Question| {
        get(
            move |State(Resetter { context }), by: On<ChangeUsers>, form: Form, user: PageUser| async move {
                question.ask(&context, &by, &form, &user).await
            },
        )
    };
    Router::new()
        .route(&RESET.path(), get(ask_reset).post(reset))
        .route(&UNLOCK.path(), asked(&UNLOCK).post(unlock))
        .route(&CLEAR_SKIP.path(), asked(&CLEAR_SKIP).post(clear_skip))
        .route(&BYPASS.path(), asked(&BYPASS).post(issue_bypass))
        .route(&ERASE.path(), asked(&ERASE).post(erase))
        .layer(middleware::from_fn_with_state(context, guard))
}

/// Asks, of whoever may reset users.
async fn ask_reset(
    State(Resetter { context }): State<Resetter>,
    by: On<ResetUsers>,
    form: Form,
    user: PageUser,
) -> Result<Response, Problem> {
    RESET.ask(&context, &by, &form, &user).await
}

/// Where a user's page is.
fn user_page<P>(on: &On<P>, user: &PageUser) -> String {
    format!("/console/portals/{}/users/{}", on.portal, user.0)
}

fn to(path: &str) -> Response {
    Redirect::to(path).into_response()
}

/// Resets, and says what comes next.
async fn reset(
    State(Resetter { context }): State<Resetter>,
    by: On<ResetUsers>,
    form: Form,
    user: PageUser,
    fields: Fields,
) -> Result<Response, Problem> {
    let why = match reasoned(&fields) {
        Ok(why) => why,
        Err(why) => return RESET.again(&context, &by, &form, &user, fields.refused(why)).await,
    };
    let done = admin::reset(&context, &by, &user.name(), why).await?;
    let next = (user_page(&by, &user), "To the user");
    Outcome::new("The user is reset", done.in_words(), next).redirect(&context, &form).await
}

async fn unlock(
    State(Resetter { context }): State<Resetter>,
    by: On<ChangeUsers>,
    form: Form,
    user: PageUser,
    fields: Fields,
) -> Result<Response, Problem> {
    match reasoned(&fields) {
        Ok(why) => {
            admin::change(&context, &by, &user.name(), why, account::unlock).await?;
            Ok(to(&user_page(&by, &user)))
        }
        Err(why) => UNLOCK.again(&context, &by, &form, &user, fields.refused(why)).await,
    }
}

async fn clear_skip(
    State(Resetter { context }): State<Resetter>,
    by: On<ChangeUsers>,
    form: Form,
    user: PageUser,
    fields: Fields,
) -> Result<Response, Problem> {
    match reasoned(&fields) {
        Ok(why) => {
            admin::change(&context, &by, &user.name(), why, account::clear_skip).await?;
            Ok(to(&user_page(&by, &user)))
        }
        Err(why) => CLEAR_SKIP.again(&context, &by, &form, &user, fields.refused(why)).await,
    }
}

/// Issues a bypass code, and shows it, this once.
async fn issue_bypass(
    State(Resetter { context }): State<Resetter>,
    by: On<ChangeUsers>,
    form: Form,
    user: PageUser,
    fields: Fields,
) -> Result<Response, Problem> {
    let why = match reasoned(&fields) {
        Ok(why) => why,
        Err(why) => return BYPASS.again(&context, &by, &form, &user, fields.refused(why)).await,
    };
    let issued = admin::bypass_code(&context, &by, &user.name(), why).await?;
    let text = "The user types it where a code is asked for. It is good for ten minutes, once.";
    let outcome = Outcome::new("Bypass code", text, (user_page(&by, &user), "To the user"));
    outcome.with_secret(issued.code).redirect(&context, &form).await
}

async fn erase(
    State(Resetter { context }): State<Resetter>,
    by: On<ChangeUsers>,
    form: Form,
    user: PageUser,
    fields: Fields,
) -> Result<Response, Problem> {
    match reasoned(&fields) {
        Ok(why) => {
            let users = format!("/console/portals/{}/users", by.portal);
            match admin::erase(&context, &by, &user.name(), why).await {
                Ok(_) => Ok(to(&users)),
                // Whoever is erased is as unknown as nobody: whoever sends the form twice sees the list.
                Err(problem) if problem.code() == ProblemCode::UserUnknown => Ok(to(&users)),
                Err(problem) => Err(problem),
            }
        }
        Err(why) => ERASE.again(&context, &by, &form, &user, fields.refused(why)).await,
    }
}
