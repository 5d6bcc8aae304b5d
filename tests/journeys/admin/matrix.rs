//! Every admin call by every role, on its own and a foreign portal, from the committed OpenAPI
//! document.

use crate::harness::{Admin, World};
use serde_json::{Value, json};
use std::fs;

/// The roles that may make a call: operator, technician, portal admin, organisation admin, auditor.
/// A call without a row fails the test.
const MAY: [(&str, &str); 58] = [
    ("listPresets", "OTPGA"),
    ("listPortals", "OTP-A"),
    ("createPortal", "O----"),
    ("readPortal", "OTP-A"),
    ("replacePortal", "O-P--"),
    ("tryProfile", "O-P--"),
    ("replaceLogo", "O-P--"),
    ("removeLogo", "O-P--"),
    ("deletePortal", "O----"),
    ("createKey", "O-P--"),
    ("revokeKey", "O-P--"),
    ("readLogPartitions", "OTP-A"),
    ("raiseLogPartitions", "O----"),
    ("readPolicy", "OTP-A"),
    ("replacePolicy", "OTP--"),
    ("switchMfa", "OTP--"),
    ("endTrustOfPortal", "OTP--"),
    ("setSending", "O----"),
    ("setShare", "O----"),
    ("setLogDays", "O----"),
    ("listUsers", "OTPGA"),
    ("findUsers", "OTPGA"),
    ("lookUpUser", "OTPGA"),
    ("resetUserOfPortal", "OTPG-"),
    ("sendResetCode", "OTPG-"),
    ("readBulkReset", "OTPG-"),
    ("countBulkReset", "OTPG-"),
    ("askForBulkReset", "OTPG-"),
    ("approveBulkReset", "OTPG-"),
    ("withdrawBulkReset", "OTPG-"),
    ("continueBulkReset", "OTPG-"),
    ("remindUsers", "OTP--"),
    ("unlockUser", "OTP--"),
    ("issueBypassCode", "OTP--"),
    ("clearSkip", "OTP--"),
    ("endUserTrust", "OTP--"),
    ("removeAuthenticator", "OTP--"),
    ("eraseUserOfPortal", "OTP--"),
    ("exportUser", "OTP--"),
    ("readActivity", "OTP-A"),
    ("readPortalActivity", "OTP-A"),
    ("readPortalNumbers", "OTP-A"),
    ("readSettings", "O---A"),
    ("replaceSettings", "O----"),
    ("tryPasskeyDomain", "O----"),
    ("checkSettings", "O----"),
    ("readReadiness", "O---A"),
    ("sendTestMessage", "O----"),
    ("readPrices", "O---A"),
    ("setPrices", "O----"),
    ("listAdmins", "O---A"),
    ("createAdmin", "O----"),
    ("changeAdmin", "O----"),
    ("resetAdmin", "O----"),
    ("removeAdmin", "O----"),
    ("unlockAdmin", "O----"),
    ("endAdminSessions", "O----"),
    ("issueAdminBypassCode", "O----"),
];

/// Returns method, path and name of each admin call with a session.
pub fn documented() -> Vec<(String, String, String)> {
    let text = fs::read_to_string("../infra/openapi.json").unwrap();
    let document: Value = serde_json::from_str(&text).unwrap();
    let mut calls = vec![];
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let about_oneself = path.starts_with("/v1/admin/session");
            if operation["security"][0].get("admin_session").is_some() && !about_oneself {
                let name = operation["operationId"].as_str().unwrap().to_owned();
                calls.push((method.to_uppercase(), path.clone(), name));
            }
        }
    }
    calls
}

async fn one_of_each(world: &World) -> Vec<(char, Admin)> {
    let portal = "authenticator-app";
    let org_admin = json!({ "role": "org_admin", "portal": portal, "organization": "own" });
    vec![
        ('O', world.make_admin("second", json!({ "role": "operator" })).await),
        ('T', world.make_admin("tech", json!({ "role": "technician", "portals": [portal] })).await),
        ('P', world.make_admin("boss", json!({ "role": "portal_admin", "portal": portal })).await),
        ('G', world.make_admin("org", org_admin).await),
        ('A', world.make_admin("auditor", json!({ "role": "auditor" })).await),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn s12_each_role_may_do_what_its_row_says_in_its_own_portals_and_nothing_elsewhere() {
    let world = World::start().await;
    let calls = documented();
    assert_eq!(calls.len(), MAY.len(), "a call without a row, or a row without a call");
    for preset in ["authenticator_app", "managed"] {
        let portal = world.portal(preset);
        portal.open(json!({ "id": "anna", "organization": "own" })).await;
    }
    for (letter, admin) in one_of_each(&world).await {
        for (method, path, name) in &calls {
            let row = MAY.iter().find(|(call, _)| call == name);
            let (_, may) = row.unwrap_or_else(|| panic!("{name} has no row"));
            for portal in ["authenticator-app", "managed", "no-such-portal"] {
                let path = path.replace("{portal}", portal);
                let path = path.replace("{name}", "nobody-here").replace("{key}", "nokeys");
                // An empty body is refused after the permission, so that nothing is done by those
                // who may.
                let body = (method != "GET" && method != "DELETE").then(|| json!({}));
                let has_portal = path.contains(portal);
                let query = match path.rsplit('/').next() {
                    Some("user") => "?id=anna",
                    Some("users") if !has_portal => "?find=anna",
                    _ => "",
                };
                let reply = world.by(&admin, method, &format!("{path}{query}"), body).await;
                let everywhere = "OA".contains(letter);
                let foreign = has_portal && portal != "authenticator-app" && !everywhere;
                let wanted = match (foreign, may.contains(letter)) {
                    (true, _) => Some((404, "portal_unknown")),
                    (false, false) => Some((403, "not_permitted")),
                    (false, true) => None,
                };
                let what = format!("{letter} {method} {path}: {:?}", reply.body);
                match wanted {
                    Some(wanted) => assert_eq!(reply.problem(), wanted, "{what}"),
                    None if portal == "no-such-portal" && has_portal => {
                        assert!([400, 404].contains(&reply.status), "{what}");
                    }
                    None => {
                        let refusals = ["not_permitted", "portal_unknown", "session_refused"];
                        assert!(!refusals.contains(&reply.problem().1), "{what}");
                        assert!(reply.status < 500, "{what}");
                    }
                }
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn s12_an_organisations_admin_sees_and_resets_its_own_users_only() {
    let world = World::start().await;
    let portal = world.portal("authenticator_app");
    for (user, organisation) in [("anna", "own"), ("ben", "other")] {
        portal.open(json!({ "id": user, "organization": organisation })).await;
    }
    portal.open(json!({ "id": "carl" })).await;
    let role = json!({ "role": "org_admin", "portal": portal.id, "organization": "own" });
    let admin = world.make_admin("org", role).await;
    let users = format!("/v1/admin/portals/{}/users", portal.id);
    let list = world.by(&admin, "GET", &users, None).await.body;
    let ids: Vec<&str> =
        list["users"].as_array().unwrap().iter().map(|u| u["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["anna"]);
    for (user, status) in [("anna", 200), ("ben", 404), ("carl", 404), ("nobody", 404)] {
        let one = format!("/v1/admin/portals/{}/user", portal.id);
        let seen = world.by(&admin, "GET", &format!("{one}?id={user}"), None).await;
        assert_eq!(seen.status, status, "{user}");
        let why = crate::harness::reset_of(user, "lost phone");
        let reset = world.by(&admin, "POST", &format!("{one}/reset"), why).await;
        assert_eq!(reset.status, status, "{user}");
        if status == 404 {
            assert_eq!(reset.problem().1, "user_unknown");
            assert_eq!(seen.body["detail"], reset.body["detail"], "as unknown as nobody");
        }
    }
}
