//! The one table from refusals to problems. The code brings the status; the domain says how long a
//! refusal lasts.

use portcullis_domain::{
    Instead, LockKind, Malformed, Method, Refusal, WrongCode, passkey::NotMet,
};
use std::borrow::Cow;

use super::ProblemCode;
use crate::words::{KEY_MISSING, method_words};

/// The code and the text of a refusal.
pub(super) struct Row {
    pub(super) code: ProblemCode,
    pub(super) text: Text,
}

pub(super) enum Text {
    /// An entry of the catalogue, because users meet it.
    Catalogue(&'static str),
    /// English, for programs and admins.
    English(Cow<'static, str>),
}

/// Returns the sentence on a passkey that the person can do something about; the rest is the
/// business of the page.
const fn passkey_refused(why: NotMet) -> &'static str {
    match why {
        NotMet::Synced => "problem-passkey-synced",
        NotMet::UserVerified => "problem-passkey-unverified",
        NotMet::CredentialUnknown
        | NotMet::UserHandle
        | NotMet::Type
        | NotMet::Challenge
        | NotMet::Origin
        | NotMet::CrossOrigin
        | NotMet::TopOrigin
        | NotMet::RpIdHash
        | NotMet::UserPresent
        | NotMet::BackupFlags
        | NotMet::BackupEligibilityChanged
        | NotMet::Algorithm
        | NotMet::Key
        | NotMet::CredentialId
        | NotMet::AlreadyRegistered
        | NotMet::Malformed(_)
        | NotMet::Signature
        | NotMet::Counter => "problem-passkey-refused",
    }
}

const fn catalogue(code: ProblemCode, key: &'static str) -> Row {
    Row { code, text: Text::Catalogue(key) }
}

fn english(code: ProblemCode, text: impl Into<Cow<'static, str>>) -> Row {
    Row { code, text: Text::English(text.into()) }
}

pub(super) fn row(refusal: &Refusal) -> Row {
    use ProblemCode as C;
    match refusal {
        // What is the matter with a key of the portal's is told to the operator alone.
        Refusal::KeyRefused | Refusal::KeyLapsed(_) => english(C::KeyRefused, KEY_MISSING),
        Refusal::ScopeMissing(scope) => english(
            C::Scope,
            format!(
                "This API key has not the scope {scope}, which this call needs. Create a key with this scope, and make the call with that key."
            ),
        ),
        Refusal::Malformed(malformed) => english(C::BadRequest, format!("{malformed}.")),
        Refusal::Policy(policy) => english(C::PolicyRefused, policy.to_string()),
        Refusal::BulkReset(why) => english(C::BulkResetRefused, why.to_string()),
        Refusal::UnknownUser => {
            english(C::UserUnknown, "There is no such user here. Check the id.")
        }
        Refusal::UserIdCase => english(
            C::UserIdCase,
            "This user is known under an id that differs only in upper and lower case. Send the id exactly as before.",
        ),
        Refusal::UnknownSignIn => catalogue(C::SignInUnknown, "problem-sign-in-unknown"),
        Refusal::SignInExpired => catalogue(C::SignInExpired, "problem-sign-in-expired"),
        Refusal::SignInDone => catalogue(C::SignInDone, "problem-sign-in-done"),
        Refusal::SignInDead => catalogue(C::SignInDead, "problem-sign-in-dead"),
        Refusal::TooManySignIns { .. } => catalogue(C::TooManySignIns, "problem-too-many-sign-ins"),
        Refusal::OverShare { .. } => catalogue(C::OverShare, "problem-over-share"),
        Refusal::Locked { kind: LockKind::Wait, .. } => catalogue(C::Locked, "problem-locked"),
        Refusal::Locked { kind: LockKind::Day, .. } => catalogue(C::Locked, "problem-locked-day"),
        Refusal::Locked { kind: LockKind::Month, .. } => {
            catalogue(C::Locked, "problem-locked-month")
        }
        Refusal::Locked { kind: LockKind::InARow, .. } => {
            catalogue(C::Locked, "problem-locked-row")
        }
        Refusal::Denied { disabled: true } => {
            catalogue(C::AuthenticatorDisabled, "problem-authenticator-disabled")
        }
        Refusal::Denied { disabled: false } => {
            catalogue(C::NoUsableMethod, "problem-no-usable-method")
        }
        Refusal::Frozen => catalogue(C::Frozen, "problem-frozen"),
        Refusal::FrozenUntilReset => english(
            C::Frozen,
            "This user is frozen, because somebody said that a change was not theirs. Reset the user first; then a bypass code can be issued.",
        ),
        Refusal::FreezeLinkRefused => {
            catalogue(C::FreezeLinkRefused, "problem-freeze-link-refused")
        }
        Refusal::AnotherStep => catalogue(C::AnotherStep, "problem-another-step"),
        Refusal::NotOffered(_) => catalogue(C::MethodNotOffered, "problem-method-not-offered"),
        Refusal::NoCodeRequested => catalogue(C::NoCodeRequested, "problem-no-code-requested"),
        Refusal::PasskeyRefused(why) => catalogue(C::PasskeyRefused, passkey_refused(*why)),
        // Wrong, expired and reused codes have the same text: only the code tells the portal which.
        Refusal::CodeNotAccepted { why: WrongCode::Wrong, method, .. } => {
            catalogue(C::CodeWrong, not_accepted(*method))
        }
        Refusal::CodeNotAccepted { why: WrongCode::Expired, method, .. } => {
            catalogue(C::CodeExpired, not_accepted(*method))
        }
        Refusal::CodeNotAccepted { why: WrongCode::Reused, method, .. } => {
            catalogue(C::CodeReused, not_accepted(*method))
        }
        Refusal::ResendTooSoon { .. } => catalogue(C::ResendTooSoon, "problem-resend-too-soon"),
        Refusal::NoSendsLeft => catalogue(C::NoSendsLeft, "problem-no-sends-left"),
        Refusal::SendLimit { instead: Instead::AnotherWay, .. } => {
            catalogue(C::SendLimit, "problem-send-limit")
        }
        Refusal::SendLimit { instead: Instead::AnotherDestination, .. } => {
            catalogue(C::SendLimit, "problem-send-limit-there")
        }
        Refusal::SendLimit { instead: Instead::Nothing, .. } => {
            catalogue(C::SendLimit, "problem-send-limit-wait")
        }
        Refusal::ChecksUsedUp { .. } => english(
            C::ChecksUsedUp,
            "Too many codes were sent today, or too many were wrong. Wait until a day after the first one. To reset a user sooner, check in another way.",
        ),
        Refusal::CountryNotAllowed => {
            catalogue(C::CountryNotAllowed, "problem-country-not-allowed")
        }
        Refusal::TicketRefused => catalogue(C::TicketRefused, "problem-ticket-refused"),
        Refusal::ReturnUrlUnknown => english(
            C::ReturnUrlRefused,
            "This return_url is not one of the portal's. Register it in the portal's profile, and send it exactly as registered.",
        ),
        Refusal::OtherBrowser => catalogue(C::OtherBrowser, "problem-other-browser"),
        Refusal::TextRefused => catalogue(C::BadRequest, "problem-text-refused"),
        Refusal::FormRefused => catalogue(C::FormRefused, "problem-form-refused"),
        Refusal::FormUsed => english(
            C::FormUsed,
            "This form was sent before, and the change was made. Open its page again to make another change.",
        ),
        Refusal::ResultRefused => english(
            C::ResultRefused,
            "This result code belongs to another sign-in, or was redeemed already. Let no one in, and start the sign-in again.",
        ),
        Refusal::SkipNotAllowed => catalogue(C::SkipNotAllowed, "problem-skip-not-allowed"),
        Refusal::CodesNotKept => catalogue(C::CodesNotKept, "problem-codes-not-kept"),
        Refusal::NotSkipped => english(
            C::NotSkipped,
            "There is nothing to enable: this user did not skip, or is not asked. Sign in again to see what comes next.",
        ),
        Refusal::DefaultNotAllowed => {
            catalogue(C::DefaultNotAllowed, "problem-default-not-allowed")
        }
        Refusal::SettingsClosed => catalogue(C::SettingsClosed, "problem-settings-closed"),
        Refusal::UnknownAuthenticator => {
            catalogue(C::AuthenticatorUnknown, "problem-authenticator-unknown")
        }
        Refusal::TooManyAuthenticators => {
            catalogue(C::TooManyAuthenticators, "problem-too-many-authenticators")
        }
        Refusal::LastAuthenticator => catalogue(C::LastAuthenticator, "problem-last-authenticator"),
        Refusal::UnknownPortal => {
            english(C::PortalUnknown, "There is no such portal. Check the id.")
        }
        Refusal::PortalIdTaken => english(
            C::PortalIdTaken,
            "There is a portal of this id, or there was one. Choose another id.",
        ),
        Refusal::PolicyLocked => english(
            C::PolicyLocked,
            "No one can switch this policy. Only an operator can replace it, with confirm_unlock: true; the console's own policy cannot be replaced.",
        ),
        Refusal::UnlockLimit { .. } => english(
            C::UnlockLimit,
            "This user was unlocked twice within 30 days. Wait, reset the user, or issue a bypass code.",
        ),
        Refusal::TooManyKeys => english(
            C::TooManyKeys,
            "The portal has four API keys that work. Revoke one before you make another.",
        ),
        Refusal::UnknownKey => {
            english(C::KeyUnknown, "The portal has no API key of this id. Read the portal again.")
        }
        Refusal::UnknownAdmin => {
            english(C::AdminUnknown, "There is no such admin. Check the name.")
        }
        Refusal::AdminNameTaken => english(
            C::AdminNameTaken,
            "There is an admin of this name, or there was one. Choose another name.",
        ),
        Refusal::LastOperator => english(
            C::LastOperator,
            "This is the last operator. Create another operator first, so that someone can do everything.",
        ),
        Refusal::TooManyOperators => english(
            C::TooManyOperators,
            "There are 20 operators already. Give one of them another role first.",
        ),
        Refusal::SetUpSecretRefused => english(
            C::SetUpSecretRefused,
            "Send the set-up secret of the deployment as \"Authorization: Bearer ...\". Each secret creates one operator. Deploy another secret to create another operator.",
        ),
        Refusal::ChangedMeanwhile => english(
            C::ChangedMeanwhile,
            "It was changed in the meantime. Read it again, and repeat your change.",
        ),
        Refusal::VersionUnnamed => {
            english(C::IfMatchMissing, "Send the ETag of what you read as the header If-Match.")
        }
        Refusal::SessionRefused => english(
            C::SessionRefused,
            "The session is missing or has ended. Sign in with POST /v1/admin/session, and send it as \"Authorization: Bearer pcs_...\".",
        ),
        Refusal::SecondStepMissing => english(
            C::SecondStepMissing,
            "The second step is missing. Continue with POST /v1/admin/session/verify, or with /enrolment the first time.",
        ),
        Refusal::PasswordMustChange => english(
            C::PasswordMustChange,
            "This password was made by somebody else. Choose your own with PUT /v1/admin/session/password.",
        ),
        Refusal::FirstPasswordOver => english(
            C::FirstPasswordOver,
            "This first password has expired, or was used before. Ask another operator to reset you, or deploy another set-up secret.",
        ),
        Refusal::ProofNeeded => english(
            C::ProofNeeded,
            "This asks for your second step again. Send a code of your app to POST /v1/admin/session/proof, and repeat the call within 5 minutes.",
        ),
        Refusal::NotPermitted => {
            english(C::NotPermitted, "You may not do this. Ask another admin.")
        }
        Refusal::Unreadable(_) => catalogue(C::Unavailable, "problem-unavailable"),
    }
}

/// A code that belongs to no method is a bypass code.
fn not_accepted(method: Option<Method>) -> &'static str {
    method.map_or("problem-bypass-code-wrong", |method| method_words(method).not_accepted)
}

/// Returns the catalogue's text for a person who typed something of the wrong form.
pub(super) fn malformed_key(Malformed { what, .. }: &Malformed) -> Option<&'static str> {
    match *what {
        "code" => Some("problem-malformed-code"),
        "recovery_code" => Some("problem-malformed-recovery-code"),
        "phone" => Some("problem-malformed-phone"),
        "email" => Some("problem-malformed-email"),
        "name" => Some("problem-malformed-name"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{super::reader::Reader, *};
    use portcullis_domain::{
        BulkRefusal, KeyLapse, LapsedKey, PolicyRefusal, PortalId, Scope, Timestamp, Unreadable,
    };
    use portcullis_messages::catalogue::text;

    /// Every refusal, with each value that has a row of its own.
    fn every_refusal() -> Vec<Refusal> {
        let until = Timestamp::from_unix(0);
        let portal = PortalId::parse("acme").unwrap();
        let locked = |kind| Refusal::Locked { kind, until: Some(until) };
        let wrong = |why, method| {
            let method = Some(method);
            Refusal::CodeNotAccepted { why, method, guesses_left: 1, until: None }
        };
        let send_limit = |instead| Refusal::SendLimit { until, instead };
        vec![
            Refusal::KeyRefused,
            Refusal::KeyLapsed(Box::new(LapsedKey {
                portal,
                key: "0aB1cD".to_owned(),
                why: KeyLapse::Expired,
            })),
            Refusal::ScopeMissing(Scope::Reset),
            Refusal::Malformed(Malformed { what: "code", why: "must be 6 digits" }),
            Refusal::Policy(PolicyRefusal::NoMethod),
            Refusal::BulkReset(BulkRefusal::Unknown),
            Refusal::BulkReset(BulkRefusal::AnotherOpen),
            Refusal::BulkReset(BulkRefusal::NoSecondAdmin),
            Refusal::BulkReset(BulkRefusal::OwnRequest),
            Refusal::BulkReset(BulkRefusal::NewAdmin),
            Refusal::BulkReset(BulkRefusal::Lapsed),
            Refusal::BulkReset(BulkRefusal::NotApproved),
            Refusal::BulkReset(BulkRefusal::OtherAdmins),
            Refusal::BulkReset(BulkRefusal::NoLinks),
            Refusal::UnknownUser,
            Refusal::UserIdCase,
            Refusal::UnknownSignIn,
            Refusal::SignInExpired,
            Refusal::SignInDone,
            Refusal::SignInDead,
            Refusal::TooManySignIns { until },
            Refusal::OverShare { until },
            locked(LockKind::Wait),
            locked(LockKind::Day),
            locked(LockKind::Month),
            Refusal::Locked { kind: LockKind::InARow, until: None },
            Refusal::Denied { disabled: true },
            Refusal::Denied { disabled: false },
            Refusal::Frozen,
            Refusal::FrozenUntilReset,
            Refusal::FreezeLinkRefused,
            Refusal::AnotherStep,
            Refusal::NotOffered(Method::Sms),
            Refusal::NoCodeRequested,
            wrong(WrongCode::Wrong, Method::Email),
            wrong(WrongCode::Expired, Method::Email),
            wrong(WrongCode::Reused, Method::Email),
            wrong(WrongCode::Wrong, Method::AuthenticatorApp),
            wrong(WrongCode::Reused, Method::AuthenticatorApp),
            wrong(WrongCode::Wrong, Method::RecoveryCode),
            wrong(WrongCode::Wrong, Method::Passkey),
            wrong(WrongCode::Reused, Method::Passkey),
            Refusal::PasskeyRefused(NotMet::Origin),
            Refusal::PasskeyRefused(NotMet::Synced),
            Refusal::PasskeyRefused(NotMet::UserVerified),
            Refusal::ResendTooSoon { until },
            Refusal::NoSendsLeft,
            send_limit(Instead::AnotherWay),
            send_limit(Instead::AnotherDestination),
            send_limit(Instead::Nothing),
            Refusal::ChecksUsedUp { until },
            Refusal::CountryNotAllowed,
            Refusal::TicketRefused,
            Refusal::ReturnUrlUnknown,
            Refusal::OtherBrowser,
            Refusal::TextRefused,
            Refusal::FormRefused,
            Refusal::FormUsed,
            Refusal::ResultRefused,
            Refusal::SkipNotAllowed,
            Refusal::CodesNotKept,
            Refusal::NotSkipped,
            Refusal::DefaultNotAllowed,
            Refusal::SettingsClosed,
            Refusal::UnknownAuthenticator,
            Refusal::TooManyAuthenticators,
            Refusal::LastAuthenticator,
            Refusal::UnknownPortal,
            Refusal::PortalIdTaken,
            Refusal::PolicyLocked,
            Refusal::UnlockLimit { until },
            Refusal::TooManyKeys,
            Refusal::UnknownKey,
            Refusal::UnknownAdmin,
            Refusal::AdminNameTaken,
            Refusal::LastOperator,
            Refusal::TooManyOperators,
            Refusal::SetUpSecretRefused,
            Refusal::ChangedMeanwhile,
            Refusal::VersionUnnamed,
            Refusal::SessionRefused,
            Refusal::SecondStepMissing,
            Refusal::PasswordMustChange,
            Refusal::FirstPasswordOver,
            Refusal::ProofNeeded,
            Refusal::NotPermitted,
            Refusal::Unreadable(Unreadable::DoesNotOpen),
        ]
    }

    /// The file is what clients rely on. `UPDATE=1` writes it anew.
    #[test]
    fn each_refusal_has_the_code_the_status_and_the_text_of_the_file() {
        const FILE: &str = "src/problem/refusals.txt";
        let line = |refusal: &Refusal| {
            let Row { code, text: words } = row(refusal);
            let words = match words {
                Text::Catalogue(key) => text(None, key, &[]),
                Text::English(words) => words.into_owned(),
            };
            assert!(words.ends_with('.'), "{refusal:?}: {words:?}");
            let waits = if refusal.until().is_some() { ", with Retry-After" } else { "" };
            format!("{refusal:?}\n    {} {code}{waits}: {words}\n", code.status().as_u16())
        };
        let table: String = every_refusal().iter().map(line).collect();
        if std::env::var_os("UPDATE").is_some() {
            std::fs::write(FILE, &table).unwrap();
        }
        assert_eq!(table, std::fs::read_to_string(FILE).unwrap());
    }

    #[test]
    fn but_for_two_what_is_said_to_users_is_in_their_language_and_the_rest_is_for_callers() {
        for refusal in every_refusal() {
            let Row { code, text } = row(&refusal);
            let wanted = match text {
                Text::Catalogue(_) => Reader::User,
                Text::English(_) => Reader::Caller,
            };
            let is_exception = matches!(refusal, Refusal::FrozenUntilReset | Refusal::TextRefused);
            assert_eq!(code.reader() != wanted, is_exception, "{refusal:?}");
        }
    }
}
