//! The table, as far as the product uses it: items under a condition, and counters. A condition or
//! an expression that is not known here fails the test.

use super::search::Fault;
use serde_json::{Value, json};
use std::{
    collections::BTreeMap,
    fmt,
    hash::{DefaultHasher, Hash, Hasher},
    sync::Arc,
};

/// A value that is compared by a hash taken once, so that a state is cheap to compare.
#[derive(Clone)]
pub struct Hashed<T>(Arc<(u64, T)>);

impl<T: Hash> Hashed<T> {
    pub fn new(value: T) -> Self {
        let mut hasher = DefaultHasher::new();
        value.hash(&mut hasher);
        Self(Arc::new((hasher.finish(), value)))
    }
}

impl<T> std::ops::Deref for Hashed<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.0.1
    }
}

impl<T> PartialEq for Hashed<T> {
    fn eq(&self, other: &Self) -> bool {
        self.0.0 == other.0.0
    }
}

impl<T> Eq for Hashed<T> {}

impl<T> Hash for Hashed<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.0.hash(state);
    }
}

impl<T: fmt::Debug> fmt::Debug for Hashed<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.1.fmt(f)
    }
}

/// The conditions of a counter.
const COUNTS: &str =
    "(attribute_not_exists(#n) OR #n < :limit) AND (attribute_not_exists(#w) OR #w <> :write)";
const TAKES_BACK: &str = "#n >= :one";

/// A call to AWS: the operation, and what it says.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Call {
    pub operation: String,
    pub body: Value,
    /// How often the SDK sends it if no reply comes.
    pub tries: u8,
}

impl Call {
    /// Returns true if it only reads, so that a lost reply of it changes nothing.
    pub fn reads(&self) -> bool {
        self.operation.ends_with("GetItem")
    }

    /// Returns true if it hands an email to the provider.
    pub fn is_email(&self) -> bool {
        self.operation == "SendEmail"
    }

    /// Returns true if it takes back what a counter counted.
    pub fn takes_back(&self) -> bool {
        self.body["ConditionExpression"] == TAKES_BACK
    }

    /// Returns the key of the item that it writes, if it writes one.
    pub fn key(&self) -> Option<String> {
        let key = if self.operation == "PutItem" { &self.body["Item"] } else { &self.body["Key"] };
        (!key.is_null()).then(|| key_of(key))
    }

    /// Returns true if it writes the item of a user.
    pub fn writes_user(&self) -> bool {
        self.key().is_some_and(|key| key.starts_with("USER#"))
    }
}

impl fmt::Display for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.operation, self.key().unwrap_or_default())
    }
}

/// The reply to a call: a status and a body.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Reply(pub u16, pub Value);

impl Reply {
    /// The reply to a call that did what it asked.
    pub fn done() -> Self {
        Self(200, json!({}))
    }

    /// The reply of KMS with a key.
    pub fn data_key(key: &str) -> Self {
        Self(200, json!({ "KeyId": "key", "Plaintext": key, "CiphertextBlob": key }))
    }

    /// The reply of a provider that surely sends nothing.
    pub fn refused() -> Self {
        Self(400, json!({ "__type": "MessageRejected" }))
    }
}

/// The items, each under its key.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Table(BTreeMap<String, Hashed<Value>>);

fn key_of(key: &Value) -> String {
    format!("{} {}", key["pk"]["S"].as_str().unwrap(), key["sk"]["S"].as_str().unwrap())
}

impl Table {
    /// Returns the items whose keys begin like this.
    pub fn items<'a>(&'a self, start: &'a str) -> impl Iterator<Item = &'a Value> {
        self.0.iter().filter(move |(key, _)| key.starts_with(start)).map(|(_, item)| &**item)
    }

    /// Puts an item without a condition, as a test does to prepare one.
    pub fn put(&mut self, item: Value) {
        self.0.insert(key_of(&item), Hashed::new(item));
    }

    /// Makes a call, under a planted fault if there is one.
    pub fn apply(&mut self, call: &Call, fault: Option<Fault>) -> Reply {
        let body = &call.body;
        match call.operation.as_str() {
            "GetItem" => match self.0.get(&key_of(&body["Key"])) {
                Some(item) => Reply(200, json!({ "Item": **item })),
                None => Reply::done(),
            },
            "BatchGetItem" => {
                let (table, wanted) =
                    body["RequestItems"].as_object().unwrap().iter().next().unwrap();
                let keys = wanted["Keys"].as_array().unwrap().iter();
                let found: Vec<&Value> =
                    keys.filter_map(|key| self.0.get(&key_of(key))).map(|item| &**item).collect();
                Reply(200, json!({ "Responses": { table: found }, "UnprocessedKeys": {} }))
            }
            "PutItem" => self.put_item(body, fault),
            "UpdateItem" => self.update_item(body, fault),
            "SendEmail" => Reply(200, json!({ "MessageId": "1" })),
            other => panic!("{other} is not known here"),
        }
    }

    fn put_item(&mut self, body: &Value, fault: Option<Fault>) -> Reply {
        let mut item = body["Item"].clone();
        if fault == Some(Fault::LogsWithoutWriteId) && key_of(&item).starts_with("LOG#") {
            item["sk"]["S"] = json!(format!("{}", self.items("LOG#").count()));
        }
        let key = key_of(&item);
        let old = self.0.get(&key);
        let last = &body["ExpressionAttributeValues"][":last"];
        let holds = match body["ConditionExpression"].as_str() {
            Some("attribute_not_exists(pk)") => old.is_none(),
            Some("#write = :last") => old.is_some_and(|old| old["write"] == *last),
            other => panic!("{other:?} is not known here"),
        };
        if !holds && fault != Some(Fault::WritesWithoutCondition) {
            return failed(body, old, fault);
        }
        if key.starts_with("NOTICE#") && fault == Some(Fault::ClaimsWithoutWriteId) {
            item["writes"] = json!({ "L": [] });
        }
        self.put(item);
        Reply::done()
    }

    fn update_item(&mut self, body: &Value, fault: Option<Fault>) -> Reply {
        let old = self.0.get(&key_of(&body["Key"]));
        let counted = old.map_or(0, |old| count(old));
        let values = &body["ExpressionAttributeValues"];
        let (holds, next) = match body["ConditionExpression"].as_str() {
            Some(COUNTS) => {
                let limit = values[":limit"]["N"].as_str().unwrap().parse().unwrap();
                let within = counted < limit || fault == Some(Fault::CountsWithoutLimit);
                (within && old.is_none_or(|old| old["w"] != values[":write"]), counted + 1)
            }
            Some(TAKES_BACK) => (counted >= 1, counted.saturating_sub(1)),
            other => panic!("{other:?} is not known here"),
        };
        if !holds {
            return failed(body, old, fault);
        }
        let mut item = old.map_or_else(|| body["Key"].clone(), |old| (**old).clone());
        item["n"] = json!({ "N": next.to_string() });
        if !values[":write"].is_null() {
            item["w"] = values[":write"].clone();
        }
        self.put(item);
        Reply::done()
    }
}

/// The number that a counter stands at.
pub fn count(counter: &Value) -> u64 {
    counter["n"]["N"].as_str().unwrap().parse().unwrap()
}

/// A failed condition, with the item that is there if the call asks for it.
fn failed(body: &Value, old: Option<&Hashed<Value>>, fault: Option<Fault>) -> Reply {
    let kind = "com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException";
    let mut reply = json!({ "__type": kind, "message": "The conditional request failed" });
    if let Some(old) = old.filter(|_| body["ReturnValuesOnConditionCheckFailure"] == "ALL_OLD") {
        reply["Item"] = (**old).clone();
        if fault == Some(Fault::ForgetsItsWrites) {
            reply["Item"]["writes"] = json!({ "L": [] });
        }
    }
    Reply(400, reply)
}
