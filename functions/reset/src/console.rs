//! The console's dialogs about one user. Each asks for a reason, and then makes the admin call.

use axum::{
    Router,
    extract::FromRequestParts,
    middleware,
    response::Response,
    routing::{MethodRouter, get},
};
use http::request::Parts;
use portcullis_app::AppContext;
use portcullis_console::{
    Fields, Form, Outcome,
    dialog::{
        form::{checked, confirmed},
        view::{CHECKS, Question},
    },
    guard, see_other,
};
use portcullis_domain::{Decision, DecisionContext, User, UserId, account};
use portcullis_http::{
    PageUser, Problem, ProblemCode,
    admin::{ChangeUsers, EraseUsers, IssueBypassCodes, Permission, PermittedOn, ResetUsers},
};

use crate::{AppState, admin};

const RESET: Question = Question {
    action: "reset",
    verb: "Reset",
    checks: CHECKS,
    lines: &[
        "The user's methods no longer count, and open sign-ins end.",
        "The user is notified, and sets it up again at the next sign-in, as the policy says.",
        "Whoever has the password can then set it up instead: make sure that it is the user who asks.",
    ],
};
const UNLOCK: Question = Question {
    action: "unlock",
    verb: "Unlock",
    checks: &[],
    lines: &["The user can try again at once. At most twice within 30 days."],
};
const CLEAR_SKIP: Question = Question {
    action: "clear-skip",
    verb: "Clear the skip of",
    checks: &[],
    lines: &["The user is asked to enrol at the next sign-in, and may skip again."],
};
const BYPASS: Question = Question {
    action: "bypass-code",
    verb: "Issue a bypass code for",
    checks: &[],
    lines: &[
        "It lets anyone who has it in, once, within ten minutes. Make sure that you give it to the user.",
        "The user is notified.",
    ],
};
const ERASE: Question = Question {
    action: "erase",
    verb: "Erase",
    checks: &[],
    lines: &[
        "All data about the user is erased. This cannot be undone.",
        "Counts of wrong codes stay for 400 days, with nothing personal.",
    ],
};

/// The user that a dialog is about, and the admin who may act on the user.
struct OnUser<P> {
    context: AppContext,
    by: PermittedOn<P>,
    form: Form,
    user: PageUser,
}

impl<P: Permission> FromRequestParts<AppState> for OnUser<P> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Problem> {
        let by = PermittedOn::from_request_parts(parts, state).await?;
        let Ok(form) = Form::from_request_parts(parts, state).await;
        let user = PageUser::from_request_parts(parts, state).await?;
        Ok(Self { context: state.context.clone(), by, form, user })
    }
}

impl<P: Permission> OnUser<P> {
    fn url(&self) -> String {
        format!("{}/{}", self.users_url(), self.user.0)
    }

    fn users_url(&self) -> String {
        format!("/console/portals/{}/users", self.by.portal)
    }

    /// Shows the dialog, with the error in its form if there is one.
    async fn ask(&self, question: &Question, fields: Fields) -> Result<Response, Problem> {
        let id = |_: &DecisionContext<'_>, known: Option<User>, id: &UserId| {
            Ok(Decision::unchanged(self.by.reach.user(known, id)?.id))
        };
        let id = self.user.name().command(&self.context, &self.by, id).await?;
        Ok(question.page(&self.by.admin, &self.form, id, self.url(), fields))
    }

    /// Shows the outcome once the form has acted.
    async fn show(&self, outcome: Outcome) -> Result<Response, Problem> {
        outcome.redirect(&self.context, &self.form).await
    }
}

pub(crate) fn routes(context: AppContext) -> Router<AppState> {
    let route = |question: &Question, form: MethodRouter<AppState>| {
        let path = format!("/console/portals/{{portal}}/users/{{user}}/{}", question.action);
        Router::new().route(&path, form)
    };
    route(&RESET, asked::<ResetUsers>(&RESET).post(reset))
        .merge(route(&UNLOCK, with_change(&UNLOCK, account::unlock)))
        .merge(route(&CLEAR_SKIP, with_change(&CLEAR_SKIP, account::clear_skip)))
        .merge(route(&BYPASS, asked::<ChangeUsers>(&BYPASS).post(issue_bypass)))
        .merge(route(&ERASE, asked::<ChangeUsers>(&ERASE).post(erase)))
        .layer(middleware::from_fn_with_state(context, guard))
}

fn asked<P: Permission + 'static>(question: &'static Question) -> MethodRouter<AppState> {
    get(async move |on: OnUser<P>| on.ask(question, Fields::default()).await)
}

/// The dialog of a change that answers nothing.
fn with_change(question: &'static Question, change: admin::Change) -> MethodRouter<AppState> {
    let confirm = async move |on: OnUser<ChangeUsers>, fields: Fields| {
        let request = match confirmed(fields) {
            Ok(request) => request,
            Err(fields) => return on.ask(question, fields).await,
        };
        admin::change(&on.context, &on.by, &on.user.name(), request, change).await?;
        Ok(see_other(&on.url()))
    };
    asked::<ChangeUsers>(question).post(confirm)
}

/// Resets the user, and tells the admin how the user can enrol again.
async fn reset(on: OnUser<ResetUsers>, fields: Fields) -> Result<Response, Problem> {
    let (checked, request) = match checked(fields) {
        Ok(checked) => checked,
        Err(fields) => return on.ask(&RESET, fields).await,
    };
    let done = admin::reset(&on.context, &on.by, &on.user.name(), checked, request).await?;
    on.show(Outcome::new("User reset", done.in_words(), (on.url(), "To the user"))).await
}

/// Issues a bypass code, and shows it once.
async fn issue_bypass(on: OnUser<IssueBypassCodes>, fields: Fields) -> Result<Response, Problem> {
    let request = match confirmed(fields) {
        Ok(request) => request,
        Err(fields) => return on.ask(&BYPASS, fields).await,
    };
    let issued = admin::bypass_code(&on.context, &on.by, &on.user.name(), request).await?;
    let text =
        "The user enters it in place of a code. It expires in ten minutes and can be used once.";
    let outcome = Outcome::new("Bypass code", text, (on.url(), "To the user"));
    on.show(outcome.with_secret(issued.code)).await
}

async fn erase(on: OnUser<EraseUsers>, fields: Fields) -> Result<Response, Problem> {
    let request = match confirmed(fields) {
        Ok(request) => request,
        Err(fields) => return on.ask(&ERASE, fields).await,
    };
    match admin::erase(&on.context, &on.by, &on.user.name(), request).await {
        Ok(_) => Ok(see_other(&on.users_url())),
        // A form that is sent twice finds no user, and leads to the list as well.
        Err(problem) if problem.code() == ProblemCode::UserUnknown => {
            Ok(see_other(&on.users_url()))
        }
        Err(problem) => Err(problem),
    }
}
