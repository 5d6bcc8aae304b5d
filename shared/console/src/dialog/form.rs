use axum::extract::{FromRequest, Request};
use portcullis_domain::{
    AuthenticatorId, BrowserId, Channel, PortalId, account::WhoAsks, user::Untrusted,
};
use portcullis_http::{
    Problem,
    wire::{
        admin::{ChannelName, CheckedByName, ReasonedRequest},
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
    let refused = |malformed| FieldRefused::said("reason", format!("{malformed}."));
    let reason = reason(&text).map_err(refused)?;
    if confirm { Ok(ReasonedRequest { reason, confirm }) } else { Err(FieldRefused::form()) }
}

/// Reads the confirmed deletion of a portal, whose id is typed once more.
///
/// # Errors
/// Returns the fields with the errors in them.
pub fn of_portal(fields: Fields, portal: &PortalId) -> Result<ReasonedRequest, Fields> {
    let mut form = fields.read();
    let typed = form.text("id").and_then(|id| {
        let is_it = id.trim() == portal.as_str();
        if is_it { Ok(()) } else { Err(FieldRefused::at("id", "console-refused-portal-id")) }
    });
    match (typed, reasoned(form)) {
        (Ok(()), Ok(reason)) => Ok(reason),
        (typed, reason) => Err(fields.refused(typed.err().into_iter().chain(reason.err()))),
    }
}

const CODE_OR_NONE: &str = "console-refused-code-or-none";

/// Reads a confirmed reset: how the admin checked who asks for it, and the reason.
///
/// # Errors
/// Returns the fields with the errors in them.
pub fn checked(fields: Fields) -> Result<(WhoAsks, ReasonedRequest), Fields> {
    let mut form = fields.read();
    let (checked, code) = (form.choice::<CheckedByName>("checked_by"), form.filled("code"));
    let reason = reasoned(form);
    let who_asks = match (&checked, &code) {
        (Ok(checked), Ok(code)) => {
            let refused = |_| FieldRefused::at("code", CODE_OR_NONE);
            checked.with_code(code.as_deref()).map(Some).map_err(refused)
        }
        (Err(_), _) | (Ok(_), Err(_)) => Ok(None),
    };
    match (who_asks, reason) {
        (Ok(Some(who_asks)), Ok(reason)) => Ok((who_asks, reason)),
        (who_asks, reason) => {
            let wrong = [checked.err(), code.err(), who_asks.err(), reason.err()];
            Err(fields.refused(wrong.into_iter().flatten()))
        }
    }
}

/// Reads a confirmed request for a code: the channel that it is sent by, and the reason.
///
/// # Errors
/// Returns the fields with the errors in them.
pub fn by_channel(fields: Fields) -> Result<(Channel, ReasonedRequest), Fields> {
    let mut form = fields.read();
    let channel = form.choice::<ChannelName>("channel");
    match (channel, reasoned(form)) {
        (Ok(channel), Ok(reason)) => Ok((channel.into(), reason)),
        (channel, reason) => Err(fields.refused(channel.err().into_iter().chain(reason.err()))),
    }
}

/// Reads a confirmed removal: the authenticator, and the reason.
///
/// # Errors
/// Returns the fields with the errors in them.
pub fn of_authenticator(fields: Fields) -> Result<(AuthenticatorId, ReasonedRequest), Fields> {
    let mut form = fields.read();
    let id = form.parsed("authenticator", AuthenticatorId::parse);
    let id = id.and_then(|id| {
        id.ok_or_else(|| FieldRefused::at("authenticator", "console-refused-choice"))
    });
    match (id, reasoned(form)) {
        (Ok(id), Ok(reason)) => Ok((id, reason)),
        (id, reason) => Err(fields.refused(id.err().into_iter().chain(reason.err()))),
    }
}

/// The choice of all trusted browsers.
pub const ALL_BROWSERS: &str = "all";

/// Reads the confirmed end of trust: one browser or all of them, and the reason.
///
/// # Errors
/// Returns the fields with the errors in them.
pub fn of_browsers(fields: Fields) -> Result<(Untrusted, ReasonedRequest), Fields> {
    let mut form = fields.read();
    let browser = form.text("browser").and_then(|browser| match browser.as_str() {
        ALL_BROWSERS => Ok(Untrusted::All),
        id => BrowserId::parse(id)
            .map(Untrusted::One)
            .map_err(|_| FieldRefused::at("browser", "console-refused-choice")),
    });
    match (browser, reasoned(form)) {
        (Ok(untrusted), Ok(reason)) => Ok((untrusted, reason)),
        (browser, reason) => Err(fields.refused(browser.err().into_iter().chain(reason.err()))),
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
