//! Notes the rights that each function uses, by its calls to AWS, as IAM sees them.
//!
//! tests/operations/iam reads the notes. They hold classes of keys, without hashes, names and days.

use aws_smithy_runtime_api::client::{
    http::{
        HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpClient,
        SharedHttpConnector, http_client_fn,
    },
    orchestrator::HttpRequest,
    runtime_components::RuntimeComponents,
};
use portcullis_local::running_function;
use serde_json::{Value, json};
use std::{
    collections::{BTreeMap, BTreeSet},
    fs::{File, OpenOptions},
    io::Write as _,
    sync::{LazyLock, Mutex},
};

/// The file of the notes, if one is asked for.
static NOTES: LazyLock<Option<Mutex<Notes>>> = LazyLock::new(|| {
    let path = std::env::var_os("PORTCULLIS_RECORD_CALLS")?;
    let file = OpenOptions::new().create(true).append(true).open(path).unwrap();
    Some(Mutex::new(Notes { file, known: BTreeSet::new() }))
});

struct Notes {
    file: File,
    known: BTreeSet<String>,
}

pub fn recorded_client() -> SharedHttpClient {
    let plain = aws_smithy_http_client::Builder::new().build_http();
    http_client_fn(move |settings: &HttpConnectorSettings, components: &RuntimeComponents| {
        use aws_smithy_runtime_api::client::http::HttpClient as _;
        SharedHttpConnector::new(Recorder(plain.http_connector(settings, components)))
    })
}

#[derive(Debug)]
struct Recorder(SharedHttpConnector);

impl HttpConnector for Recorder {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        if let (Some(notes), Some(function)) = (NOTES.as_ref(), running_function()) {
            for used in rights(&request) {
                let mut used = used;
                used["function"] = function.into();
                let line = used.to_string();
                let mut notes = notes.lock().unwrap();
                if notes.known.insert(line.clone()) {
                    // One write a line, so that processes may share the file.
                    notes.file.write_all(format!("{line}\n").as_bytes()).unwrap();
                }
            }
        }
        self.0.call(request)
    }
}

/// Returns the rights that a call needs. An unknown service fails the test.
fn rights(request: &HttpRequest) -> Vec<Value> {
    let body = request.body().bytes().unwrap_or_default();
    if let Some(target) = request.headers().get("x-amz-target") {
        let body: Value = serde_json::from_slice(body).unwrap();
        let (service, operation) = target.rsplit_once('.').unwrap();
        return match service {
            "DynamoDB_20120810" => table_rights(operation, &body),
            "TrentService" => vec![json!({
                "action": format!("kms:{operation}"),
                "context": body["EncryptionContext"],
            })],
            "AmazonSQS" => {
                let queue = body["QueueUrl"].as_str().unwrap().rsplit('/').next();
                vec![json!({ "action": format!("sqs:{operation}"), "queue": queue })]
            }
            "AWSEvents" => {
                let entries = body["Entries"].as_array().unwrap().iter();
                let bus = |entry: &Value| json!({ "action": format!("events:{operation}"), "bus": entry["EventBusName"] });
                entries.map(bus).collect()
            }
            _ => panic!("the recorder does not know {target}"),
        };
    }
    if let Some((_, object)) = request.uri().split_once("/local/s3/") {
        // The bucket, and then the folder of the object.
        let folder = object.split('/').nth(1).unwrap();
        assert_eq!(request.method(), "PUT", "the recorder knows no other call of S3");
        return vec![json!({ "action": "s3:PutObject", "journal": folder })];
    }
    if request.uri().contains("/v2/email/") {
        return vec![email_right(request, body)];
    }
    let form = format!("http://form/?{}", String::from_utf8_lossy(body));
    let form: BTreeMap<String, String> =
        reqwest::Url::parse(&form).unwrap().query_pairs().into_owned().collect();
    match form.get("Action").map(String::as_str) {
        Some("Publish") => {
            let to = if form.contains_key("PhoneNumber") { "phone" } else { "topic" };
            vec![json!({ "action": "sns:Publish", "to": to })]
        }
        Some(operation) => vec![json!({ "action": format!("sns:{operation}") })],
        // Twilio is called by another client, which needs no right.
        None => panic!("the recorder does not know {}", request.uri()),
    }
}

fn email_right(request: &HttpRequest, body: &[u8]) -> Value {
    let (_, path) = request.uri().split_once("/v2/email/").unwrap();
    let mut parts = path.split(['/', '?']);
    match (parts.next().unwrap(), parts.next()) {
        ("outbound-emails", _) => {
            let body: Value = serde_json::from_slice(body).unwrap();
            let from = body["FromEmailAddress"].as_str().unwrap();
            let address = from.rsplit_once('<').map_or(from, |(_, address)| address);
            let set = body["ConfigurationSetName"].is_string();
            let from = address.trim_end_matches('>');
            json!({ "action": "ses:SendEmail", "from": from, "configuration_set": set })
        }
        ("account", _) => json!({ "action": "ses:GetAccount" }),
        ("configuration-sets", Some(_)) => {
            json!({ "action": "ses:GetConfigurationSetEventDestinations" })
        }
        ("identities", Some(_)) => json!({ "action": "ses:GetEmailIdentity" }),
        _ => panic!("the recorder does not know {path}"),
    }
}

/// Returns the rights of a call to the table; a batch or a transaction needs those of each part.
fn table_rights(operation: &str, body: &Value) -> Vec<Value> {
    let right = |action: &str, keys: BTreeSet<String>, index: &Value| json!({ "action": format!("dynamodb:{action}"), "keys": keys, "index": index });
    let item = |key: &Value| BTreeSet::from([class(key["pk"]["S"].as_str().unwrap())]);
    let none = &Value::Null;
    match operation {
        "BatchGetItem" => {
            let tables = body["RequestItems"].as_object().unwrap();
            let keys = tables.values().flat_map(|table| table["Keys"].as_array().unwrap());
            vec![right(operation, keys.flat_map(item).collect(), none)]
        }
        "BatchWriteItem" => {
            let tables = body["RequestItems"].as_object().unwrap();
            let parts = tables.values().flat_map(|requests| requests.as_array().unwrap());
            let key = |part: &Value| match part.get("PutRequest") {
                Some(put) => item(&put["Item"]),
                None => item(&part["DeleteRequest"]["Key"]),
            };
            vec![right(operation, parts.flat_map(key).collect(), none)]
        }
        "TransactWriteItems" => {
            let actions = body["TransactItems"].as_array().unwrap();
            let parts = actions.iter().flat_map(|action| action.as_object().unwrap());
            let of = |(kind, part): (&String, &Value)| match kind.as_str() {
                "Put" => right("PutItem", item(&part["Item"]), none),
                "Update" => right("UpdateItem", item(&part["Key"]), none),
                "Delete" => right("DeleteItem", item(&part["Key"]), none),
                "ConditionCheck" => right("ConditionCheckItem", item(&part["Key"]), none),
                _ => panic!("the recorder does not know {kind}"),
            };
            parts.map(of).collect()
        }
        "PutItem" => vec![right(operation, item(&body["Item"]), none)],
        "GetItem" | "UpdateItem" | "DeleteItem" => vec![right(operation, item(&body["Key"]), none)],
        // Every query of this product names its partition by one value; a range narrows it further.
        "Query" => {
            let condition = body["KeyConditionExpression"].as_str().unwrap();
            let column = if body["IndexName"].is_string() { "users_of" } else { "pk" };
            let at = condition.split(" AND ").find(|part| part.starts_with(column)).unwrap();
            let name = at.rsplit("= ").next().unwrap().trim();
            let key = body["ExpressionAttributeValues"][name]["S"].as_str().unwrap();
            vec![right(operation, BTreeSet::from([class(key)]), &body["IndexName"])]
        }
        _ => vec![right(operation, BTreeSet::new(), none)],
    }
}

/// Returns the class of a partition key: its kind; for users, and the destinations they tried, also
/// if they are admins.
pub fn class(key: &str) -> String {
    let mut parts = key.split('#');
    let (kind, next) = (parts.next().unwrap(), parts.next().unwrap_or_default());
    match kind {
        "COUNT" if next == "tried" => match parts.next() {
            Some("console") => "COUNT#tried#console#*".to_owned(),
            _ => "COUNT#tried#*#*".to_owned(),
        },
        "SYSTEM" | "COUNT" => {
            let more = if parts.next().is_some() { "#*" } else { "" };
            format!("{kind}#{next}{more}")
        }
        "USER" if next == "console" => "USER#console#*".to_owned(),
        "ADMIN" | "PORTAL" | "NOTICE" if next.is_empty() => format!("{kind}#"),
        "USER" => "USER#*#*".to_owned(),
        "STAT" => match parts.next() {
            Some(what @ ("keys" | "log" | "enrolled")) => format!("STAT#*#{what}"),
            // A day.
            _ => "STAT#*#20000".to_owned(),
        },
        "PORTAL" | "ADMIN" | "LOG" | "LOGO" | "NOTICE" | "FIND" | "BULK" => format!("{kind}#*"),
        // The index holds users by the portal's id.
        _ => "*".to_owned(),
    }
}
