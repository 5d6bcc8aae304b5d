use axum::{Json, extract::State, response::Response};
use portcullis_console::{
    FieldRefused, Fields, Form, Frame,
    address::{form, view::Address},
    page, see_other,
};
use portcullis_http::{
    Problem, Strict,
    admin::{OwnAccount, SignedIn},
    wire::admin::AddressRequest,
};

use super::belongs_on_form;
use crate::{AppState, address};

const PAGE: &str = "/console/address";

pub(crate) async fn show(
    state: State<AppState>,
    admin: SignedIn,
    form: Form,
) -> Result<Response, Problem> {
    show_with(state, admin, &form, Fields::default()).await
}

async fn show_with(
    state: State<AppState>,
    admin: SignedIn,
    form: &Form,
    fields: Fields,
) -> Result<Response, Problem> {
    let frame = Frame::of(form.say("console-address-title"), &admin, form).with_form_error(&fields);
    let Json(view) = address::look(state, admin).await?;
    Ok(page(fields.status(), &Address { frame, view, fields }))
}

/// Has a code sent to an address.
pub(crate) async fn enter(
    state: State<AppState>,
    own: OwnAccount,
    form: Form,
    fields: Fields,
) -> Result<Response, Problem> {
    let address = match form::address(&fields) {
        Ok(address) => address,
        Err(refused) => return show_with(state, own.admin, &form, fields.refused(refused)).await,
    };
    let admin = own.admin.clone();
    match address::enter(state.clone(), own, Strict(AddressRequest { address })).await {
        Ok(_) => Ok(see_other(PAGE)),
        Err(problem) if belongs_on_form(problem.code()) => {
            let refused = FieldRefused::said("address", problem.detail());
            show_with(state, admin, &form, fields.refused(refused)).await
        }
        Err(problem) => Err(problem),
    }
}

/// Confirms the address with the code that was sent there.
pub(crate) async fn verify(
    state: State<AppState>,
    own: OwnAccount,
    form: Form,
    fields: Fields,
) -> Result<Response, Problem> {
    let code = match form::code(&fields) {
        Ok(code) => code,
        Err(refused) => return show_with(state, own.admin, &form, fields.refused(refused)).await,
    };
    match address::confirm(&state.context, &own, &code).await {
        Ok(_) => Ok(see_other(PAGE)),
        Err(problem) if belongs_on_form(problem.code()) => {
            let refused = FieldRefused::said("code", problem.detail());
            show_with(state, own.admin, &form, Fields::default().refused(refused)).await
        }
        Err(problem) => Err(problem),
    }
}
