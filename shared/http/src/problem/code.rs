//! The stable codes of problems, each with its HTTP status, its cause, and what the caller does:
//! the one list programs can rely on.

use http::StatusCode;
use serde::Serialize;
use serde_json::json;
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{ObjectBuilder, RefOr, Schema, Type, extensions::ExtensionsBuilder},
};

/// Declares the codes, each with its status, its cause, and what the caller does.
macro_rules! codes {
    ($($name:ident = $status:ident: $cause:literal, $advice:literal;)*) => {
        /// The code of a problem, for programs. Codes are added, never changed.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
        #[serde(rename_all = "snake_case")]
        pub enum ProblemCode {
            $(#[doc = $cause] $name,)*
        }

        impl ProblemCode {
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            pub const fn status(self) -> StatusCode {
                match self {
                    $(Self::$name => StatusCode::$status,)*
                }
            }

            const fn cause(self) -> &'static str {
                match self {
                    $(Self::$name => $cause,)*
                }
            }

            const fn advice(self) -> &'static str {
                match self {
                    $(Self::$name => $advice,)*
                }
            }
        }
    };
}

codes! {
    BadRequest = BAD_REQUEST:
        "A field or a parameter is missing, unknown or malformed, or comes twice.",
        "Correct the request; `detail` says what is wrong. If `sign_in` is there, a user mistyped \
         something: show `detail`.";
    NotJson = UNSUPPORTED_MEDIA_TYPE:
        "The body is not declared as JSON.",
        "Send the body as `application/json`.";
    TooLarge = PAYLOAD_TOO_LARGE:
        "The body is larger than 16 KiB, or a logo larger than 32 KB.",
        "Send less; `detail` says how much is accepted.";
    UnknownRoute = NOT_FOUND:
        "There is nothing at this address.",
        "Correct the path; `GET /v1/openapi.json` lists the calls.";
    MethodNotAllowed = METHOD_NOT_ALLOWED:
        "This address has no such method.",
        "Correct the method; `GET /v1/openapi.json` lists the calls.";
    Unavailable = SERVICE_UNAVAILABLE:
        "Something this service depends on failed; nothing was accepted.",
        "Repeat the call. It may have been done already: a right code then answers \
         `sign_in_done`, and a wrong one is counted once more.";
    NewerRelease = SERVICE_UNAVAILABLE:
        "A newer release of this service wrote what this one may not decide without; nothing was \
         accepted.",
        "Let this user in no other way; the operator has to finish an upgrade, or go back no \
         further.";
    DeliveryFailed = BAD_GATEWAY:
        "The provider did not take the message.",
        "Nothing was sent; offer `options`.";
    Conflict = CONFLICT:
        "Several requests for one user came at once, every time.",
        "Repeat the call after `retry_after`.";
    KeyRefused = UNAUTHORIZED:
        "The portal's API key is missing, mistyped, expired or revoked, or came from an address \
         outside its ranges.",
        "Send a good key; the operator's log says which of the last two it was.";
    Scope = FORBIDDEN:
        "The API key lacks the scope that the call needs; `scope` names it.",
        "Make a key with this scope, and call with that key.";
    PolicyRefused = UNPROCESSABLE_ENTITY:
        "The policy makes no sense, or not for this portal.",
        "Change what `detail` names.";
    UserUnknown = NOT_FOUND:
        "The portal has no user of this id, or not in the admin's organisation.",
        "Check the id.";
    UserIdCase = CONFLICT:
        "The user is known under an id with other capitals.",
        "Send the id exactly as before.";
    SignInUnknown = NOT_FOUND:
        "The sign-in has ended, never existed, or is another portal's.",
        "Begin again with the password step.";
    SignInExpired = GONE:
        "The sign-in took too long.",
        "Begin again with the password step.";
    SignInDone = CONFLICT:
        "The sign-in is complete.",
        "Look at the sign-in again, and show what it says.";
    SignInDead = FORBIDDEN:
        "The sign-in ended after too many wrong codes.",
        "Begin again with the password step.";
    TooManySignIns = TOO_MANY_REQUESTS:
        "One user began too many sign-ins within an hour.",
        "Show `detail`; try again after `retry_after`.";
    OverShare = TOO_MANY_REQUESTS:
        "The portal made more calls in this minute than its share; nothing was opened or sent.",
        "Try again after `retry_after`; sign-ins that have begun continue. If the portal has \
         grown, ask the operator for a larger share.";
    Locked = TOO_MANY_REQUESTS:
        "No code is checked for a while, after too many wrong ones.",
        "Show `detail`; try again after `retry_after`. Without it, an admin has to help.";
    AuthenticatorDisabled = FORBIDDEN:
        "Too many codes were wrong, and the second step no longer works.",
        "Show `detail` and `support`: an admin has to help.";
    Frozen = FORBIDDEN:
        "Somebody said by the link of a notice that a change was not theirs.",
        "Show `detail` and `support`: an admin has to check who asks, and reset the user.";
    NoUsableMethod = FORBIDDEN:
        "Nothing on record can prove who is signing in.",
        "Show `detail` and `support`: an admin has to help.";
    AnotherStep = CONFLICT:
        "The sign-in asks for another step now.",
        "Look at the sign-in again, and show what it says.";
    CodesNotKept = CONFLICT:
        "The policy wants the user to say that the recovery codes are kept.",
        "Show the codes again, and ask once more.";
    MethodNotOffered = FORBIDDEN:
        "The way is not offered to this user now.",
        "Offer the ways in `options` of the sign-in.";
    NoCodeRequested = CONFLICT:
        "No code was sent that could be checked.",
        "Send a code first.";
    CodeWrong = FORBIDDEN:
        "The code is wrong.",
        "Show `detail`, which is the same for `code_wrong`, `code_expired` and `code_reused`, and \
         `attempts_left`.";
    CodeExpired = FORBIDDEN:
        "The code was right, and its time is over.",
        "Show `detail` and `attempts_left`. A sent code costs no guess the first time it comes \
         too late.";
    CodeReused = FORBIDDEN:
        "The code was right, and was accepted before.",
        "Show `detail` and `attempts_left`.";
    PasskeyRefused = FORBIDDEN:
        "The passkey was not used as this sign-in asked: another challenge, page or domain, or a \
         passkey that the user has not bound here.",
        "Show `detail`. Look at the sign-in again, and ask the browser with its options.";
    ResendTooSoon = TOO_MANY_REQUESTS:
        "A code was sent a moment ago.",
        "Wait for `retry_after`, or offer the other ways.";
    NoSendsLeft = TOO_MANY_REQUESTS:
        "No more codes are sent in this sign-in.",
        "Offer the other ways, or begin again with the password step.";
    SendLimit = TOO_MANY_REQUESTS:
        "A limit on messages is reached.",
        "Show `detail`, and offer the other ways; try again after `retry_after`.";
    ChecksUsedUp = TOO_MANY_REQUESTS:
        "Too many codes to check one person were sent within a day, or were wrong.",
        "Wait for `retry_after`, or check in another way.";
    CountryNotAllowed = FORBIDDEN:
        "Text messages do not go to this country.",
        "Offer the other ways, or another number.";
    TicketRefused = FORBIDDEN:
        "The ticket of a mailed link was spent, has expired, or is another user's.",
        "Begin again without the ticket: the user is mailed another link.";
    FreezeLinkRefused = GONE:
        "The freeze link of a notice has expired, was made up, or is about what has changed since.",
        "No call answers this; its page shows it.";
    ReportRefused = FORBIDDEN:
        "A report on a message is not signed with the Auth Token of the service's Twilio account.",
        "No portal calls this: set the token in the settings, or find out who made the request.";
    ReturnUrlRefused = UNPROCESSABLE_ENTITY:
        "The return URL is not one of the portal's.",
        "Register the address in the portal's profile.";
    OidcNeedsDomain = NOT_FOUND:
        "OpenID Connect is asked for, and the service has no `https` issuer.",
        "Deploy with a domain of the service's own; it is the issuer then.";
    OtherBrowser = FORBIDDEN:
        "The prompt was opened in another browser.",
        "Nobody is in: begin again.";
    FormRefused = FORBIDDEN:
        "A form came from elsewhere than the page of its session.",
        "Nobody is in: begin again.";
    ResultRefused = FORBIDDEN:
        "The result code is another sign-in's, or was redeemed.",
        "Nobody is in: begin again.";
    SkipNotAllowed = FORBIDDEN:
        "The policy does not let this user skip.",
        "Look at the sign-in again, and show what it says.";
    NotSkipped = CONFLICT:
        "The user did not skip, or is not asked.",
        "Hide \"Enable MFA\".";
    DefaultNotAllowed = FORBIDDEN:
        "The policy does not let email be the default.",
        "Send the code without `set_default`.";
    SettingsClosed = FORBIDDEN:
        "The proof that allowed to change the settings is too old, or something ended what it \
         allowed.",
        "Open another sign-in with the event `manage`.";
    AuthenticatorUnknown = NOT_FOUND:
        "The user has no authenticator of this id.",
        "Look at the sign-in or the user again, and show what is bound.";
    TooManyAuthenticators = CONFLICT:
        "The user has as many authenticators as fit.",
        "Remove one first, or name the one that is replaced.";
    LastAuthenticator = CONFLICT:
        "It is the user's only way in, and the policy requires one.",
        "Add another one first. An admin can reset the user instead.";
    NotPermitted = FORBIDDEN:
        "The admin's role does not allow it.",
        "Ask another admin.";
    PortalUnknown = NOT_FOUND:
        "There is no such portal, or it is outside the admin's reach.",
        "Check the id.";
    PortalIdTaken = CONFLICT:
        "There is a portal of this id, or there was one.",
        "Choose another id.";
    PolicyLocked = CONFLICT:
        "No one can switch this policy.",
        "An operator can replace it, with `confirm_unlock`.";
    UnlockLimit = TOO_MANY_REQUESTS:
        "The user was unlocked twice within 30 days.",
        "Wait, reset the user, or issue a bypass code.";
    TooManyKeys = CONFLICT:
        "The portal has four API keys that work.",
        "Revoke one first.";
    KeyUnknown = NOT_FOUND:
        "The portal has no API key of this id.",
        "Read the portal again.";
    AdminUnknown = NOT_FOUND:
        "There is no such admin.",
        "Check the name.";
    AdminNameTaken = CONFLICT:
        "There is an admin of this name, or there was one.",
        "Choose another name.";
    LastOperator = CONFLICT:
        "This is the last operator.",
        "Create another operator first.";
    BulkResetRefused = CONFLICT:
        "The bulk reset cannot be asked for, approved, withdrawn or continued now.",
        "Do what `detail` says.";
    TooManyOperators = CONFLICT:
        "There are 20 operators already.",
        "Give one of them another role first.";
    SessionRefused = UNAUTHORIZED:
        "The session is missing, mistyped, or has ended.",
        "Sign in with `POST /v1/admin/session`.";
    SecondStepMissing = UNAUTHORIZED:
        "The session awaits its second step.",
        "Continue with `POST /v1/admin/session/verify`, or with `/enrolment` the first time.";
    PasswordRefused = UNAUTHORIZED:
        "Name or password is wrong, or the new password is too easy to guess.",
        "Show `detail`.";
    TooManyPasswords = TOO_MANY_REQUESTS:
        "Too many passwords were wrong.",
        "Try again after `retry_after`, or ask another operator.";
    PasswordMustChange = FORBIDDEN:
        "The password was made by somebody else.",
        "Choose your own with `PUT /v1/admin/session/password`.";
    FirstPasswordOver = FORBIDDEN:
        "The first password has expired, or was used.",
        "Ask another operator for a reset, or deploy another set-up secret.";
    ProofNeeded = FORBIDDEN:
        "The call asks for the second step again, within the last 5 minutes.",
        "Send a code to `POST /v1/admin/session/proof`, and repeat the call.";
    SetUpSecretRefused = UNAUTHORIZED:
        "The set-up secret is wrong, or was used.",
        "Send the one of the deployment, or deploy another.";
    SettingsRefused = UNPROCESSABLE_ENTITY:
        "No message could be sent with these settings.",
        "Correct what `findings` name.";
    NoDestination = CONFLICT:
        "There is no address or number on record that the message could go to.",
        "Choose the other channel, or have the contact record completed.";
    ChangedMeanwhile = PRECONDITION_FAILED:
        "It was changed since it was read.",
        "Read it again, and repeat the change.";
    FormUsed = CONFLICT:
        "The form was sent before, and the change was made.",
        "Open its page again to make another change.";
    IfMatchMissing = PRECONDITION_REQUIRED:
        "The header `If-Match` is missing.",
        "Send the `ETag` of what was read.";
}

impl std::fmt::Display for ProblemCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.serialize(f)
    }
}

/// The names, and the table of what they mean as `x-problems`.
impl PartialSchema for ProblemCode {
    fn schema() -> RefOr<Schema> {
        let table: Vec<_> = Self::ALL
            .iter()
            .map(|code| {
                json!({
                    "code": code,
                    "status": code.status().as_u16(),
                    "cause": code.cause(),
                    "what_to_do": code.advice(),
                    "detail_is_for": code.reader().name(),
                })
            })
            .collect();
        let description = "The code of a problem, for programs. Codes are added, never changed. \
            The extension x-problems has the HTTP status and the cause of each, what to do, and \
            if its `detail` is for the user or for the caller.";
        ObjectBuilder::new()
            .schema_type(Type::String)
            .description(Some(description))
            .enum_values(Some(Self::ALL.iter().map(ToString::to_string)))
            .extensions(Some(ExtensionsBuilder::new().add("x-problems", table).build()))
            .build()
            .into()
    }
}

impl ToSchema for ProblemCode {}

#[cfg(test)]
mod tests {
    use super::*;

    /// `UPDATE=1` writes the table of the book instead of comparing it.
    #[test]
    fn the_book_has_the_row_of_every_code() {
        const PAGE: &str = "../../infra/docs/integrate/errors.md";
        const HEAD: &str =
            "| code | status | cause | what to do | `detail` is for |\n|---|---|---|---|---|\n";
        let page = std::fs::read_to_string(PAGE).unwrap();
        let (before, rest) = page.split_once(HEAD).unwrap();
        let (_, after) = rest.split_once("\n\n").unwrap();
        let row = |code: &ProblemCode| {
            let (status, cause, advice) = (code.status().as_u16(), code.cause(), code.advice());
            let reader = code.reader().name();
            format!("| `{code}` | {status} | {cause} | {advice} | {reader} |\n")
        };
        let rows: String = ProblemCode::ALL.iter().map(row).collect();
        let wanted = format!("{before}{HEAD}{rows}\n{after}");
        if std::env::var_os("UPDATE").is_some() {
            std::fs::write(PAGE, &wanted).unwrap();
        }
        assert!(page == wanted, "errors.md is stale: UPDATE=1 cargo test -p portcullis-http");
    }
}
