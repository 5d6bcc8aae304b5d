//! The values the rules are about, each parsed once and good from then on.

mod acted;
mod api_key;
mod authenticator_name;
pub(crate) mod bounded;
mod browser_token;
mod bucket;
mod bulk_refusal;
mod calling_code;
pub(crate) mod characters;
mod code;
mod contact;
pub(crate) mod crockford;
mod day;
mod device;
pub mod gsm;
pub(crate) mod id;
pub mod limits;
mod malformed;
mod masked;
mod method;
pub(crate) mod named;
pub mod passkey;
mod recovery_code;
mod refusal;
mod sealed;
mod secret_mac;
mod send_class;
mod sign_in_id;
mod strength;
mod time;
mod transaction_text;
mod unknown;

pub use acted::{Acted, FormId};
pub use api_key::{Scope, Scopes, SourceRange, Sources};
pub use authenticator_name::AuthenticatorName;
pub use browser_token::{BrowserId, BrowserToken};
pub use bucket::{Bucket, Buckets};
pub use bulk_refusal::BulkRefusal;
pub use calling_code::CallingCode;
pub use code::Code;
pub use contact::{
    CanonicalAddress, Contact, ContactUpdate, Country, Destination, Email, KnownEmail, NotKept,
    Phone, SharedCode, TypedPhone,
};
pub use day::Day;
pub use device::{BrowserFamily, CoarseNetwork, Device, OperatingSystem};
pub use id::{
    AuthenticatorId, DisplayName, KeyDescription, Locale, Locator, Nonce, OrganisationId, PortalId,
    UserId, WriteId,
};
pub use malformed::Malformed;
pub use masked::Masked;
pub use method::{Channel, Method};
pub use named::Named;
pub use recovery_code::{RecoveryCode, RecoverySetId};
pub use refusal::{Instead, KeyLapse, LapsedKey, LockKind, PolicyRefusal, Refusal, WrongCode};
pub use sealed::{
    CodeSubject, CounterHash, DestinationHash, FindHash, KeyVersion, PasskeyCeremony,
    PasskeySubject, PortalKeys, Purpose, RecoverySubject, Sealed, SecretOwner, TotpSecret,
    Unreadable,
};
pub use secret_mac::SecretMac;
pub use send_class::{FullWindow, SendClass};
pub use sign_in_id::{ClaimedSignInId, SignInId, SignInKey, SignInTag, SignInTags};
pub use strength::Strength;
pub use time::Timestamp;
pub use transaction_text::{TextHash, TransactionText};
pub use unknown::{UnknownBound, UnknownMembers};
