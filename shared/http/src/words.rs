//! Every sentence of the log and of problems. What people read while they sign in is in the catalogue.

mod log;
mod why;

pub(crate) use log::activity;
pub(crate) use why::{LOCKED as WHY_LOCKED, why};

use portcullis_domain::{LockKind, Malformed, Refusal};
use std::borrow::Cow;

pub(crate) const UNKNOWN_ROUTE: &str =
    "There is nothing at this address. The calls are listed in infra/openapi.json.";
pub(crate) const METHOD_NOT_ALLOWED: &str =
    "This address has no such method. The calls are listed in infra/openapi.json.";
pub(crate) const NOT_AN_EVENT: &str = "This function answers HTTP API events of payload format 2.0. Check the integration's payload format version.";
pub(crate) const NAMED_STAGE: &str = "This API is served from the stage $default, at the root of its domain. Deploy it there, or map a domain of its own to this stage with an empty path.";
pub(crate) const MAPPED_PATH: &str =
    "This API is served at the root of its domain. Map the domain to it with an empty path.";
pub(crate) const BAD_PATH: &str = "A path has only letters, digits, \"-\", \".\", \"_\" and \"~\" between its slashes. Send ids of users in the body, or in the query as id.";
pub(crate) const BAD_QUERY: &str = "The query has characters that a URL cannot hold. Percent-encode them, such as %20 for a blank.";
pub(crate) const WRONG_QUERY: &str =
    "The query has an unknown or malformed parameter. The calls are listed in infra/openapi.json.";
pub(crate) const QUERY_ID_MISSING: &str = "Name the user in the query, as id=..., percent-encoded.";
pub(crate) const QUERY_ID_ALONE: &str =
    "The query names the user once, as id, and has nothing else.";
pub(crate) const QUERY_ID_PLUS: &str =
    "A plus in the query's id can mean a plus or a blank. Send %2B or %20.";
pub(crate) const QUERY_ID_UTF8: &str = "The query's id must be UTF-8, percent-encoded.";
pub(crate) const ID_IN_QUERY_AND_BODY: &str =
    "This call names the user in the body alone. Leave id out of the query.";
pub(crate) const BAD_HOST: &str =
    "The Host header must name a host and perhaps a port, and nothing else.";
pub(crate) const BAD_COOKIES: &str = "The Cookie header has characters that a header cannot hold.";
pub(crate) const KEY_MISSING: &str = "Send the portal's API key as \"Authorization: Bearer pcl_...\". A missing, mistyped, expired or revoked key is refused.";
pub(crate) const TOO_LARGE: &str =
    "The request body is larger than 16 KiB. Send only the documented fields.";

/// How a refusal is told.
pub(crate) enum Sentence {
    /// By a text of the catalogue, because users meet it.
    Catalogue(&'static str),
    /// In English, to programs and admins.
    English(Cow<'static, str>),
}

/// The sentence for a refusal.
pub(crate) fn sentence(refusal: &Refusal) -> Sentence {
    use Sentence::Catalogue;
    let english = match refusal {
        Refusal::UnknownSignIn => return Catalogue("problem-sign-in-unknown"),
        Refusal::SignInExpired => return Catalogue("problem-sign-in-expired"),
        Refusal::SignInDone => return Catalogue("problem-sign-in-done"),
        Refusal::SignInDead => return Catalogue("problem-sign-in-dead"),
        Refusal::TooManySignIns { .. } => return Catalogue("problem-too-many-sign-ins"),
        Refusal::Locked { kind: LockKind::Wait, .. } => return Catalogue("problem-locked"),
        Refusal::Locked { kind: LockKind::Day, .. } => return Catalogue("problem-locked-day"),
        Refusal::Locked { kind: LockKind::Month, .. } => return Catalogue("problem-locked-month"),
        Refusal::Denied { disabled: true } => return Catalogue("problem-authenticator-disabled"),
        Refusal::Denied { disabled: false } => return Catalogue("problem-no-usable-method"),
        Refusal::AnotherStep => return Catalogue("problem-another-step"),
        Refusal::NotOffered(_) => return Catalogue("problem-method-not-offered"),
        Refusal::NoCodeRequested => return Catalogue("problem-no-code-requested"),
        // Wrong, expired and reused codes are told in the same words: only the code tells the portal which.
        Refusal::CodeNotAccepted { .. } => return Catalogue("problem-code-wrong"),
        Refusal::ResendTooSoon { .. } => return Catalogue("problem-resend-too-soon"),
        Refusal::NoSendsLeft => return Catalogue("problem-no-sends-left"),
        Refusal::SendLimit { .. } => return Catalogue("problem-send-limit"),
        Refusal::CountryNotAllowed => return Catalogue("problem-country-not-allowed"),
        Refusal::TicketRefused => return Catalogue("problem-ticket-refused"),
        Refusal::OtherBrowser => return Catalogue("problem-other-browser"),
        Refusal::FormRefused => return Catalogue("problem-form-refused"),
        Refusal::SkipNotAllowed => return Catalogue("problem-skip-not-allowed"),
        Refusal::DefaultNotAllowed => return Catalogue("problem-default-not-allowed"),
        Refusal::Unreadable(_) => return Catalogue("problem-unavailable"),
        Refusal::Malformed(malformed) => format!("{malformed}.").into(),
        Refusal::Policy(policy) => policy.to_string().into(),
        Refusal::KeyRefused => KEY_MISSING.into(),
        Refusal::UnknownUser => "There is no such user here. Check the id.".into(),
        Refusal::UserIdCase => "This user is known under an id that differs in upper and lower case only. Send the id exactly as before.".into(),
        Refusal::NotSkipped => "There is nothing to enable: this user did not skip, or is not asked. Sign in again to see what comes next.".into(),
        Refusal::NotPermitted => "You may not do this. Ask another admin.".into(),
        Refusal::UnknownPortal => "There is no such portal. Check the id.".into(),
        Refusal::PolicyLocked => "Nobody switches this policy. Only an operator can replace it, with confirm_unlock: true; the console's not even then.".into(),
        Refusal::UnlockLimit { .. } => "This user was unlocked twice within 30 days. Wait, reset the user, or issue a bypass code.".into(),
        Refusal::TooManyKeys => "The portal has two API keys that work. Revoke one before you make another.".into(),
        Refusal::UnknownKey => "The portal has no API key of this id. Read the portal again.".into(),
        Refusal::UnknownAdmin => "There is no such admin. Check the name.".into(),
        Refusal::LastOperator => "This is the last operator. Make another one first, so that somebody can do everything.".into(),
        Refusal::TooManyOperators => "There are 20 operators already. Give one of them another role first.".into(),
        Refusal::SessionRefused => "The session is missing or has ended. Sign in with POST /v1/admin/session, and send it as \"Authorization: Bearer pcs_...\".".into(),
        Refusal::SecondStepMissing => "The second step is missing. Go on with POST /v1/admin/session/verify, or with /enrolment at the first time.".into(),
        Refusal::PasswordMustChange => "This password was made by another admin. Choose your own with PUT /v1/admin/session/password.".into(),
        Refusal::FormUsed => "This form was sent before, and what it asks for is done. Open its page again to do it once more.".into(),
        Refusal::ReturnUrlUnknown => "This return_url is not one of the portal's. Register it in the portal's profile, and send it exactly as registered.".into(),
        Refusal::ResultRefused => "This result code is not one of this sign-in, or was redeemed already. Let nobody in, and begin the sign-in again.".into(),
    };
    Sentence::English(english)
}

/// What a person who typed something of the wrong form is told.
pub(crate) fn malformed_key(refusal: &Refusal) -> Option<&'static str> {
    let Refusal::Malformed(Malformed { what, .. }) = refusal else { return None };
    match *what {
        "code" => Some("problem-malformed-code"),
        "phone" => Some("problem-malformed-phone"),
        "email" => Some("problem-malformed-email"),
        _ => None,
    }
}
