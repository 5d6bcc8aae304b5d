//! The rules of a sign-in, one file for each step of it.

mod app_key;
pub mod bypass;
pub mod challenge;
mod challenge_code;
pub mod confirm;
pub mod enrol;
mod enrolment_step;
mod guess;
mod its_session;
pub mod link;
pub mod manage;
pub mod oidc;
pub mod open;
mod opening;
mod options;
pub mod passkey;
pub mod prompt;
mod prompt_secret;
mod question;
pub mod recovery;
mod recovery_offer;
pub mod result;
pub mod second_step;
pub mod second_way;
mod second_way_offer;
mod sent_code;
pub mod skip;
mod trust;
pub mod verify;
mod view;
mod way_back;
pub mod within_session;

pub use crate::decision::{MaySend, Outgoing, UnavailableReason};
pub use crate::user::sign_in::{
    Acceptance, Acr, Challenge, EssentialAcr, Event, Fetched, Ground, Managed, MaxAge, Mfa,
    Pending, Place, Progress, ReachedAcr, Role, SettingsChange, SignIn, Stage,
};
pub use app_key::AppKey;
pub use enrolment_step::EnrolmentStep;
pub use guess::Remember;
pub use its_session::{BrowserSession, admit_session};
pub use manage::{ListedAuthenticator, ListedBrowser, ListedCodes, SecuritySettings};
pub use options::{ComesBack, MethodOption, MethodOptions, Unavailable};
pub use passkey::{AskedPasskey, NewPasskey};
pub use question::Question;
pub use recovery_offer::{MadeCodes, RecoveryOffer};
pub use sent_code::SentCode;
pub use view::{Screens, SignInView, Status};
pub use way_back::percent_encoded;
