//! Policies and profiles of requests: each that passes its check is answered as a document that
//! reads back the same.
#![no_main]

use libfuzzer_sys::fuzz_target;
use portcullis_domain::{Policy, portal::Profile};
use portcullis_http::wire::admin::{NewPolicy, NewProfile, PolicyDocument, ProfileDocument};

fn profile(text: &str) -> Option<Profile> {
    serde_json::from_str::<NewProfile>(text).ok().map(Profile::from)
}

fn policy(text: &str) -> Option<Policy> {
    serde_json::from_str::<NewPolicy>(text).ok().map(Policy::from)
}

fuzz_target!(|given: (&str, &str)| {
    let (policy_text, profile_text) = given;
    let good_profile = profile(profile_text).filter(|profile| profile.check().is_ok());
    if let Some(good) = &good_profile {
        let answered =
            serde_json::to_string(&ProfileDocument::from(good.clone())).unwrap_or_default();
        assert_eq!(profile(&answered).as_ref(), Some(good));
    }
    let Some(good_policy) = policy(policy_text) else { return };
    if good_policy.check(&good_profile.unwrap_or_else(|| Profile::plain("Acme"))).is_ok() {
        assert!(!good_policy.methods.is_empty());
        let answered = PolicyDocument::from(good_policy.clone());
        let answered = serde_json::to_string(&answered).unwrap_or_default();
        assert_eq!(policy(&answered), Some(good_policy));
    }
});
