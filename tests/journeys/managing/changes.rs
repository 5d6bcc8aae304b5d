//! Adding, naming and removing.

use super::*;

#[tokio::test(flavor = "multi_thread")]
async fn n1_a_user_adds_a_second_app_under_a_name_and_gets_in_with_each_of_them() {
    let world = World::start().await;
    let portal = portal(&world).await;
    let first = portal.enrol_app(&world, anna()).await;
    let settings = prove(&world, &portal, &first).await;
    let before = listed(&settings);
    assert_eq!(before.len(), 1);
    assert_eq!(before[0].get("name"), None);
    let label = before[0]["label"].as_str().unwrap();
    assert!(label.starts_with("Authenticator app, added "), "{label}");
    assert_eq!(
        (&before[0]["removable"], &before[0]["reason"]),
        (&json!(false), &json!("last_authenticator"))
    );
    assert_eq!(settings["settings"]["can_add"], json!([APP, "email", "sms"]));
    let body = json!({ "method": APP, "name": " Tablet " });
    let (second, done) = add_app(&world, &portal, &settings, body).await;
    assert_eq!((&done["status"], listed(&done).len()), (&json!("allowed"), 2));
    assert_eq!(listed(&done)[1]["name"], "Tablet");
    assert_eq!(done["settings"]["changes_left"], 19);
    let said = claims(&portal, &done).await;
    assert_eq!(
        (&said["event"], &said["changed"]),
        (&json!("manage"), &json!(["authenticator_added"]))
    );
    for secret in [&first, &second] {
        world.advance(60);
        let sign_in = portal.open(anna()).await;
        assert_eq!(sign_in["options"], json!([{ "method": APP, "bound": true }]), "one way");
        let verified = portal.verify(&sign_in, &world.totp(secret)).await;
        assert_eq!(verified.body["status"], "allowed");
        let said = claims(&portal, &verified.body).await;
        assert_eq!((&said["event"], said.get("changed")), (&json!("login"), None));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn n1_a_new_phone_takes_the_place_of_the_old_one_when_it_is_confirmed() {
    let world = World::start().await;
    let portal = portal(&world).await;
    let old = portal.enrol_app(&world, anna()).await;
    let settings = prove(&world, &portal, &old).await;
    let old_id = listed(&settings)[0]["id"].clone();
    let body = json!({ "method": APP, "replaces": old_id });
    let started = portal.act(&settings, "enrolment", body).await;
    assert_eq!(bound(&portal).await[0]["id"], old_id, "the old one still counts");
    let code = json!({ "code": world.totp(started.secret()) });
    let done = portal.act(&settings, "enrolment/confirm", code).await;
    let said = claims(&portal, &done.body).await;
    assert_eq!(said["changed"], json!(["authenticator_removed", "authenticator_added"]));
    let now = bound(&portal).await;
    assert_eq!(now.len(), 1);
    assert_ne!(now[0]["id"], old_id);
    world.advance(60);
    let sign_in = portal.open(anna()).await;
    assert_eq!(portal.verify(&sign_in, &world.totp(&old)).await.problem(), (403, "code_wrong"));
    let right = world.totp(started.secret());
    assert_eq!(portal.verify(&sign_in, &right).await.status, 200);
    assert!(!world.notices("was removed from your account", 1).await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn n1_there_is_room_for_two_apps_an_address_and_a_number() {
    let world = World::start().await;
    let portal = portal(&world).await;
    let secret = portal.enrol_app(&world, anna()).await;
    let settings = prove(&world, &portal, &secret).await;
    add_app(&world, &portal, &settings, json!({ "method": APP })).await;
    let full = portal.act(&settings, "enrolment", json!({ "method": APP })).await;
    assert_eq!(full.problem(), (409, "too_many_authenticators"));
    for address in ["own@example.com", "other@example.com"] {
        let body = json!({ "method": "email", "email": address });
        let sent = portal.act(&settings, "enrolment", body).await;
        assert_eq!(sent.status, 201, "{:?}", sent.body);
        let code = json!({ "code": world.code_sent_to(address).await });
        let done = portal.act(&settings, "enrolment/confirm", code).await;
        assert_eq!(listed(&done.body).len(), 3, "the second address replaces the first");
    }
    let look = portal.look(&settings).await.body;
    assert_eq!(look["settings"]["can_add"], json!(["email", "sms"]));
    let unknown = json!({ "method": APP, "replaces": "AAAAAAAAAAA" });
    let refused = portal.act(&settings, "enrolment", unknown).await;
    assert_eq!(refused.problem(), (404, "authenticator_unknown"));
}

#[tokio::test(flavor = "multi_thread")]
async fn n3_the_last_way_in_stays_while_the_policy_requires_one() {
    let world = World::start().await;
    let portal = portal(&world).await;
    let secret = portal.enrol_app(&world, anna()).await;
    let settings = prove(&world, &portal, &secret).await;
    let id = listed(&settings)[0]["id"].clone();
    let refused = portal.act(&settings, "settings", remove(&id)).await;
    assert_eq!(refused.problem(), (409, "last_authenticator"));
    assert_eq!(bound(&portal).await.len(), 1);
    let (_, done) = add_app(&world, &portal, &settings, json!({ "method": APP })).await;
    let second = listed(&done)[1]["id"].clone();
    let removed = portal.act(&settings, "settings", remove(&id)).await;
    assert_eq!(removed.status, 200, "{:?}", removed.body);
    assert_eq!(listed(&removed.body)[0]["id"], second);
    let again = portal.act(&settings, "settings", remove(&id)).await;
    assert_eq!(again.problem(), (404, "authenticator_unknown"));
    let refused = portal.act(&settings, "settings", remove(&second)).await;
    assert_eq!(refused.problem(), (409, "last_authenticator"));
    let opt_out = |policy: &mut Value| policy["enforcement"] = json!({ "type": "opt_out" });
    world.change_policy(&portal, opt_out).await;
    let removed = portal.act(&settings, "settings", remove(&second)).await;
    assert_eq!(removed.status, 200, "{:?}", removed.body);
    assert_eq!(portal.open(anna()).await["status"], "enrol");
}

#[tokio::test(flavor = "multi_thread")]
async fn s14_a_name_is_one_line_of_32_characters_that_can_be_seen() {
    let world = World::start().await;
    let portal = portal(&world).await;
    let secret = portal.enrol_app(&world, anna()).await;
    let settings = prove(&world, &portal, &secret).await;
    let id = listed(&settings)[0]["id"].clone();
    for bad in ["x".repeat(33).as_str(), "a\u{202e}b", "a\nb", "a\u{200b}b", "\u{2066}x"] {
        let refused = portal.act(&settings, "settings", rename(&id, bad)).await;
        assert_eq!(refused.problem(), (400, "bad_request"), "{bad:?}");
        let detail = refused.body["detail"].as_str().unwrap();
        assert!(detail.starts_with("This cannot be a name.") && !detail.contains(bad), "{detail}");
        let body = json!({ "method": APP, "name": bad });
        assert_eq!(portal.act(&settings, "enrolment", body).await.status, 400, "{bad:?}");
    }
    let named = portal.act(&settings, "settings", rename(&id, "Ännas 客户-Handy")).await;
    assert_eq!(listed(&named.body)[0]["label"], "Ännas 客户-Handy");
    let said = claims(&portal, &named.body).await;
    assert_eq!(said["changed"], json!(["authenticator_renamed"]));
    let unnamed = portal.act(&settings, "settings", rename(&id, " ")).await;
    assert_eq!(listed(&unnamed.body)[0].get("name"), None);
    assert!(world.notices("was removed", 0).await.is_empty());
    for bad in [
        json!({ "change": "remove" }),
        json!({ "change": "unset_default", "authenticator": id }),
        json!({ "change": "remove", "authenticator": "?" }),
        json!({ "change": "erase", "authenticator": id }),
    ] {
        assert_eq!(portal.act(&settings, "settings", bad.clone()).await.status, 400, "{bad}");
    }
}

/// A portal that knows nothing but how to print a view.
#[tokio::test(flavor = "multi_thread")]
async fn h1_a_portal_that_only_prints_links_and_inputs_adds_and_removes() {
    let world = World::start().await;
    let portal = portal(&world).await;
    let secret = portal.enrol_app(&world, anna()).await;
    let settings = prove(&world, &portal, &secret).await;
    let post = async |view: &Value, label: &str| {
        let links = view["links"].as_array().unwrap();
        let link = links.iter().find(|link| link["label"].as_str().unwrap().starts_with(label));
        let link = link.unwrap_or_else(|| panic!("no {label}: {links:?}"));
        let reply = portal.act(view, link["action"].as_str().unwrap(), link["body"].clone()).await;
        assert!(reply.status < 300, "{:?}", reply.body);
        reply.body
    };
    assert_eq!(settings["message"], "You can change how you sign in");
    let started = post(&settings, "Add an authenticator app").await;
    let input = &started["input"];
    assert_eq!((&input["action"], &input["field"]), (&json!("enrolment/confirm"), &json!("code")));
    let secret = started["enrolment"]["secret"].as_str().unwrap();
    let code = json!({ "code": world.totp(secret) });
    let done = portal.act(&started, "enrolment/confirm", code).await.body;
    assert_eq!(done.get("input"), None);
    let removed = post(&done, "Remove Authenticator app, added ").await;
    assert_eq!(listed(&removed).len(), 1);
    let asked = post(&removed, "Use a phone number").await;
    assert_eq!(asked["input"]["field"], "phone", "{asked}");
}
