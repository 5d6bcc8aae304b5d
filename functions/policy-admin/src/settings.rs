//! The system's settings, saved only when the providers say that they would take messages.

use axum::{Json, extract::State, response::IntoResponse};
use http::header;
use portcullis_api::{
    AnyProblem, Desk, Problem, ProblemCode, Strict,
    admin::{ChangeSettings, May, ReadSettings},
    wire::admin::{Done, NewSettings, NewSmsProvider, SettingsView},
};
use portcullis_delivery::{SettingsFault, TWILIO_SECRET};
use portcullis_domain::{
    Country, Email, Malformed, PortalId, Sealed, Settings, SmsProvider, WriteId, user::EntryKind,
};
use portcullis_store::{Document, Trail};

use crate::{
    Administration,
    concurrency::{IfMatch, changed_meanwhile, entry},
};

/// The ETag of settings that were never set.
const NEVER_SET: &str = "\"none\"";

/// The system's settings, without secrets.
#[utoipa::path(
    get, path = "/v1/admin/settings", tag = "settings",
    responses((status = 200, description = "The settings, with their ETag", body = SettingsView), AnyProblem),
)]
pub(crate) async fn look(
    State(Administration { desk, .. }): State<Administration>,
    _: May<ReadSettings>,
) -> Result<impl IntoResponse, Problem> {
    let (settings, etag) = with_etag(&desk).await?;
    Ok(([(header::ETAG, etag)], Json(SettingsView::from(&settings))))
}

/// Replace the system's settings, if they are still those of the `If-Match` header, and the providers would take messages.
#[utoipa::path(
    put, path = "/v1/admin/settings", tag = "settings", request_body = NewSettings,
    params(("If-Match" = String, Header, description = "The ETag of the settings that are replaced")),
    responses((status = 200, description = "The settings, with their new ETag", body = SettingsView), AnyProblem),
)]
pub(crate) async fn replace(
    State(administration): State<Administration>,
    by: May<ChangeSettings>,
    if_match: IfMatch,
    Strict(request): Strict<NewSettings>,
) -> Result<impl IntoResponse, Problem> {
    let desk = &administration.desk;
    let before = stored(desk).await?;
    if_match.is(&before.as_ref().map_or(NEVER_SET.to_owned(), Document::etag))?;
    let countries: Result<Vec<Country>, Malformed> =
        request.countries.iter().map(|code| Country::parse(code)).collect();
    let known = before.as_ref().and_then(|before| before.value.sms.as_ref());
    let settings = Settings {
        email_from: request.email_from.as_deref().map(Email::parse).transpose()?,
        sms: sms(desk, known, request.sms).await?,
        countries: countries?,
        caps: request.caps,
    };
    administration.would_take(&settings).await?;
    let changed = entry(desk, EntryKind::SettingsChanged, by.admin.by());
    let trail = Trail::of(&PortalId::console(), changed);
    let (write, last) = (WriteId::new(desk.random()?), before.map(|before| before.write));
    let put = desk.store().put_settings(&settings, last.as_deref(), write, &trail).await;
    if !put.map_err(|error| Problem::failed(&error))? {
        return Err(changed_meanwhile());
    }
    Ok(([(header::ETAG, format!("\"{write}\""))], Json(SettingsView::from(&settings))))
}

/// Ask the providers once more whether they would take messages under the settings as they are. No message is sent.
#[utoipa::path(
    post, path = "/v1/admin/settings/check", tag = "settings",
    responses((status = 200, description = "They would", body = Done), AnyProblem),
)]
pub(crate) async fn check(
    State(administration): State<Administration>,
    _: May<ChangeSettings>,
) -> Result<Json<Done>, Problem> {
    let settings = stored(&administration.desk).await?.map(|stored| stored.value);
    administration.would_take(&settings.unwrap_or_default()).await?;
    Ok(Json(Done { changed: false }))
}

/// The settings as they are, with their ETag.
pub(crate) async fn with_etag(desk: &Desk) -> Result<(Settings, String), Problem> {
    let stored = stored(desk).await?;
    let etag = stored.as_ref().map_or(NEVER_SET.to_owned(), Document::etag);
    Ok((stored.map(|stored| stored.value).unwrap_or_default(), etag))
}

async fn stored(desk: &Desk) -> Result<Option<Document<Settings>>, Problem> {
    desk.store().settings().await.map_err(|error| Problem::failed(&error))
}

impl Administration {
    async fn would_take(&self, settings: &Settings) -> Result<(), Problem> {
        let ring = self.desk.ring().await?;
        self.courier.check(ring, settings).await.map_err(|fault: SettingsFault| {
            Problem::new(ProblemCode::SettingsRefused, fault.to_string())
        })
    }
}

/// A value of a provider's settings.
fn text(what: &'static str, value: &str) -> Result<(), Malformed> {
    let good =
        (1..=128).contains(&value.len()) && value.bytes().all(|byte| byte.is_ascii_graphic());
    let why = "must be 1 to 128 printable ASCII characters without spaces";
    if good { Ok(()) } else { Err(Malformed { what, why }) }
}

async fn sms(
    desk: &Desk,
    known: Option<&SmsProvider>,
    provider: Option<NewSmsProvider>,
) -> Result<Option<SmsProvider>, Problem> {
    match provider {
        None => Ok(None),
        Some(NewSmsProvider::Sns { from }) => {
            from.as_deref().map(|from| text("sms.from", from)).transpose()?;
            Ok(Some(SmsProvider::Sns { from }))
        }
        Some(NewSmsProvider::Twilio { client_id, client_secret, from }) => {
            text("sms.client_id", &client_id)?;
            text("sms.from", &from)?;
            // The id becomes part of an address.
            if !client_id.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
                let why = "must be letters and digits, such as AC0123456789abcdef";
                return Err(Malformed { what: "sms.client_id", why }.into());
            }
            let client_secret = match client_secret {
                Some(secret) => seal(desk, &secret).await?,
                None => kept(known, &client_id)?,
            };
            Ok(Some(SmsProvider::Twilio { client_id, client_secret, from }))
        }
    }
}

async fn seal(desk: &Desk, secret: &str) -> Result<Sealed, Problem> {
    text("sms.client_secret", secret)?;
    Ok(desk.ring().await?.seal_setting(TWILIO_SECRET, secret, desk.random()?)?)
}

/// The secret that is set, for the same account.
fn kept(known: Option<&SmsProvider>, account: &str) -> Result<Sealed, Malformed> {
    match known {
        Some(SmsProvider::Twilio { client_id, client_secret, .. }) if client_id == account => {
            Ok(client_secret.clone())
        }
        Some(SmsProvider::Twilio { .. } | SmsProvider::Sns { .. }) | None => {
            Err(Malformed { what: "sms.client_secret", why: "is needed for this account" })
        }
    }
}
