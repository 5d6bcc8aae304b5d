//! The body of any call: it is read, or refused.
#![no_main]

use axum::{
    body::Body,
    extract::{FromRequest as _, Request},
    http::header,
};
use libfuzzer_sys::fuzz_target;
use portcullis_http::{
    Strict,
    wire::{
        ChallengeRequest, ConfirmRequest, ContactRecord, EnrolmentRequest, OptInRequest,
        ResetRequest, ResultRequest, SignInRequest, VerifyRequest,
        admin::{NewAdmin, NewSettings, PolicyReplacement, PortalView},
    },
};
use serde::de::DeserializeOwned;

fn read<T: DeserializeOwned>(body: &[u8]) -> Option<T> {
    let runtime = tokio::runtime::Builder::new_current_thread().build().ok()?;
    let request = Request::post("/").header(header::CONTENT_TYPE, "application/json");
    let request = request.body(Body::from(body.to_vec())).ok()?;
    runtime.block_on(Strict::<T>::from_request(request, &())).ok().map(|Strict(read)| read)
}

fuzz_target!(|given: (u8, &[u8])| {
    let (kind, body) = given;
    match kind % 13 {
        0 => drop(read::<SignInRequest>(body).map(SignInRequest::into_command)),
        1 => drop(read::<EnrolmentRequest>(body).map(EnrolmentRequest::into_command)),
        2 => drop(read::<VerifyRequest>(body).map(VerifyRequest::into_proof)),
        3 => drop(read::<ConfirmRequest>(body).map(ConfirmRequest::into_confirmation)),
        4 => drop(read::<ResultRequest>(body).map(ResultRequest::into_code)),
        5 => drop(read::<ResetRequest>(body).map(ResetRequest::into_actor)),
        6 => drop(read::<ContactRecord>(body).map(ContactRecord::into_update)),
        7 => drop(read::<ChallengeRequest>(body)),
        8 => drop(read::<OptInRequest>(body)),
        9 => drop(read::<PolicyReplacement>(body)),
        10 => drop(read::<PortalView>(body)),
        11 => drop(read::<NewAdmin>(body)),
        _ => drop(read::<NewSettings>(body)),
    }
});
