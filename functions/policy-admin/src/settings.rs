//! The system's settings: where messages come from, how texts are sent, and where they may go.

use axum::{Json, extract::State};
use portcullis_api::{AnyProblem, Problem, Strict};
use portcullis_delivery::TWILIO_SECRET;
use portcullis_domain::{Caps, Country, Email, Malformed, Settings, SmsProvider, WriteId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{Admin, set_up::WhoeverDeploys};

/// The settings, whole. A provider stands there with all it needs, or not at all.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewSettings {
    /// The address emails come from, verified with SES; without it email is not offered.
    #[serde(default)]
    email_from: Option<String>,
    /// How text messages are sent; without it SMS is not offered.
    #[serde(default)]
    sms: Option<NewSmsProvider>,
    /// Countries text messages may go to, as two-letter codes.
    #[serde(default)]
    countries: Vec<String>,
    /// Daily caps on text messages.
    #[serde(default)]
    #[schema(value_type = Option<Object>)]
    caps: Caps,
}

/// A provider of text messages.
#[derive(Deserialize, ToSchema)]
#[serde(tag = "provider", rename_all = "snake_case", deny_unknown_fields)]
pub(crate) enum NewSmsProvider {
    /// Amazon SNS.
    Sns {
        /// The origination number or sender id.
        #[serde(default)]
        from: Option<String>,
    },
    /// Twilio Messages.
    Twilio {
        /// The account id.
        client_id: String,
        /// The secret; write-only.
        client_secret: String,
        /// The number or messaging service messages come from.
        from: String,
    },
}

/// What is set, without secrets.
#[derive(Serialize, ToSchema)]
pub(crate) struct SettingsSaved {
    /// Email is offered.
    email: bool,
    /// SMS is offered.
    sms: bool,
}

/// Replace the system's settings.
#[utoipa::path(
    put, path = "/v1/admin/settings", tag = "admin", request_body = NewSettings,
    responses((status = 200, description = "What is set now", body = SettingsSaved), AnyProblem),
)]
pub(crate) async fn replace(
    State(admin): State<Admin>,
    _: WhoeverDeploys,
    Strict(request): Strict<NewSettings>,
) -> Result<Json<SettingsSaved>, Problem> {
    let desk = &admin.desk;
    let countries: Result<Vec<Country>, Malformed> =
        request.countries.iter().map(|code| Country::parse(code)).collect();
    let settings = Settings {
        email_from: request.email_from.as_deref().map(Email::parse).transpose()?,
        sms: sms(&admin, request.sms).await?,
        countries: countries?,
        caps: request.caps,
    };
    let failed = |error| Problem::failed(&error);
    let last = desk.store().settings().await.map_err(failed)?.map(|stored| stored.write);
    let write = WriteId::new(desk.random()?);
    if !desk.store().put_settings(&settings, last.as_deref(), write).await.map_err(failed)? {
        return Err(Problem::new(
            axum::http::StatusCode::CONFLICT,
            "changed_meanwhile",
            "The settings were changed meanwhile. Look at them again, and repeat your change.",
        ));
    }
    Ok(Json(SettingsSaved { email: settings.email_from.is_some(), sms: settings.sms.is_some() }))
}

async fn sms(
    admin: &Admin,
    provider: Option<NewSmsProvider>,
) -> Result<Option<SmsProvider>, Problem> {
    let text = |what, value: &str| {
        let good =
            (1..=128).contains(&value.len()) && value.bytes().all(|byte| byte.is_ascii_graphic());
        if good {
            Ok(())
        } else {
            Err(Malformed {
                what,
                why: "must be 1 to 128 printable ASCII characters without spaces",
            })
        }
    };
    match provider {
        None => Ok(None),
        Some(NewSmsProvider::Sns { from }) => {
            from.as_deref().map(|from| text("sms.from", from)).transpose()?;
            Ok(Some(SmsProvider::Sns { from }))
        }
        Some(NewSmsProvider::Twilio { client_id, client_secret, from }) => {
            text("sms.client_id", &client_id)?;
            text("sms.client_secret", &client_secret)?;
            text("sms.from", &from)?;
            crate::portals::found_keyring(admin).await?;
            let ring = admin.desk.ring().await?;
            let client_secret =
                ring.seal_setting(TWILIO_SECRET, &client_secret, admin.desk.random()?)?;
            Ok(Some(SmsProvider::Twilio { client_id, client_secret, from }))
        }
    }
}
