//! The system's settings, saved only when the providers say that they would take messages.

pub(crate) mod prices;
mod recent_readiness;
pub(crate) mod test_message;

pub use recent_readiness::RecentReadiness;
pub(crate) use test_message::test;

use axum::{Json, extract::State, response::IntoResponse};
use http::{HeaderName, header};
use portcullis_app::{AppContext, TWILIO_AUTH_TOKEN, TWILIO_SECRET, settings_etag};
use portcullis_delivery::is_blocked;
use portcullis_domain::{
    Country, Email, Malformed, Sealed, Settings, SmsProvider, UnknownMembers,
    passkey::RpId,
    settings::{Finding, SmsSender, TwilioIds},
};
use portcullis_http::{
    Problem, Strict,
    admin::{ChangeSettings, Permitted, ReadSettings, ReplaceSettings},
    answers::SettingsProblems,
    wire::admin::{
        FindingView, NewSettings, NewSmsProvider, PasskeyDomainAnswer, PasskeyDomainTrial,
        ReadinessView, SettingsChecked, SettingsSaved, SettingsView,
    },
};
use portcullis_store::Versioned;

use crate::{AppState, dry_run, if_match::IfMatch};

/// Read the system's settings, without secrets.
#[utoipa::path(
    get, path = "/v1/admin/settings",
    operation_id = "readSettings", tag = "settings",
    responses((status = 200, description = "The settings, with their ETag", body = SettingsView)),
)]
pub(crate) async fn look(
    State(AppState { context, .. }): State<AppState>,
    _: Permitted<ReadSettings>,
) -> Result<impl IntoResponse, Problem> {
    let (settings, etag) = with_etag(&context).await?;
    Ok(([(header::ETAG, etag)], Json(SettingsView::from(&settings))))
}

/// Replace the system's settings.
///
/// They are replaced only if they still have the ETag of the `If-Match` header, and if the
/// providers would accept messages.
#[utoipa::path(
    put, path = "/v1/admin/settings",
    operation_id = "replaceSettings", tag = "settings", request_body = NewSettings,
    params(("If-Match" = String, Header, description = "The ETag of the settings that are replaced")),
    responses((status = 200, description = "The settings with their new ETag, and the findings about them", body = SettingsSaved), SettingsProblems),
)]
pub(crate) async fn replace(
    State(state): State<AppState>,
    by: Permitted<ReplaceSettings>,
    if_match: IfMatch,
    Strict(request): Strict<NewSettings>,
) -> Result<([(HeaderName, String); 1], Json<SettingsSaved>), Problem> {
    let context = &state.context;
    let before = stored(context).await?;
    let acted = before.as_ref().map(|before| before.value.acted.clone()).unwrap_or_default();
    let conditions = if_match.with(by.form);
    let acted = conditions.meet(acted, &settings_etag(before.as_ref()), context.now())?;
    let countries: Result<Vec<Country>, Malformed> =
        request.countries.iter().map(|code| Country::parse(code)).collect();
    let known = before.as_ref().and_then(|before| before.value.sms.as_ref());
    let settings = Settings {
        email_from: request.email_from.as_deref().map(Email::parse_sender).transpose()?,
        sms: sms(context, known, request.sms).await?,
        countries: countries?,
        caps: request.caps,
        passkey_domain: request.passkey_domain.as_deref().map(passkey_domain).transpose()?,
        // A call of their own sets them.
        prices: before.as_ref().and_then(|before| before.value.prices.clone()),
        acted,
        // What is stored of these is put in where they are written.
        unknown: UnknownMembers::default(),
        restore_number: 0,
    };
    let domain_before = before.as_ref().and_then(|before| before.value.passkey_domain.as_ref());
    if settings.passkey_domain.as_ref() != domain_before {
        settings.check_passkey_domain(context.service())?;
    }
    let findings = state.findings(&settings).await?;
    let put = context.replace_settings(before, &conditions, settings, &by.admin.by()).await?;
    let saved = SettingsSaved { settings: SettingsView::from(&put.value), findings };
    Ok(([(header::ETAG, put.etag())], Json(saved)))
}

/// Count the users whose passkeys another `passkey_domain` would make useless, without saving it.
///
/// Portals with a domain of their own are not concerned, and not looked at.
#[utoipa::path(
    post, path = "/v1/admin/settings/try-passkey-domain",
    operation_id = "tryPasskeyDomain", tag = "settings", request_body = PasskeyDomainTrial,
    responses((status = 200, description = "The users of each portal that saving would change something for", body = PasskeyDomainAnswer)),
)]
pub(crate) async fn try_passkey_domain(
    State(AppState { context, .. }): State<AppState>,
    _: Permitted<ChangeSettings>,
    Strict(request): Strict<PasskeyDomainTrial>,
) -> Result<Json<PasskeyDomainAnswer>, Problem> {
    let PasskeyDomainTrial { passkey_domain, cursor } = request;
    let (stored, _) = with_etag(&context).await?;
    let counts = would_move(&context, &stored, passkey_domain.as_deref(), cursor.as_deref());
    counts.await.map(Json)
}

/// Counts the users whose passkeys another domain would make useless.
pub(crate) async fn would_move(
    context: &AppContext,
    stored: &Settings,
    domain: Option<&str>,
    cursor: Option<&str>,
) -> Result<PasskeyDomainAnswer, Problem> {
    let domain = domain.map(passkey_domain).transpose()?;
    let changed = Settings { passkey_domain: domain, ..stored.clone() };
    changed.check_passkey_domain(context.service())?;
    dry_run::across_portals(context, stored, &changed, cursor).await
}

/// Check the current settings with the providers.
///
/// The providers are asked if they would accept messages; nothing is sent. Without any sender, the
/// answer is `settings_refused`.
#[utoipa::path(
    post, path = "/v1/admin/settings/check",
    operation_id = "checkSettings", tag = "settings",
    responses((status = 200, description = "The providers would take messages; the findings are in the body", body = SettingsChecked), SettingsProblems),
)]
pub(crate) async fn check(
    State(state): State<AppState>,
    _: Permitted<ChangeSettings>,
) -> Result<Json<SettingsChecked>, Problem> {
    let settings = stored(&state.context).await?.map(|stored| stored.value);
    let settings = settings.unwrap_or_default();
    let findings = state.ask(&settings).await?;
    let nothing_is_set = settings.email_from.is_none() && settings.sms.is_none();
    if nothing_is_set || is_blocked(&findings) {
        return Err(Problem::settings_refused(&findings));
    }
    Ok(Json(SettingsChecked { findings: views(&findings) }))
}

/// Read what sending needs, line by line, and whether it is there.
///
/// The providers are asked; nothing is sent.
#[utoipa::path(
    get, path = "/v1/admin/settings/readiness",
    operation_id = "readReadiness", tag = "settings",
    responses((status = 200, description = "Each thing that sending needs, with what to do next", body = ReadinessView)),
)]
pub(crate) async fn readiness(
    State(state): State<AppState>,
    _: Permitted<ReadSettings>,
) -> Result<Json<ReadinessView>, Problem> {
    let settings = stored(&state.context).await?.map(|stored| stored.value).unwrap_or_default();
    let keyring = state.context.keyring().await?;
    let lines = state.sender.readiness(&keyring, &settings, &state.deployment).await;
    Ok(Json(ReadinessView::from(lines)))
}

pub(crate) fn views(findings: &[Finding]) -> Vec<FindingView> {
    findings.iter().map(FindingView::from).collect()
}

/// The settings as they are, with their ETag.
pub(crate) async fn with_etag(context: &AppContext) -> Result<(Settings, String), Problem> {
    let stored = stored(context).await?;
    let etag = settings_etag(stored.as_ref());
    Ok((stored.map(|stored| stored.value).unwrap_or_default(), etag))
}

async fn stored(context: &AppContext) -> Result<Option<Versioned<Settings>>, Problem> {
    Ok(context.store().settings().await?)
}

impl AppState {
    /// Asks the providers if they would take messages under these settings.
    pub(crate) async fn ask(&self, settings: &Settings) -> Result<Vec<Finding>, Problem> {
        let keyring = self.context.keyring().await?;
        Ok(self.sender.check(&keyring, settings, &self.deployment).await)
    }

    /// Returns what limits sending under these settings, unless nothing could be sent.
    async fn findings(&self, settings: &Settings) -> Result<Vec<FindingView>, Problem> {
        let findings = self.ask(settings).await?;
        if is_blocked(&findings) {
            return Err(Problem::settings_refused(&findings));
        }
        Ok(views(&findings))
    }
}

/// A value of a provider's settings.
fn text(what: &'static str, value: &str) -> Result<(), Malformed> {
    let good =
        (1..=128).contains(&value.len()) && value.bytes().all(|byte| byte.is_ascii_graphic());
    let why = "must be 1 to 128 printable ASCII characters without spaces";
    if good { Ok(()) } else { Err(Malformed { what, why }) }
}

fn passkey_domain(text: &str) -> Result<RpId, Malformed> {
    RpId::parse(text).map_err(|wrong| Malformed { what: "passkey_domain", ..wrong })
}

async fn sms(
    context: &AppContext,
    known: Option<&SmsProvider>,
    provider: Option<NewSmsProvider>,
) -> Result<Option<SmsProvider>, Problem> {
    match provider {
        None => Ok(None),
        Some(NewSmsProvider::Sns { from }) => {
            if let Some(from) = from.as_deref() {
                text("sms.from", from)?;
                SmsSender::parse_for_sns(from)?;
            }
            Ok(Some(SmsProvider::Sns { from }))
        }
        Some(NewSmsProvider::Twilio {
            account,
            client_id,
            client_secret,
            auth_token,
            from,
            ..
        }) => {
            let ids = TwilioIds::parse(account.as_deref(), &client_id)?;
            text("sms.from", &from)?;
            SmsSender::parse(&from)?;
            let client_secret = match client_secret {
                Some(secret) => seal(context, &secret).await?,
                None => kept(known, &ids)?,
            };
            let auth_token = match auth_token {
                Some(token) => Some(seal_token(context, &ids, &token).await?),
                None => kept_token(known, &ids),
            };
            let account = ids.is_api_key().then(|| ids.account().to_owned());
            Ok(Some(SmsProvider::Twilio { account, client_id, client_secret, auth_token, from }))
        }
    }
}

async fn seal(context: &AppContext, secret: &str) -> Result<Sealed, Problem> {
    text("sms.client_secret", secret)?;
    Ok(context.keyring().await?.seal_setting(TWILIO_SECRET, secret, context.random()?)?)
}

/// Seals the Auth Token of an account: 32 hexadecimal digits (Twilio's documentation, "Auth Tokens
/// and how to change them"). The secret of an account that signs in itself is the token.
async fn seal_token(context: &AppContext, ids: &TwilioIds, token: &str) -> Result<Sealed, Problem> {
    let what = "sms.auth_token";
    if !ids.is_api_key() {
        let why = "must be left out when client_id is the account (AC...): its secret is the token";
        return Err(Malformed { what, why }.into());
    }
    if token.len() != 32 || !token.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Err(Malformed { what, why: "must be 32 hexadecimal digits" }.into());
    }
    Ok(context.keyring().await?.seal_setting(TWILIO_AUTH_TOKEN, token, context.random()?)?)
}

/// The token that is set, for an API key of the same account.
fn kept_token(known: Option<&SmsProvider>, ids: &TwilioIds) -> Option<Sealed> {
    let Some(SmsProvider::Twilio { account, client_id, auth_token, .. }) = known else {
        return None;
    };
    let before = TwilioIds::parse(account.as_deref(), client_id).ok()?;
    let stays = ids.is_api_key() && before.account() == ids.account();
    auth_token.clone().filter(|_| stays)
}

/// The secret that is set, for the same ids.
fn kept(known: Option<&SmsProvider>, ids: &TwilioIds) -> Result<Sealed, Malformed> {
    match known {
        Some(SmsProvider::Twilio { account, client_id, client_secret, .. })
            if TwilioIds::parse(account.as_deref(), client_id).as_ref() == Ok(ids) =>
        {
            Ok(client_secret.clone())
        }
        Some(SmsProvider::Twilio { .. } | SmsProvider::Sns { .. }) | None => {
            Err(Malformed { what: "sms.client_secret", why: "is needed for this account" })
        }
    }
}
