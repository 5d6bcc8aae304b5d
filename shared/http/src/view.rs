//! The view of a sign-in that a portal shows.

use portcullis_app::{AppContext, CommandError};
use portcullis_domain::{
    BrowserToken, Locale, Method,
    decision::{DeniedReason, FirstProof, NextStep},
    policy::SelfService,
    sign_in::{
        Acceptance, Acr, EnrolmentStep, MadeCodes, MethodOption, Mfa, Question, RecoveryOffer,
        Role, Screens, SentCode, SignInView, Status, challenge::SendOutcome,
    },
};
use portcullis_messages::{catalogue::text, grace_sentence};

use crate::{
    Problem, ServiceUrl,
    input::input,
    links::links,
    shut_ways::{comes_back, reaches_nobody, why_no_passkey},
    wire::{
        AppEnrolment, ChallengeView, EnrolmentView, MethodName, OptionView, PasskeyCreationOptions,
        PasskeyEnrolment, ReasonName, RecoveryCodesShown, SecuritySettingsView, SignInAnswer,
        StatusName, UnavailableView,
    },
    words::method_words,
};

/// Returns the view of a sign-in, with its assertion if the user is in, and the URL of its prompt
/// in redirect mode. `outcome` is that of a message sent just now.
pub async fn signed_view(
    context: &AppContext,
    service: &ServiceUrl,
    sign_in: &SignInView,
    outcome: SendOutcome,
) -> Result<SignInAnswer, Problem> {
    let assertion = context.assertion(sign_in).await?;
    Ok(SignInAnswer {
        prompt_url: prompt_url(context, service, sign_in).await?,
        enrolment: enrolment(sign_in)?,
        recovery_codes: made_codes(sign_in).map(RecoveryCodesShown::from),
        assertion: assertion.map(|assertion| assertion.jwt),
        browser_token: browser_token(sign_in),
        ..view(sign_in, outcome)
    })
}

/// Returns the URL of the prompt, if it shows the sign-in. The text that the user confirms rides in
/// it, sealed; a call that did not bring the text gets no URL, because that would open nothing.
async fn prompt_url(
    context: &AppContext,
    service: &ServiceUrl,
    sign_in: &SignInView,
) -> Result<Option<String>, Problem> {
    let url = service.prompt(&sign_in.id);
    if opens_by_id(sign_in) {
        return Ok(Some(url));
    }
    let text = sign_in.text.as_ref().filter(|_| is_prompted(sign_in));
    let Some(text) = text else { return Ok(None) };
    let (keyring, nonce) = (context.keyring().await?, context.random()?);
    let sealed = keyring.seal_transaction_text(&sign_in.id, text, nonce);
    Ok(Some(format!("{url}?text={}", sealed.map_err(CommandError::from)?)))
}

/// Returns true if the hosted prompt shows a sign-in, and needs nothing but its id.
pub(crate) fn opens_by_id(sign_in: &SignInView) -> bool {
    is_prompted(sign_in) && sign_in.text_hash.is_none()
}

/// Returns the app or the passkey that is being enrolled, if the portal shows the screens.
fn enrolment(sign_in: &SignInView) -> Result<Option<EnrolmentView>, Problem> {
    let shown = sign_in.enrolment.as_ref().filter(|_| !is_prompted(sign_in));
    Ok(match shown {
        Some(EnrolmentStep::App(key)) => Some(EnrolmentView::App(AppEnrolment::of(key)?)),
        Some(EnrolmentStep::Passkey(new)) => {
            let passkey = PasskeyCreationOptions::from(new);
            Some(EnrolmentView::Passkey(Box::new(PasskeyEnrolment { passkey })))
        }
        Some(EnrolmentStep::Destination(_) | EnrolmentStep::Sent(_)) | None => None,
    })
}

/// Returns the recovery codes that were just made, if the portal shows the screens.
fn made_codes(sign_in: &SignInView) -> Option<&MadeCodes> {
    sign_in.made_codes.as_ref().filter(|_| !is_prompted(sign_in))
}

/// Returns the view of a sign-in without anything secret.
pub fn view(sign_in: &SignInView, outcome: SendOutcome) -> SignInAnswer {
    let (status, reason) = match sign_in.recovery {
        RecoveryOffer::Only => (StatusName::Challenge, ReasonName::RecoveryNeeded),
        RecoveryOffer::None | RecoveryOffer::Offered | RecoveryOffer::Chosen => {
            status(&sign_in.status)
        }
    };
    let text_shown = sign_in.text.as_ref();
    let is_offered = sign_in.recovery != RecoveryOffer::None;
    let recovery = is_offered.then(OptionView::recovery_code);
    SignInAnswer {
        id: sign_in.id.to_string(),
        status,
        reason,
        expires_at: sign_in.expires_at.unix(),
        options: sign_in.options.iter().map(OptionView::from).chain(recovery).collect(),
        unavailable: sign_in
            .unavailable
            .iter()
            .map(|u| UnavailableView { method: u.method.into(), reason: u.reason.into() })
            .collect(),
        default: sign_in.email_default.then_some(MethodName::Email),
        challenge: sign_in.asked_code().map(|sent| ChallengeView::of(sent, outcome)),
        enrolment: None,
        recovery_codes: None,
        second_way: sign_in.second_way.iter().copied().map(MethodName::from).collect(),
        passkey_offered: sign_in.passkey_offered,
        settings: sign_in
            .settings
            .as_ref()
            .map(|settings| SecuritySettingsView::of(settings, sign_in.locale.as_ref())),
        text: text_shown.map(|text| text.as_str().to_owned()),
        message: sentence(sign_in, outcome),
        input: match text_shown {
            Some(text) => input(sign_in).map(|input| input.with_text(text)),
            None => input(sign_in),
        },
        links: match text_shown {
            Some(text) => links(sign_in).into_iter().map(|link| link.with_text(text)).collect(),
            None => links(sign_in),
        },
        prompt_url: None,
        skippable: sign_in.status == Status::Waiting(NextStep::Enrol { skippable: true }),
        method: sign_in.status.acceptance().and_then(|a| a.method).map(MethodName::from),
        assertion: None,
        browser_token: None,
    }
}

/// Returns true if the hosted prompt shows a sign-in.
pub(crate) const fn is_prompted(sign_in: &SignInView) -> bool {
    match sign_in.screens {
        Screens::Portal => false,
        Screens::Prompt(_) => true,
    }
}

/// Returns the token for the browser, if the portal shows the screens; the prompt keeps it itself.
fn browser_token(sign_in: &SignInView) -> Option<String> {
    let token = sign_in.browser_token.as_ref().filter(|_| !is_prompted(sign_in));
    token.map(BrowserToken::expose)
}

impl OptionView {
    /// Recovery codes, which come last.
    pub(crate) const fn recovery_code() -> Self {
        Self { method: MethodName::RecoveryCode, to: None, bound: true }
    }
}

impl From<&MethodOption> for OptionView {
    fn from(option: &MethodOption) -> Self {
        Self {
            method: option.method.into(),
            to: option.to.as_ref().map(|to| to.masked().to_string()),
            bound: option.role.is_bound(),
        }
    }
}

impl ChallengeView {
    fn of(sent: &SentCode, outcome: SendOutcome) -> Self {
        Self {
            method: sent.method.into(),
            to: sent.to.to_string(),
            delivery: outcome.into(),
            expires_at: sent.expires_at.unix(),
            resend_after: sent.resend_after.unix(),
            sends_left: sent.sends_left,
            offer_default: sent.offer_default,
        }
    }
}

const fn status(status: &Status) -> (StatusName, ReasonName) {
    match status {
        Status::Allowed(Acceptance { mfa: Mfa::Done, .. }) => {
            (StatusName::Allowed, ReasonName::Done)
        }
        Status::Allowed(Acceptance { mfa: Mfa::Skipped, .. }) => {
            (StatusName::Allowed, ReasonName::Skipped)
        }
        Status::Allowed(Acceptance { mfa: Mfa::TrustedBrowser, .. }) => {
            (StatusName::Allowed, ReasonName::TrustedBrowser)
        }
        Status::Allowed(Acceptance { mfa: Mfa::Grace, .. }) => {
            (StatusName::Allowed, ReasonName::Grace)
        }
        Status::Allowed(Acceptance { mfa: Mfa::Bypass, .. }) => {
            (StatusName::Allowed, ReasonName::Bypass)
        }
        Status::Allowed(Acceptance { mfa: Mfa::NotRequired, .. }) => {
            (StatusName::Allowed, ReasonName::NotRequired)
        }
        Status::Waiting(NextStep::Allowed(_)) => (StatusName::Allowed, ReasonName::PolicyChanged),
        Status::Waiting(NextStep::Challenge) => (StatusName::Challenge, ReasonName::Usable),
        Status::Waiting(NextStep::ChallengeThenEnrol(FirstProof::EmailedCode)) => {
            (StatusName::Challenge, ReasonName::EnrolmentProof)
        }
        Status::Waiting(NextStep::ChallengeThenEnrol(FirstProof::OldMethod)) => {
            (StatusName::Challenge, ReasonName::MethodLeftPolicy)
        }
        Status::Waiting(NextStep::ChallengeThenEnrol(FirstProof::RecoveryCode)) => {
            (StatusName::Challenge, ReasonName::RecoveryNeeded)
        }
        Status::Waiting(NextStep::Enrol { .. }) => (StatusName::Enrol, ReasonName::NothingBound),
        Status::Waiting(NextStep::CheckEmail) => (StatusName::CheckEmail, ReasonName::LinkNeeded),
        Status::Dead => (StatusName::Denied, ReasonName::SignInDead),
        Status::Waiting(NextStep::Denied(DeniedReason::Frozen)) => {
            (StatusName::Denied, ReasonName::Frozen)
        }
        Status::Waiting(NextStep::Denied(DeniedReason::Disabled)) => {
            (StatusName::Denied, ReasonName::AuthenticatorDisabled)
        }
        Status::Waiting(NextStep::Denied(DeniedReason::NoUsableMethod)) => {
            (StatusName::Denied, ReasonName::NoUsableMethod)
        }
        Status::Waiting(NextStep::Denied(DeniedReason::NoVerifiedEmail)) => {
            (StatusName::Denied, ReasonName::NoVerifiedEmail)
        }
        Status::Waiting(NextStep::Denied(DeniedReason::NothingToManage)) => {
            (StatusName::Denied, ReasonName::NothingToManage)
        }
        Status::Waiting(NextStep::Denied(DeniedReason::CannotStepUp)) => {
            (StatusName::Denied, ReasonName::CannotStepUp)
        }
    }
}

/// Returns the sentence about what is asked for next.
fn sentence(sign_in: &SignInView, outcome: SendOutcome) -> String {
    let said = next_sentence(sign_in, outcome);
    let locale = sign_in.locale.as_ref();
    let died = sign_in.codes_died.then(|| text(locale, "sign-in-codes-died", &[]));
    let grace = sign_in.grace.map(|left| grace_sentence(locale, left));
    match comes_back(sign_in).or(died).or(grace) {
        Some(more) => format!("{}. {more}", said.trim_end_matches('.')),
        None => said,
    }
}

fn next_sentence(sign_in: &SignInView, outcome: SendOutcome) -> String {
    let say = |key| text(sign_in.locale.as_ref(), key, &[]);
    if let Some(left) = sign_in.few_codes_left {
        return few_codes(sign_in.locale.as_ref(), left);
    }
    if made_codes(sign_in).is_some() {
        return say("sign-in-keep-codes");
    }
    match sign_in.question() {
        Question::NewDestinationCode(sent) => enter_code(sign_in, sent, outcome),
        Question::NewDestination(method) => say(method_words(method).enrol),
        Question::StartApp | Question::NewApp(_) => {
            say(method_words(Method::AuthenticatorApp).enrol)
        }
        Question::StartPasskey | Question::NewPasskey(_) => {
            say(method_words(Method::Passkey).enrol)
        }
        Question::Passkey(_) => match sign_in.codes_locked {
            Some(_) => format!("{} {}.", say("sign-in-codes-locked"), say("sign-in-use-passkey")),
            None => say("sign-in-use-passkey"),
        },
        Question::Nothing
        | Question::Way
        | Question::SentCode(_)
        | Question::AppCode
        | Question::BypassCode
        | Question::RecoveryCode
        | Question::Send(..) => message(sign_in, sign_in.sent_code.as_ref(), outcome),
    }
}

/// Returns the sentence that asks for a sent code. A provider that was given up may still send it.
fn enter_code(sign_in: &SignInView, sent: &SentCode, outcome: SendOutcome) -> String {
    let key = match outcome {
        SendOutcome::Sent | SendOutcome::NotSent => "sign-in-enter-sent-code",
        SendOutcome::Unknown => "sign-in-enter-late-code",
    };
    text(sign_in.locale.as_ref(), key, &[("to", sent.to.as_str())])
}

/// Returns the sentence about the recovery codes that are left, if they are few.
pub fn few_codes(locale: Option<&Locale>, left: u8) -> String {
    match left {
        0 => text(locale, "sign-in-last-code", &[]),
        left => text(locale, "sign-in-few-codes", &[("count", &left.to_string())]),
    }
}

/// Returns the sentences about a step-up for which the user has nothing strong enough.
fn cannot_step_up(sign_in: &SignInView) -> String {
    let needed = match sign_in.acr {
        Acr::Delivered => "sign-in-step-up-needs-code",
        Acr::App => "sign-in-step-up-needs-app",
        Acr::Passkey => "sign-in-step-up-needs-passkey",
    };
    let help = match sign_in.self_service {
        SelfService::WithProof => "sign-in-step-up-add",
        SelfService::Off => "sign-in-step-up-ask",
    };
    let say = |key| text(sign_in.locale.as_ref(), key, &[]);
    format!("{} {}", say(needed), say(help))
}

/// Returns the sentence about the next step.
pub fn message(sign_in: &SignInView, prompt: Option<&SentCode>, outcome: SendOutcome) -> String {
    let say = |key| text(sign_in.locale.as_ref(), key, &[]);
    if let Some(why) = why_no_passkey(sign_in) {
        let next = match sign_in.recovery {
            RecoveryOffer::Chosen | RecoveryOffer::Only => "sign-in-enter-recovery-code",
            RecoveryOffer::None | RecoveryOffer::Offered => "sign-in-get-help",
        };
        return format!("{why} {}", say(next));
    }
    let enrolled: Vec<Method> =
        sign_in.options.iter().filter(|o| o.role == Role::Enrol).map(|o| o.method).collect();
    match sign_in.recovery {
        // Behind a lock an enrolment follows.
        RecoveryOffer::Chosen if sign_in.codes_locked.is_none() => {
            return say("sign-in-enter-recovery-code");
        }
        RecoveryOffer::Chosen | RecoveryOffer::Only => return say("sign-in-recover"),
        RecoveryOffer::None | RecoveryOffer::Offered => {}
    }
    match (&sign_in.status, prompt) {
        (Status::Allowed(_), _) if sign_in.settings.is_some() => say("sign-in-settings"),
        (Status::Allowed(_) | Status::Waiting(NextStep::Allowed(_)), _) => say("sign-in-done"),
        (Status::Dead, _) => say("problem-sign-in-dead"),
        (Status::Waiting(_), Some(prompt)) if !sign_in.uses_app => {
            enter_code(sign_in, prompt, outcome)
        }
        (Status::Waiting(NextStep::Challenge | NextStep::ChallengeThenEnrol(_)), _)
            if reaches_nobody(sign_in) =>
        {
            say("sign-in-nothing-reaches")
        }
        (Status::Waiting(NextStep::ChallengeThenEnrol(FirstProof::EmailedCode)), _) => {
            say("sign-in-prove-first")
        }
        (Status::Waiting(NextStep::ChallengeThenEnrol(FirstProof::RecoveryCode)), _) => {
            say("sign-in-recover")
        }
        (
            Status::Waiting(
                NextStep::Challenge | NextStep::ChallengeThenEnrol(FirstProof::OldMethod),
            ),
            _,
        ) => {
            let app =
                sign_in.options.iter().any(|option| option.method == Method::AuthenticatorApp);
            say(if app { "sign-in-enter-app-code" } else { "sign-in-choose" })
        }
        (Status::Waiting(NextStep::Enrol { .. }), _) => say(match enrolled.as_slice() {
            [only] => method_words(*only).enrol,
            [] | [_, _, ..] => "sign-in-enrol-choose",
        }),
        (Status::Waiting(NextStep::CheckEmail), _) => {
            let mailed = sign_in.link_mailed && outcome != SendOutcome::NotSent;
            say(if mailed { "sign-in-check-email" } else { "sign-in-no-link" })
        }
        (Status::Waiting(NextStep::Denied(DeniedReason::NoVerifiedEmail)), _) => {
            say("sign-in-no-proof")
        }
        (Status::Waiting(NextStep::Denied(DeniedReason::Frozen)), _) => say("problem-frozen"),
        (Status::Waiting(NextStep::Denied(DeniedReason::NothingToManage)), _) => {
            say("sign-in-no-settings")
        }
        (Status::Waiting(NextStep::Denied(DeniedReason::CannotStepUp)), _) => {
            cannot_step_up(sign_in)
        }
        (
            Status::Waiting(NextStep::Denied(
                DeniedReason::Disabled | DeniedReason::NoUsableMethod,
            )),
            _,
        ) => say("sign-in-no-way-in"),
    }
}
