//! The replica of the table in another Region takes over. Two tables on one engine stand for the
//! replicas; what DynamoDB copies between them, the test copies.

use super::Shell;
use crate::harness::{Site, World, anna, fresh_nonce};
use aws_sdk_dynamodb::types::AttributeValue;
use axum::{Router, body::Body, http::Request};
use portcullis_app::AppContext;
use portcullis_keys::Purposes;
use portcullis_local::ROOT_KEY_ID;
use portcullis_ops::{FailOver, Line, OldRegion, Operator, OpsError};
use portcullis_store::Store;
use serde_json::{Value, json};
use std::{collections::HashMap, time::Duration};
use tower::ServiceExt as _;

const OLD: &str = "eu-west-1";
const NEW: &str = "eu-central-1";

pub(super) type Item = HashMap<String, AttributeValue>;

/// Two replicas, and the shell of an operator in the new Region.
pub(super) struct Regions {
    pub(super) world: World,
    pub(super) shell: Shell,
    table: aws_sdk_dynamodb::Client,
    pub(super) replica: String,
    secret: String,
}

impl Regions {
    pub(super) async fn start() -> Self {
        let world = World::start().await;
        let portal = world.portal("authenticator_app");
        let secret = portal.enrol_app(&world, anna()).await;
        world.running.stream_is_delivered().await;
        let mut shell = Shell::of(&world).await;
        let replicate = shell.operator.kms.replicate_key().key_id(ROOT_KEY_ID);
        replicate.replica_region(NEW).send().await.unwrap();
        let table = world.table_client().await;
        let replica = format!("{}-replica", world.running.table);
        let like = table.describe_table().table_name(&world.running.table).send().await.unwrap();
        let like = like.table.unwrap();
        // The index is not read here.
        let names = like.attribute_definitions.unwrap_or_default().into_iter();
        let names = names.filter(|name| ["pk", "sk"].contains(&name.attribute_name.as_str()));
        table
            .create_table()
            .table_name(&replica)
            .set_attribute_definitions(Some(names.collect()))
            .set_key_schema(like.key_schema)
            .billing_mode(aws_sdk_dynamodb::types::BillingMode::PayPerRequest)
            .send()
            .await
            .unwrap();
        let kms = world.kms_in(NEW).await;
        let store = Store::new(table.clone(), &replica);
        shell.operator = Operator { store, kms, ..shell.operator.clone() };
        let regions = Self { world, shell, table, replica, secret };
        regions.copy(|_| true).await;
        regions
    }

    pub(super) async fn items(&self, table: &str) -> Vec<Item> {
        let (mut items, mut from) = (vec![], None);
        loop {
            let scan = self.table.scan().table_name(table).set_exclusive_start_key(from);
            let page = scan.send().await.unwrap();
            items.extend(page.items.unwrap_or_default());
            from = page.last_evaluated_key;
            if from.is_none() {
                return items;
            }
        }
    }

    /// Copies the items of the old replica whose partition keys are these, each by itself.
    pub(super) async fn copy(&self, which: impl Fn(&str) -> bool) {
        for item in self.items(&self.world.running.table).await {
            if which(item["pk"].as_s().unwrap()) {
                self.put(&self.replica, item).await;
            }
        }
    }

    async fn put(&self, table: &str, item: Item) {
        self.table.put_item().table_name(table).set_item(Some(item)).send().await.unwrap();
    }

    pub(super) async fn fail_over(
        &self,
        operator: &Operator,
        old: OldRegion<'_>,
    ) -> Result<(), OpsError> {
        let pause = Duration::ZERO;
        operator.fail_over(FailOver { from: OLD, to: NEW, old, pause }).await
    }

    /// Returns the context of the functions in the new Region.
    fn functions_there(&self) -> AppContext {
        let Operator { store, kms, clock, rng, .. } = self.shell.operator.clone();
        AppContext::new(store, kms, Purposes::ALL, "urn:test", clock, rng)
    }

    /// Calls a function as the portal's back end, and returns its answer.
    async fn ask(&self, function: Router, path: &str, body: Value, status: u16) -> Value {
        let key = self.world.portal("authenticator_app").key;
        let request = Request::post(path).header("authorization", format!("Bearer {key}"));
        let request = request.header("content-type", "application/json");
        let answer = function.oneshot(request.body(Body::from(body.to_string())).unwrap()).await;
        let answer = answer.unwrap();
        let answered = answer.status().as_u16();
        let bytes = axum::body::to_bytes(answer.into_body(), usize::MAX).await.unwrap();
        let body: Value = serde_json::from_slice(&bytes).unwrap();
        assert_eq!(answered, status, "{path}: {body}");
        body
    }

    async fn closed(&self) -> Result<(), OpsError> {
        let old = &self.world.running.store;
        self.fail_over(&self.shell.operator, OldRegion::Closed(old)).await
    }
}

pub(super) fn refusal(done: Result<(), OpsError>) -> String {
    match done {
        Err(OpsError::Refused(why)) => why,
        other => panic!("{other:?}"),
    }
}

/// Returns the places of the calls that moving to another Region makes.
pub async fn sites_of_a_fail_over() -> Vec<Site> {
    let regions = Regions::start().await;
    let old = &regions.world.running.store;
    // The functions' own client is recorded.
    let recorded = Operator { store: old.clone(), ..regions.shell.operator.clone() };
    regions.world.aws.record_sites();
    regions.fail_over(&recorded, OldRegion::Closed(old)).await.unwrap();
    regions.world.aws.sites()
}

#[tokio::test(flavor = "multi_thread")]
async fn s43_a_replica_that_is_the_same_takes_over_with_its_own_kms_key() {
    let regions = Regions::start().await;
    regions.closed().await.unwrap();
    let printed = regions.shell.printed();
    for line in
        ["They are the same.", "of one write.", "Nothing to rewrap.", "ActivityEnabled=true"]
    {
        assert!(printed.contains(line), "{line}: {printed}");
    }
    // A user signs in there, with the key of the old Region disabled.
    let first = Shell::of(&regions.world).await.operator.kms;
    first.disable_key().key_id(ROOT_KEY_ID).send().await.unwrap();
    let (_, sender) = regions.world.function().await;
    let context = regions.functions_there();
    let opens = portcullis_challenge_dispatch::AppState { context: context.clone(), sender };
    let opens = portcullis_challenge_dispatch::router(opens);
    let body = json!({ "user": anna(), "event": "login", "nonce": fresh_nonce() });
    let sign_in = regions.ask(opens, "/v1/sign-ins", body, 201).await;
    let code = json!({ "code": regions.world.totp(&regions.secret) });
    let path = format!("/v1/sign-ins/{}/verify", sign_in["id"].as_str().unwrap());
    let done = regions.ask(portcullis_verify::router(context), &path, code, 200).await;
    assert_eq!(done["status"], "allowed", "{done}");
}

#[tokio::test(flavor = "multi_thread")]
async fn s43_the_old_region_is_closed_first_and_must_not_write_between_two_readings() {
    let regions = Regions::start().await;
    let before = regions.items(&regions.replica).await.len();
    let open = refusal(regions.fail_over(&regions.shell.operator, OldRegion::Open).await);
    assert!(open.starts_with("nothing was done; close eu-west-1 first"), "{open}");
    let printed = regions.shell.printed();
    assert!(printed.contains("--reserved-concurrent-executions 0"), "{printed}");
    // `describe-stack-resources` returns the first hundred, and no function is among them.
    assert!(printed.contains("aws cloudformation list-stack-resources"), "{printed}");
    assert!(printed.contains("aws iam put-role-policy"), "{printed}");
    // Roles of the new Region have the same beginning.
    let there = r#""Condition":{"StringEquals":{"aws:RequestedRegion":"eu-west-1"}}}]}'; done"#;
    assert!(printed.contains(there), "{printed}");
    // Something is written there each time after the command has read it.
    let (table, name) = (regions.table.clone(), regions.world.running.table.clone());
    let count = std::sync::atomic::AtomicU32::new(0);
    let say = move |line: Line<'_>| match line {
        Line::Progress(text) if text.ends_with(OLD) => {
            let n = count.fetch_add(1, std::sync::atomic::Ordering::Relaxed).to_string();
            let item =
                ["pk", "sk", "n"].map(|name| (name.to_owned(), AttributeValue::S(n.clone())));
            let put = table.put_item().table_name(&name).set_item(Some(item.into()));
            let wait = tokio::runtime::Handle::current();
            tokio::task::block_in_place(|| drop(wait.block_on(put.send()).unwrap()));
        }
        Line::Progress(_) | Line::Transcript(_) => {}
    };
    let watched = Operator { say: std::sync::Arc::new(say), ..regions.shell.operator.clone() };
    let old = OldRegion::Closed(&regions.world.running.store);
    let writes = refusal(regions.fail_over(&watched, old).await);
    assert!(writes.starts_with("something still writes to the table in eu-west-1"), "{writes}");
    assert_eq!(regions.items(&regions.replica).await.len(), before);
}

#[tokio::test(flavor = "multi_thread")]
async fn s19_a_fail_over_that_fails_anywhere_opens_nothing_and_the_next_run_makes_it_good() {
    let regions = Regions::start().await;
    let old = &regions.world.running.store;
    // The functions' own client is recorded.
    let recorded = Operator { store: old.clone(), ..regions.shell.operator.clone() };
    // The SDK tries three times.
    for (operation, skip) in
        [("Scan", 0), ("Scan", 1), ("BatchGetItem", 0), ("GetItem", 0), ("Decrypt", 0)]
    {
        regions.world.aws.break_calls(operation, skip, 3);
        let stopped = regions.fail_over(&recorded, OldRegion::Closed(old)).await;
        regions.world.aws.mend();
        let failed = matches!(stopped, Err(OpsError::Store(_) | OpsError::Keys(_)));
        assert!(failed, "{operation} after {skip}: {stopped:?}");
        let printed = regions.shell.printed();
        assert!(!printed.contains("4. Open"), "{operation}: {printed}");
    }
    regions.fail_over(&recorded, OldRegion::Closed(old)).await.unwrap();
    assert!(regions.shell.printed().contains("4. Open"));
}

#[tokio::test(flavor = "multi_thread")]
async fn s43_what_is_not_copied_yet_is_waited_for() {
    let regions = Regions::start().await;
    regions.world.portal("authenticator_app").open(anna()).await;
    regions.world.running.stream_is_delivered().await;
    let early = refusal(regions.closed().await);
    assert!(early.contains("items differ; wait until they are copied"), "{early}");
    regions.copy(|_| true).await;
    regions.closed().await.unwrap();
}
