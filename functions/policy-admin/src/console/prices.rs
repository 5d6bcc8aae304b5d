use axum::{extract::State, response::Response};
use portcullis_console::{
    Fields, Form, Frame, page,
    prices::{form, view::PricesPage},
    see_other,
};
use portcullis_domain::admin::Right;
use portcullis_http::{
    Problem, Strict,
    admin::{ChangeSettings, Permitted, ReadSettings, SignedIn},
};

use super::belongs_on_form;
use crate::{AppState, if_match::IfMatch, settings};

fn prices_page(admin: &SignedIn, form: &Form, fields: Fields) -> PricesPage {
    let frame = Frame::of(form.say("console-prices"), admin, form).with_form_error(&fields);
    PricesPage { frame, fields, may_change: admin.role.has(Right::ChangeSettings) }
}

pub(crate) async fn ask(
    State(AppState { context, .. }): State<AppState>,
    by: Permitted<ReadSettings>,
    form: Form,
) -> Result<Response, Problem> {
    let (settings, etag) = settings::with_etag(&context).await?;
    let fields = form::fill(settings::prices::view(&settings), etag);
    Ok(page(fields.status(), &prices_page(&by.admin, &form, fields)))
}

pub(crate) async fn save(
    state: State<AppState>,
    by: Permitted<ChangeSettings>,
    form: Form,
    fields: Fields,
) -> Result<Response, Problem> {
    let admin = by.admin.clone();
    let draft = match form::read(&fields) {
        Ok(draft) => draft,
        Err(refused) => {
            let fields = fields.refused(refused);
            return Ok(page(fields.status(), &prices_page(&admin, &form, fields)));
        }
    };
    let if_match = IfMatch::of(draft.etag);
    match settings::prices::set(state, by, if_match, Strict(draft.prices)).await {
        Ok(_) => Ok(see_other("/console/settings")),
        Err(problem) if belongs_on_form(problem.code()) => {
            let shown = prices_page(&admin, &form, fields);
            let frame = shown.frame.with_alert(Some(problem.detail().to_owned()));
            Ok(page(problem.status(), &PricesPage { frame, ..shown }))
        }
        Err(problem) => Err(problem),
    }
}
