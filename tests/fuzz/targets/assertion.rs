//! The check of an assertion, as the book prints it: it accepts nothing that is not signed.
#![no_main]

#[path = "../../../infra/local/src/portal/assertion.rs"]
mod assertion;

use assertion::{Expected, check};
use jsonwebtoken::jwk::JwkSet;
use libfuzzer_sys::fuzz_target;

/// A public key whose private half nobody has kept (the example of RFC 7517, appendix A.1, under
/// our key id).
const KEYS: &str = r#"{"keys":[{"kty":"EC","crv":"P-256","x":"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4","y":"4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM","use":"sig","alg":"ES256","kid":"1"}]}"#;

fuzz_target!(|given: (&str, &str)| {
    let (jwt, keys) = given;
    let expected =
        Expected { issuer: "urn:us", portal: "acme", user: "anna", nonce: "nonce", event: "login", now: 0 };
    if let Ok(ours) = serde_json::from_str::<JwkSet>(KEYS) {
        assert!(check(jwt, &ours, &expected).is_none(), "{jwt}");
    }
    if let Ok(theirs) = serde_json::from_str::<JwkSet>(keys) {
        if let Some(claims) = check(jwt, &theirs, &expected) {
            assert_eq!((claims.sub.as_str(), claims.nonce.as_str()), ("anna", "nonce"));
            drop((claims.mfa, claims.method));
        }
    }
});
