//! One portal: what holds, what people see, how it presents itself, its keys, its end.

use axum::{
    extract::{Path, State},
    response::Response,
};
use http::StatusCode;
use portcullis_app::AppContext;
use portcullis_domain::{
    Code, Country, Email, Locale, Portal, PortalId, TotpSecret,
    admin::Right,
    policy::SwitchedBy,
    portal::{Audience, Colour, Profile},
    sign_in::enrol::AppKey,
};
use portcullis_http::{
    Problem, ProblemCode, Strict,
    admin::{ChangePortals, MakePortals, On, ReadPortals, SignedIn},
    wire::{
        AppEnrolment,
        admin::{AudienceName, NewKey, PortalView, ProfileReplacement},
    },
};
use portcullis_messages::{EmailTemplate, TextMessage};
use portcullis_pages::console::{
    FieldRefused, Fields, Form, Frame, Outcome, page, reasoned,
    view::{self, Dialog, Preview, ProfileForm, Rights},
};

use super::{door::Nothing, filled, on, portals::stays};
use crate::{
    Administration,
    concurrency::{IfMatch, portal},
    keys, portals,
};

/// What an admin may do on the pages of a portal.
pub(super) fn rights(admin: &SignedIn, portal: &PortalId, switched_by: SwitchedBy) -> Rights {
    let may = |right| admin.role.reach(right, portal).is_ok();
    Rights {
        portal: may(Right::ChangePortals),
        // Where only the provider switches, the portal's admin still sets what the app shows.
        policy: may(Right::ChangePolicies)
            && (switched_by != SwitchedBy::Nobody || admin.role.may_switch_from(switched_by)),
        switch: may(Right::ChangePolicies) && admin.role.may_switch(switched_by),
        users: may(Right::ReadUsers),
        reset: may(Right::ResetUsers),
        care: may(Right::ChangeUsers),
        activity: may(Right::ReadActivity),
        delete: may(Right::MakePortals),
    }
}

/// Shows a portal.
pub(crate) async fn show(
    State(Administration { context, .. }): State<Administration>,
    by: On<ReadPortals>,
    form: Form,
) -> Result<Response, Problem> {
    let stored = portal(&context, &by.portal).await?.value;
    let switched_by = stored.policy.switched_by;
    let rights = rights(&by.admin, &by.portal, switched_by);
    let why_not = (!rights.switch).then_some(match switched_by {
        SwitchedBy::Nobody => "Nobody switches this policy; an operator can replace it.",
        SwitchedBy::Provider => "Only the provider switches this policy.",
        SwitchedBy::PortalAdmin => "You may not switch this policy.",
    });
    let frame = Frame::of(stored.profile.description.clone(), &by.admin, &form);
    let preview = preview(&context, &stored).await?;
    let portal = PortalView::of(&stored, context.now());
    Ok(page(StatusCode::OK, &view::Portal { frame, portal, rights, preview, why_not }))
}

/// The sample code of a preview.
const SAMPLE: u32 = 123_456;

/// What people will see, made as it will be made for them.
async fn preview(context: &AppContext, portal: &Portal) -> Result<Preview, Problem> {
    let settings = context.store().settings().await?;
    let settings = settings.map(|stored| stored.value).unwrap_or_default();
    let (code, locale) = (Code::from_number(SAMPLE), portal.locale_for(None));
    let minutes = portal.policy.code_lifetime_seconds.seconds() / 60;
    let app = match portal.issuer() {
        Some(issuer) => {
            let secret = TotpSecret::new(context.random()?);
            let key = AppKey { secret, issuer, account: "name@example.com".to_owned() };
            Some(AppEnrolment::of(&key, portcullis_pages::qr_svg)?)
        }
        None => None,
    };
    let to = Email::parse("name@example.com")?;
    let email = settings.email_from.as_ref().map(|from| {
        let letter = EmailTemplate { profile: &portal.profile, from, to: &to, locale };
        let message = letter.with_code(&code, minutes);
        (message.subject.clone(), message.text.to_string())
    });
    let sms = settings
        .sms
        .as_ref()
        .map(|_| TextMessage::code_text(&portal.profile, locale, &code, minutes).to_string());
    let segments = sms.as_ref().map_or(0, |text| text.len().div_ceil(160));
    let (issuer, qr_svg) = app.map(|app| (app.issuer, app.qr_svg)).unzip();
    Ok(Preview { issuer, qr_svg, email, sms, segments })
}

/// Asks how the portal shall present itself.
pub(crate) async fn ask_profile(
    State(Administration { context, .. }): State<Administration>,
    by: On<ChangePortals>,
    form: Form,
) -> Result<Response, Problem> {
    let stored = portal(&context, &by.portal).await?;
    let fields = fields(&stored.value.profile, stored.etag());
    let frame = Frame::of("How the portal presents itself", &by.admin, &form);
    let portal = by.portal.to_string();
    Ok(page(StatusCode::OK, &ProfileForm { frame, portal, fields }))
}

fn fields(profile: &Profile, etag: String) -> Fields {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let audience = match profile.audience {
        Audience::Clients => "clients",
        Audience::Staff => "staff",
    };
    Fields::of([
        ("etag", etag),
        ("description", profile.description.clone()),
        ("audience", audience.to_owned()),
        ("default_country", profile.default_country.map(String::from).unwrap_or_default()),
        ("locale", profile.locale.as_ref().map(ToString::to_string).unwrap_or_default()),
        ("sender_name", text(&profile.sender_name)),
        ("sms_name", text(&profile.sms_name)),
        ("support", text(&profile.support)),
        ("enrolment_url", text(&profile.enrolment_url)),
        ("return_urls", profile.return_urls.join("\n")),
        ("color", profile.color.map(|colour| colour.to_string()).unwrap_or_default()),
        ("logo_url", text(&profile.logo_url)),
    ])
}

/// What is filled in: the ETag of what is replaced, and the profile.
fn profile(fields: &Fields) -> Result<(String, Profile), FieldRefused> {
    let mut form = fields.read();
    let etag = form.hidden("etag")?;
    let profile = Profile {
        description: form.text("description")?.trim().to_owned(),
        audience: form.choice::<AudienceName>("audience")?.into(),
        default_country: form.parsed("default_country", Country::parse)?,
        locale: form.parsed("locale", Locale::parse)?,
        sender_name: form.filled("sender_name")?,
        sms_name: form.filled("sms_name")?,
        support: form.filled("support")?,
        enrolment_url: form.filled("enrolment_url")?,
        return_urls: form.text("return_urls")?.lines().filter_map(filled).collect(),
        color: form.parsed("color", Colour::parse)?,
        logo_url: form.filled("logo_url")?,
    };
    form.end().map(|()| (etag, profile))
}

/// Saves how the portal presents itself.
pub(crate) async fn save_profile(
    state: State<Administration>,
    by: On<ChangePortals>,
    form: Form,
    fields: Fields,
) -> Result<Response, Problem> {
    let portal = by.portal.to_string();
    let frame = Frame::of("How the portal presents itself", &by.admin, &form);
    let (etag, profile) = match profile(&fields) {
        Ok(read) => read,
        Err(refused) => {
            let fields = fields.refused(refused);
            let frame = frame.around(&fields);
            return Ok(page(StatusCode::BAD_REQUEST, &ProfileForm { frame, portal, fields }));
        }
    };
    match portals::replace_profile(
        state,
        by,
        IfMatch::of(etag),
        Strict(ProfileReplacement { profile }),
    )
    .await
    {
        Ok(_) => Ok(on(&format!("/console/portals/{portal}"))),
        Err(problem) if stays(problem.code()) => {
            let frame = frame.with_alert(Some(problem.detail().to_owned()));
            Ok(page(problem.status(), &ProfileForm { frame, portal, fields }))
        }
        Err(problem) => Err(problem),
    }
}

/// Makes an API key, and shows it, this once.
pub(crate) async fn make_key(
    state: State<Administration>,
    by: On<ChangePortals>,
    form: Form,
    _: Nothing,
) -> Result<Response, Problem> {
    let context = state.context.clone();
    let next = (format!("/console/portals/{}", by.portal), "To the portal");
    let made = keys::make(state, by, Strict(NewKey { expires_at: None })).await?.1;
    let text = "Give it to the portal's back end, and revoke the old one afterwards.";
    let outcome = Outcome::new("The API key is made", text, next);
    outcome.with_secret(made.0.api_key).redirect(&context, &form).await
}

/// Asks before an API key is revoked.
pub(crate) async fn ask_revoke(
    by: On<ChangePortals>,
    form: Form,
    Path((_, key)): Path<(String, String)>,
) -> Response {
    let back = format!("/console/portals/{}", by.portal);
    let dialog = Dialog {
        frame: Frame::of(format!("Revoke the API key {key}?"), &by.admin, &form),
        consequences: vec!["Calls with it are refused from now on.".to_owned()],
        asks_reason: false,
        fields: Fields::default(),
        hidden: vec![],
        action: format!("{back}/keys/{key}"),
        cancel: back,
    };
    page(StatusCode::OK, &dialog)
}

/// Revokes an API key.
pub(crate) async fn revoke(
    state: State<Administration>,
    by: On<ChangePortals>,
    path: Path<(String, String)>,
    _: Nothing,
) -> Result<Response, Problem> {
    let back = format!("/console/portals/{}", by.portal);
    keys::revoke(state, by, path).await.map(drop)?;
    Ok(on(&back))
}

/// Asks before a portal is deleted.
pub(crate) async fn ask_delete(by: On<MakePortals>, form: Form) -> Response {
    delete_page(StatusCode::OK, &by, &form, Fields::default())
}

fn delete_page(status: StatusCode, by: &On<MakePortals>, form: &Form, fields: Fields) -> Response {
    let back = format!("/console/portals/{}", by.portal);
    let title = format!("Delete the portal {}?", by.portal);
    let dialog = Dialog {
        frame: Frame::of(title, &by.admin, form).around(&fields),
        consequences: vec![
            "Its keys stop working at once, and nobody can sign in there any more.".to_owned(),
            "What its users have enrolled can never be read again.".to_owned(),
            "Its id can never be used again.".to_owned(),
        ],
        asks_reason: true,
        fields,
        hidden: vec![("confirm", "true".to_owned())],
        action: format!("{back}/delete"),
        cancel: back,
    };
    page(status, &dialog)
}

/// Deletes a portal.
pub(crate) async fn delete(
    state: State<Administration>,
    by: On<MakePortals>,
    form: Form,
    fields: Fields,
) -> Result<Response, Problem> {
    match reasoned(&fields) {
        Ok(request) => {
            match portals::delete(state, by, Strict(request)).await {
                Ok(_) => Ok(on("/console/portals")),
                // A deleted portal is as unknown as none: whoever sends the form twice sees the list.
                Err(problem) if problem.code() == ProblemCode::PortalUnknown => {
                    Ok(on("/console/portals"))
                }
                Err(problem) => Err(problem),
            }
        }
        Err(refused) => {
            Ok(delete_page(StatusCode::BAD_REQUEST, &by, &form, fields.refused(refused)))
        }
    }
}
