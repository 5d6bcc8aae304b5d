//! The pages of the demo portal.

use askama::Template;
use axum::response::{Html, IntoResponse, Response};
use http::StatusCode;
use portcullis_domain::percent_encoded;

use super::{mfa::Activity, preview::Preview};
use crate::demo::name_of;

#[derive(Template)]
#[template(path = "portal/portals.html")]
pub(super) struct PortalList {
    /// Each portal's id, and what it is about.
    pub(super) portals: Vec<(String, &'static str)>,
}

#[derive(Template)]
#[template(path = "portal/sign_in.html")]
pub(super) struct SignIn<'a> {
    pub(super) portal: &'a str,
    pub(super) heading: &'a str,
    pub(super) note: Option<&'a str>,
    pub(super) name: &'a str,
    pub(super) event: &'a str,
    pub(super) ticket: Option<&'a str>,
    pub(super) accounts: Vec<&'a str>,
    /// The sentences that say in advance what comes, if an ordinary sign-in does.
    pub(super) preview: Option<Preview>,
    pub(super) outbox: String,
}

#[derive(Template)]
#[template(path = "portal/account.html")]
pub(super) struct AccountPage<'a> {
    pub(super) portal: &'a str,
    pub(super) name: &'a str,
    pub(super) how: String,
    pub(super) note: Option<&'a str>,
    pub(super) can_enable: bool,
    pub(super) always_email: bool,
    pub(super) has_settings: bool,
    pub(super) colleagues: Vec<&'a str>,
    pub(super) activity: Vec<Activity>,
    pub(super) outbox: String,
}

#[derive(Template)]
#[template(path = "portal/confirm.html")]
pub(super) struct Confirm<'a> {
    pub(super) portal: &'a str,
    pub(super) heading: &'a str,
    pub(super) question: &'a str,
    pub(super) action: String,
}

#[derive(Template)]
#[template(path = "portal/pay.html")]
pub(super) struct Pay<'a> {
    pub(super) portal: &'a str,
    pub(super) note: Option<&'a str>,
}

#[derive(Template)]
#[template(path = "portal/paid.html")]
pub(super) struct Paid<'a> {
    pub(super) portal: &'a str,
    pub(super) heading: &'a str,
    pub(super) text: &'a str,
    pub(super) detail: &'a str,
}

/// Returns the address of the messages of one portal, for the frame beside its pages.
pub(super) fn outbox_of(portal: &str) -> String {
    format!("/local/outbox?from={}", percent_encoded(&name_of(portal)))
}

pub(super) fn page(status: StatusCode, template: &impl Template) -> Response {
    match template.render() {
        Ok(html) => (status, Html(html)).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}
