//! Bad requests are refused with a clear reason; nothing is written or sent.

use crate::harness::{Portal, World, anna};
use serde_json::{Value, json};

/// Items that may be read before a refusal: the call's subject, and an admin's session.
const READS: [&str; 2] = ["BatchGetItem", "GetItem"];

/// Sends a request; checks that it is refused so, and has no effect.
async fn refused(world: &World, what: &str, reply: crate::harness::Reply, problem: (u16, &str)) {
    assert_eq!(reply.problem(), problem, "{what}: {:?}", reply.body);
    assert!(reply.body["detail"].as_str().is_some_and(|detail| detail.len() > 10), "{what}");
    let writes: Vec<_> =
        world.aws.calls().into_iter().filter(|(name, _)| !READS.contains(&name.as_str())).collect();
    assert_eq!(writes, [], "{what}");
    assert!(world.outbox().await.is_empty(), "{what}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_missing_malformed_or_unknown_key_is_refused() {
    let world = World::start().await;
    let portal = world.portal("authenticator_app");
    let with_key = |key: String| Portal { key, ..portal.clone() };
    let (context, _) = world.function().await;
    let keyring = context.keyring().await.unwrap();
    let issued = |portal: &str| {
        let id = portcullis_domain::PortalId::parse(portal).unwrap();
        let terms = portcullis_domain::portal::KeyTerms::usual(context.now());
        let (key, _) =
            portcullis_keys::ApiKeySecret::issue(&keyring, &id, &[7; 36], context.now(), terms);
        key.expose().to_owned()
    };
    // This service made the first for a portal that does not exist; the second is no longer among
    // its portal's keys.
    let (of_no_portal, revoked) = (issued("no-such-portal"), issued(&portal.id));
    let cut = portal.key[..portal.key.len() - 1].to_owned();
    for (what, key, reads) in [
        ("empty", String::new(), 0),
        ("garbage", "garbage".to_owned(), 0),
        ("cut", cut, 0),
        ("of another portal's name", portal.key.replace("authenticator-app", "always-on"), 0),
        ("of no portal", of_no_portal, 1),
        ("revoked", revoked, 1),
    ] {
        world.aws.reset();
        let reply = with_key(key).try_open(anna()).await;
        let counted: u32 = world.aws.calls().iter().map(|(_, count)| count).sum();
        assert_eq!(counted, reads, "{what}");
        refused(&world, what, reply, (401, "key_refused")).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn s12_another_portals_sign_in_is_as_unknown_as_one_that_never_was() {
    let world = World::start().await;
    let (portal, other) = (world.portal("always_on"), world.portal("authenticator_app"));
    let sign_in = portal.open(anna()).await;
    let never = world.unknown_sign_in(&other).await;
    let made_up = json!({ "id": format!("si_{}_{}", other.id, "A".repeat(72)) });
    let malformed = json!({ "id": "si_x" });
    world.aws.reset();
    for sign_in in [&sign_in, &never, &made_up, &malformed] {
        for reply in [
            other.look(sign_in).await,
            other.verify(sign_in, "123456").await,
            other.act(sign_in, "challenge", json!({ "method": "email" })).await,
            other.act(sign_in, "enrolment", json!({ "method": "authenticator_app" })).await,
            other.act(sign_in, "enrolment/confirm", json!({ "code": "123456" })).await,
            other.act(sign_in, "skip", json!({})).await,
        ] {
            refused(&world, "foreign", reply, (404, "sign_in_unknown")).await;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn s15_bodies_are_read_strictly() {
    let world = World::start().await;
    let portal = world.portal("always_on");
    let body = |user: Value| json!({ "user": user, "event": "login", "nonce": "0123456789abcdef" });
    let with = |field: &str, value: Value| {
        let mut user = anna();
        user[field] = value;
        body(user)
    };
    world.aws.reset();
    let mut extra = body(anna());
    extra["admin"] = json!(true);
    let mut short = body(anna());
    short["nonce"] = json!("short");
    for (what, body) in [
        ("unknown field", extra),
        ("short nonce", short),
        ("array for a string", with("email", json!(["a@example.com", "b@example.com"]))),
        ("number for a string", with("phone", json!(64))),
        ("two addresses", with("email", json!("a@example.com,b@example.com"))),
        ("header injection", with("email", json!("a@example.com\nBcc: b@example.com"))),
        ("10 kB address", with("email", json!(format!("{}@example.com", "a".repeat(10_000))))),
        ("control character in the id", with("id", json!("a\u{0}b"))),
        ("empty id", with("id", json!(""))),
        ("257 bytes of id", with("id", json!("x".repeat(257)))),
        ("number for a name", with("display_name", json!(7))),
        ("unknown user field", with("is_admin", json!(true))),
        ("no user", json!({ "event": "login", "nonce": "0123456789abcdef" })),
        ("unknown event", json!({ "user": anna(), "event": "magic", "nonce": "0123456789abcdef" })),
        ("not an object", json!([1, 2, 3])),
    ] {
        refused(&world, what, portal.post("/v1/sign-ins", body).await, (400, "bad_request")).await;
    }
    for (what, raw, problem) in [
        (
            "duplicate key",
            br#"{"user":{"id":"a","id":"b"},"event":"login","nonce":"0123456789abcdef"}"#.to_vec(),
            (400, "bad_request"),
        ),
        ("not JSON", b"user=anna".to_vec(), (400, "bad_request")),
        ("bad UTF-8", b"{\"user\":\"\xff\"}".to_vec(), (400, "bad_request")),
        ("deep", "[".repeat(10_000).into_bytes(), (400, "bad_request")),
        ("over 16 KiB", vec![b' '; 16 * 1024 + 1], (413, "too_large")),
    ] {
        refused(&world, what, portal.post_raw("/v1/sign-ins", raw).await, problem).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_six_digits_is_no_guess() {
    let world = World::start().await;
    let portal = world.portal("always_on");
    let sign_in = portal.open(anna()).await;
    world.aws.reset();
    for code in ["", "12345", "1234567", "abcdef", "12345\u{0}"] {
        refused(&world, code, portal.verify(&sign_in, code).await, (400, "bad_request")).await;
    }
    let sent = portal.act(&sign_in, "challenge", json!({ "method": "email" })).await;
    assert_eq!(sent.status, 202);
    let wrong = portal.verify(&sign_in, "１２３ ４５６").await;
    assert_eq!(
        wrong.body["attempts_left"], 4,
        "full-width digits are a guess, and the only one so far"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn user_ids_of_any_script_are_taken_and_another_case_is_refused() {
    let world = World::start().await;
    let portal = world.portal("always_on");
    for id in ["客户-42", "Ünïcode Straße", &"é".repeat(128)] {
        portal.open(json!({ "id": id })).await;
    }
    world.aws.reset();
    let other_case = portal.try_open(json!({ "id": "ÜNÏCODE STRASSE" })).await;
    refused(&world, "another case", other_case, (409, "user_id_case")).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_portal_with_odd_characters_or_a_nonsense_policy_is_refused() {
    let world = World::start().await;
    let profile = json!({ "description": "Acme", "audience": "staff" });
    let create =
        async |body: Value| world.admin("POST", "/v1/admin/portals", None, Some(body)).await;
    world.aws.reset();
    for (what, body, problem) in [
        ("odd characters", json!({ "id": "Acme_1", "profile": profile }), (400, "bad_request")),
        ("too short", json!({ "id": "ab", "profile": profile }), (400, "bad_request")),
        (
            "unknown preset",
            json!({ "id": "acme", "profile": profile, "preset": "magic" }),
            (400, "bad_request"),
        ),
        (
            "fallback for staff",
            json!({ "id": "acme", "profile": profile, "preset": "authenticator_app_with_email" }),
            (422, "policy_refused"),
        ),
        (
            "link to nowhere",
            json!({ "id": "acme", "profile": profile, "preset": "managed" }),
            (422, "policy_refused"),
        ),
    ] {
        refused(&world, what, create(body).await, problem).await;
    }
    let stranger = Portal { key: "wrong".into(), ..world.portal("managed") };
    let reply =
        stranger.post("/v1/admin/portals", json!({ "id": "acme", "profile": profile })).await;
    refused(&world, "no session", reply, (401, "session_refused")).await;
    let made = create(json!({ "id": "acme", "profile": profile })).await;
    assert_eq!(made.status, 201);
    assert_eq!(
        create(json!({ "id": "acme", "profile": profile })).await.problem(),
        (409, "portal_id_taken")
    );
}
