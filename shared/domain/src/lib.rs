//! The rules of Portcullis: pure functions over plain values. No clock, no chance, no network, no storage;
//! time and random bytes are arguments, keys are asked through [`Codebook`].

mod acted;
pub mod admin;
pub mod budget;
pub mod care;
pub mod change;
mod code;
mod command;
mod contact;
pub mod decision;
pub mod dry_run;
mod id;
mod malformed;
mod named;
pub mod policy;
pub mod portal;
mod posture;
mod refusal;
pub mod reset;
mod sealed;
pub mod settings;
pub mod sign_in;
mod sign_in_id;
mod time;
pub mod upkeep;
pub mod user;

pub use acted::{Acted, FormId};
pub use code::Code;
pub use command::{Decided, Draw, Scene, UserState};
pub use contact::{
    Contact, ContactUpdate, Country, Destination, Email, KnownEmail, Masked, NotKept, Phone,
};
pub use id::{
    AuthenticatorId, DisplayName, Locale, Locator, Nonce, OrganisationId, PortalId, UserId, WriteId,
};
pub use malformed::Malformed;
pub use named::Named;
pub use policy::{Method, Policy};
pub use portal::Portal;
pub use posture::{ListedState, Posture};
pub use refusal::{Refusal, WrongCode};
pub use sealed::{
    CodeSubject, Codebook, DestinationHash, KeyVersion, Purpose, Sealed, SecretOwner, TotpSecret,
    Unreadable,
};
pub use settings::{Caps, Channel, Settings, SmsProvider};
pub use sign_in::{SignIn, prompt::percent_encoded};
pub use sign_in_id::{ClaimedSignInId, SignInId, SignInKey, SignInTag, SignInTags};
pub use time::Timestamp;
pub use user::User;
