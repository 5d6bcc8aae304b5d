use super::{operator, signed_in};
use crate::harness::World;
use serde_json::json;

#[tokio::test(flavor = "multi_thread")]
async fn e8_an_operator_sets_senders_and_caps_in_the_console_and_blank_is_the_services() {
    let world = World::start().await;
    let browser = signed_in(&world, &operator(&world)).await;
    let settings = "/console/portals/managed/settings";
    let form = "/console/portals/managed/sending".to_owned();
    let page = browser.get(settings).await;
    assert!(page.says(&format!("href=\"{form}\"")) && page.says("as the service"), "{}", page.text);
    let sending = async || {
        world.admin("GET", "/v1/admin/portals/managed", None, None).await.body["sending"].clone()
    };
    let none = json!({ "email_from": null, "sms_from": null, "emails_per_day": null, "texts_per_day": null });
    let names = ["email_from", "sms_from", "emails_per_day", "texts_per_day"];
    let save = async |values: [&str; 4]| {
        let fields: Vec<(&str, &str)> = names.into_iter().zip(values).collect();
        browser.submit(&form, &form, &fields).await
    };
    for (values, field) in [
        (["nobody", "", "", ""], "email_from"),
        (["", "a name too long", "", ""], "sms_from"),
        (["", "", "many", ""], "emails_per_day"),
        (["", "", "", "-1"], "texts_per_day"),
    ] {
        let refused = save(values).await;
        assert_eq!(refused.status, 400, "{field}");
        assert!(refused.says(&format!("id=\"{field}-refused\"")), "{field}: {}", refused.text);
        let typed = values.iter().find(|value| !value.is_empty()).unwrap();
        assert!(refused.says(&format!("value=\"{typed}\"")), "what was typed is kept");
        assert_eq!(sending().await, none, "{field}");
    }
    let refused = save(["codes@elsewhere.example", "", "", ""]).await;
    assert_eq!(refused.status, 422);
    assert!(refused.says("does not cover this address"), "{}", refused.text);
    assert!(refused.says("value=\"codes@elsewhere.example\""), "what was typed is kept");
    assert_eq!(sending().await, none);

    let own = ["codes@acme.portal.example", "ACME", " 50 ", "7"];
    let saved = save(own).await;
    assert_eq!(saved.location.as_deref(), Some(settings), "{}", saved.text);
    let wanted = json!({ "email_from": own[0], "sms_from": "ACME", "emails_per_day": 50, "texts_per_day": 7 });
    assert_eq!(sending().await, wanted);
    let page = browser.get(settings).await;
    assert!(page.says(own[0]) && page.says("ACME"), "{}", page.text);
    assert!(browser.get(&form).await.says("value=\"50\""));
    let saved = save(["", "", "", ""]).await;
    assert_eq!(saved.location.as_deref(), Some(settings), "{}", saved.text);
    assert_eq!(sending().await, none);
}

#[tokio::test(flavor = "multi_thread")]
async fn e8_what_limits_a_new_sender_is_shown_after_it_is_saved() {
    let world = World::start().await;
    let browser = signed_in(&world, &operator(&world)).await;
    world.set_accounts(json!({ "ses": { "sandbox": true } })).await;
    let form = "/console/portals/managed/sending";
    let fields = [
        ("email_from", "codes@acme.portal.example"),
        ("sms_from", ""),
        ("emails_per_day", ""),
        ("texts_per_day", ""),
    ];
    let saved = browser.submit(form, form, &fields).await;
    assert_eq!(saved.status, 303, "{}", saved.text);
    let outcome = browser.get(&saved.location.unwrap()).await;
    assert!(outcome.says("Email: sandbox"), "{}", outcome.text);
    assert!(outcome.says("href=\"/console/portals/managed/settings\""), "{}", outcome.text);
}
