//! Makes each AWS call of the changes that the model does not know fail in every way: a name, a
//! second way in that is declined, and recovery codes that are kept.

use super::checks::broken;
use crate::harness::{Browser, Fault, Portal, Reply, Users, World, fresh_nonce, prompt, user_path};
use portcullis_model::Preset;
use serde_json::{Value, json};

#[derive(Clone, Copy, Debug)]
enum Change {
    Rename,
    DeclineSecondWay,
}

/// A user with an app, in a sign-in that may make the change.
struct Changing<'a> {
    world: &'a World,
    portal: Portal,
    user: String,
    secret: String,
    sign_in: Value,
    body: Value,
}

impl<'a> Changing<'a> {
    async fn before(world: &'a World, change: Change, n: u32) -> Self {
        let portal = world.portal(Preset::App.word());
        let user = format!("changing-{n}");
        let secret = portal.enrol_app(world, json!({ "id": user })).await;
        let event = match change {
            Change::Rename => "manage",
            Change::DeclineSecondWay => "login",
        };
        let (sign_in, body) = (Value::Null, Value::Null);
        let mut changing = Self { world, portal, user, secret, sign_in, body };
        changing.sign_in = changing.proven(event).await;
        changing.body = match change {
            Change::Rename => {
                let id = &changing.sign_in["settings"]["authenticators"][0]["id"];
                json!({ "change": "rename", "authenticator": id, "name": "Tablet" })
            }
            Change::DeclineSecondWay => {
                assert!(!changing.sign_in["second_way"].is_null(), "{:?}", changing.sign_in);
                json!({ "change": "decline_second_way" })
            }
        };
        changing
    }

    /// Returns a new sign-in of this event, after a right code of the app.
    async fn proven(&self, event: &str) -> Value {
        let user = json!({ "id": self.user });
        let body = json!({ "user": user, "event": event, "nonce": fresh_nonce() });
        let opened = self.portal.post("/v1/sign-ins", body).await.body;
        let proven = self.portal.verify(&opened, &self.world.totp(&self.secret)).await;
        assert_eq!((proven.status, &proven.body["status"]), (200, &json!("allowed")));
        proven.body
    }

    async fn change(&self) -> Reply {
        self.portal.act(&self.sign_in, "settings", self.body.clone()).await
    }

    /// Checks that the change was made, and by one write.
    async fn assert_changed_once(&self, change: Change, what: &str) {
        match change {
            Change::Rename => {
                let user = self.portal.get(&user_path("/v1/user", &self.user)).await.body;
                assert_eq!(user["methods"][0]["name"], "Tablet", "{what}: {user}");
                let path = user_path("/v1/user/activity", &self.user);
                let activity = self.portal.get(&path).await.body;
                let entries = activity.as_array().unwrap().iter();
                let renamed = entries.filter(|entry| entry["event"] == "authenticator_renamed");
                assert_eq!(renamed.count(), 1, "{what}: {activity}");
            }
            Change::DeclineSecondWay => {
                self.world.advance(30);
                let next = self.proven("login").await;
                assert_eq!(next.get("second_way"), None, "{what}: {next}");
            }
        }
    }
}

fn is_honest(reply: &Reply) -> bool {
    [(503, "unavailable"), (409, "conflict")].contains(&reply.problem())
}

async fn survives(change: Change) {
    let world = World::start().await;
    Users::LookAfterThemselves.change_policy(&world, Preset::App).await;
    let unharmed = Changing::before(&world, change, 0).await;
    world.aws.reset();
    assert_eq!(unharmed.change().await.status, 200);
    let (calls, mut n) = (world.aws.count(), 0);
    unharmed.assert_changed_once(change, "unharmed").await;
    assert!(calls >= 2, "it reads and writes: {calls}");
    for skip in 0..calls {
        for (fault, times) in Fault::ROWS {
            n += 1;
            let changing = Changing::before(&world, change, n).await;
            let first = broken(&world, (fault, skip, times), changing.change()).await;
            let what = format!("{change:?}: call {skip} {fault:?} x {times}: {first:?}");
            let is_done = first.as_ref().is_some_and(|reply| reply.status == 200);
            assert!(is_done || first.as_ref().is_none_or(is_honest), "{what}");
            let second = changing.change().await;
            match change {
                Change::Rename => assert_eq!(second.status, 200, "{what}, then {second:?}"),
                // Once it was declined, none is offered.
                Change::DeclineSecondWay => {
                    let none_offered = second.problem() == (403, "settings_closed");
                    let is_first = second.status == 200 && !is_done;
                    assert!(is_first || none_offered, "{what}, then {second:?}");
                }
            }
            changing.assert_changed_once(change, &what).await;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn s19_whatever_becomes_of_a_call_an_authenticator_gets_its_name_once() {
    survives(Change::Rename).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn s19_whatever_becomes_of_a_call_a_second_way_that_was_declined_is_offered_no_more() {
    survives(Change::DeclineSecondWay).await;
}

/// A browser at the page that shows new recovery codes.
struct Keeping {
    browser: Browser,
    at: String,
    form: String,
}

impl Keeping {
    async fn before(world: &World, n: u32) -> Self {
        let portal = world.portal(Preset::App.word());
        let sign_in = portal.open_prompt(json!({ "id": format!("keeping-{n}") })).await;
        let (browser, at) = (Browser::new(world), prompt(&sign_in));
        let page = browser.open(&at).await;
        let (_, rest) = page.text.split_once("translate=\"no\">").expect("a key");
        let secret = rest.split('<').next().unwrap().replace(' ', "");
        let (confirm, code) = (format!("{at}/enrolment/confirm"), world.totp(&secret));
        let page = browser.post_form(&confirm, &page.form(), &[("code", &code)]).await;
        assert_eq!(page.text.matches("<li><code>").count(), 10, "{}", page.text);
        let form = page.form();
        Self { browser, at, form }
    }

    async fn keep(&self) -> u16 {
        let confirm = format!("{}/enrolment/confirm", self.at);
        let fields = [("form", self.form.as_str()), ("codes", "shown"), ("kept", "yes")];
        self.browser.post(&confirm, &fields).await.status
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn s19_whatever_becomes_of_a_call_recovery_codes_are_shown_until_they_are_kept() {
    let world = World::start().await;
    Users::LookAfterThemselves.change_policy(&world, Preset::App).await;
    let unharmed = Keeping::before(&world, 0).await;
    world.aws.reset();
    assert_eq!(unharmed.keep().await, 303);
    let (calls, mut n) = (world.aws.count(), 0);
    assert!(calls >= 2, "it reads and writes: {calls}");
    for skip in 0..calls {
        for (fault, times) in Fault::ROWS {
            n += 1;
            let keeping = Keeping::before(&world, n).await;
            let first = broken(&world, (fault, skip, times), keeping.keep()).await;
            let what = format!("call {skip} {fault:?} x {times}: {first:?}");
            assert!([None, Some(303), Some(409), Some(503)].contains(&first), "{what}");
            let page = keeping.browser.open(&keeping.at).await;
            let is_shown = page.text.matches("<li><code>").count() == 10;
            assert!(!(is_shown && first == Some(303)), "{what}: they are still shown");
            if is_shown {
                assert_eq!(keeping.keep().await, 303, "{what}");
            }
            let page = keeping.browser.open(&keeping.at).await;
            assert!(page.says("result_code=") && !page.says("<li><code>"), "{what}");
        }
    }
}
