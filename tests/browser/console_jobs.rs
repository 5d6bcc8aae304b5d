//! An admin's daily jobs, each from the first page after the sign-in, with a mouse and without
//! JavaScript. The table of the help desk's page is counted here.

use super::{
    Script, Visitor,
    console::{enter, operator},
    effort::Effort,
};
use crate::{
    capacity::page::{hold, paragraph, table},
    harness::{Portal, World, anna},
    journeys::trusted_browsers::remember,
};
use serde_json::{Value, json};
use thirtyfour::By;

const DAY: i64 = 86_400;
/// The most clicks that a job may take. One that takes more is a page that lacks a link.
const MOST: usize = 5;

/// The jobs that were done, with what each took.
struct Jobs<'a> {
    visitor: &'a Visitor,
    done: Vec<[String; 4]>,
}

impl Jobs<'_> {
    /// Does a job from the first page on.
    async fn job(&mut self, name: &str, work: impl AsyncFnOnce(&Visitor)) {
        self.visitor.go("/console").await;
        self.visitor.effort.take();
        work(self.visitor).await;
        let Effort { clicks, pages, fields } = self.visitor.effort.take();
        assert!(clicks <= MOST, "{name}: {clicks} clicks");
        self.done.push([
            name.to_owned(),
            clicks.to_string(),
            pages.to_string(),
            fields.to_string(),
        ]);
    }
}

fn user(id: &str) -> Value {
    json!({ "id": id, "email": format!("{id}@example.co.nz"), "email_verified": true })
}

/// Finds a user by the address, in whichever portal, as somebody on the phone asks for it.
async fn find(visitor: &Visitor, id: &str) {
    visitor.fill("find", &format!("{id}@example.co.nz")).await;
    visitor.press("Find").await;
    visitor.sees("At the next sign-in").await;
}

async fn because(visitor: &Visitor, reason: &str, verb: &str) {
    visitor.fill("reason", reason).await;
    visitor.press(verb).await;
}

async fn too_many_wrong(portal: &Portal, user: Value, codes: usize) {
    let sign_in = portal.open(user).await;
    for _ in 0..codes {
        portal.verify(&sign_in, "000000").await;
    }
}

/// Users who need help: one failed yesterday, one froze the account, one lost a phone, one trusts a
/// browser, one waits for a code, and one is locked.
async fn some_who_need_help(visitor: &Visitor) {
    let world = &visitor.world;
    let app = world.portal("authenticator_app");
    app.enrol_app(world, user("yesterday")).await;
    too_many_wrong(&app, user("yesterday"), 1).await;

    let frozen = world.with_freeze_links("authenticator_app").await;
    frozen.enrol_app(world, anna()).await;
    let link = world.freeze_link_in("A new way to sign in was set up", "testing@example.co.nz");
    visitor.go(&link.await).await;
    visitor.press("Stop sign-in").await;
    visitor.sees("Nobody can sign in to this account now").await;

    world.portal("managed").enrol_app(world, user("phone")).await;

    remember(world, &app).await;
    let secret = app.enrol_app(world, user("browser")).await;
    let sign_in = app.open(user("browser")).await;
    let trusts = json!({ "code": world.totp(&secret), "remember_browser": true });
    assert_eq!(app.act(&sign_in, "verify", trusts).await.status, 200);

    let delivers = json!({ "ses": { "mailboxes": { "waits@example.co.nz": "success" } } });
    world.set_accounts(delivers).await;
    let sent = world.portal("always_on");
    let sign_in = sent.open(user("waits")).await;
    let code = sent.act(&sign_in, "challenge", json!({ "method": "email" })).await;
    assert_eq!(code.status, 202, "{:?}", code.body);
    world.running.reports_are_delivered().await;

    app.enrol_app(world, user("anna-smith")).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_daily_jobs_take_few_clicks_and_no_javascript() {
    let visitor = Visitor::open(Script::Off).await;
    let world = &visitor.world;
    some_who_need_help(&visitor).await;
    world.running.stream_is_delivered().await;
    enter(&visitor, &operator(&visitor)).await;
    too_many_wrong(&world.portal("authenticator_app"), user("anna-smith"), 5).await;
    let mut jobs = Jobs { visitor: &visitor, done: vec![] };
    about_users(&mut jobs).await;
    about_portals(&mut jobs).await;
    about_access(&mut jobs).await;
    let words = paragraph(&format!(
        "What the daily jobs take, each from the first page after the sign-in and with a mouse. A \
         click is on a link, a button or a box; a page is one that came after a click; a field is \
         one that is typed into or chosen from a list. No job takes more than {MOST} clicks. \
         `tests/run the_daily_jobs` does them in a browser without JavaScript, and holds the \
         table; `tests/run browser::keyboard` does three of them with the keyboard alone.",
    ));
    let text = table(["job", "clicks", "pages", "fields"], &jobs.done);
    hold("operate/help-desk.md", "The daily jobs in clicks", &format!("{words}\n{text}"));
    visitor.close().await;
}

async fn about_users(jobs: &mut Jobs<'_>) {
    jobs.job("Find Anna by her address, and see why she cannot get in", async |visitor| {
        find(visitor, "anna-smith").await;
        visitor.sees("Too many codes were wrong, and no code is checked until").await;
    })
    .await;
    jobs.job("Unlock her", async |visitor| {
        find(visitor, "anna-smith").await;
        visitor.press("Unlock").await;
        because(visitor, "asked by phone", "Unlock").await;
        visitor.sees("At the next sign-in").await;
        visitor.sees_not("no code is checked until").await;
    })
    .await;
    jobs.job("Reset a user who lost the phone, who is then mailed a link", async |visitor| {
        find(visitor, "phone").await;
        visitor.press("Reset").await;
        visitor.choose("checked_by", "called_back_on_record").await;
        because(visitor, "lost phone", "Reset MFA").await;
        visitor.sees("At the next sign-in the user is mailed a link to set it up again.").await;
    })
    .await;
    jobs.job("Let a frozen user back in", async |visitor| {
        visitor.fill("find", "testing@example.co.nz").await;
        visitor.press("Find").await;
        visitor.sees("check who asks, then reset the user").await;
        visitor.press("Reset").await;
        visitor.choose("checked_by", "identity_document").await;
        because(visitor, "was not theirs", "Reset MFA").await;
        visitor.sees("User reset").await;
    })
    .await;
    jobs.job("Issue a bypass code", async |visitor| {
        find(visitor, "waits").await;
        visitor.press("Issue a bypass code").await;
        because(visitor, "no network today", "Issue a bypass code").await;
        visitor.sees("It is shown only once.").await;
    })
    .await;
    jobs.job("End the trust in a user's browsers", async |visitor| {
        find(visitor, "browser").await;
        visitor.press("Stop trusting it").await;
        because(visitor, "laptop stolen", "Stop trusting").await;
        visitor.sees("At the next sign-in").await;
        visitor.sees_not("Trusted browsers").await;
    })
    .await;
    jobs.job("See if a user's code was sent and delivered", async |visitor| {
        find(visitor, "waits").await;
        visitor.sees("was delivered").await;
    })
    .await;
}

async fn about_portals(jobs: &mut Jobs<'_>) {
    let world = &jobs.visitor.world;
    let yesterday = portcullis_domain::Day::of(world.now().plus(-DAY)).to_string();
    jobs.job("See what failed yesterday, in all portals", async |visitor| {
        visitor.press("All activity").await;
        visitor.choose("outcome", "refused").await;
        for field in ["from", "to"] {
            type_day(visitor, field, &yesterday).await;
        }
        visitor.press("Show").await;
        visitor.sees("yesterday").await;
        visitor.sees_not("anna").await;
    })
    .await;
    jobs.job("Turn text messages on for a portal, once seen what it does", async |visitor| {
        visitor.press("Demo authenticator app").await;
        visitor.press("Policy").await;
        visitor.press_check("sms").await;
        visitor.press("See what it would do").await;
        visitor.sees("What saving would do").await;
        visitor.press("Save the policy").await;
        visitor.sees("Multi-factor authentication is on").await;
    })
    .await;
    assert!(methods(world).await.contains(&"sms".to_owned()));
    jobs.job("Change what the app shows", async |visitor| {
        visitor.press("Demo authenticator app").await;
        visitor.press("Policy").await;
        visitor.fill("issuer", "Acme").await;
        visitor.press("See what it would do").await;
        visitor.press("Save the policy").await;
        visitor.sees("Acme: 123 456").await;
    })
    .await;
    jobs.visitor.go("/console/portals/authenticator-app/switch").await;
    jobs.visitor.press("Proceed").await;
    jobs.visitor.sees("Multi-factor authentication is off").await;
    jobs.job("Turn MFA on", async |visitor| {
        visitor.press("Demo authenticator app").await;
        visitor.press("Turn on").await;
        visitor.press("Proceed").await;
        visitor.sees("Multi-factor authentication is on").await;
    })
    .await;
}

async fn about_access(jobs: &mut Jobs<'_>) {
    let world = &jobs.visitor.world;
    jobs.job("Create a portal, with its first API key", async |visitor| {
        visitor.press("Create a portal").await;
        visitor.fill("id", "acme").await;
        visitor.fill("description", "Acme customer portal").await;
        visitor.fill("return_urls", "https://acme.example/back").await;
        visitor.press("Create the portal").await;
        visitor.sees("Its back end calls with this API key.").await;
    })
    .await;
    let made = world.admin_ok("GET", "/v1/admin/portals/acme", None).await;
    assert_eq!(made["profile"]["return_urls"], json!(["https://acme.example/back"]));
    jobs.job("Make an API key, and hand it over", async |visitor| {
        visitor.press("Demo authenticator app").await;
        visitor.press("API keys").await;
        visitor.fill("description", "login servers").await;
        visitor.press("Create the key").await;
        visitor.sees("It is shown only once.").await;
    })
    .await;
    jobs.job("Invite an admin", async |visitor| {
        visitor.press("Admins").await;
        visitor.fill("name", "jo").await;
        visitor.choose("role", "auditor").await;
        visitor.press("Create the admin").await;
        visitor.sees("It is shown only once.").await;
    })
    .await;
}

async fn methods(world: &World) -> Vec<String> {
    let path = "/v1/admin/portals/authenticator-app/policy";
    let policy = world.admin_ok("GET", path, None).await;
    let methods = policy["methods"].as_array().unwrap().iter();
    methods.map(|method| method["type"].as_str().unwrap().to_owned()).collect()
}

/// Types a day into a field of a browser that writes month, day and year.
async fn type_day(visitor: &Visitor, field: &str, day: &str) {
    let (year, rest) = day.split_once('-').unwrap();
    let (month, day) = rest.split_once('-').unwrap();
    let input = visitor.driver.find(By::Id(field)).await.unwrap();
    input.send_keys(format!("{month}{day}{year}")).await.unwrap();
    visitor.effort.field();
}
