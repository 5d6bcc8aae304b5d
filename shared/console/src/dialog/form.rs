use axum::extract::{FromRequest, Request};
use portcullis_domain::user::CheckedBy;
use portcullis_http::{
    Problem,
    wire::{
        admin::{CheckedByName, ReasonedRequest},
        reason,
    },
};

use crate::{FieldRefused, Fields, fields::Reader};

/// Reads a confirmed dialog with its reason, or returns its fields with the error in them.
pub fn confirmed(fields: Fields) -> Result<ReasonedRequest, Fields> {
    reasoned(fields.read()).map_err(|refused| fields.refused(refused))
}

fn reasoned(mut form: Reader) -> Result<ReasonedRequest, FieldRefused> {
    let (text, confirm) = (form.text("reason")?, form.hidden_flag("confirm")?);
    form.end()?;
    let refused = |malformed| FieldRefused::at("reason", format!("{malformed}."));
    let reason = reason(&text).map_err(refused)?;
    if confirm { Ok(ReasonedRequest { reason, confirm }) } else { Err(FieldRefused::form()) }
}

/// Reads a confirmed reset: how the admin checked who asks for it, and the reason.
pub fn checked(fields: Fields) -> Result<(CheckedBy, ReasonedRequest), Fields> {
    let mut form = fields.read();
    let checked = form.choice::<CheckedByName>("checked_by");
    match (checked, reasoned(form)) {
        (Ok(checked), Ok(reason)) => Ok((checked.into(), reason)),
        (checked, reason) => Err(fields.refused(checked.err().into_iter().chain(reason.err()))),
    }
}

/// A form with no fields.
#[derive(Debug)]
pub struct EmptyForm;

impl<S: Send + Sync> FromRequest<S> for EmptyForm {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let fields = Fields::from_request(request, state).await?;
        let wrong =
            |_| Problem::bad_request("This form has nothing to fill in. Open the page again.");
        fields.read().end().map(|()| Self).map_err(wrong)
    }
}
