//! API keys, session secrets and passwords.
#![no_main]

use libfuzzer_sys::fuzz_target;
use portcullis_http::admin::SessionSecret;
use portcullis_keys::{ClaimedKey, Password};

fuzz_target!(|text: &str| {
    if let Ok(key) = ClaimedKey::parse(text) {
        assert!(text.contains(key.portal().as_str()) && text.contains(key.id()));
    }
    drop((SessionSecret::parse(text), Password::choose(text)));
});
