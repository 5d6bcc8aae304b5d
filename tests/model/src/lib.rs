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
mod history;
mod management;
mod notices;
mod opening;
mod persona;
mod resolve;
mod rules;
mod sign_in;

pub use account::{Model, Secrets};
pub use answer::{Answer, Given, Message, View};
pub use command::{Act, Command, Guess, Token, commands, enrolled_in_browsers, siege, stranger};
pub use notices::{NOTICE_KINDS, Notice};
pub use persona::{Contact, Persona};
pub use rules::{Method, PasswordProof, Preset};
