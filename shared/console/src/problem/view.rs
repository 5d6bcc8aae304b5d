//! The page that says what went wrong.

use askama::Template;
use axum::response::Response;
use portcullis_http::Problem;

use crate::{Form, Frame, page};

/// A page that says what went wrong.
#[derive(Template)]
#[template(path = "problem/page.html")]
struct ProblemPage {
    frame: Frame,
    detail: String,
}

/// A problem as a page.
pub(crate) fn problem_page(problem: &Problem) -> Response {
    let frame = Frame::outside("That did not work", &Form::default());
    page(problem.status(), &ProblemPage { frame, detail: problem.detail().to_owned() })
}
