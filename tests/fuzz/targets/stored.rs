//! Items as they lie in the table: damaged ones are refused, whole ones are written back the same.
#![no_main]

use aws_sdk_dynamodb::types::AttributeValue;
use libfuzzer_sys::fuzz_target;
use portcullis_domain::{Portal, Settings, User, admin::Admin, user::Tombstone};
use serde::{Serialize, de::DeserializeOwned};
use std::collections::HashMap;

fn reads_back<T: Serialize + DeserializeOwned + PartialEq + std::fmt::Debug>(text: &str) {
    if let Ok(read) = serde_json::from_str::<T>(text) {
        let stored = serde_json::to_string(&read).unwrap_or_default();
        assert_eq!(serde_json::from_str::<T>(&stored).ok(), Some(read));
    }
}

fuzz_target!(|given: (&str, &str)| {
    let (state, entries) = given;
    reads_back::<User>(state);
    reads_back::<Tombstone>(state);
    reads_back::<Portal>(state);
    reads_back::<Settings>(state);
    reads_back::<Admin>(state);
    let item: HashMap<String, AttributeValue> = [
        ("pk", "USER#acme#x"),
        ("users_of", "acme"),
        ("locator", "AAAAAAAAAAAAAAAAAAAAAA"),
        ("write", "AAAAAAAAAAAAAAAA"),
        ("state", state),
        ("entries", entries),
    ]
    .map(|(name, text)| (name.to_owned(), AttributeValue::S(text.to_owned())))
    .into();
    drop(portcullis_store::stream_entries(&item));
});
