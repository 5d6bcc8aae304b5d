//! Every sentence of a problem and of the log. What people read while they sign in is in the catalogue.

mod log;
mod why;

pub(crate) use log::activity;
pub(crate) use why::{LOCKED as WHY_LOCKED, why};

use portcullis_domain::{Refusal, user::LockKind};

pub(crate) const UNAVAILABLE: &str = "The service cannot answer right now. Try again in a moment.";
pub(crate) const CONFLICT: &str = "Several requests for this user came at once. Try again.";
pub(crate) const DELIVERY_FAILED: &str =
    "The code could not be sent. Choose another way, or try again in a moment.";
pub(crate) const UNKNOWN_ROUTE: &str =
    "There is nothing at this address. The calls are listed in infra/openapi.json.";
pub(crate) const KEY_MISSING: &str = "Send the portal's API key as \"Authorization: Bearer pcl_...\". A missing, mistyped, expired or revoked key is refused.";
pub(crate) const TOO_LARGE: &str =
    "The request body is larger than 16 KiB. Send only the documented fields.";

/// Wrong, expired and reused codes are told in the same words: only the code tells the portal which.
const NOT_ACCEPTED: &str =
    "That code was not accepted. Check it and try again, or ask for a new one.";

/// The sentence for a refusal.
pub(crate) fn refusal(refusal: &Refusal) -> String {
    let sentence = match refusal {
        Refusal::KeyRefused => KEY_MISSING,
        Refusal::Malformed(malformed) => return format!("{malformed}."),
        Refusal::Policy(policy) => return policy.to_string(),
        Refusal::UnknownUser => "There is no such user here. Check the id.",
        Refusal::UserIdCase => {
            "This user is known under an id that differs in upper and lower case only. Send the id exactly as before."
        }
        Refusal::UnknownSignIn => {
            "This sign-in has ended or never existed. Sign in again from the start."
        }
        Refusal::SignInExpired => {
            "This sign-in took too long and has ended. Sign in again from the start."
        }
        Refusal::SignInDone => {
            "This sign-in is complete already. Go on to the portal, or sign in again from the start."
        }
        Refusal::SignInDead => {
            "Too many codes were wrong, and this sign-in has ended. Sign in again from the start."
        }
        Refusal::TooManySignIns { .. } => {
            "There were too many sign-ins within an hour. Wait before you try again."
        }
        Refusal::Locked { kind: LockKind::Wait, .. } => {
            "Too many codes were wrong. Wait before you try again."
        }
        Refusal::Locked { kind: LockKind::Day, .. } => {
            "Too many codes were wrong within a day. Wait until the time is over, or ask for help."
        }
        Refusal::Locked { kind: LockKind::Month, .. } => {
            "Too many codes were wrong within a month. Ask for help to get in sooner."
        }
        Refusal::Denied { disabled: true } => {
            "Too many codes were wrong, and your second step no longer works. Ask for help to set it up again."
        }
        Refusal::Denied { disabled: false } => {
            "There is no way to check that it is you. Ask for help to have your contact details completed."
        }
        Refusal::AnotherStep => {
            "This sign-in asks for another step now. Look at it again to see what comes next."
        }
        Refusal::NotOffered(_) => {
            "This way is not on offer here. Choose one of the ways that are shown."
        }
        Refusal::NoCodeRequested => "No code was sent yet. Ask for one first.",
        Refusal::CodeNotAccepted { .. } => NOT_ACCEPTED,
        Refusal::ResendTooSoon { .. } => {
            "A code is on its way. Wait a little before you ask for another."
        }
        Refusal::NoSendsLeft => {
            "No more codes can be sent in this sign-in. Sign in again from the start."
        }
        Refusal::SendLimit { .. } => {
            "Too many codes were sent. Choose another way, or wait before you ask for another."
        }
        Refusal::CountryNotAllowed => {
            "Codes cannot be sent to this number. Choose another number, or another way."
        }
        Refusal::TicketRefused => {
            "This link was used already or has expired. Sign in again to get another one."
        }
        Refusal::SkipNotAllowed => "This step cannot be skipped. Follow the steps that are shown.",
        Refusal::NotSkipped => {
            "There is nothing to enable: this user did not skip, or is not asked. Sign in again to see what comes next."
        }
        Refusal::DefaultNotAllowed => {
            "Email cannot be made the default here. Leave the choice out."
        }
        Refusal::NotPermitted => "You may not do this. Ask another admin.",
        Refusal::UnknownPortal => "There is no such portal. Check the id.",
        Refusal::PolicyLocked => {
            "Nobody switches this policy. Only an operator can replace it, with confirm_unlock: true; the console's not even then."
        }
        Refusal::UnlockLimit { .. } => {
            "This user was unlocked twice within 30 days. Wait, reset the user, or issue a bypass code."
        }
        Refusal::TooManyKeys => {
            "The portal has two API keys that work. Revoke one before you make another."
        }
        Refusal::UnknownKey => "The portal has no API key of this id. Read the portal again.",
        Refusal::UnknownAdmin => "There is no such admin. Check the name.",
        Refusal::LastOperator => {
            "This is the last operator. Make another one first, so that somebody can do everything."
        }
        Refusal::TooManyOperators => {
            "There are 20 operators already. Give one of them another role first."
        }
        Refusal::SessionRefused => {
            "The session is missing or has ended. Sign in with POST /v1/admin/session, and send it as \"Authorization: Bearer pcs_...\"."
        }
        Refusal::SecondStepMissing => {
            "The second step is missing. Go on with POST /v1/admin/session/verify, or with /enrolment at the first time."
        }
        Refusal::PasswordMustChange => {
            "This password was made by another admin. Choose your own with PUT /v1/admin/session/password."
        }
        Refusal::Unreadable(_) => UNAVAILABLE,
    };
    sentence.to_owned()
}
