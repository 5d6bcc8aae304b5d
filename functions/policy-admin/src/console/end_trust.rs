use axum::{extract::State, response::Response};
use http::StatusCode;
use portcullis_console::{
    Fields, Form, Frame,
    dialog::view::{Dialog, Effect, ExtraFields},
    end_trust::form,
    page, see_other,
};
use portcullis_http::{
    Problem, Strict,
    admin::{ChangePolicies, PermittedOn},
};

use crate::{AppState, policy};

/// Asks before trust in the browsers of all users is ended.
pub(crate) async fn ask(by: PermittedOn<ChangePolicies>, form: Form) -> Response {
    question(StatusCode::OK, &by, &form, &Fields::default())
}

fn question(
    status: StatusCode,
    by: &PermittedOn<ChangePolicies>,
    form: &Form,
    fields: &Fields,
) -> Response {
    let (words, portal) = (&form.words, format!("/console/portals/{}", by.portal));
    let lines = ["console-end-trust-asked", "console-end-trust-keeps"];
    let title = words.say("console-end-trust-title");
    let dialog = Dialog {
        frame: Frame::of(title, &by.admin, form).with_form_error(fields),
        consequences: lines.map(|key| words.say(key)).to_vec(),
        reason: None,
        asked: ExtraFields::default(),
        hidden: vec![("confirm", "true".to_owned())],
        action: format!("{portal}/end-trust"),
        cancel: format!("{portal}/policy"),
        effect: Effect::TakesAway,
        verb: words.say("console-policy-end-trust"),
    };
    page(status, &dialog)
}

pub(crate) async fn end(
    state: State<AppState>,
    by: PermittedOn<ChangePolicies>,
    form: Form,
    fields: Fields,
) -> Result<Response, Problem> {
    match form::read(&fields) {
        Ok(request) => {
            let back = format!("/console/portals/{}/policy", by.portal);
            policy::end_trust(state, by, Strict(request)).await.map(drop)?;
            Ok(see_other(&back))
        }
        Err(refused) => {
            let fields = fields.refused(refused);
            Ok(question(StatusCode::BAD_REQUEST, &by, &form, &fields))
        }
    }
}
