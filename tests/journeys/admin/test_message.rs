//! A test message goes only to the operator who asks for it.

use super::activity::logged_of;
use crate::harness::World;
use portcullis_domain::{ContactUpdate, Email, PortalId, TypedPhone, UserId, account};
use portcullis_http::admin::Console;
use serde_json::{Value, json};

const PATH: &str = "/v1/admin/settings/test";
const ADDRESS: &str = "operator@portal.example";
const NUMBER: &str = "+64211234567";

pub async fn on_record(world: &World, verified: bool) {
    let (context, _) = world.function().await;
    let id = UserId::parse("operator").unwrap();
    let locator = context.keyring().await.unwrap().locator(&PortalId::console(), &id);
    let update = ContactUpdate {
        email: Some(Some(Email::parse(ADDRESS).unwrap())),
        email_verified: Some(verified),
        phone: Some(Some(TypedPhone::new(NUMBER.to_owned()))),
        ..ContactUpdate::default()
    };
    let replace = |context: &portcullis_domain::DecisionContext<'_>, user| {
        account::replace_contact(context, user, &id, &update, None, account::ChangedBy::User)
    };
    context.command(&Console::default(), locator, None, replace).await.unwrap();
}

async fn ask(world: &World, channel: &str) -> (u16, Value) {
    let reply = world.admin("POST", PATH, None, Some(json!({ "channel": channel }))).await;
    (reply.status, reply.body)
}

#[tokio::test(flavor = "multi_thread")]
async fn an_operator_without_an_address_on_record_is_told_so_and_nothing_is_sent() {
    let world = World::start().await;
    for channel in ["email", "sms"] {
        let (status, body) = ask(&world, channel).await;
        assert_eq!((status, &body["code"]), (409, &json!("no_destination")), "{body}");
    }
    on_record(&world, false).await;
    assert_eq!(ask(&world, "email").await.0, 409, "an address that nobody vouched for");
    for body in [
        json!({ "channel": "email", "to": "somebody@portal.example" }),
        json!({ "channel": "pigeon" }),
        json!({}),
    ] {
        let refused = world.admin("POST", PATH, None, Some(body)).await;
        assert_eq!(refused.problem(), (400, "bad_request"));
    }
    assert!(world.messages().await.iter().all(|message| message["to"] != ADDRESS));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_test_message_goes_to_the_operators_own_address_and_number_and_is_logged() {
    let world = World::start().await;
    on_record(&world, true).await;
    for (channel, to) in [("email", ADDRESS), ("sms", NUMBER)] {
        let (status, body) = ask(&world, channel).await;
        assert_eq!((status, &body["outcome"]), (200, &json!("sent")), "{body}");
        assert!(!body.to_string().contains(to), "the destination is shortened: {body}");
        let messages = world.messages().await;
        let tests = messages.iter().filter(|m| m["to"] == to && m.to_string().contains("est"));
        assert_eq!(tests.count(), 1, "{messages:?}");
    }
    let entries = logged_of(&world, "console", "test_sent", 2).await;
    assert!(entries.iter().all(|entry| entry["actor"] == "admin:operator"), "{entries:?}");
    assert!(entries.iter().all(|entry| entry["reason"] == "sent"), "{entries:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_test_message_says_what_the_provider_called_its_refusal() {
    let world = World::start().await;
    on_record(&world, true).await;
    world.set_accounts(json!({ "ses": { "paused": true } })).await;
    let (status, body) = ask(&world, "email").await;
    assert_eq!((status, &body["code"]), (502, &json!("delivery_failed")));
    assert!(body["detail"].as_str().unwrap().contains("SendingPausedException"), "{body}");
    let entries = logged_of(&world, "console", "test_sent", 1).await;
    assert_eq!(entries[0]["reason"], "not sent: SendingPausedException");
}

#[tokio::test(flavor = "multi_thread")]
async fn test_messages_are_counted_like_any_other() {
    let world = World::start().await;
    on_record(&world, true).await;
    world.set_caps(1_000, 1).await;
    assert_eq!(ask(&world, "sms").await.0, 200);
    let (status, body) = ask(&world, "sms").await;
    assert_eq!((status, &body["code"]), (429, &json!("send_limit")), "{body}");
    // Nor do they go to a country that texts may not go to.
    let settings = json!({ "sms": { "provider": "sns" }, "countries": ["AU"] });
    assert_eq!(world.put_settings(settings).await.status, 200);
    let (status, body) = ask(&world, "sms").await;
    assert_eq!((status, &body["code"]), (403, &json!("country_not_allowed")), "{body}");
    let (status, body) = ask(&world, "email").await;
    assert_eq!((status, &body["code"]), (422, &json!("settings_refused")), "{body}");
}
