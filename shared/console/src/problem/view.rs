use askama::Template;
use axum::response::Response;
use portcullis_app::AppContext;
use portcullis_http::{Problem, ProblemCode};

use crate::{Form, Frame, page};

#[derive(Template)]
#[template(path = "problem/page.html")]
struct ProblemPage {
    frame: Frame,
    detail: String,
}

/// Shows a problem as a page of the console. Where the service fails, no more is read.
pub(crate) async fn problem_page(context: &AppContext, problem: &Problem, form: &Form) -> Response {
    let is_unknown = problem.code() == ProblemCode::UnknownRoute;
    let key = if is_unknown { "console-unknown-title" } else { "prompt-problem-title" };
    let frame = if problem.status().is_server_error() {
        Frame::signed_out(form.say(key), form)
    } else {
        Frame::of_session(form.say(key), context, form).await
    };
    let detail = if is_unknown { form.say("console-unknown") } else { problem.detail().to_owned() };
    page(problem.status(), &ProblemPage { frame, detail })
}
