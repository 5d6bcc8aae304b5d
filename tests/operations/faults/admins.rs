//! Makes each AWS call of the admin plane, the keys and the stream fail in every way: the answer is
//! an honest 503, and after one retry the change is there, once.

use crate::{
    console::{operator, signed_in},
    harness::{Fault, Reply, Site, World, because},
    journeys::{
        admin::set_up::{deployed_with, opens_session, set_up},
        digests::{activity, counted, told},
    },
};
use portcullis_activity::sweep;
use serde_json::{Value, json};

/// A call of an operator. `{n}` is replaced by a new number each time.
struct Call {
    name: &'static str,
    before: Vec<(&'static str, &'static str, Value)>,
    method: &'static str,
    path: &'static str,
    body: Option<Value>,
    /// Statuses that are right if the first try was done.
    done_before: &'static [u16],
    /// The address to read afterwards, and its status.
    then: (&'static str, u16),
}

fn calls() -> Vec<Call> {
    const PORTALS: &str = "/v1/admin/portals";
    const PORTAL: &str = "/v1/admin/portals/portal-{n}";
    const PARTITIONS: &str = "/v1/admin/portals/portal-{n}/log-partitions";
    const ADMINS: &str = "/v1/admin/admins";
    const SESSIONS: &str = "/v1/admin/sessions";
    let profile = json!({ "description": "Acme" });
    let preset = "authenticator_app";
    let portal = json!({ "id": "portal-{n}", "profile": profile, "preset": preset });
    let admin = json!({ "name": "admin{n}", "role": { "role": "auditor" } });
    let raised = json!({ "role": { "role": "technician", "portals": ["managed"] } });
    let off = json!({ "enabled": false, "confirm": true });
    let partitions = json!({ "partitions": 8 });
    let confirmed = json!({ "confirm": true });
    let log_days = json!({ "days": 120 });
    let share = json!({ "per_minute": 600 });
    let sending = json!({ "email_from": "codes@acme.portal.example", "sms_from": "ACME", "emails_per_day": 600, "texts_per_day": 60 });
    let post = |name, path, body| Call::new(name, "POST", path, body);
    let on_portal = |name, path, body| {
        post(name, path, body).after(("POST", PORTALS, portal.clone())).then(PORTAL, 200)
    };
    let on_admin = |name, method, path, body| {
        Call::new(name, method, path, body).after(("POST", ADMINS, admin.clone())).then(ADMINS, 200)
    };
    vec![
        Call::get("list portals", PORTALS),
        Call::get("list users", "/v1/admin/portals/managed/users"),
        Call::get("find users", "/v1/admin/portals/managed/users?find=anna"),
        Call::get("read the log", "/v1/admin/portals/managed/activity"),
        Call::get("read the numbers", "/v1/admin/portals/managed/numbers"),
        Call::get("list admins", ADMINS),
        post("make a portal", PORTALS, Some(portal.clone())).or(&[409]).then(PORTAL, 200),
        on_portal("switch it", "/v1/admin/portals/portal-{n}/mfa", Some(off)),
        on_portal("end all trust", "/v1/admin/portals/portal-{n}/end-trust", Some(confirmed)),
        Call::new("set its senders", "PUT", "/v1/admin/portals/portal-{n}/sending", Some(sending))
            .after(("POST", PORTALS, portal.clone()))
            .then(PORTAL, 200),
        Call::new("set its share", "PUT", "/v1/admin/portals/portal-{n}/share", Some(share))
            .after(("POST", PORTALS, portal.clone()))
            .then(PORTAL, 200),
        Call::new("set its days", "PUT", "/v1/admin/portals/portal-{n}/log-days", Some(log_days))
            .after(("POST", PORTALS, portal.clone()))
            .then(PORTAL, 200),
        on_portal("make a key", "/v1/admin/portals/portal-{n}/keys", Some(json!({}))).or(&[409]),
        Call::new("raise the partitions of its log", "PUT", PARTITIONS, Some(partitions))
            .after(("POST", PORTALS, portal.clone()))
            .then(PARTITIONS, 200),
        on_portal("delete it", "/v1/admin/portals/portal-{n}/delete", because("test"))
            .or(&[404])
            .then(PORTAL, 404),
        post("make an admin", ADMINS, Some(admin.clone())).or(&[409]),
        on_admin("raise an admin", "PUT", "/v1/admin/admins/admin{n}", Some(raised)),
        on_admin("remove an admin", "POST", "/v1/admin/admins/admin{n}/remove", because("left"))
            .or(&[404]),
        on_admin(
            "end an admin's sessions",
            "POST",
            "/v1/admin/admins/admin{n}/end-sessions",
            because("lost laptop"),
        ),
        Call::get("list sessions", SESSIONS),
        post("end the other sessions", "/v1/admin/sessions/end-others", None).then(SESSIONS, 200),
        post("check the settings", "/v1/admin/settings/check", None)
            .then("/v1/admin/settings", 200),
    ]
}

/// The calls after which a request makes no others than before: to read the log it asks for each
/// partition of each day.
const ALIKE_AFTER: u32 = 12;

fn filled(text: &str, n: u32) -> String {
    text.replace("{n}", &n.to_string())
}

fn filled_in(body: &Value, n: u32) -> Value {
    serde_json::from_str(&filled(&body.to_string(), n)).unwrap()
}

impl Call {
    /// Describes a call whose address answers 200 afterwards.
    fn new(
        name: &'static str,
        method: &'static str,
        path: &'static str,
        body: Option<Value>,
    ) -> Self {
        Self { name, before: vec![], method, path, body, done_before: &[], then: (path, 200) }
    }

    fn get(name: &'static str, path: &'static str) -> Self {
        Self::new(name, "GET", path, None)
    }

    fn after(self, before: (&'static str, &'static str, Value)) -> Self {
        Self { before: vec![before], ..self }
    }

    fn or(self, done_before: &'static [u16]) -> Self {
        Self { done_before, ..self }
    }

    fn then(self, path: &'static str, status: u16) -> Self {
        Self { then: (path, status), ..self }
    }

    async fn prepare(&self, world: &World, n: u32) {
        for (method, path, body) in &self.before {
            world.admin_ok(method, &filled(path, n), Some(filled_in(body, n))).await;
        }
    }

    async fn make(&self, world: &World, n: u32) -> Reply {
        let body = self.body.as_ref().map(|body| filled_in(body, n));
        world.admin(self.method, &filled(self.path, n), None, body).await
    }

    /// Makes the call with a fault, and once more without.
    async fn survives(&self, world: &World, n: u32, fault: Fault, skip: u32, times: u32) {
        self.prepare(world, n).await;
        let gone = world.aws.fault(fault, skip, times);
        let first = tokio::select! {
            reply = self.make(world, n) => Some(reply),
            () = gone.notified() => None,
        };
        world.aws.mend();
        let what = format!("{}: call {skip} {fault:?} x {times}", self.name);
        let done = first.as_ref().is_some_and(|reply| reply.status < 300);
        if let Some(first) = first.filter(|_| !done) {
            let honest = [(503, "unavailable"), (409, "conflict"), (422, "settings_refused")];
            assert!(honest.contains(&first.problem()), "{what}: {:?}", first.body);
        }
        if !done {
            let second = self.make(world, n).await;
            let good = second.status < 300 || self.done_before.contains(&second.status);
            assert!(good, "{what}, then {:?}", second.body);
        }
        let (path, wanted) = self.then;
        let seen = world.admin("GET", &filled(path, n), None, None).await;
        assert_eq!(seen.status, wanted, "{what}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn s19_whatever_becomes_of_a_call_an_admins_change_is_made_once_or_not_at_all() {
    let world = World::start().await;
    let mut n = 0;
    for call in calls() {
        call.prepare(&world, n).await;
        world.aws.reset();
        assert!(call.make(&world, n).await.status < 300, "{}", call.name);
        for skip in 0..world.aws.count().min(ALIKE_AFTER) {
            for (fault, times) in Fault::ROWS {
                n += 1;
                call.survives(&world, n, fault, skip, times).await;
            }
        }
        n += 1;
    }
    // The roster and the admins are one: whoever is listed has one role, and the operator stays.
    let admins = world.admin_ok("GET", "/v1/admin/admins", None).await;
    let mut names: Vec<&str> =
        admins.as_array().unwrap().iter().map(|a| a["name"].as_str().unwrap()).collect();
    let all = names.len();
    names.dedup();
    assert_eq!(names.len(), all, "nobody is listed twice");
    assert!(names.contains(&"operator"));
}

/// Deletes one of the system's items: the keyring, so that a set-up makes a new one, or the roster,
/// which has room for twenty.
async fn forget(world: &World, item: &str) {
    use aws_sdk_dynamodb::types::AttributeValue::S;
    let table = world.table_client().await;
    let delete = table.delete_item().table_name(&world.running.table);
    let key = delete.key("pk", S(format!("SYSTEM#{item}"))).key("sk", S("#".to_owned()));
    key.send().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn s19_a_set_up_that_fails_anywhere_is_made_good_by_the_next_try() {
    let world = World::start().await;
    forget(&world, "keyring").await;
    let function = deployed_with(&world, "secret").await;
    world.aws.reset();
    assert_eq!(set_up(&function, "secret", "unharmed").await.0, 201);
    for skip in 0..world.aws.count() {
        for fault in Fault::ALL {
            forget(&world, "keyring").await;
            let (secret, name) =
                (format!("secret {skip} {fault:?}"), format!("op-{skip}-{fault:?}").to_lowercase());
            let function = deployed_with(&world, &secret).await;
            let gone = world.aws.fault(fault, skip, 3);
            let first = tokio::select! {
                (status, _) = set_up(&function, &secret, &name) => status,
                () = gone.notified() => 0,
            };
            world.aws.mend();
            let what = format!("call {skip} {fault:?}");
            assert!([0, 201, 503].contains(&first), "{what}: {first}");
            if first != 201 {
                // Another process, which has read nothing yet. The secret is spent where the
                // operator is there.
                let again = deployed_with(&world, &secret).await;
                let (second, told) = set_up(&again, &secret, &name).await;
                assert!([201, 401].contains(&second), "{what}: {told}");
            }
            // A process that has read nothing yet finds the keys, and the operator, who is there
            // once.
            let fresh = deployed_with(&world, &secret).await;
            assert_eq!(opens_session(&fresh, &name).await, 201, "{what}");
            forget(&world, "roster").await;
        }
    }
}

/// Delivers two resets of a user of its own, and sweeps an hour later; each is done once more if it
/// failed. The fault is that of a call of both, counted from the first. Returns whether a metric
/// says that something may be sent twice: a claim that never finished, or a send that failed.
async fn notify(world: &World, user: u8, fault: Option<(Fault, u32)>) -> bool {
    let activity = activity(world).await;
    // Each user has moments of its own, which the metrics have too.
    let hour = 3_600 + i64::from(user);
    activity.clock.advance(i64::from(user));
    let began = activity.clock.now();
    let steps = async || {
        let failed = activity.deliver(user, &[user, 255 - user]).await.is_some();
        activity.clock.advance(hour);
        failed | sweep(&activity.handler).await.is_err()
    };
    let failed = match fault {
        None => steps().await,
        Some((fault, skip)) => {
            let gone = world.aws.fault(fault, skip, 3);
            let failed = tokio::select! {
                failed = steps() => failed,
                () = gone.notified() => true,
            };
            world.aws.mend();
            failed
        }
    };
    if failed {
        assert!(!steps().await, "{fault:?}: the second delivery goes through");
    }
    // What was claimed or refused meanwhile is due a little later.
    steps().await;
    let metrics = ["NoticesRepeated", "SendsFailed"];
    (0..=3).any(|n| metrics.iter().any(|metric| counted(metric, began.plus(n * hour)) > 0))
}

#[tokio::test(flavor = "multi_thread")]
async fn s25_whatever_becomes_of_a_call_a_record_is_in_the_log_once_and_its_notice_is_sent() {
    let world = World::start().await;
    world.aws.reset();
    notify(&world, 0, None).await;
    let (calls, mut user, mut flagged) = (world.aws.count(), 0, vec![]);
    assert!(calls >= 15, "{calls}");
    for skip in 0..calls {
        for fault in [Fault::Refused, Fault::ReplyLost, Fault::Throttled, Fault::Gone] {
            user += 1;
            if notify(&world, user, Some((fault, skip))).await {
                flagged.push(user);
            }
        }
    }
    // From the middle on, a write has the number of another user's, in another log partition.
    assert!(user < u8::MAX, "{user}");
    let lines = world.log_of("managed").await;
    let filed = lines.iter().filter(|line| line.locator.is_some()).count();
    assert_eq!(filed, 2 * (usize::from(user) + 1), "each once");
    for user in 0..=user {
        let messages = told(&world, user).await;
        let times: usize = messages.iter().map(|text| resets_in(text)).sum();
        assert!(times >= 2, "{user} was not told: {messages:?}");
        assert!(times == 2 || flagged.contains(&user), "{user} was told twice: {messages:?}");
    }
}

/// Returns how many resets a message tells.
fn resets_in(text: &str) -> usize {
    let told = text.lines().filter(|line| line.contains("Your second step was reset"));
    told.map(|line| if line.contains("(2 times)") { 2 } else { 1 }).sum()
}

/// The items of the admin and of the user of the console who are `jo`: the two that a reset of the
/// admin writes.
async fn items_of_jo(world: &World) -> (String, String) {
    let jo = world
        .raw_items()
        .await
        .into_iter()
        .filter(|(_, item)| ["id", "i"].iter().any(|name| item.contains(&named_jo(name))));
    let jo: Vec<(String, String)> = jo.collect();
    let item = |start: &str| {
        let found = jo.iter().find(|(pk, _)| pk.starts_with(start));
        found.unwrap_or_else(|| panic!("nothing under {start}: {jo:?}")).1.clone()
    };
    (item("ADMIN#"), item("USER#console#"))
}

/// The id of `jo` under a name, as it stands in a text of an item.
fn named_jo(name: &str) -> String {
    format!(r#"\"{name}\":\"jo\""#)
}

#[tokio::test(flavor = "multi_thread")]
async fn s42_a_reset_that_stopped_between_its_writes_is_completed_by_the_same_form() {
    let world = World::start().await;
    world.make_admin("jo", json!({ "role": "auditor" })).await;
    let browser = signed_in(&world, &operator(&world)).await;
    let action = "/console/admins/jo/reset";
    let form = browser.get(action).await.form();
    let fields = [("reason", "lost phone"), ("confirm", "true")];
    let send = async || browser.post_form(action, &form, &fields).await;
    let (admin, user) = items_of_jo(&world).await;

    let gone = world.aws.gone_after("PutItem", 0);
    tokio::select! {
        page = send() => panic!("the process answered: {page:?}"),
        () = gone.notified() => {}
    }
    world.aws.mend();
    let (admin_reset, user_as_before) = items_of_jo(&world).await;
    assert_ne!(admin_reset, admin, "the first write landed");
    assert_eq!(user_as_before, user, "the second was never made");

    let again = send().await;
    assert_eq!(again.status, 303, "{}", again.text);
    assert!(!again.headers.contains_key("set-cookie"), "no password is shown");
    let (admin_kept, user_reset) = items_of_jo(&world).await;
    assert_eq!(admin_kept, admin_reset, "the first write is made once");
    assert_ne!(user_reset, user, "the second write is made now");
    let has_bound = |item: &str| item.contains(r#"\"b\":["#);
    assert!(has_bound(&user) && !has_bound(&user_reset), "{user_reset}");

    let third = send().await;
    assert_eq!((third.status, &third.location), (303, &again.location));
    assert_eq!(items_of_jo(&world).await, (admin_kept, user_reset), "nothing is left to do");
}

/// Returns the places of all AWS calls of this file.
pub async fn sites_of_every_call() -> Vec<Site> {
    let world = World::start().await;
    forget(&world, "keyring").await;
    world.aws.record_sites();
    let function = deployed_with(&world, "another").await;
    assert_eq!(set_up(&function, "another", "second").await.0, 201);
    let mut sites = world.aws.sites();
    let world = World::start().await;
    world.aws.record_sites();
    for (n, call) in (0..).zip(calls()) {
        call.prepare(&world, n).await;
        call.make(&world, n).await;
    }
    notify(&world, 0, None).await;
    sites.extend(world.aws.sites());
    // A counter is given back where the provider refuses.
    let portal = world.portal("always_on");
    let sign_in = portal.open(crate::harness::anna()).await;
    world.set_providers("refuse").await;
    world.aws.record_sites();
    portal.act(&sign_in, "challenge", json!({ "method": "sms" })).await;
    sites.extend(world.aws.sites());
    sites
}
