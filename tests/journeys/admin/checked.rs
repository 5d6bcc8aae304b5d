//! The way in which an admin checked who asks for a reset.

use super::activity::logged_of;
use crate::{
    console::{operator, signed_in},
    harness::{World, anna, on_user, reset_of},
};
use serde_json::{Value, json};
use std::time::Duration;

#[tokio::test(flavor = "multi_thread")]
async fn m6_a_reset_asks_how_the_admin_checked_who_is_asking_and_the_log_keeps_it() {
    let world = World::start().await;
    let portal = world.portal("authenticator_app");
    portal.enrol_app(&world, anna()).await;
    let path = format!("/v1/admin/portals/{}/user/reset", portal.id);
    let before = world.raw_user(&portal.id, "anna").await;
    for word in [json!("trust_me"), json!("code_read_back"), json!(""), json!(null), json!(1)] {
        let mut body = reset_of("anna", "lost phone").unwrap();
        body["checked_by"] = word.clone();
        let refused = world.admin("POST", &path, None, Some(body)).await;
        assert_eq!(refused.problem(), (400, "bad_request"), "{word}");
    }
    let unsaid = world.admin("POST", &path, None, on_user("anna", "lost phone")).await;
    assert_eq!(unsaid.problem(), (400, "bad_request"));
    assert!(unsaid.body["detail"].as_str().unwrap().contains("checked_by"), "{:?}", unsaid.body);
    assert_eq!(world.raw_user(&portal.id, "anna").await, before, "nothing was written");
    let words = ["known_in_person", "called_back_on_record", "identity_document", "other"];
    for word in words {
        let mut body = reset_of("anna", "lost phone").unwrap();
        body["checked_by"] = json!(word);
        world.admin_ok("POST", &path, Some(body)).await;
        world.advance(1);
    }
    let log = format!("/v1/admin/portals/{}/activity", portal.id);
    let entries = logged_of(&world, &portal.id, "reset", words.len()).await;
    let said: Vec<&Value> = entries.iter().rev().map(|entry| &entry["checked_by"]).collect();
    assert_eq!(json!(said), json!(words));
    let url = world.url(&format!("{log}?format=csv&event=reset"));
    let session = world.running.demo.session.clone().unwrap();
    let csv = world.http.get(url).bearer_auth(session).send().await.unwrap().text().await.unwrap();
    assert!(csv.lines().nth(1).unwrap().ends_with(",other"), "{csv}");
}

#[tokio::test(flavor = "multi_thread")]
async fn m6_the_consoles_reset_asks_it_too_and_chooses_nothing_beforehand() {
    let world = World::start().await;
    let portal = world.portal("authenticator_app");
    portal.enrol_app(&world, anna()).await;
    let browser = signed_in(&world, &operator(&world)).await;
    let at = format!("{}/reset", world.user_page(&portal.id, "anna").await);
    let page = browser.get(&at).await;
    assert!(
        page.says("How did you check who is asking?") && page.says("Choose one"),
        "{}",
        page.text
    );
    let form = page.form();
    let bare =
        [("form", form.as_str()), ("confirm", "true"), ("code", ""), ("reason", "lost phone")];
    for word in [None, Some(""), Some("trust_me")] {
        let mut fields = bare.to_vec();
        fields.extend(word.map(|word| ("checked_by", word)));
        let refused = browser.post(&at, &fields).await;
        assert_eq!(refused.status, 400, "{word:?}");
        assert!(refused.says("id=\"checked_by-refused\""), "{word:?}: {}", refused.text);
    }
    let mut fields = bare.to_vec();
    fields.push(("checked_by", "identity_document"));
    assert_eq!(browser.post(&at, &fields).await.status, 303);
    for _ in 0..100 {
        let shown = browser.get(&format!("/console/portals/{}/activity", portal.id)).await;
        if shown.says("Checked: identity document") {
            return;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("the page of the log does not say it after ten seconds");
}
