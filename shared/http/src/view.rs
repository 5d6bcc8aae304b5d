//! The view of a sign-in that a portal shows.

use portcullis_app::AppContext;
use portcullis_domain::{
    BrowserToken, Locale, Method,
    decision::{DeniedReason, FirstProof, NextStep},
    sign_in::{
        Acceptance, MethodOption, Mfa, Role, Screens, SentCode, SignInView, Status,
        UnavailableReason, challenge::SendOutcome,
    },
};
use portcullis_keys::SignedAssertion;
use portcullis_messages::catalogue::text;
use serde_json::json;

use crate::{
    NextAction, Problem, ServiceUrl, next_actions,
    wire::{
        ChallengeView, LinkView, MethodName, OptionView, SignInAnswer, StatusName, UnavailableView,
        VerifyAnswer,
    },
    words::method_words,
};

/// Returns the view of a sign-in, with its assertion if the user is in, and the URL of its prompt
/// in redirect mode.
pub async fn signed_view(
    context: &AppContext,
    service: &ServiceUrl,
    sign_in: &SignInView,
    outcome: SendOutcome,
) -> Result<SignInAnswer, Problem> {
    let assertion = context.assertion(sign_in).await?;
    let prompt_url = match sign_in.screens {
        Screens::Portal => None,
        Screens::Prompt(_) => Some(service.prompt(&sign_in.id)),
    };
    Ok(SignInAnswer { prompt_url, ..view(sign_in, outcome, assertion) })
}

/// Returns the view of a sign-in. `outcome` is that of a code sent just now.
pub fn view(
    sign_in: &SignInView,
    outcome: SendOutcome,
    assertion: Option<SignedAssertion>,
) -> SignInAnswer {
    let prompt = sign_in.sent_code.as_ref().filter(|_| outcome != SendOutcome::NotSent);
    let (status, reason) = status(&sign_in.status);
    SignInAnswer {
        id: sign_in.id.to_string(),
        status,
        reason,
        expires_at: sign_in.expires_at.unix(),
        options: sign_in.options.iter().map(OptionView::from).collect(),
        unavailable: sign_in
            .unavailable
            .iter()
            .map(|u| UnavailableView { method: u.method.into(), reason: unavailable(u.reason) })
            .collect(),
        default: sign_in.email_default.then_some(MethodName::Email),
        challenge: prompt.map(|prompt| ChallengeView::of(prompt, outcome)),
        message: message(sign_in, prompt, outcome),
        links: next_actions(sign_in, prompt)
            .iter()
            .map(|action| LinkView::of(action, sign_in.locale.as_ref()))
            .collect(),
        prompt_url: None,
        skippable: sign_in.status == Status::Waiting(NextStep::Enrol { skippable: true }),
        assertion: assertion.map(|assertion| assertion.jwt),
        browser_token: browser_token(sign_in),
    }
}

/// Returns the token for the browser, if the portal shows the screens; the prompt keeps it itself.
fn browser_token(sign_in: &SignInView) -> Option<String> {
    match sign_in.screens {
        Screens::Portal => sign_in.browser_token.as_ref().map(BrowserToken::expose),
        Screens::Prompt(_) => None,
    }
}

impl VerifyAnswer {
    pub async fn of(context: &AppContext, sign_in: &SignInView) -> Result<Self, Problem> {
        let method = match &sign_in.status {
            Status::Allowed(acceptance) => acceptance.method.map(MethodName::from),
            Status::Waiting(_) => None,
        };
        let assertion = context.assertion(sign_in).await?.map(|assertion| assertion.jwt);
        let browser_token = browser_token(sign_in);
        Ok(Self { status: status(&sign_in.status).0, assertion, method, browser_token })
    }
}

impl LinkView {
    fn of(action: &NextAction, locale: Option<&Locale>) -> Self {
        let body = match action.method() {
            Some(method) => json!({ "method": MethodName::from(method) }),
            None => json!({}),
        };
        Self { label: action.label(locale), action: action.route(), body }
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
    /// Returns the view after the app was chosen, so that no code is sent.
    pub fn of_app(sign_in: &SignInView) -> Self {
        let sent = sign_in.sent_code.as_ref();
        Self {
            method: MethodName::AuthenticatorApp,
            to: sent.map(|prompt| prompt.to.to_string()),
            delivery: "none",
            expires_at: sign_in.expires_at.unix(),
            resend_after: sent.map_or(0, |prompt| prompt.resend_after.unix()),
            sends_left: sent.map_or(0, |prompt| prompt.sends_left),
            offer_default: false,
        }
    }

    pub fn of(prompt: &SentCode, outcome: SendOutcome) -> Self {
        Self {
            method: prompt.method.into(),
            to: Some(prompt.to.to_string()),
            delivery: delivery(outcome),
            expires_at: prompt.expires_at.unix(),
            resend_after: prompt.resend_after.unix(),
            sends_left: prompt.sends_left,
            offer_default: prompt.offer_default,
        }
    }
}

pub const fn delivery(outcome: SendOutcome) -> &'static str {
    match outcome {
        SendOutcome::Sent => "sent",
        SendOutcome::NotSent => "not_sent",
        SendOutcome::Unknown => "unknown",
    }
}

const fn status(status: &Status) -> (StatusName, &'static str) {
    match status {
        Status::Allowed(Acceptance { mfa: Mfa::Done, .. }) => (StatusName::Allowed, "done"),
        Status::Allowed(Acceptance { mfa: Mfa::Skipped, .. }) => (StatusName::Allowed, "skipped"),
        Status::Allowed(Acceptance { mfa: Mfa::Bypass, .. }) => (StatusName::Allowed, "bypass"),
        Status::Allowed(Acceptance { mfa: Mfa::NotRequired, .. }) => {
            (StatusName::Allowed, "not_required")
        }
        Status::Waiting(NextStep::Allowed(_)) => (StatusName::Allowed, "policy_changed"),
        Status::Waiting(NextStep::Challenge) => (StatusName::Challenge, "usable"),
        Status::Waiting(NextStep::ChallengeThenEnrol(FirstProof::EmailedCode)) => {
            (StatusName::Challenge, "enrolment_proof")
        }
        Status::Waiting(NextStep::ChallengeThenEnrol(FirstProof::OldMethod)) => {
            (StatusName::Challenge, "method_left_policy")
        }
        Status::Waiting(NextStep::Enrol { .. }) => (StatusName::Enrol, "nothing_bound"),
        Status::Waiting(NextStep::CheckEmail) => (StatusName::CheckEmail, "link_needed"),
        Status::Waiting(NextStep::Denied(DeniedReason::Disabled)) => {
            (StatusName::Denied, "authenticator_disabled")
        }
        Status::Waiting(NextStep::Denied(DeniedReason::NoUsableMethod)) => {
            (StatusName::Denied, "no_usable_method")
        }
        Status::Waiting(NextStep::Denied(DeniedReason::NoVerifiedEmail)) => {
            (StatusName::Denied, "no_verified_email")
        }
    }
}

const fn unavailable(reason: UnavailableReason) -> &'static str {
    match reason {
        UnavailableReason::NoVerifiedEmail => "no_verified_email",
        UnavailableReason::NoPhone => "no_phone",
        UnavailableReason::ProviderNotSet => "provider_not_set",
        UnavailableReason::CountryNotAllowed => "country_not_allowed",
        UnavailableReason::ChangedPassword => "changed_password",
        UnavailableReason::NewAddress => "new_address",
    }
}

/// Returns the sentence about the next step.
pub fn message(sign_in: &SignInView, prompt: Option<&SentCode>, outcome: SendOutcome) -> String {
    let say = |key| text(sign_in.locale.as_ref(), key, &[]);
    let enrolled: Vec<Method> =
        sign_in.options.iter().filter(|o| o.role == Role::Enrol).map(|o| o.method).collect();
    match (&sign_in.status, prompt) {
        (Status::Allowed(_) | Status::Waiting(NextStep::Allowed(_)), _) => say("sign-in-done"),
        (Status::Waiting(_), Some(prompt)) if !sign_in.uses_app => {
            let to = prompt.to.to_string();
            text(sign_in.locale.as_ref(), "sign-in-enter-sent-code", &[("to", &to)])
        }
        (Status::Waiting(NextStep::ChallengeThenEnrol(FirstProof::EmailedCode)), _) => {
            say("sign-in-prove-first")
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
        (Status::Waiting(NextStep::Denied(_)), _) => say("sign-in-no-way-in"),
    }
}
