//! The activity log: from the table's stream, complete and without doubles.

use crate::harness::{World, anna, totp};
use portcullis_domain::{PortalId, user::EntryKind};
use portcullis_store::{LogLine, LogPlace};
use std::time::Duration;

/// The log of a portal once it has this many lines; the stream needs a moment.
async fn log(world: &World, portal: &str, lines: usize) -> Vec<LogLine> {
    let portal = PortalId::parse(portal).unwrap();
    for _ in 0..100 {
        let place = LogPlace::after(world.running.clock.now());
        let log = world.running.store.log_before(&portal, &place, 100).await.unwrap();
        if log.iter().filter(|(_, line)| line.locator.is_some()).count() >= lines {
            return log.into_iter().map(|(_, line)| line).filter(|l| l.locator.is_some()).collect();
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("the log did not reach {lines} lines within ten seconds");
}

#[tokio::test(flavor = "multi_thread")]
async fn x5_everything_that_judged_or_changed_something_has_one_line_and_no_more() {
    let world = World::start().await;
    let portal = world.portal("authenticator_app_with_email");
    let secret = portal.enrol_app(&world, anna()).await;
    let sign_in = portal.open(anna()).await;
    portal.act(&sign_in, "challenge", serde_json::json!({ "method": "email" })).await;
    portal
        .act(
            &sign_in,
            "verify",
            serde_json::json!({ "code": "000000", "method": "authenticator_app" }),
        )
        .await;
    let code = totp(&secret, world.running.clock.now());
    portal
        .act(&sign_in, "verify", serde_json::json!({ "code": code, "method": "authenticator_app" }))
        .await;
    // Refusals that judge nothing leave no line.
    portal.verify(&sign_in, &code).await;

    use EntryKind::{CodeAccepted, CodeRequested, CodeSent, CodeWrong, Enrolled};
    let wanted = [CodeAccepted, Enrolled, CodeRequested, CodeSent, CodeWrong, CodeAccepted];
    let log = log(&world, &portal.id, wanted.len()).await;
    let mut kinds: Vec<String> = log.iter().map(|line| format!("{:?}", line.entry.kind)).collect();
    let mut wanted: Vec<String> = wanted.iter().map(|kind| format!("{kind:?}")).collect();
    kinds.sort();
    wanted.sort();
    assert_eq!(kinds, wanted);
    let sent = log.iter().find(|line| line.entry.kind == CodeSent).unwrap();
    assert_eq!(sent.entry.to.as_ref().unwrap().as_str(), "test*****.co.nz", "masked");
}

#[tokio::test(flavor = "multi_thread")]
async fn s25_a_record_that_is_delivered_again_adds_nothing() {
    let world = World::start().await;
    let portal = world.portal("authenticator_app");
    portal.enrol_app(&world, anna()).await;
    let lines = log(&world, &portal.id, 2).await;
    let id = PortalId::parse(&portal.id).unwrap();
    for line in &lines {
        world.running.store.append(&id, line).await.unwrap();
    }
    assert_eq!(log(&world, &portal.id, 2).await, lines);
}
