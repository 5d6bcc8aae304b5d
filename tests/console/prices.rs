//! The prices of messages: an operator sets them, and overviews estimate costs from them.

use super::{operator, signed_in};
use crate::harness::{Browser, Page, World};
use serde_json::{Value, json};

const FORM: &str = "/console/settings/prices";
const CALL: &str = "/v1/admin/settings/prices";
const OVERVIEW: &str = "/console/portals/always-on/overview";

fn etag(page: &Page) -> String {
    let (_, etag) = page.text.split_once("name=\"etag\" value=\"").unwrap();
    etag.split('"').next().unwrap().replace("&#34;", "\"")
}

async fn save(browser: &Browser, fields: [(&str, &str); 4]) -> Page {
    let etag = etag(&browser.get(FORM).await);
    let fields: Vec<_> = [("etag", etag.as_str())].into_iter().chain(fields).collect();
    browser.submit(FORM, FORM, &fields).await
}

fn prices<'a>(currency: &'a str, email: &'a str, to: &'a str) -> [(&'a str, &'a str); 4] {
    [("currency", currency), ("price_email", email), ("price_text", ""), ("price_texts", to)]
}

async fn set(world: &World) -> Value {
    world.admin_ok("GET", CALL, None).await["prices"].clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_operator_sets_prices_in_the_console_and_each_error_stands_beside_its_field() {
    let world = World::start().await;
    let browser = signed_in(&world, &operator(&world)).await;
    let settings = browser.get("/console/settings").await;
    assert!(settings.says(&format!("href=\"{FORM}\"")), "{}", settings.text);
    assert_eq!(set(&world).await, Value::Null);
    for (fields, field, says) in [
        (prices("", "1", ""), "currency", "Enter the currency"),
        (prices("euro", "", ""), "currency", "three capital letters"),
        (prices("EUR", "0,1", ""), "price_email", "at most six decimals"),
        (prices("EUR", "", "64 0.1"), "price_texts", "a plus sign"),
        (prices("EUR", "", "+64"), "price_texts", "at most six decimals"),
    ] {
        let refused = save(&browser, fields).await;
        assert_eq!(refused.status, 400, "{fields:?}");
        let error = format!("id=\"{field}-refused\"");
        assert!(refused.says(&error) && refused.says(says), "{fields:?}: {}", refused.text);
        assert_eq!(set(&world).await, Value::Null, "{fields:?}");
    }
    let twice = save(&browser, prices("EUR", "", "+64 1\r\n+64 2")).await;
    assert_eq!(twice.status, 400);
    assert!(twice.says("must have each calling code once"), "{}", twice.text);
    let saved = save(&browser, prices("EUR", " 0.0001", "+64 0.11\r\n\r\n+1 0.0075")).await;
    assert_eq!(saved.location.as_deref(), Some("/console/settings"), "{}", saved.text);
    let texts_to = json!([
        { "calling_code": "+1", "price": "0.0075" },
        { "calling_code": "+64", "price": "0.11" },
    ]);
    let wanted =
        json!({ "currency": "EUR", "email": "0.0001", "text": null, "texts_to": texts_to });
    assert_eq!(set(&world).await, wanted);
    // Blank again: there are none.
    assert_eq!(save(&browser, prices("", "", "")).await.status, 303);
    assert_eq!(set(&world).await, Value::Null);
}

#[tokio::test(flavor = "multi_thread")]
async fn prices_are_replaced_under_the_etag_that_was_read_and_stay_with_the_other_settings() {
    let world = World::start().await;
    let read = world.admin("GET", CALL, None, None).await;
    let etag = read.etag.clone().unwrap();
    let body = json!({ "prices": { "currency": "NZD", "text": "0.1" } });
    let unnamed = world.admin("PUT", CALL, None, Some(body.clone())).await;
    assert_eq!(unnamed.problem(), (428, "if_match_missing"));
    let put = world.admin("PUT", CALL, Some(&etag), Some(body.clone())).await;
    assert_eq!((put.status, &put.body["prices"]["text"]), (200, &json!("0.10")));
    let stale = world.admin("PUT", CALL, Some(&etag), Some(body)).await;
    assert_eq!(stale.problem(), (412, "changed_meanwhile"));
    for wrong in [
        json!({}),
        json!({ "prices": {} }),
        json!({ "prices": { "currency": "NZD", "text": 0.1 } }),
        json!({ "prices": { "currency": "NZD", "text": "-0.1" } }),
        json!({ "prices": { "currency": "NZD", "more": "1" } }),
    ] {
        let now = put.etag.clone().unwrap();
        let refused = world.admin("PUT", CALL, Some(&now), Some(wrong.clone())).await;
        assert_eq!(refused.status, 400, "{wrong}");
    }
    // Settings are replaced whole, and prices are no part of that call.
    let settings = json!({ "email_from": "no-reply@portal.example", "countries": ["NZ"] });
    assert_eq!(world.put_settings(settings).await.status, 200);
    assert_eq!(set(&world).await["currency"], "NZD");
    world.running.stream_is_delivered().await;
    let path = "/v1/admin/portals/console/activity?event=settings_changed";
    let log = world.admin_ok("GET", path, None).await;
    let entries = log["entries"].as_array().unwrap();
    let changes: Vec<&Value> =
        entries.iter().flat_map(|entry| entry["changes"].as_array().unwrap()).collect();
    let told = json!({ "field": "prices.text", "old": "none", "new": "0.10" });
    assert!(changes.contains(&&told), "{changes:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_overview_estimates_what_messages_cost_for_those_who_may_see_prices() {
    let world = World::start().await;
    let portal = world.portal("always_on");
    for (id, number) in [("anna", "+64 21 123 4589"), ("ben", "+31 6 12345678")] {
        let sign_in = portal.open(json!({ "id": id, "phone": number })).await;
        portal.act(&sign_in, "challenge", json!({ "method": "sms" })).await;
    }
    world.running.stream_is_delivered().await;
    let browser = signed_in(&world, &operator(&world)).await;
    let without = browser.get(OVERVIEW).await;
    assert!(without.says("No prices are set"), "{}", without.text);
    assert!(without.says(&format!("href=\"{FORM}\"")) && !without.says("Estimated cost"));
    assert_eq!(save(&browser, prices("NZD", "1", "+64 0.125")).await.status, 303);
    let priced = browser.get(OVERVIEW).await;
    assert!(priced.says("Estimated cost in NZD"), "{}", priced.text);
    // One to New Zealand, rounded up, and one to the Netherlands, which has no price.
    assert!(priced.says("0.13 (without 1 that have no price)"), "{}", priced.text);
    assert!(priced.says("<bdi>+64</bdi>") && priced.says("<bdi>+31</bdi>"));
    let role = json!({ "role": "technician", "portals": ["always-on"] });
    let technician = world.make_admin("jo", role).await;
    let theirs = signed_in(&world, &technician).await.get(OVERVIEW).await;
    assert_eq!(theirs.status, 200);
    assert!(!theirs.says("NZD") && !theirs.says(FORM), "{}", theirs.text);
}
