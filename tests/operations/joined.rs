//! The log lines of one sign-in have one mark in common, and another sign-in has another.

use super::alarms::log::Log;
use crate::{
    harness::{Browser, World, anna, prompt, query},
    oidc::Client,
};
use serde_json::{Value, json};
use std::collections::BTreeSet;

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

/// Returns the marks in the lines of answered requests, each with its route.
fn marks(lines: &[Value]) -> Vec<(&str, &str)> {
    let answered = lines.iter().filter(|line| line["message"] == "answered");
    answered.map(|line| (text(&line["route"]), text(&line["sign_in"]))).collect()
}

/// Returns the mark that so many calls share; the lines must not say whose sign-in it is, or which.
fn joined(lines: &[Value], calls: usize, id: &str) -> String {
    let marks = marks(lines);
    let of: BTreeSet<&str> = marks.iter().map(|(_, mark)| *mark).collect();
    assert_eq!((marks.len(), of.len()), (calls, 1), "{marks:?}");
    let mark = of.into_iter().next().unwrap_or_default().to_owned();
    assert_eq!(mark.len(), 12, "{marks:?}");
    let whole = Value::from(lines.to_vec()).to_string();
    // Locator and key, behind the portal.
    let tail = &id[id.len() - 72..];
    for part in [id, &tail[..20], &tail[30..50], "anna", "testing"] {
        assert!(!whole.contains(part), "{part} in {whole}");
    }
    assert!(!id.contains(&mark));
    mark
}

/// Signs anna in by an emailed code, with a wrong one before; returns the id of the sign-in.
async fn through_the_api(world: &World) -> String {
    let portal = world.portal("email_enrolment");
    let sign_in = portal.open(anna()).await;
    assert_eq!(portal.look(&sign_in).await.status, 200);
    let skipped = portal.act(&sign_in, "skip", json!({})).await;
    assert_eq!(skipped.problem(), (403, "skip_not_allowed"));
    let email = json!({ "method": "email", "email": "own@example.org" });
    assert_eq!(portal.act(&sign_in, "enrolment", email).await.status, 201);
    let code = world.code_sent_to("own@example.org").await;
    let confirm = json!({ "code": code });
    assert_eq!(portal.act(&sign_in, "enrolment/confirm", confirm).await.status, 200);
    world.advance(60);
    sign_in["id"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn the_calls_of_one_sign_in_have_one_mark_and_another_sign_in_has_another() {
    let world = World::start().await;
    let log = Log::start();
    let id = through_the_api(&world).await;
    let first = joined(&log.take(), 5, &id);
    let portal = world.portal("email_enrolment");
    let sign_in = portal.open(anna()).await;
    let id = sign_in["id"].as_str().unwrap();
    let code = world.code_sent_to("own@example.org").await;
    assert_eq!(portal.verify(&sign_in, &code).await.status, 200);
    let second = joined(&log.take(), 2, id);
    assert_ne!(first, second, "two sign-ins of one user");
}

#[tokio::test]
async fn the_pages_of_a_prompt_and_the_result_have_the_mark_of_their_sign_in() {
    let world = World::start().await;
    let portal = world.portal("authenticator_app");
    let secret = portal.enrol_app(&world, anna()).await;
    let log = Log::start();
    let sign_in = portal.open_prompt(anna()).await;
    let (browser, at) = (Browser::new(&world), prompt(&sign_in));
    let code = world.totp(&secret);
    let back = browser.submit(&at, &format!("{at}/verify"), &[("code", &code)]).await;
    let result = query(&back.location.unwrap(), "result_code").unwrap();
    assert_eq!(portal.redeem(&sign_in, &result).await.status, 200);
    let lines = log.take();
    joined(&lines, marks(&lines).len(), sign_in["id"].as_str().unwrap());
    let routes: BTreeSet<&str> = marks(&lines).iter().map(|(route, _)| *route).collect();
    let wanted =
        ["/v1/sign-ins", "/prompt/{id}", "/prompt/{id}/verify", "/v1/sign-ins/{id}/result"];
    assert_eq!(routes, wanted.into());
}

#[tokio::test]
async fn a_sign_in_by_openid_connect_has_one_mark_from_the_push_to_the_token() {
    let world = World::start().await;
    let client = Client::of(&world, "authenticator_app").await;
    let secret = client.portal.enrol_app(&world, anna()).await;
    let log = Log::start();
    let pushed = client.push(client.request()).await;
    let back = client.enter(&client.browser(), &pushed, &world.totp(&secret)).await;
    let code = client.code(&back, &pushed);
    assert_eq!(client.token(&pushed, &code).await.status, 200);
    let lines = log.take();
    let marks = marks(&lines);
    let of: BTreeSet<&str> = marks.iter().map(|(_, mark)| *mark).collect();
    assert!(of.len() == 1 && of.iter().all(|mark| mark.len() == 12), "{marks:?}");
    let routes: BTreeSet<&str> = marks.iter().map(|(route, _)| *route).collect();
    for route in ["/oidc/par", "/oidc/authorize", "/prompt/{id}/verify", "/oidc/token"] {
        assert!(routes.contains(route), "{route} in {marks:?}");
    }
}

#[tokio::test]
async fn an_admins_password_and_second_step_have_one_mark() {
    let world = World::start().await;
    world.advance(30);
    let operator = world.running.demo.admins[0].clone();
    let log = Log::start();
    let given = json!({ "name": operator.name, "password": operator.password });
    let begun = world.call("", "POST", "/v1/admin/session", None, Some(given)).await;
    let code = json!({ "code": world.totp(&operator.totp_secret) });
    let path = "/v1/admin/session/verify";
    let verified = world.call(begun.session(), "POST", path, None, Some(code)).await;
    assert_eq!(verified.status, 200, "{:?}", verified.body);
    let lines = log.take();
    let marks = marks(&lines);
    assert!(marks.len() == 2 && marks[0].1.len() == 12, "{marks:?}");
    assert_eq!(marks[0].1, marks[1].1, "{marks:?}");
}

/// The mark stands in the log of every call, so it must open nothing.
#[tokio::test]
async fn nobody_with_the_log_alone_can_act_on_a_sign_in() {
    let world = World::start().await;
    let log = Log::start();
    let id = through_the_api(&world).await;
    let mark = joined(&log.take(), 5, &id);
    let portal = world.portal("email_enrolment");
    for guess in [mark.clone(), format!("si_{}_{mark}", portal.id)] {
        let looked = portal.get(&format!("/v1/sign-ins/{guess}")).await;
        assert_eq!(looked.problem(), (404, "sign_in_unknown"), "{guess}");
        let page = Browser::new(&world).get(&format!("/prompt/{guess}")).await;
        assert_eq!(page.status, 404, "{guess}");
    }
    // What was made up has no mark, so the log joins nothing to it either.
    assert!(log.take().iter().all(|line| line.get("sign_in").is_none()));
}
