//! What callers prove themselves with.
#![no_main]

use libfuzzer_sys::fuzz_target;
use portcullis_api::admin::SessionSecret;
use portcullis_keys::{Password, PresentedKey};

fuzz_target!(|text: &str| {
    if let Ok(key) = PresentedKey::parse(text) {
        assert!(text.contains(key.portal().as_str()) && text.contains(key.id()));
    }
    drop((SessionSecret::parse(text), Password::choose(text)));
});
