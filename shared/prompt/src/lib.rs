//! The pages that users see in redirect mode. Every page works without its script, but
//! for those that ask a browser for a passkey.

mod answer;
pub mod assets;
mod cookies;
mod ending;
mod enrolling;
mod frame;
pub mod freeze;
mod help;
mod oidc;
mod page;
mod passkey;
mod settings;
mod visit;

pub use answer::{Next, Retry};
pub use oidc::AuthorizeVisit;
pub use settings::SettingsDone;
pub use visit::{FormSender, PromptForm, PromptVisit};
