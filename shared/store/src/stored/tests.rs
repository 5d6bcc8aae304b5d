//! Filled items of every kind, as files. They are the first that bind: every later release reads
//! what is stored now. A file that is there is never written again; another form has another
//! version, and files of its own.

mod bulk_resets;
mod damaged;
mod freeze;
mod grace;
mod items;
mod journal;
mod numbers;
mod oidc;
pub(crate) mod one_user;
mod passkeys;
mod portal_items;
#[path = "../../../domain/tests/rules/portal_keys.rs"]
mod portal_keys;
mod releases;
mod relying_party;
mod reminders;
pub(crate) mod samples;
mod trust;

use aws_sdk_dynamodb::types::AttributeValue;
use serde_json::{Value, json};
use std::{collections::BTreeMap, fs::File, io::Write};

use super::number;
use crate::{item::Item, key::Copied, portals};

/// An item as a file has it: texts that are JSON themselves are written out.
fn shown(item: &Item) -> Value {
    let value = |value: &AttributeValue| match value {
        AttributeValue::S(text) if text.starts_with(['{', '[']) => {
            serde_json::from_str(text).unwrap()
        }
        AttributeValue::S(text) => json!(text),
        AttributeValue::N(number) => json!(number.parse::<i64>().unwrap()),
        other => panic!("{other:?}"),
    };
    let sorted: BTreeMap<_, _> =
        item.iter().map(|(name, content)| (name.clone(), value(content))).collect();
    json!(sorted)
}

/// The item that a file shows.
fn item_of(shown: &Value) -> Item {
    let value = |value: &Value| match value {
        Value::String(text) => AttributeValue::S(text.clone()),
        Value::Number(number) => AttributeValue::N(number.to_string()),
        other => AttributeValue::S(other.to_string()),
    };
    let all = shown.as_object().unwrap().iter();
    all.map(|(name, content)| (name.clone(), value(content))).collect()
}

/// The item in a file that an earlier release wrote.
fn item_in_file(kind: &str) -> Item {
    let path = format!("{}/tests/golden/{kind}.json", env!("CARGO_MANIFEST_DIR"));
    item_of(&serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap())
}

/// Compares with a file, and returns what the file shows. With `UPDATE` in the environment a file
/// that is missing is made; one that is there is never replaced.
fn golden(kind: &str, made: &Value) -> Value {
    let path = format!("{}/tests/golden/{kind}.json", env!("CARGO_MANIFEST_DIR"));
    let text = serde_json::to_string_pretty(made).unwrap() + "\n";
    if std::env::var_os("UPDATE").is_some()
        && let Ok(mut new) = File::create_new(&path)
    {
        new.write_all(text.as_bytes()).unwrap();
    }
    let file = std::fs::read_to_string(&path)
        .unwrap_or_else(|_| panic!("UPDATE=1 makes {path}, which is to be:\n{text}"));
    let file: Value = serde_json::from_str(&file).unwrap();
    assert_eq!(
        *made, file,
        "{path} binds: items of this form lie in tables. Another form is another version of the \
         format with a file of its own, and this release still reads and writes the one before"
    );
    file
}

/// Compares an item with its file, and returns the item that the file shows.
fn golden_item(kind: &str, item: &Item) -> Item {
    item_of(&golden(kind, &shown(item)))
}

#[test]
fn a_number_stands_for_what_it_stands_for_in_the_file() {
    golden("numbers", &number::tests::all());
}

fn first_copy(portal: &portcullis_domain::Portal) -> Item {
    let item = portals::item(portal, samples::WRITE, None).unwrap();
    item.of(Copied::Portal(&portal.id)).remove(0)
}
