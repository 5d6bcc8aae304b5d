//! The pages of admins hold nothing that opens an account: no id, prompt, code or link.

use super::{operator, roles::crawl, signed_in};
use crate::harness::{World, anna, on_user};
use serde_json::json;

#[tokio::test(flavor = "multi_thread")]
async fn s37_no_view_of_any_admin_shows_what_opens_anything() {
    let world = World::start().await;
    let portal = world.portal("managed");
    let user = json!({ "id": "anna", "email": "testing@example.co.nz", "email_verified": true, "organization": "acme" });
    portal.enrol_app(&world, user.clone()).await;
    let reset = json!({ "actor": { "id": "boss", "role": "portal_admin" }, "reason": "lost", "confirm": true });
    assert_eq!(portal.reset_user("anna", reset).await.status, 200);
    // A link is mailed, a bypass code issued, an app half enrolled, a code sent, and a prompt waits
    // for its browser.
    let mut secrets = vec![];
    let waits = portal.open(user.clone()).await;
    secrets.push(world.ticket_sent_to("testing@example.co.nz").await);
    let enrols = portal.open_with_ticket(user.clone(), &secrets[0]).await.body;
    let app = portal.act(&enrols, "enrolment", json!({ "method": "authenticator_app" })).await;
    secrets.push(app.secret().to_owned());
    let path = "/v1/admin/portals/managed/user/bypass-code";
    let bypass = world.admin_ok("POST", path, on_user("anna", "called back")).await;
    secrets.push(bypass["code"].as_str().unwrap().to_owned());
    let hosted = portal.open_prompt(user).await;
    let always_on = world.portal("always_on");
    let sent = always_on.open(anna()).await;
    always_on.act(&sent, "challenge", json!({ "method": "email" })).await;
    secrets.push(world.code_sent_to("testing@example.co.nz").await);
    for sign_in in [&waits, &enrols, &hosted, &sent] {
        let id = sign_in["id"].as_str().unwrap();
        // Neither the id nor its random part.
        secrets.extend([id.to_owned(), id[id.len() - 40..].to_owned()]);
    }

    let of_portal = "/v1/admin/portals/managed";
    let org_admin = json!({ "role": "org_admin", "portal": "managed", "organization": "acme" });
    for (name, role) in [
        ("operator", None),
        ("auditor", Some(json!({ "role": "auditor" }))),
        ("portal-admin", Some(json!({ "role": "portal_admin", "portal": "managed" }))),
        ("org-admin", Some(org_admin)),
    ] {
        let admin = match role {
            None => operator(&world),
            Some(role) => world.make_admin(name, role).await,
        };
        let browser = signed_in(&world, &admin).await;
        let mut shown = crawl(&browser).await.2;
        let session = browser.cookie("__Host-console").unwrap();
        for path in [
            "/user?id=anna",
            "/users",
            "/activity",
            "/activity?format=csv",
            "/activity?format=jsonl",
            "",
            "/policy",
        ] {
            let path = format!("{of_portal}{path}");
            let call = world.http.get(world.url(&path)).bearer_auth(&session);
            shown.push((path, call.send().await.unwrap().text().await.unwrap()));
        }
        let export = format!("{of_portal}/user/export");
        let asked = on_user("anna", "asked");
        let export = world.call(&session, "POST", &export, None, asked).await;
        shown.push(("export".to_owned(), export.body.to_string()));
        assert!(shown.len() > 8, "{name}");
        for (at, text) in shown {
            for secret in &secrets {
                assert!(!text.contains(secret), "{name} is shown {secret} at {at}");
            }
        }
    }
}
