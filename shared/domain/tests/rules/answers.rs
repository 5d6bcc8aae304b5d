//! The words that the model and the rules have for each other.

use portcullis_domain::{
    ContactUpdate, Email, Refusal, Strength, Timestamp, TypedPhone, WrongCode,
    decision::{DeniedReason, FirstProof, NextStep},
    passkey::CredentialId,
    sign_in::{Acceptance, Mfa, Question, RecoveryOffer, SignInView, Status},
};
use portcullis_model::{Answer, Claims, Contact, Method, PasswordProof, View};

pub fn update(contact: &Contact) -> ContactUpdate {
    ContactUpdate {
        email: Some(contact.email.as_deref().map(|text| Email::parse(text).unwrap())),
        email_verified: Some(contact.verified),
        phone: Some(contact.phone.clone().map(TypedPhone::new)),
        ..ContactUpdate::default()
    }
}

pub const fn ours(method: Method) -> portcullis_domain::Method {
    match method {
        Method::App => portcullis_domain::Method::AuthenticatorApp,
        Method::Email => portcullis_domain::Method::Email,
        Method::Sms => portcullis_domain::Method::Sms,
        Method::Passkey => portcullis_domain::Method::Passkey,
    }
}

pub const fn proof(proof: PasswordProof) -> portcullis_domain::user::PasswordProof {
    match proof {
        PasswordProof::OldPassword => portcullis_domain::user::PasswordProof::OldPassword,
        PasswordProof::Email => portcullis_domain::user::PasswordProof::Email,
        PasswordProof::Sms => portcullis_domain::user::PasswordProof::Sms,
        PasswordProof::Support => portcullis_domain::user::PasswordProof::Support,
    }
}

const fn theirs(method: portcullis_domain::Method) -> Method {
    match method {
        portcullis_domain::Method::AuthenticatorApp => Method::App,
        portcullis_domain::Method::Email => Method::Email,
        portcullis_domain::Method::Sms => Method::Sms,
        portcullis_domain::Method::Passkey => Method::Passkey,
        portcullis_domain::Method::RecoveryCode => panic!("no option is a recovery code"),
    }
}

pub const fn status(status: &Status) -> (&'static str, &'static str) {
    match status {
        Status::Allowed(Acceptance { mfa, .. }) => match mfa {
            Mfa::Done => ("allowed", "done"),
            Mfa::Skipped => ("allowed", "skipped"),
            Mfa::NotRequired => ("allowed", "not_required"),
            Mfa::Bypass => ("allowed", "bypass"),
            Mfa::TrustedBrowser => ("allowed", "trusted_browser"),
            Mfa::Grace => ("allowed", "grace"),
        },
        Status::Waiting(next_step) => match next_step {
            NextStep::Allowed(_) => ("allowed", "policy_changed"),
            NextStep::Challenge => ("challenge", "usable"),
            NextStep::ChallengeThenEnrol(FirstProof::OldMethod) => {
                ("challenge", "method_left_policy")
            }
            NextStep::ChallengeThenEnrol(FirstProof::EmailedCode) => {
                ("challenge", "enrolment_proof")
            }
            NextStep::ChallengeThenEnrol(FirstProof::RecoveryCode) => {
                ("challenge", "recovery_needed")
            }
            NextStep::Enrol { .. } => ("enrol", "nothing_bound"),
            NextStep::CheckEmail => ("check_email", "link_needed"),
            NextStep::Denied(DeniedReason::Frozen) => ("denied", "frozen"),
            NextStep::Denied(DeniedReason::Disabled) => ("denied", "authenticator_disabled"),
            NextStep::Denied(DeniedReason::NoVerifiedEmail) => ("denied", "no_verified_email"),
            NextStep::Denied(DeniedReason::NoUsableMethod) => ("denied", "no_usable_method"),
            NextStep::Denied(DeniedReason::NothingToManage) => ("denied", "nothing_to_manage"),
            NextStep::Denied(DeniedReason::CannotStepUp) => ("denied", "cannot_step_up"),
        },
        Status::Dead => ("denied", "sign_in_dead"),
    }
}

pub fn view(view: &SignInView) -> Answer {
    let (status, reason) = status(&view.status);
    let reason = if view.recovery == RecoveryOffer::Only { "recovery_needed" } else { reason };
    Answer::View(View {
        status,
        reason,
        options: view.options.iter().map(|o| (theirs(o.method), o.role.is_bound())).collect(),
        awaited: view.asked_code().map(|sent| theirs(sent.method)),
        default: view.email_default,
        skippable: view.status == Status::Waiting(NextStep::Enrol { skippable: true }),
        passkey: match view.question() {
            Question::Passkey(asked) => Some(devices(&asked.allowed)),
            _ => None,
        },
        offers_passkey: view.passkey_offered,
    })
}

/// Returns the numbers of the authenticators that hold these passkeys.
pub fn devices(ids: &[CredentialId]) -> Vec<usize> {
    let mut devices: Vec<usize> = ids.iter().map(|id| usize::from(id.as_bytes()[0]) - 1).collect();
    devices.sort_unstable();
    devices
}

pub fn claims(view: &SignInView) -> Option<Claims> {
    let acceptance = view.status.acceptance()?;
    let strength = match (acceptance.mfa, acceptance.role, acceptance.method) {
        // Trust proves nothing, and says what was proven before.
        (Mfa::TrustedBrowser, Some(role), Some(method)) => role.strength(method),
        _ => acceptance.strength(),
    };
    let acr = match strength {
        Strength::PasswordAlone => "none",
        Strength::Fallback => "fallback",
        Strength::Delivered => "delivered",
        Strength::App => "app",
        Strength::Passkey => "passkey",
        Strength::Vouched if acceptance.mfa == Mfa::Bypass => "bypass",
        Strength::Vouched => "recovery",
        Strength::Unknown => panic!("no proof is of an unknown strength"),
    };
    let passkey = acceptance.passkey;
    Some(Claims {
        mfa: if acceptance.mfa == Mfa::Grace { "skipped" } else { status(&view.status).1 },
        acr,
        user: passkey.is_some_and(|shown| shown.is_user_verified),
        synced: passkey.map(|shown| shown.is_synced),
    })
}

pub fn refused(refusal: &Refusal, now: Timestamp) -> Answer {
    let wait = |until: &Timestamp| Some(until.since(now));
    let (code, wait) = match refusal {
        Refusal::SignInExpired | Refusal::UnknownSignIn => return Answer::Over,
        Refusal::CodeNotAccepted { why, method: _, guesses_left, until } => {
            let why = match why {
                WrongCode::Wrong => "code_wrong",
                WrongCode::Expired => "code_expired",
                WrongCode::Reused => "code_reused",
            };
            return Answer::Wrong(why, *guesses_left, until.as_ref().and_then(wait));
        }
        Refusal::Locked { until, .. } => ("locked", until.as_ref().and_then(wait)),
        Refusal::TooManySignIns { until } => ("too_many_sign_ins", wait(until)),
        Refusal::ResendTooSoon { until } => ("resend_too_soon", wait(until)),
        Refusal::SendLimit { until, instead: _ } => ("send_limit", wait(until)),
        Refusal::UnlockLimit { until } => ("unlock_limit", wait(until)),
        Refusal::UnknownUser => ("user_unknown", None),
        Refusal::SignInDone => ("sign_in_done", None),
        Refusal::SignInDead => ("sign_in_dead", None),
        Refusal::Denied { disabled: true } => ("authenticator_disabled", None),
        Refusal::Denied { disabled: false } => ("no_usable_method", None),
        Refusal::Frozen => ("frozen", None),
        Refusal::AnotherStep => ("another_step", None),
        Refusal::NotOffered(_) => ("method_not_offered", None),
        Refusal::NoCodeRequested => ("no_code_requested", None),
        Refusal::NoSendsLeft => ("no_sends_left", None),
        Refusal::TicketRefused => ("ticket_refused", None),
        Refusal::SkipNotAllowed => ("skip_not_allowed", None),
        Refusal::NotSkipped => ("not_skipped", None),
        Refusal::DefaultNotAllowed => ("default_not_allowed", None),
        Refusal::BulkReset(_) => ("bulk_reset_refused", None),
        Refusal::PolicyLocked => ("policy_locked", None),
        Refusal::FrozenUntilReset => ("frozen", None),
        Refusal::FreezeLinkRefused => ("freeze_link_refused", None),
        Refusal::SettingsClosed => ("settings_closed", None),
        Refusal::TooManyAuthenticators => ("too_many_authenticators", None),
        Refusal::LastAuthenticator => ("last_authenticator", None),
        Refusal::UnknownAuthenticator => ("authenticator_unknown", None),
        Refusal::Malformed(_) => ("bad_request", None),
        Refusal::PasskeyRefused(_) => ("passkey_refused", None),
        other => panic!("{other:?}"),
    };
    Answer::Refused(code, wait)
}
