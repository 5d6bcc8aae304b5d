//! The stable codes of problems, each with its HTTP status: the one list programs can rely on.

use http::StatusCode;
use serde::Serialize;
use utoipa::ToSchema;

/// Declares the codes with their statuses.
macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $status:ident,)*) => {
        /// The code of a problem, for programs. Codes are added, never changed.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
        #[serde(rename_all = "snake_case")]
        pub enum ProblemCode {
            $($(#[$doc])* $name,)*
        }

        impl ProblemCode {
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            pub const fn status(self) -> StatusCode {
                match self {
                    $(Self::$name => StatusCode::$status,)*
                }
            }
        }
    };
}

codes! {
    BadRequest = BAD_REQUEST,
    NotJson = UNSUPPORTED_MEDIA_TYPE,
    /// The body is larger than 16 KiB.
    TooLarge = PAYLOAD_TOO_LARGE,
    UnknownRoute = NOT_FOUND,
    MethodNotAllowed = METHOD_NOT_ALLOWED,
    /// Something this service depends on failed; nothing was accepted.
    Unavailable = SERVICE_UNAVAILABLE,
    /// A newer release of this service wrote what this one may not decide without; nothing was
    /// accepted. Upgrade again.
    NewerRelease = SERVICE_UNAVAILABLE,
    DeliveryFailed = BAD_GATEWAY,
    /// Several requests for one user came at once, every time.
    Conflict = CONFLICT,
    /// The portal's API key is missing, mistyped, expired or revoked, or came from an address
    /// outside its ranges.
    KeyRefused = UNAUTHORIZED,
    /// The portal's API key has not the scope that the call needs.
    Scope = FORBIDDEN,
    /// The policy makes no sense, or not for this portal.
    PolicyRefused = UNPROCESSABLE_ENTITY,
    UserUnknown = NOT_FOUND,
    /// The user is known under an id that differs in case.
    UserIdCase = CONFLICT,
    SignInUnknown = NOT_FOUND,
    /// The sign-in took too long.
    SignInExpired = GONE,
    SignInDone = CONFLICT,
    /// The sign-in ended after too many wrong codes.
    SignInDead = FORBIDDEN,
    /// Too many sign-ins of one user within an hour.
    TooManySignIns = TOO_MANY_REQUESTS,
    /// No code is judged for a while, after too many wrong ones.
    Locked = TOO_MANY_REQUESTS,
    AuthenticatorDisabled = FORBIDDEN,
    NoUsableMethod = FORBIDDEN,
    AnotherStep = CONFLICT,
    MethodNotOffered = FORBIDDEN,
    NoCodeRequested = CONFLICT,
    CodeWrong = FORBIDDEN,
    /// The code was right, and its time is over.
    CodeExpired = FORBIDDEN,
    /// The code was right, and was accepted before.
    CodeReused = FORBIDDEN,
    ResendTooSoon = TOO_MANY_REQUESTS,
    NoSendsLeft = TOO_MANY_REQUESTS,
    SendLimit = TOO_MANY_REQUESTS,
    /// Too many codes to check one person were sent within a day, or were wrong.
    ChecksUsedUp = TOO_MANY_REQUESTS,
    CountryNotAllowed = FORBIDDEN,
    /// The ticket of a mailed link was spent, has expired, or is another's.
    TicketRefused = FORBIDDEN,
    /// The return URL is none of the portal's.
    ReturnUrlRefused = UNPROCESSABLE_ENTITY,
    OtherBrowser = FORBIDDEN,
    FormRefused = FORBIDDEN,
    /// The result code is another sign-in's, or was redeemed.
    ResultRefused = FORBIDDEN,
    SkipNotAllowed = FORBIDDEN,
    NotSkipped = CONFLICT,
    DefaultNotAllowed = FORBIDDEN,
    NotPermitted = FORBIDDEN,
    /// There is no such portal, or it is another's.
    PortalUnknown = NOT_FOUND,
    /// There is, or was, a portal of that id.
    PortalIdTaken = CONFLICT,
    PolicyLocked = CONFLICT,
    /// The user was unlocked too often within a month.
    UnlockLimit = TOO_MANY_REQUESTS,
    /// The portal has two active API keys.
    TooManyKeys = CONFLICT,
    KeyUnknown = NOT_FOUND,
    AdminUnknown = NOT_FOUND,
    /// There is, or was, an admin of that name.
    AdminNameTaken = CONFLICT,
    LastOperator = CONFLICT,
    /// There are as many operators as there can be.
    TooManyOperators = CONFLICT,
    /// The session is missing, mistyped, or has ended.
    SessionRefused = UNAUTHORIZED,
    SecondStepMissing = UNAUTHORIZED,
    PasswordRefused = UNAUTHORIZED,
    /// Too many wrong passwords from one address for one name.
    TooManyPasswords = TOO_MANY_REQUESTS,
    /// The password was made by somebody else and has to be changed first.
    PasswordMustChange = FORBIDDEN,
    /// The password was made by somebody else, and has expired or was used.
    FirstPasswordOver = FORBIDDEN,
    /// The act asks for the second step again, within the last 5 minutes.
    ProofNeeded = FORBIDDEN,
    /// The set-up secret is wrong, or was used.
    SetUpSecretRefused = UNAUTHORIZED,
    SettingsRefused = UNPROCESSABLE_ENTITY,
    /// There is no address or number on record that the message could go to.
    NoDestination = CONFLICT,
    /// It was changed since it was read.
    ChangedMeanwhile = PRECONDITION_FAILED,
    FormUsed = CONFLICT,
    IfMatchMissing = PRECONDITION_REQUIRED,
}

impl std::fmt::Display for ProblemCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.serialize(f)
    }
}
