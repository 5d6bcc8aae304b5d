use askama::Template;
use axum::response::Response;
use http::StatusCode;
use portcullis_app::AppContext;
use portcullis_domain::{
    DecisionContext, User,
    sign_in::within_session::{OwnSession, ProofWays},
};
use portcullis_http::{Problem, admin::Console, wire::PasskeyRequestOptions};

use super::form::{AGAIN, CODE, PASSKEY, secrets};
use crate::{Fields, Form, Frame, page};

/// The page that asks for the second step again. It holds the form that asked for it.
#[derive(Template)]
#[template(path = "proof/page.html")]
struct ProofPage {
    frame: Frame,
    hidden: Vec<(String, String)>,
    secrets: Vec<(&'static str, &'static str)>,
    fields: Fields,
    takes_code: bool,
    /// The question for the browser, if the admin has a passkey.
    passkey: Option<String>,
}

impl ProofPage {
    /// Returns the key of the sentence that says how, if there is a way.
    const fn why(&self) -> Option<&'static str> {
        match (self.passkey.is_some(), self.takes_code) {
            (false, true) => Some("console-proof-why"),
            (true, true) => Some("console-proof-why-either"),
            (true, false) => Some("console-proof-why-passkey"),
            (false, false) => None,
        }
    }
}

/// Shows the page for the form that was sent with these fields, and the URL it was sent to.
pub async fn proof_page(
    context: &AppContext,
    status: StatusCode,
    form: &Form,
    fields: Fields,
    alert: Option<String>,
) -> Response {
    let (ProofWays { takes_code, passkey }, alert) = match ways(context, form).await {
        Ok(ways) => (ways, alert),
        Err(problem) => (ProofWays::NONE, Some(form.words.not_now(&problem))),
    };
    let passkey = passkey.map(|asked| PasskeyRequestOptions::from(&asked).to_json());
    let frame = Frame::signed_out(form.say("console-proof-title"), form).with_alert(alert);
    let mut frame = frame.with_form_error(&fields);
    // The form that continues is the one that was sent, which acts once.
    frame.form = form.sent().unwrap_or_default();
    let secrets = secrets(&fields);
    let names: Vec<&str> = secrets.iter().map(|(name, _)| *name).collect();
    let mut hidden = fields.all_but(&[names.as_slice(), &[CODE, PASSKEY, AGAIN]].concat());
    hidden.extend(names.iter().map(|name| (AGAIN.to_owned(), (*name).to_owned())));
    page(status, &ProofPage { frame, hidden, secrets, fields, takes_code, passkey })
}

/// Returns the ways in which the admin can do it.
///
/// # Errors
/// The problem because of which nothing is asked for now: a code would open a sign-in, too.
async fn ways(context: &AppContext, form: &Form) -> Result<ProofWays, Problem> {
    let session = form.session.as_ref().ok_or_else(Problem::form_refused)?;
    let posted = form.posted.ok_or_else(Problem::form_refused)?;
    let own = OwnSession { locator: session.locator, hash: &session.hash };
    let ask = |context: &DecisionContext<'_>, user: Option<User>| {
        own.ask_again(context, user, posted, &session.tokens)
    };
    Ok(context.command(&Console::default(), session.locator, None, ask).await?.0)
}
