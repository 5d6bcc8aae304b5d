//! Everything together, through the HTTP API, on a real DynamoDB engine: the embedded one, or the one at
//! `PORTCULLIS_TEST_DYNAMODB`.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that meets what it did not expect fails"
)]

mod harness;

mod activity;
mod admin;
mod architecture;
mod bad_input;
mod behaviours;
#[cfg(feature = "browser")]
mod browser;
mod calls;
mod console;
mod contract;
mod events;
mod faults;
mod journeys;
mod junk;
mod leaks;
mod matrix;
mod model;
mod notices;
mod prompt;
mod provider_rules;
mod providers;
mod purposes;
mod races;
mod samples;
mod saved_default;
mod security;
mod states;
mod switching;
mod user_ids;
