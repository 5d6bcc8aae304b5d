use askama::Template;
use axum::response::Response;
use portcullis_http::Problem;

use crate::{Form, Frame, page};

#[derive(Template)]
#[template(path = "problem/page.html")]
struct ProblemPage {
    frame: Frame,
    detail: String,
}

pub(crate) fn problem_page(problem: &Problem, form: &Form) -> Response {
    let frame = Frame::signed_out(form.say("prompt-problem-title"), form);
    page(problem.status(), &ProblemPage { frame, detail: problem.detail().to_owned() })
}
