//! Items of the table as its stream carries them: damaged ones are refused, whatever is in them.
#![no_main]

use aws_sdk_dynamodb::types::AttributeValue::{self, N, S};
use libfuzzer_sys::fuzz_target;
use portcullis_store::{stream_entries, stream_user};
use std::collections::HashMap;

/// An item of the format that this release reads, with these attributes more.
fn item(pk: &str, more: &[(&str, &str)]) -> HashMap<String, AttributeValue> {
    let always = [
        ("pk", pk),
        ("users_of", "acme"),
        ("locator", "AAAAAAAAAAAAAAAAAAAAAA"),
        ("write", "AAAAAAAAAAAAAAAA"),
    ];
    let texts = always.iter().chain(more);
    let mut item: HashMap<_, _> =
        texts.map(|(name, text)| ((*name).to_owned(), S((*text).to_owned()))).collect();
    item.insert("format".to_owned(), N("1".to_owned()));
    item
}

fuzz_target!(|given: (&str, &str, &str, &str)| {
    let (state, listed, erased, entries) = given;
    drop(stream_user(&item("USER#acme#x", &[("state", state), ("listed", listed)])));
    let tombstone = item("USER#acme#x", &[("erased", erased)]);
    assert!(!matches!(stream_user(&tombstone), Ok(Some(_))), "an erased user is nobody");
    for pk in ["USER#acme#x", "PORTAL#acme"] {
        if let Ok(caused) = stream_entries(&item(pk, &[("entries", entries)])) {
            assert!(
                caused.is_some_and(|caused| caused.locator.is_some() == pk.starts_with("USER"))
            );
        }
    }
});
