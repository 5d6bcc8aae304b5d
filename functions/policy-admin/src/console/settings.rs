//! The system's settings, each saved only when the providers agree.

use axum::{extract::State, response::Response};
use http::StatusCode;
use portcullis_api::{
    Problem, Strict,
    admin::{ChangeSettings, May, ReadSettings, SignedIn},
    wire::admin::{NewSettings, NewSmsProvider, SettingsView},
};
use portcullis_domain::{Caps, admin::Right};
use portcullis_pages::{
    Filled,
    console::{Form, Frame, page, view::Settings},
};
use serde::Deserialize;

use super::{door::Nothing, filled, on, portals::stays};
use crate::{Administration, concurrency::IfMatch, settings};

async fn shown(
    administration: &Administration,
    admin: &SignedIn,
    form: &Form,
) -> Result<Settings, Problem> {
    let (stored, etag) = settings::with_etag(&administration.desk).await?;
    Ok(Settings {
        frame: Frame::of("Settings", admin, form),
        settings: SettingsView::from(&stored),
        etag,
        may_change: admin.role.has(Right::ChangeSettings),
        checked: None,
    })
}

/// The settings as they are.
pub(crate) async fn show(
    State(administration): State<Administration>,
    by: May<ReadSettings>,
    form: Form,
) -> Result<Response, Problem> {
    Ok(page(StatusCode::OK, &shown(&administration, &by.admin, &form).await?))
}

/// The settings as a form has them.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Fields {
    etag: String,
    email_from: String,
    provider: String,
    sms_from: String,
    client_id: String,
    client_secret: String,
    countries: String,
    per_prefix: String,
    per_portal: String,
}

fn request(fields: &Fields) -> Result<NewSettings, Problem> {
    let from = filled(&fields.sms_from);
    let sms = match fields.provider.as_str() {
        "sns" => Some(NewSmsProvider::Sns { from }),
        "twilio" => Some(NewSmsProvider::Twilio {
            client_id: fields.client_id.trim().to_owned(),
            client_secret: filled(&fields.client_secret),
            from: from.unwrap_or_default(),
        }),
        _ => None,
    };
    let number = |text: &str| {
        text.trim().parse().map_err(|_| Problem::bad_request("The caps must be whole numbers."))
    };
    Ok(NewSettings {
        email_from: filled(&fields.email_from),
        sms,
        countries: fields.countries.split([' ', ',']).filter_map(filled).collect(),
        caps: Caps {
            texts_per_prefix_per_day: number(&fields.per_prefix)?,
            texts_per_portal_per_day: number(&fields.per_portal)?,
        },
    })
}

/// Saves the settings, if the providers would take messages under them.
pub(crate) async fn save(
    state: State<Administration>,
    by: May<ChangeSettings>,
    form: Form,
    Filled(fields): Filled<Fields>,
) -> Result<Response, Problem> {
    let shown = shown(&state, &by.admin, &form).await?;
    let if_match = IfMatch::of(fields.etag.clone());
    let saved = match request(&fields) {
        Ok(request) => settings::replace(state, by, if_match, Strict(request)).await.map(|_| ()),
        Err(problem) => Err(problem),
    };
    match saved {
        Ok(()) => Ok(on("/console/settings")),
        Err(problem) if stays(problem.code()) => {
            let frame = shown.frame.with_alert(Some(problem.detail().to_owned()));
            Ok(page(problem.status(), &Settings { frame, ..shown }))
        }
        Err(problem) => Err(problem),
    }
}

/// Asks the providers whether they would take messages now.
pub(crate) async fn check(
    state: State<Administration>,
    by: May<ChangeSettings>,
    form: Form,
    Filled(Nothing {}): Filled<Nothing>,
) -> Result<Response, Problem> {
    let shown = shown(&state, &by.admin, &form).await?;
    match settings::check(state, by).await {
        Ok(_) => {
            let checked = Some("The providers would take messages.");
            Ok(page(StatusCode::OK, &Settings { checked, ..shown }))
        }
        Err(problem) if stays(problem.code()) => {
            let frame = shown.frame.with_alert(Some(problem.detail().to_owned()));
            Ok(page(problem.status(), &Settings { frame, ..shown }))
        }
        Err(problem) => Err(problem),
    }
}
