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

/// The conditions of a counter that has a part.
const COUNTS: &str = "(attribute_not_exists(#n) OR #n < :limit) AND (attribute_not_exists(#u) OR #u < :part) AND (attribute_not_exists(#w) OR #w <> :write)";
const TAKES_BACK: &str = "#n >= :one AND #u >= :one";

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Call {
    pub operation: String,
    pub body: Value,
    /// The number of times that the SDK sends it if no reply comes.
    pub tries: u8,
}

impl Call {
    pub fn reads(&self) -> bool {
        self.operation.ends_with("GetItem") || self.lists_due()
    }

    /// Returns true if it asks for the notices that are due.
    pub fn lists_due(&self) -> bool {
        self.operation == "Query"
    }

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

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Reply(pub u16, pub Value);

impl Reply {
    pub fn done() -> Self {
        Self(200, json!({}))
    }

    /// The reply of KMS with a key.
    pub fn data_key(key: &str) -> Self {
        Self(200, json!({ "KeyId": "key", "Plaintext": key, "CiphertextBlob": key }))
    }

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
            "Query" => self.query(body),
            "PutItem" => self.put_item(body, fault),
            "TransactWriteItems" => {
                let items = body["TransactItems"].as_array().unwrap().iter();
                items.for_each(|item| assert_eq!(self.put_item(&item["Put"], None).0, 200));
                Reply::done()
            }
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
        if key.starts_with("NOTICE#") && fault == Some(Fault::ClaimsOutsideIndex) {
            item.as_object_mut().unwrap().remove("users_of");
        }
        self.put(item);
        Reply::done()
    }

    /// Lists what is due, in the order of time.
    fn query(&self, body: &Value) -> Reply {
        assert_eq!(body["KeyConditionExpression"], "users_of = :of AND #l <= :now");
        assert!(body["IndexName"] == "users" && body["ExclusiveStartKey"].is_null());
        let values = &body["ExpressionAttributeValues"];
        let due = |item: &Value| item["locator"]["S"].as_str().map(str::to_owned);
        let now = due(&json!({ "locator": values[":now"] }));
        let listed = |item: &&Value| item["users_of"] == values[":of"] && due(item) <= now;
        let mut items: Vec<&Value> = self.items("").filter(listed).collect();
        items.sort_by_key(|item| due(item));
        Reply(200, json!({ "Items": items, "Count": items.len() }))
    }

    fn update_item(&mut self, body: &Value, fault: Option<Fault>) -> Reply {
        let old = self.0.get(&key_of(&body["Key"]));
        let [all, part] = ["n", "u"].map(|name| old.map_or(0, |old| number(&old[name])));
        let values = &body["ExpressionAttributeValues"];
        let (holds, next) = match body["ConditionExpression"].as_str() {
            Some(COUNTS) => {
                let within = all < number(&values[":limit"]) && part < number(&values[":part"]);
                let within = within || fault == Some(Fault::CountsWithoutLimit);
                let is_new = old.is_none_or(|old| old["w"] != values[":write"]);
                (within && is_new, [all + 1, part + 1])
            }
            Some(TAKES_BACK) => {
                (all >= 1 && part >= 1, [all.saturating_sub(1), part.saturating_sub(1)])
            }
            other => panic!("{other:?} is not known here"),
        };
        if !holds {
            return failed(body, old, fault);
        }
        let mut item = old.map_or_else(|| body["Key"].clone(), |old| (**old).clone());
        [item["n"], item["u"]] = next.map(|next| json!({ "N": next.to_string() }));
        if !values[":write"].is_null() {
            item["w"] = values[":write"].clone();
        }
        self.put(item);
        Reply::done()
    }
}

/// A number; nothing is 0.
pub fn number(value: &Value) -> u32 {
    value["N"].as_str().map_or(0, |digits| digits.parse().unwrap())
}

/// A failed condition, with the item that is there if the call asks for it.
fn failed(body: &Value, old: Option<&Hashed<Value>>, fault: Option<Fault>) -> Reply {
    let kind = "com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException";
    let mut reply = json!({ "__type": kind, "message": "The conditional request failed" });
    if let Some(old) = old.filter(|_| body["ReturnValuesOnConditionCheckFailure"] == "ALL_OLD") {
        reply["Item"] = (**old).clone();
        let forgets = match fault {
            Some(Fault::ForgetsItsWrites) => true,
            Some(Fault::ClaimsWithoutWriteId) => key_of(old).starts_with("NOTICE#"),
            Some(_) | None => false,
        };
        if forgets {
            let item = reply["Item"].as_object_mut().unwrap();
            item.retain(|name, _| !["write", "state"].contains(&name.as_str()));
        }
    }
    Reply(400, reply)
}
