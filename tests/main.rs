//! Tests over HTTP on a real DynamoDB engine: the embedded one, or the one at
//! `PORTCULLIS_TEST_DYNAMODB`.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that meets what it did not expect fails"
)]

mod harness;

#[cfg(feature = "browser")]
mod browser;
mod capacity;
mod console;
mod contract;
mod journeys;
mod model;
mod oidc;
mod operations;
mod prompt;
mod repository;
mod security;
