use axum::{extract::State, response::Response};
use http::StatusCode;
use portcullis_app::AppContext;
use portcullis_console::{
    Form, Frame, page,
    portal::view::{self, Preview, Rights},
};
use portcullis_domain::{
    Code, Email, Method, Portal, Purpose, Settings, TotpSecret, passkey::ServiceAddress,
    policy::SwitchedBy, portal::ShownBy, sign_in::AppKey,
};
use portcullis_http::{
    Problem,
    admin::{PermittedOn, ReadPortals},
    wire::AppEnrolment,
};
use portcullis_messages::{CodeText, EmailTemplate, Segments};

use crate::{AppState, portals};

pub(crate) async fn show(
    State(AppState { context, .. }): State<AppState>,
    by: PermittedOn<ReadPortals>,
    form: Form,
) -> Result<Response, Problem> {
    let stored = context.portal(&by.portal).await?.value;
    let settings = context.store().settings().await?;
    let settings = settings.map(|stored| stored.value).unwrap_or_default();
    let switched_by = stored.policy.switched_by;
    let rights = Rights::of(&by.admin, &by.portal, switched_by);
    let switch_hint = (!rights.switch).then_some(match switched_by {
        SwitchedBy::Nobody => "console-switch-hint-nobody",
        SwitchedBy::Provider => "console-switch-hint-provider",
        SwitchedBy::PortalAdmin => "console-switch-hint-portal-admin",
    });
    let switch_hint = switch_hint.map(|key| form.say(key));
    let frame = Frame::of(stored.profile.description.clone(), &by.admin, &form);
    let passkey_domain = passkey_domains(&stored, &settings, context.service());
    let preview = Preview {
        passkey_domain: passkey_domain.clone().filter(|_| stored.policy.has(Method::Passkey)),
        ..preview(&context, &stored, &stored.sending.within(&settings))?
    };
    let nobody_enrols = stored.check_enrolment(&settings, context.service()).is_err();
    let portal = portals::view(&context, &stored).await?;
    let view =
        view::Portal { frame, portal, rights, preview, passkey_domain, nobody_enrols, switch_hint };
    Ok(page(StatusCode::OK, &view))
}

/// Returns the domain of passkeys; both, if the prompt has another than the portal's own pages.
fn passkey_domains(
    portal: &Portal,
    settings: &Settings,
    service: &ServiceAddress,
) -> Option<String> {
    let parties = [ShownBy::Prompt, ShownBy::Portal].map(|shown_by| {
        let party = portal.relying_party(settings, service, shown_by)?;
        Some(party.rp_id().as_str().to_owned())
    });
    let mut domains: Vec<String> = parties.into_iter().flatten().collect();
    domains.dedup();
    (!domains.is_empty()).then(|| domains.join(", "))
}

const SAMPLE_CODE: u32 = 123_456;

/// Renders the messages and the app's entry by the same code as for users.
fn preview(context: &AppContext, portal: &Portal, settings: &Settings) -> Result<Preview, Problem> {
    let (code, locale) = (Code::from_number(SAMPLE_CODE), portal.locale_for(None));
    let minutes = portal.policy.code_lifetime_seconds.seconds() / 60;
    let app = match portal.issuer() {
        Some(issuer) => {
            let secret = TotpSecret::new(context.random()?);
            let key = AppKey { secret, issuer, account: "name@example.com".to_owned() };
            Some(AppEnrolment::of(&key)?)
        }
        None => None,
    };
    let to = Email::parse("name@example.com")?;
    let (purpose, host) = (Purpose::SignIn, portal.profile.host());
    let text = CodeText { code: &code, purpose, minutes, host, about: None };
    let email = settings.email_from.as_ref().map(|from| {
        let template = EmailTemplate { profile: &portal.profile, from, to: &to, locale };
        let message = template.with_code(&text);
        (message.subject.clone(), message.text.to_string())
    });
    let sms = settings.sms.as_ref().map(|_| text.text(&portal.profile, locale).to_string());
    let segments = Segments::of(sms.as_deref().unwrap_or_default());
    let (issuer, qr_svg) = app.map(|app| (app.issuer, app.qr_svg)).unzip();
    Ok(Preview { issuer, qr_svg, passkey_domain: None, email, sms, segments })
}
