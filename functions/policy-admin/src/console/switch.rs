use axum::{extract::State, response::Response};
use http::StatusCode;
use portcullis_console::{
    Fields, Form, Frame,
    dialog::view::{Dialog, Effect, ExtraFields},
    page, see_other,
    switch::form,
};
use portcullis_http::{
    Problem, Strict,
    admin::{ChangePolicies, PermittedOn},
};

use crate::{AppState, policy};

/// Asks before the policy is switched, and says how many users that would affect.
pub(crate) async fn ask(
    State(state): State<AppState>,
    by: PermittedOn<ChangePolicies>,
    form: Form,
) -> Result<Response, Problem> {
    switch_page(StatusCode::OK, &state, &by, &form, &Fields::default()).await
}

async fn switch_page(
    status: StatusCode,
    state: &AppState,
    by: &PermittedOn<ChangePolicies>,
    form: &Form,
    fields: &Fields,
) -> Result<Response, Problem> {
    let stored = state.context.portal(&by.portal).await?.value;
    let enabled = !stored.policy.enabled;
    let counts = policy::would_switch(state, by, &stored, enabled).await?;
    let back = format!("/console/portals/{}", by.portal);
    let (words, must) = (&form.words, counts.must_enrol);
    let (title, line, counted) = if enabled {
        let again = words.fill("console-switch-must").with("must", must);
        let again = again.with("none", counts.no_way_in);
        ("console-switch-on-title", "console-switch-on", again)
    } else {
        let no_more = words.fill("console-switch-less").with("count", counts.asked_no_more);
        ("console-switch-off-title", "console-switch-off", no_more)
    };
    let lines = vec![words.say(line), counted.into()];
    let dialog = Dialog {
        frame: Frame::of(words.say(title), &by.admin, form).with_form_error(fields),
        consequences: lines,
        reason: None,
        asked: ExtraFields::default(),
        hidden: vec![("enabled", enabled.to_string()), ("confirm", "true".to_owned())],
        action: format!("{back}/switch"),
        cancel: back,
        effect: Effect::Changes,
        // The reference portal says so (M2).
        verb: words.say("console-dialog-proceed"),
    };
    Ok(page(status, &dialog))
}

pub(crate) async fn save(
    state: State<AppState>,
    by: PermittedOn<ChangePolicies>,
    form: Form,
    fields: Fields,
) -> Result<Response, Problem> {
    match form::read(&fields) {
        Ok(request) => {
            let back = format!("/console/portals/{}", by.portal);
            policy::switch(state, by, Strict(request)).await.map(drop)?;
            Ok(see_other(&back))
        }
        Err(refused) => {
            let fields = fields.refused(refused);
            switch_page(StatusCode::BAD_REQUEST, &state, &by, &form, &fields).await
        }
    }
}
