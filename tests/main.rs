//! Everything together, through the HTTP API, on a real DynamoDB engine: the embedded one, or the one at
//! `PORTCULLIS_TEST_DYNAMODB`.

mod harness;

mod activity;
mod architecture;
mod bad_input;
mod calls;
mod contract;
mod faults;
mod journeys;
mod providers;
mod races;
