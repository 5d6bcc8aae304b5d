//! A second statement of the experience of one user of one portal. The product keeps counters and
//! marks; this keeps the whole history and looks back over it. Random commands go to both, and
//! their answers, messages and activity entries are compared.
//!
//! It knows nothing of the product: names, limits and rules are stated here once more, from the
//! documentation.

mod account;
mod answer;
mod browser;
mod codes;
mod command;
mod dispatch;
mod freeze;
mod grace;
mod history;
mod management;
mod notices;
mod opening;
mod passkey;
mod persona;
mod press;
mod press_commands;
mod recovery;
mod resolve;
mod rules;
mod secrets;
mod self_service;
mod settings;
mod sign_in;
mod step_up;
mod take;
mod trust;
mod view;

pub use account::Model;
pub use answer::{Answer, Claims, Given, Message, View};
pub use command::{Act, Command, Guess, Token, commands, enrolled_in_browsers, siege, stranger};
pub use grace::{GraceTerms, with_changing_grace, with_grace};
pub use notices::{NOTICE_KINDS, Notice};
pub use passkey::{Flaw, PasskeyTerms, Press};
pub use persona::{Contact, Persona};
pub use press::{Count, Device, DrawnPress};
pub use press_commands::{
    enrolled_by_passkey, with_changing_passkeys, with_leaving_methods, with_passkeys,
};
pub use rules::{Acr, Method, PasswordProof, Preset};
pub use secrets::Secrets;
pub use self_service::{enrolled, recovering, recovering_disabled, self_service};
pub use step_up::with_step_ups;
pub use trust::{TrustTerms, with_changing_trust, with_trust};
