//! A form of the prompt: its fields are read or refused.
#![no_main]

use axum::{
    body::Body,
    extract::{FromRequest as _, Request},
};
use libfuzzer_sys::fuzz_target;
use portcullis_http::wire::{EnrolmentRequest, VerifyRequest};
use portcullis_pages::Filled;

fuzz_target!(|body: &[u8]| {
    let Ok(runtime) = tokio::runtime::Builder::new_current_thread().build() else { return };
    let request = || Request::post("/").body(Body::from(body.to_vec()));
    if let (Ok(verify), Ok(enrol)) = (request(), request()) {
        let guess = runtime.block_on(Filled::<VerifyRequest>::from_request(verify, &()));
        drop(guess.map(|Filled(read)| read.into_guess()));
        let enrolment = runtime.block_on(Filled::<EnrolmentRequest>::from_request(enrol, &()));
        drop(enrolment.map(|Filled(read)| read.into_command()));
    }
});
