//! Passkeys through the API: enrolled, used, several of them, removed, and offered.

use crate::harness::{Authenticator, Portal, World, anna, asked, fresh_nonce, verified_claims};
use serde_json::{Value, json};

/// A portal whose users have passkeys, and apps beside them.
pub async fn portal(world: &World, when_bound: &str) -> Portal {
    let portal = world.portal("authenticator_app");
    let change = |policy: &mut Value| {
        policy["self_service"] = json!("with_proof");
        let passkey = json!({
            "type": "passkey", "user_verification": "preferred", "synced": "allowed",
            "when_bound": when_bound, "promote": true,
        });
        policy["methods"].as_array_mut().unwrap().insert(0, passkey);
    };
    world.change_policy(&portal, change).await;
    portal
}

pub async fn enrol(portal: &Portal, sign_in: &Value, device: &mut Authenticator) -> Value {
    let started = portal.act(sign_in, "enrolment", json!({ "method": "passkey" })).await;
    assert_eq!(started.status, 201, "{:?}", started.body);
    let options = &started.body["enrolment"]["passkey"];
    assert_eq!(options, asked(&started.body), "the form has them too");
    let made = device.make(options);
    let done = portal.act(sign_in, "enrolment/confirm", made).await;
    assert_eq!(done.status, 200, "{:?}", done.body);
    done.body
}

pub async fn anna_with_passkey(world: &World, when_bound: &str) -> (Portal, Authenticator) {
    let portal = portal(world, when_bound).await;
    let mut device = Authenticator::on(&world.origin());
    let sign_in = portal.open(anna()).await;
    enrol(&portal, &sign_in, &mut device).await;
    (portal, device)
}

async fn claims(portal: &Portal, view: &Value) -> Value {
    let jwks = portal.get("/.well-known/jwks.json").await.body;
    verified_claims(view["assertion"].as_str().unwrap(), &jwks, &portal.id)
}

async fn open_settings(portal: &Portal, device: &mut Authenticator) -> Value {
    let body = json!({ "user": anna(), "event": "manage", "nonce": fresh_nonce() });
    let opened = portal.post("/v1/sign-ins", body).await.body;
    let proven = portal.act(&opened, "verify", device.get(asked(&opened))).await;
    assert_eq!(proven.status, 200, "{:?}", proven.body);
    assert!(proven.body["settings"].is_object(), "{:?}", proven.body);
    proven.body
}

#[tokio::test(flavor = "multi_thread")]
async fn p1_p7_a_passkey_is_enrolled_and_lets_anna_in() {
    let world = World::start().await;
    let portal = portal(&world, "prefer").await;
    let mut device = Authenticator::on(&world.origin());
    let sign_in = portal.open(anna()).await;
    assert_eq!(sign_in["options"][0]["method"], "passkey");
    let done = enrol(&portal, &sign_in, &mut device).await;
    assert_eq!((&done["status"], &done["method"]), (&json!("allowed"), &json!("passkey")));
    let said = claims(&portal, &done).await;
    assert_eq!(said["reason"], "just_enrolled");
    assert_eq!(said["acr"], "urn:portcullis:acr:passkey");

    let sign_in = portal.open(anna()).await;
    assert_eq!(sign_in["message"], "Use your passkey to continue");
    assert_eq!(
        (&sign_in["input"]["action"], &sign_in["input"]["field"]),
        (&json!("verify"), &json!("passkey"))
    );
    let options = asked(&sign_in);
    assert_eq!(options["rpId"], "localhost");
    assert_eq!(options["allowCredentials"], json!([{ "type": "public-key", "id": device.id() }]));
    let done = portal.act(&sign_in, "verify", device.get(options)).await;
    assert_eq!((done.status, &done.body["status"]), (200, &json!("allowed")), "{:?}", done.body);
    let said = claims(&portal, &done.body).await;
    assert_eq!(said["amr"], json!(["pop", "mfa", "user"]));
    assert_eq!(
        (&said["acr"], &said["synced"]),
        (&json!("urn:portcullis:acr:passkey"), &json!(false))
    );
    assert_eq!((&said["mfa"], &said["method"]), (&json!("done"), &json!("passkey")));

    // Without the check of the person it says so; the look after a lost reply says the same.
    device.verifies = false;
    let sign_in = portal.open(anna()).await;
    let done = portal.act(&sign_in, "verify", device.get(asked(&sign_in))).await;
    let said = claims(&portal, &done.body).await;
    assert_eq!(said["amr"], json!(["pop", "mfa"]));
    let looked = portal.look(&sign_in).await.body;
    assert_eq!(claims(&portal, &looked).await, said);
    let user = portal.get("/v1/user?id=anna").await.body;
    assert_eq!(
        (&user["status"], &user["methods"][0]["method"]),
        (&json!("challenge"), &json!("passkey"))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn p1_n1_a_user_has_three_passkeys_at_most_and_any_of_them_lets_in() {
    let world = World::start().await;
    let (portal, mut first) = anna_with_passkey(&world, "prefer").await;
    let settings = open_settings(&portal, &mut first).await;
    let mut second = Authenticator::on(&world.origin());
    second.is_synced = true;
    let done = enrol(&portal, &settings, &mut second).await;
    let bound = &done["settings"]["authenticators"];
    assert_eq!(bound.as_array().unwrap().len(), 2, "{done}");
    // The same is not made twice, whatever a browser says.
    let started = portal.act(&settings, "enrolment", json!({ "method": "passkey" })).await;
    let options = &started.body["enrolment"]["passkey"];
    assert_eq!(options["excludeCredentials"].as_array().unwrap().len(), 2);
    let again = portal.act(&settings, "enrolment/confirm", second.make(options)).await;
    assert_eq!(again.problem(), (403, "passkey_refused"));
    let mut third = Authenticator::on(&world.origin());
    enrol(&portal, &settings, &mut third).await;
    let full = portal.act(&settings, "enrolment", json!({ "method": "passkey" })).await;
    assert_eq!(full.problem(), (409, "too_many_authenticators"));
    for device in [&mut third, &mut second, &mut first] {
        let sign_in = portal.open(anna()).await;
        let done = portal.act(&sign_in, "verify", device.get(asked(&sign_in))).await;
        assert_eq!(done.status, 200, "{:?}", done.body);
        let said = claims(&portal, &done.body).await;
        assert_eq!(said["synced"], json!(device.is_synced));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn p1_n3_a_passkey_that_was_removed_is_worth_nothing() {
    let world = World::start().await;
    let (portal, mut first) = anna_with_passkey(&world, "prefer").await;
    let settings = open_settings(&portal, &mut first).await;
    let mut second = Authenticator::on(&world.origin());
    let done = enrol(&portal, &settings, &mut second).await;
    let id = &done["settings"]["authenticators"][0]["id"];
    let removed = json!({ "change": "remove", "authenticator": id });
    assert_eq!(portal.act(&settings, "settings", removed).await.status, 200);
    let sign_in = portal.open(anna()).await;
    let refused = portal.act(&sign_in, "verify", first.get(asked(&sign_in))).await;
    assert_eq!(refused.problem(), (403, "passkey_refused"));
    let done = portal.act(&sign_in, "verify", second.get(asked(&sign_in))).await;
    assert_eq!(done.status, 200, "a refusal costs no try: {:?}", done.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn p5_beside_a_passkey_other_ways_stay_or_go_as_the_policy_says() {
    let world = World::start().await;
    let (portal, mut device) = anna_with_passkey(&world, "prefer").await;
    let settings = open_settings(&portal, &mut device).await;
    let app = portal.act(&settings, "enrolment", json!({ "method": "authenticator_app" })).await;
    let code = json!({ "code": world.totp(app.secret()) });
    assert_eq!(portal.act(&settings, "enrolment/confirm", code).await.status, 200);
    world.advance(30);
    let sign_in = portal.open(anna()).await;
    assert_eq!(asked(&sign_in)["rpId"], "localhost", "the passkey comes first");
    let by_app = portal.act(&sign_in, "challenge", json!({ "method": "authenticator_app" })).await;
    assert_eq!(by_app.body["input"]["field"], "code", "{:?}", by_app.body);
    let links = by_app.body["links"].as_array().unwrap();
    let back = links.iter().find(|link| link["label"] == "Use a passkey").unwrap();
    let body = back["body"].clone();
    let again = portal.act(&sign_in, back["action"].as_str().unwrap(), body).await;
    assert_eq!(again.body["input"]["field"], "passkey");
    assert_eq!(portal.verify(&sign_in, &world.totp(app.secret())).await.status, 200);
    let insist = |policy: &mut Value| policy["methods"][0]["when_bound"] = json!("insist");
    world.change_policy(&portal, insist).await;
    let sign_in = portal.open(anna()).await;
    assert_eq!(sign_in["options"].as_array().unwrap().len(), 1);
    assert_eq!(portal.act(&sign_in, "verify", device.get(asked(&sign_in))).await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn p6_after_a_right_code_a_passkey_is_offered_and_a_no_is_remembered() {
    let world = World::start().await;
    let portal = portal(&world, "prefer").await;
    let secret = portal.enrol_app(&world, anna()).await;
    let changes = |view: &Value| -> Vec<Value> {
        let links = view["links"].as_array().unwrap().iter();
        links.map(|link| link["body"]["change"].clone()).collect()
    };
    world.advance(30);
    let sign_in = portal.open(anna()).await;
    let done = portal.verify(&sign_in, &world.totp(&secret)).await.body;
    assert_eq!(done["passkey_offered"], true, "{done}");
    assert_eq!(changes(&done), ["add_passkey", "decline_passkey"]);
    let no = portal.act(&sign_in, "settings", json!({ "change": "decline_passkey" })).await;
    assert_eq!(no.status, 200, "{:?}", no.body);
    world.advance(30);
    let sign_in = portal.open(anna()).await;
    let done = portal.verify(&sign_in, &world.totp(&secret)).await.body;
    assert_eq!(done.get("passkey_offered"), None);
    let late = portal.act(&sign_in, "settings", json!({ "change": "add_passkey" })).await;
    assert_eq!(late.problem(), (403, "settings_closed"));
}

#[tokio::test(flavor = "multi_thread")]
async fn p3_a_policy_that_wants_the_person_checked_or_the_passkey_on_its_device_is_kept_to() {
    let world = World::start().await;
    let (portal, mut device) = anna_with_passkey(&world, "prefer").await;
    device.verifies = false;
    let strict = |policy: &mut Value| policy["methods"][0]["user_verification"] = json!("required");
    world.change_policy(&portal, strict).await;
    let sign_in = portal.open(anna()).await;
    assert_eq!(asked(&sign_in)["userVerification"], "required");
    let touched = portal.act(&sign_in, "verify", device.get(asked(&sign_in))).await;
    assert_eq!(touched.problem(), (403, "passkey_refused"));
    device.verifies = true;
    let own = |policy: &mut Value| policy["methods"][0]["synced"] = json!("refused");
    world.change_policy(&portal, own).await;
    assert_eq!(portal.act(&sign_in, "verify", device.get(asked(&sign_in))).await.status, 200);
    let settings = open_settings(&portal, &mut device).await;
    let mut synced = Authenticator::on(&world.origin());
    synced.is_synced = true;
    let started = portal.act(&settings, "enrolment", json!({ "method": "passkey" })).await;
    let refused =
        portal.act(&settings, "enrolment/confirm", synced.make(asked(&started.body))).await;
    assert_eq!(refused.problem(), (403, "passkey_refused"));
}
