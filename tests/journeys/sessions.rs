//! From which moment on a user's own sessions at the portal count.

use crate::harness::{World, anna, verified_claims};
use serde_json::{Value, json};

async fn reset(portal: &crate::harness::Portal) {
    let actor = json!({ "id": "boss", "role": "portal_admin" });
    let reset = json!({ "actor": actor, "reason": "lost phone", "confirm": true });
    assert_eq!(portal.reset_user("anna", reset).await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn h3_a_reset_and_an_erasure_say_which_sessions_the_portal_should_end() {
    let world = World::start().await;
    let portal = world.portal("authenticator_app");
    let claims = async || -> Value {
        let sign_in = portal.open(anna()).await;
        let started =
            portal.act(&sign_in, "enrolment", json!({ "method": "authenticator_app" })).await;
        let code = json!({ "code": world.totp(started.secret()) });
        let done = portal.act(&sign_in, "enrolment/confirm", code).await;
        let jwks = portal.get("/.well-known/jwks.json").await.body;
        let assertion = done.body["assertion"].as_str().unwrap();
        let claims = verified_claims(assertion, &jwks, &portal.id);
        world.advance(30);
        claims
    };
    let user = async || portal.get("/v1/user?id=anna").await.body;
    assert_eq!(claims().await.get("sessions_not_before"), None, "nothing ended any session yet");
    assert_eq!(user().await.get("sessions_not_before"), None);
    let reset_at = world.now().unix();
    reset(&portal).await;
    assert_eq!(user().await["sessions_not_before"], reset_at);
    let activity = portal.get("/v1/user/activity?id=anna").await.body;
    let newest = &activity[0];
    assert_eq!(
        (&newest["event"], &newest["sessions_not_before"]),
        (&json!("reset"), &json!(reset_at))
    );
    assert_eq!(activity[1].get("sessions_not_before"), None, "nothing else ends sessions");
    world.advance(3_600);
    let after = claims().await;
    assert_eq!(after["sessions_not_before"], reset_at);
    assert!(after["iat"].as_i64().unwrap() > reset_at, "the session of this assertion stays");
    let path = format!("/v1/admin/portals/{}/user?id=anna", portal.id);
    assert_eq!(world.admin_ok("GET", &path, None).await["sessions_not_before"], reset_at);
    // It goes on after an erasure, from that moment.
    let erased_at = world.now().unix();
    assert_eq!(portal.send("DELETE", "/v1/user?id=anna", None).await.status, 200);
    world.advance(3_600);
    assert_eq!(claims().await["sessions_not_before"], erased_at);
    let log = format!("/v1/admin/portals/{}/activity?event=erased", portal.id);
    for _ in 0..100 {
        let page = world.admin_ok("GET", &log, None).await;
        if let Some(entry) = page["entries"].as_array().unwrap().first() {
            assert_eq!(entry["sessions_not_before"], erased_at);
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    panic!("the log has no erasure after ten seconds");
}
