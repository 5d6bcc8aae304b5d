//! The rules of Portcullis: pure functions over plain values, without clock, network or storage.
//! Time and random bytes are arguments; keys are used through [`PortalKeys`].

pub mod account;
pub mod admin;
pub mod decision;
pub mod portal;
pub mod sign_in;
pub mod user;
mod values;

pub use admin::change;
pub use decision::{
    Decision, DecisionContext, ListedState, MfaState, RandomBytes, StateChange, UserState,
    WriteKind, dry_run,
};
pub use portal::{
    Portal,
    policy::{self, Policy},
    settings::{self, Caps, Channel, Settings, SmsProvider},
};
pub use sign_in::percent_encoded;
pub use user::{SignIn, User};
pub use values::{
    Acted, AuthenticatorId, AuthenticatorName, BrowserFamily, BrowserId, BrowserToken, Bucket,
    Buckets, BulkRefusal, CallingCode, CanonicalAddress, ClaimedSignInId, CoarseNetwork, Code,
    CodeSubject, Contact, ContactUpdate, CounterHash, Country, Day, Destination, DestinationHash,
    Device, DisplayName, Email, FindHash, FormId, FullWindow, Instead, KeyDescription, KeyLapse,
    KeyVersion, KnownEmail, LapsedKey, Locale, Locator, LockKind, Malformed, Masked, Method, Named,
    Nonce, NotKept, OperatingSystem, OrganisationId, PasskeyCeremony, PasskeySubject, Phone,
    PolicyRefusal, PortalId, PortalKeys, Purpose, RecoveryCode, RecoverySetId, RecoverySubject,
    Refusal, Scope, Scopes, Sealed, SecretMac, SecretOwner, SendClass, SharedCode, SignInId,
    SignInKey, SignInTag, SignInTags, SourceRange, Sources, Strength, TextHash, Timestamp,
    TotpSecret, TransactionText, TypedPhone, UnknownBound, UnknownMembers, Unreadable, UserId,
    WriteId, WrongCode, gsm, limits, passkey,
};
