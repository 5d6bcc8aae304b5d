//! A provider of messages that takes five seconds for each: calls that need no provider go on, and
//! so do codes of other providers.
//!
//! Executions are a model of Lambda's, held against calls that are really under way: "Configuring
//! reserved concurrency for a function" in the AWS Lambda Developer Guide says that a reservation
//! is both a limit and a guarantee, that functions without one share what is left of the account's
//! quota, and that 100 executions cannot be reserved.

use crate::harness::{HeldCall, Portal, Reply, World, anna};
use portcullis_delivery::SEND_SECONDS;
use portcullis_domain::{limits, portal::Share};
use serde_json::json;
use std::{collections::BTreeMap, fs, sync::Arc};
use tokio::task::JoinHandle;

const TEMPLATE: &str = "../template.yaml";
const PAGE: &str = "../infra/docs/operate/capacity.md";
/// Executions that Lambda lets nobody reserve.
const NEVER_RESERVED: u32 = 100;

struct Executions {
    quota: usize,
    reserved: BTreeMap<&'static str, usize>,
    running: BTreeMap<&'static str, usize>,
}

impl Executions {
    fn new(quota: usize, reserved: impl IntoIterator<Item = (&'static str, usize)>) -> Self {
        Self { quota, reserved: reserved.into_iter().collect(), running: BTreeMap::new() }
    }

    fn begin(&mut self, function: &'static str) -> bool {
        let running = |name: &str| self.running.get(name).copied().unwrap_or_default();
        let room = match self.reserved.get(function) {
            Some(reserved) => running(function) < *reserved,
            None => {
                let shared = self.quota - self.reserved.values().sum::<usize>();
                let others = self.running.keys().filter(|name| !self.reserved.contains_key(*name));
                others.map(|name| running(name)).sum::<usize>() < shared
            }
        };
        if room {
            *self.running.entry(function).or_default() += 1;
        }
        room
    }

    fn end(&mut self, function: &'static str) {
        *self.running.get_mut(function).unwrap() -= 1;
    }
}

/// Emails that the provider has not answered yet.
struct Waiting {
    held: Vec<Arc<HeldCall>>,
    calls: Vec<JoinHandle<Reply>>,
}

impl Waiting {
    /// Has emails sent until no execution is left, each to a user of its own.
    async fn for_executions(world: &World, portal: &Portal, left: &mut Executions) -> Self {
        let mut waiting = Self { held: vec![], calls: vec![] };
        loop {
            let n = waiting.held.len();
            let email = format!("slow{n}@example.com");
            let user = json!({ "id": format!("slow-{n}"), "email": email, "email_verified": true });
            let sign_in = portal.open(user).await;
            if !left.begin("challenge-dispatch") {
                return waiting;
            }
            let held = world.aws.delay("SendEmail");
            let portal = portal.clone();
            let send = async move {
                portal.act(&sign_in, "challenge", json!({ "method": "email" })).await
            };
            waiting.calls.push(tokio::spawn(send));
            held.arrived.notified().await;
            waiting.held.push(held);
        }
    }

    /// Has the provider answer; each caller is told that a code is on its way.
    async fn end(self) {
        for held in self.held {
            held.release.notify_one();
        }
        for call in self.calls {
            assert_eq!(call.await.unwrap().status, 202);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn s46_a_slow_provider_takes_every_execution_unless_its_function_has_a_limit() {
    const QUOTA: usize = 6;
    let world = World::start().await;
    let (slow, quiet) = (world.portal("always_on"), world.portal("authenticator_app"));
    let secret = quiet.enrol_app(&world, anna()).await;
    let sign_in = quiet.open(anna()).await;

    let mut executions = Executions::new(QUOTA, []);
    let waiting = Waiting::for_executions(&world, &slow, &mut executions).await;
    assert_eq!(waiting.held.len(), QUOTA);
    assert!(!executions.begin("verify"), "without a limit nothing is left for the others");
    waiting.end().await;

    let mut executions = Executions::new(QUOTA, [("challenge-dispatch", 3)]);
    let waiting = Waiting::for_executions(&world, &slow, &mut executions).await;
    assert_eq!(waiting.held.len(), 3);
    // While those wait, whoever has an app gets in, a new user enrols, and records change.
    assert!(executions.begin("verify"));
    let verified = quiet.verify(&sign_in, &world.totp(&secret)).await;
    assert_eq!(verified.body["status"], "allowed");
    executions.end("verify");
    assert!(executions.begin("enrolment"));
    let changed = quiet.put_user("anna", &json!({ "display_name": "Anna" })).await;
    assert_eq!(changed.status, 200);
    executions.end("enrolment");
    assert!(executions.begin("reset") && executions.begin("policy-admin"));
    assert_eq!(world.admin("GET", "/v1/admin/portals", None, None).await.status, 200);
    waiting.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn s46_while_one_provider_is_slow_codes_of_another_are_sent_and_accepted() {
    let world = World::start().await;
    let (slow, other) = (world.portal("always_on"), world.portal("sms_enrolment"));
    let mut executions = Executions::new(10, [("challenge-dispatch", 4)]);
    let waiting = Waiting::for_executions(&world, &slow, &mut executions).await;
    assert_eq!(waiting.held.len(), 4);
    // In the last execution a user of the same portal takes the other way, and another portal's.
    executions.end("challenge-dispatch");
    for (portal, function) in [(&slow, "challenge-dispatch"), (&other, "enrolment")] {
        assert!(executions.begin(function));
        let sign_in = portal.open(anna()).await;
        let sent = if portal.id == slow.id {
            portal.act(&sign_in, "challenge", json!({ "method": "sms" })).await
        } else {
            let phone = json!({ "method": "sms", "phone": "+64211234589" });
            portal.act(&sign_in, "enrolment", phone).await
        };
        assert!(sent.status < 300, "{:?}", sent.body);
        let code = json!({ "code": world.code_sent_to("+64211234589").await });
        let action = if portal.id == slow.id { "verify" } else { "enrolment/confirm" };
        assert_eq!(portal.act(&sign_in, action, code).await.body["status"], "allowed");
        executions.end(function);
        world.advance(60);
    }
    waiting.end().await;
}

/// Returns the number after a word of a file.
fn number(file: &str, before: &str) -> u32 {
    let text = fs::read_to_string(file).unwrap();
    let (_, rest) = text.split_once(before).unwrap_or_else(|| panic!("{file} without {before}"));
    let digits: String = rest.chars().take_while(|c| c.is_ascii_digit() || *c == ',').collect();
    digits.replace(',', "").parse().unwrap()
}

/// The table "Functions at once" of the book, by the numbers of the template: a provider that takes
/// as long as a send may take leaves executions to everybody else.
#[test]
fn s46_the_limits_of_the_book_leave_executions_to_others_while_a_provider_is_slow() {
    let quota = number(TEMPLATE, "LambdaConcurrencyQuota:\n    Type: Number\n    Default: ");
    let of = |parameter: &str| number(PAGE, &format!("| `{parameter}` | "));
    let (senders, verify, enrolment) =
        (of("ChallengeDispatchConcurrency"), of("VerifyConcurrency"), of("EnrolmentConcurrency"));
    assert!(senders + verify + enrolment + NEVER_RESERVED <= quota);
    let seconds = u32::try_from(SEND_SECONDS).unwrap();
    // Ten thousand codes a minute, each by a slow email, take most of a quota.
    assert_eq!(10_000 * seconds / 60, 833);
    assert!(senders < 833, "so it needs the limit");
    // One portal at its usual share, every code by the slow provider, leaves room to the others.
    let one_portal = Share::default().per_minute() * seconds / 60;
    assert_eq!(one_portal, 250);
    assert!(one_portal < senders);
    // Ten thousand codes a minute are checked in the executions of verify at a second each.
    assert!(10_000 / 60 < verify);
    assert_eq!(limits::SHARE_SECONDS, 60);
    // A call that waits for a provider ends before Lambda ends it.
    let timeout = number(TEMPLATE, "    Timeout: ");
    assert!(seconds * 2 < timeout, "two sends, and the record of them");
}

#[tokio::test(flavor = "multi_thread")]
async fn s46_a_provider_that_is_given_up_is_told_honestly_and_the_other_way_is_still_there() {
    let world = World::start().await;
    let portal = world.portal("always_on");
    let sign_in = portal.open(anna()).await;
    world.set_providers("silent").await;
    let sent = portal.act(&sign_in, "challenge", json!({ "method": "email" })).await;
    world.set_providers("deliver").await;
    assert_eq!((sent.status, &sent.body["challenge"]["delivery"]), (202, &json!("unknown")));
    let message = sent.body["message"].as_str().unwrap();
    assert!(message.starts_with("Sending a code to test*****.co.nz took too long."), "{message}");
    let other = portal.act(&sign_in, "challenge", json!({ "method": "sms" })).await;
    assert_eq!((other.status, &other.body["challenge"]["delivery"]), (202, &json!("sent")));
    let code = world.code_sent_to("+64211234589").await;
    assert_eq!(portal.verify(&sign_in, &code).await.body["status"], "allowed");
}
