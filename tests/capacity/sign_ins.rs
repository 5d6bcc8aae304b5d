//! A sign-in of each method by a settled user, with its counted calls and units.

use crate::harness::{Browser, Portal, Units, World, anna, asked, fresh_nonce, prompt, query};
use crate::journeys::passkeys::anna_with_passkey;
use serde_json::{Value, json};
use std::collections::BTreeMap;

const EMAIL: &str = "testing@example.co.nz";
const PHONE: &str = "+64211234589";

// The seconds before each sign-in: the last one, which counts, comes so soon that no process reads
// again what it holds for five minutes.
const BEFORE: [i64; 3] = [3_600, 3_600, 60];

#[derive(Clone, Debug)]
pub struct Taken {
    pub name: &'static str,
    // The calls of the API by route.
    pub routes: BTreeMap<String, u32>,
    // The units of the functions behind the API, by class of key.
    pub units: BTreeMap<String, Units>,
    // The units of `activity`, by class of key.
    pub activity: BTreeMap<String, Units>,
    // The calls of the functions behind the API to the table.
    pub table_calls: u32,
    pub emails: u32,
    pub texts: u32,
}

impl Taken {
    pub fn calls(&self) -> u32 {
        self.routes.values().sum()
    }

    /// The lines that it adds to the log, each of which is a write.
    pub fn lines(&self) -> usize {
        self.activity.get("LOG#*").map_or(0, |units| units.write)
    }

    pub fn of(&self, class: &str) -> Units {
        let all = [&self.units, &self.activity].into_iter().filter_map(|units| units.get(class));
        all.fold(Units::default(), |sum, units| sum + *units)
    }

    pub fn classes(&self) -> Vec<&String> {
        let mut all: Vec<_> = self.units.keys().chain(self.activity.keys()).collect();
        all.sort();
        all.dedup();
        all
    }

    pub fn total(&self) -> Units {
        self.classes().into_iter().fold(Units::default(), |sum, class| sum + self.of(class))
    }
}

/// Begins to count, once nothing from before and nothing that is scheduled reads or writes.
async fn begin(world: &World) {
    world.running.schedules_are_over().await;
    world.running.stream_is_delivered().await;
    world.aws.reset();
    world.activity.reset();
}

/// Ends the count, once `activity` has handled everything.
async fn end(world: &World, name: &'static str, paths: Vec<String>) -> Taken {
    let calls: BTreeMap<String, u32> = world.aws.calls().into_iter().collect();
    let mut units = world.aws.units_by_class();
    // One opening in six adds those before it to the share of its portal. The page says so apart.
    let shares = units.remove("COUNT#share#*").map_or(0, |units| units.write);
    world.running.stream_is_delivered().await;
    let mut activity = world.activity.units_by_class();
    // Counting the days that are over is no part of a sign-in.
    activity.retain(|class, _| !class.starts_with("STAT#"));
    let count = |operation: &str| calls.get(operation).copied().unwrap_or(0);
    let mut routes: BTreeMap<String, u32> = BTreeMap::new();
    for path in paths {
        *routes.entry(route(&path)).or_default() += 1;
    }
    Taken {
        name,
        routes,
        units,
        activity,
        table_calls: ["BatchGetItem", "GetItem", "PutItem", "UpdateItem"]
            .map(count)
            .iter()
            .sum::<u32>()
            - u32::try_from(shares).unwrap(),
        emails: count("SendEmail"),
        texts: count("Publish"),
    }
}

/// The route of a path: the id of a sign-in is a part of it.
fn route(path: &str) -> String {
    let path = path.split('?').next().unwrap_or_default();
    let part =
        |part: &str| if part.starts_with("si_") { "{id}".to_owned() } else { part.to_owned() };
    path.split('/').map(part).collect::<Vec<_>>().join("/")
}

fn api(paths: &[&str]) -> Vec<String> {
    paths.iter().map(|path| (*path).to_owned()).collect()
}

const OPEN: &str = "/v1/sign-ins";
const VERIFY: &str = "/v1/sign-ins/si_/verify";
const RESULT: &str = "/v1/sign-ins/si_/result";

async fn open(portal: &Portal, code: Option<String>, token: &Value) -> Value {
    let mut body = json!({ "user": anna(), "event": "login", "nonce": fresh_nonce() });
    if let Some(code) = code {
        body["code"] = json!(code);
    }
    if !token.is_null() {
        body["browser_token"] = token.clone();
    }
    let opened = portal.post(OPEN, body).await;
    assert_eq!(opened.status, 201, "{:?}", opened.body);
    opened.body
}

/// Codes of an app: typed after the opening, together with it, and on the hosted prompt.
pub async fn with_an_app() -> Vec<Taken> {
    let world = World::start().await;
    let portal = world.portal("authenticator_app");
    let secret = portal.enrol_app(&world, anna()).await;
    let mut token = Value::Null;
    for _ in 0..5 {
        world.advance(3_600);
        let sign_in = open(&portal, None, &token).await;
        token = portal.verify(&sign_in, &world.totp(&secret)).await.body["browser_token"].clone();
    }
    let mut all = vec![];
    world.advance(60);
    begin(&world).await;
    let sign_in = open(&portal, None, &token).await;
    assert_eq!(portal.verify(&sign_in, &world.totp(&secret)).await.status, 200);
    all.push(end(&world, "app, API mode", api(&[OPEN, VERIFY])).await);
    world.advance(60);
    begin(&world).await;
    let opened = open(&portal, Some(world.totp(&secret)), &token).await;
    assert_eq!(opened["status"], "allowed");
    all.push(end(&world, "app, code with the opening", api(&[OPEN])).await);
    let browser = Browser::new(&world);
    let mut last = None;
    for before in BEFORE {
        world.advance(before);
        begin(&world).await;
        browser.sent.lock().unwrap().clear();
        let (sign_in, code) = (portal.open_prompt(anna()).await, world.totp(&secret));
        let at = prompt(&sign_in);
        let (page, typed) = (browser.open(&at).await, [("code", code.as_str())]);
        let back = browser.post_form(&format!("{at}/verify"), &page.form(), &typed).await;
        redeem(&portal, &sign_in, back.location).await;
        let mut paths = browser.sent.lock().unwrap().clone();
        paths.extend(api(&[OPEN, RESULT]));
        last = Some(end(&world, "app, hosted prompt", paths).await);
    }
    all.extend(last);
    all
}

async fn redeem(portal: &Portal, sign_in: &Value, back: Option<String>) {
    let code = query(&back.expect("back to the portal"), "result_code").unwrap();
    assert_eq!(portal.redeem(sign_in, &code).await.status, 200);
}

/// A passkey on the portal's own pages.
pub async fn with_a_passkey() -> Vec<Taken> {
    let world = World::start().await;
    let (portal, mut device) = anna_with_passkey(&world, "prefer").await;
    let mut taken = vec![];
    for before in BEFORE {
        world.advance(before);
        begin(&world).await;
        let sign_in = portal.open(anna()).await;
        let used = device.get(asked(&sign_in));
        assert_eq!(portal.act(&sign_in, "verify", used).await.status, 200);
        taken = vec![end(&world, "passkey, API mode", api(&[OPEN, VERIFY])).await];
    }
    taken
}

/// Codes to the addresses of the directory, on the hosted prompt: the user chooses the way.
pub async fn with_a_message() -> Vec<Taken> {
    let world = World::start().await;
    let portal = world.portal("always_on");
    let browser = Browser::new(&world);
    let ways =
        [("email", EMAIL, "email, hosted prompt"), ("sms", PHONE, "text message, hosted prompt")];
    let mut taken = vec![];
    for (method, to, name) in ways {
        let mut last = None;
        for before in BEFORE {
            world.advance(before);
            begin(&world).await;
            browser.sent.lock().unwrap().clear();
            let sign_in = portal.open_prompt(anna()).await;
            let at = prompt(&sign_in);
            let page = browser.open(&at).await;
            let choice = [("method", method)];
            let page = browser.post_form(&format!("{at}/challenge"), &page.form(), &choice).await;
            let code = world.code_sent_to(to).await;
            let typed = [("code", code.as_str())];
            let back = browser.post_form(&format!("{at}/verify"), &page.form(), &typed).await;
            redeem(&portal, &sign_in, back.location).await;
            let mut paths = browser.sent.lock().unwrap().clone();
            paths.extend(api(&[OPEN, RESULT]));
            last = Some(end(&world, name, paths).await);
        }
        taken.extend(last);
    }
    taken
}
