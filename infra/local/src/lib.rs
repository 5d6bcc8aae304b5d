//! The laptop stand-in for AWS: an embedded DynamoDB, an outbox in the place of SES, SNS and Twilio, a stand-in for KMS,
//! and a gateway whose routes are those of template.yaml. The functions themselves are the production ones; only
//! endpoints differ.

mod clock;
mod demo;
mod engine;
mod environment;
mod function;
mod gateway;
mod openapi;
mod options;
pub mod portal;
mod pump;
mod running_function;
mod runtime_api;
mod stand_in;
mod start;
mod table;
mod template;

pub use clock::LocalClock;
pub use demo::{Demo, DemoAdmin, DemoPortal};
pub use engine::Engine;
pub(crate) use function::Function;
pub use openapi::document as openapi_document;
pub use options::{Args, ArgsError, DemoAdmins, Options, USAGE};
pub use running_function::running_function;
pub use stand_in::{Outbox, ROOT_KEY_ID};
pub use start::{Beside, ISSUER, LocalError, Running, join, start};
pub use template::{Route, Template, TemplateError};
