//! The laptop stand-in for AWS: an embedded DynamoDB, an outbox in the place of SES, SNS and
//! Twilio, a stand-in for KMS, and a gateway whose routes are those of template.yaml. The functions
//! themselves are the production ones; only endpoints differ.

mod address;
mod aws;
mod clock;
mod demo;
mod dynamodb;
mod error;
mod functions;
mod gateway;
mod openapi;
mod options;
pub mod portal;
mod random;
mod running;
mod schedule;
mod stand_in;
mod start;
mod template;

pub use address::by_name;
pub use clock::LocalClock;
pub use demo::{Demo, DemoAdmin, DemoPortal};
pub use dynamodb::engine::Engine;
pub use error::LocalError;
pub use functions::running_function;
pub use openapi::document as openapi_document;
pub use options::{DemoAdmins, Options};
pub use running::Running;
pub use stand_in::{Bucket, FAILED_RECORDS_BUCKET, JOURNAL_BUCKET, Outbox, ROOT_KEY_ID};
pub use start::{SecondProcess, join, start};
pub use template::{Route, Template, TemplateError};
