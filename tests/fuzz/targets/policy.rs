//! Policies and profiles: whatever passes the check is stored and read back the same.
#![no_main]

use libfuzzer_sys::fuzz_target;
use portcullis_domain::{Policy, portal::Profile};

fuzz_target!(|given: (&str, &str)| {
    let (policy, profile) = given;
    let profile = serde_json::from_str::<Profile>(profile).ok().filter(|profile| profile.check().is_ok());
    if let Some(profile) = &profile {
        let stored = serde_json::to_string(profile).unwrap_or_default();
        assert_eq!(serde_json::from_str::<Profile>(&stored).ok().as_ref(), Some(profile));
    }
    let Ok(policy) = serde_json::from_str::<Policy>(policy) else { return };
    if policy.check(&profile.unwrap_or_else(|| Profile::plain("Acme"))).is_ok() {
        assert!(!policy.methods.is_empty());
        let stored = serde_json::to_string(&policy).unwrap_or_default();
        assert_eq!(serde_json::from_str::<Policy>(&stored).ok(), Some(policy));
    }
});
