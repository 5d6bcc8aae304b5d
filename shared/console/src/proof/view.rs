use askama::Template;
use axum::response::Response;
use http::StatusCode;

use super::form::{AGAIN, CODE, secrets};
use crate::{Fields, Form, Frame, page};

/// The page that asks for the second step again. It holds the form that asked for it.
#[derive(Template)]
#[template(path = "proof/page.html")]
struct ProofPage {
    frame: Frame,
    hidden: Vec<(String, String)>,
    secrets: Vec<(&'static str, &'static str)>,
    fields: Fields,
}

/// Shows the page for the form that was sent with these fields, and the URL it was sent to.
pub fn proof_page(
    status: StatusCode,
    form: &Form,
    fields: Fields,
    alert: Option<String>,
) -> Response {
    let frame = Frame::signed_out(form.say("console-proof-title"), form).with_alert(alert);
    let mut frame = frame.with_form_error(&fields);
    // The form that continues is the one that was sent, which acts once.
    frame.form = form.sent().unwrap_or_default();
    let secrets = secrets(&fields);
    let names: Vec<&str> = secrets.iter().map(|(name, _)| *name).collect();
    let mut hidden = fields.all_but(&[names.as_slice(), &[CODE, AGAIN]].concat());
    hidden.extend(names.iter().map(|name| (AGAIN.to_owned(), (*name).to_owned())));
    page(status, &ProofPage { frame, hidden, secrets, fields })
}
