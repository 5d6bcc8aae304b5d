//! A form of the prompt: its fields are read, or refused.
#![no_main]

use axum::body::Body;
use libfuzzer_sys::fuzz_target;
use portcullis_http::{
    form::read,
    wire::{EnrolmentRequest, VerifyRequest},
};

fuzz_target!(|body: &[u8]| {
    let Ok(runtime) = tokio::runtime::Builder::new_current_thread().build() else { return };
    let posted = || Body::from(body.to_vec());
    let guess = runtime.block_on(read::<VerifyRequest>(posted()));
    drop(guess.map(|(_, read)| read.into_proof()));
    let enrolment = runtime.block_on(read::<EnrolmentRequest>(posted()));
    drop(enrolment.map(|(_, read)| read.into_command()));
});
