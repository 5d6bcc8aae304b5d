//! A test message to the operator who asks for it.

use axum::{Json, extract::State};
use portcullis_app::TestOutcome;
use portcullis_domain::{
    Channel, Destination, Instead, PortalId, Refusal, User,
    admin::Admin,
    sign_in::challenge::SendOutcome,
    user::{Entry, EntryKind},
};
use portcullis_http::{
    Problem, ProblemCode, Strict,
    admin::{ChangeSettings, Permitted},
    answers::TestProblems,
    wire::admin::{OutcomeName, TestMessage, TestRequest},
};
use portcullis_store::UserKey;

use crate::AppState;

/// Send a test message to the signed-in operator.
///
/// It goes to the verified address or the number that is on record for the operator. It is counted
/// like every other message, and is an entry of the activity log.
#[utoipa::path(
    post, path = "/v1/admin/settings/test",
    operation_id = "sendTestMessage", tag = "settings", request_body = TestRequest,
    responses((status = 200, description = "The provider took the message, or did not say", body = TestMessage), TestProblems),
)]
pub(crate) async fn test(
    State(AppState { context, sender, .. }): State<AppState>,
    by: Permitted<ChangeSettings>,
    Strict(request): Strict<TestRequest>,
) -> Result<Json<TestMessage>, Problem> {
    let channel = Channel::from(request.channel);
    let user = by.admin.id.as_user();
    let locator = context.keyring().await?.locator(&PortalId::console(), user);
    let user_key = UserKey { portal: PortalId::console(), locator };
    let read = context.store().read(&user_key).await?;
    let portal = read.portal.as_ref().ok_or_else(Problem::unavailable)?;
    let stored = read.user.as_ref().filter(|stored| stored.id == *user);
    let to = on_record(stored, channel).ok_or_else(|| no_destination(channel))?;
    if !read.settings.can_deliver(channel.method()) {
        return Err(not_configured(channel));
    }
    if let Destination::Sms(phone) = &to
        && !read.settings.allows_country(&portal.policy, phone.country())
    {
        return Err(Refusal::CountryNotAllowed.into());
    }
    // A form sends once: it is taken down before the message leaves.
    if by.form.is_some() {
        let note = |admin: &mut Admin| {
            admin.acted.note(by.form, context.now())?;
            Ok(None)
        };
        context.change_admin(locator, note).await?;
    }
    let locale = portal.locale_for(stored);
    let tested = sender.send_test(&context, &user_key, &read, portal, &to, locale).await?;
    let noted = context.entry(EntryKind::TestSent, &by.admin.by()).by_method(channel.method());
    let noted = noted.to(Some(to.masked())).because(in_words(&tested));
    context.change_admin(locator, |_| Ok(Some(Entry::clone(&noted)))).await?;
    let outcome = match (tested.outcome, tested.limit) {
        (SendOutcome::Sent, _) => OutcomeName::Sent,
        (SendOutcome::Unknown, _) => OutcomeName::Unknown,
        (SendOutcome::NotSent, Some(until)) => {
            let refusal = Refusal::SendLimit { until, instead: Instead::Nothing };
            return Err(context.error(refusal).into());
        }
        (SendOutcome::NotSent, None) => return Err(refused_by_provider(&tested)),
    };
    Ok(Json(TestMessage { outcome, to: to.masked().to_string() }))
}

/// The operator's own destination for a channel.
fn on_record(user: Option<&User>, channel: Channel) -> Option<Destination> {
    user?.known_destinations().into_iter().find(|to| to.method() == channel.method())
}

fn no_destination(channel: Channel) -> Problem {
    let (what, next) = match channel {
        Channel::Email => (
            "verified email address",
            "Set your address first, in the console or with PUT /v1/admin/session/address.",
        ),
        Channel::Sms => {
            ("phone number", "Sign in at a portal of your own by text message to see one arrive.")
        }
    };
    let detail =
        format!("No {what} is on record for you, and a test message goes to no other. {next}");
    Problem::new(ProblemCode::NoDestination, detail)
}

fn not_configured(channel: Channel) -> Problem {
    let detail = match channel {
        Channel::Email => {
            "No address is set that emails come from. Set email_from, save, and try again."
        }
        Channel::Sms => "No provider of text messages is set. Set sms, save, and try again.",
    };
    Problem::new(ProblemCode::SettingsRefused, detail)
}

fn refused_by_provider(tested: &TestOutcome) -> Problem {
    let code = tested.error.as_ref().map(ToString::to_string).unwrap_or_default();
    let detail = format!(
        "The provider did not take the message and called it {code}. Check the settings, look this code up in the provider's documentation, and try again."
    );
    Problem::new(ProblemCode::DeliveryFailed, detail)
}

/// The outcome of the message, for the log.
fn in_words(tested: &TestOutcome) -> String {
    let outcome = match tested.outcome {
        SendOutcome::Sent => "sent",
        SendOutcome::NotSent if tested.limit.is_some() => "not sent: over a limit",
        SendOutcome::NotSent => "not sent",
        SendOutcome::Unknown => "may not have been sent",
    };
    match &tested.error {
        Some(error) => format!("{outcome}: {error}"),
        None => outcome.to_owned(),
    }
}
