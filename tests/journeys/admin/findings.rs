//! What the check of the settings finds, and which of it refuses them.

use crate::harness::World;
use serde_json::{Value, json};

const PATH: &str = "/v1/admin/settings";
const NUMBER: &str = "+12025550100";

fn by_ses() -> Value {
    json!({ "email_from": "no-reply@portal.example", "countries": ["NZ"] })
}

fn by_sns() -> Value {
    json!({ "sms": { "provider": "sns" }, "countries": ["NZ"] })
}

fn by_twilio(from: &str) -> Value {
    let account = format!("AC{}", "0".repeat(32));
    let sms = json!({ "provider": "twilio", "client_id": account, "client_secret": "local-secret", "from": from });
    json!({ "sms": sms, "countries": ["NZ"] })
}

/// Code and severity of each finding of an answer about a channel, and its words.
fn found(body: &Value, channel: &str) -> Vec<(String, String, String)> {
    let findings = body["findings"].as_array().cloned().unwrap_or_default();
    let of = |finding: &Value, name: &str| finding[name].as_str().unwrap().to_owned();
    let about = findings.iter().filter(|finding| finding["channel"] == channel);
    about.map(|f| (of(f, "code"), of(f, "severity"), of(f, "detail"))).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a5_each_thing_that_sending_needs_is_found_and_named() {
    let world = World::start().await;
    let identity = |name: &str, verified: bool| json!({ "name": name, "verified": verified });
    let domain = || identity("portal.example", true);
    let from = "no-reply@portal.example";
    for (settings, channel, state, code, severity, words) in [
        (by_ses(), "email", json!({}), "", "", ""),
        (
            by_ses(),
            "email",
            json!({ "ses": { "sandbox": true, "quota": 200.0 } }),
            "sandbox",
            "limits",
            "verified in SES",
        ),
        (
            by_ses(),
            "email",
            json!({ "ses": { "paused": true } }),
            "paused",
            "blocks",
            "resume sending",
        ),
        (
            by_ses(),
            "email",
            json!({ "ses": { "enforcement": "SHUTDOWN" } }),
            "paused",
            "blocks",
            "dashboard",
        ),
        (
            by_ses(),
            "email",
            json!({ "ses": { "enforcement": "PROBATION" } }),
            "under_review",
            "limits",
            "dashboard",
        ),
        (
            by_ses(),
            "email",
            json!({ "ses": { "quota": 200.0, "sent": 200.0 } }),
            "quota",
            "blocks",
            "200 of 200",
        ),
        (
            by_ses(),
            "email",
            json!({ "ses": { "quota": 200.0, "sent": 190.0 } }),
            "quota",
            "limits",
            "190 of 200",
        ),
        (
            by_ses(),
            "email",
            json!({ "ses": { "denied": ["ses:GetAccount"] } }),
            "permission",
            "blocks",
            "ses:GetAccount",
        ),
        (
            by_ses(),
            "email",
            json!({ "ses": { "denied": ["ses:GetEmailIdentity"] } }),
            "permission",
            "blocks",
            "ses:GetEmailIdentity",
        ),
        (
            by_ses(),
            "email",
            json!({ "ses": { "identities": [] } }),
            "identity_unverified",
            "blocks",
            "Verify portal.example",
        ),
        (
            by_ses(),
            "email",
            json!({ "ses": { "identities": [identity("portal.example", false)] } }),
            "identity_unverified",
            "blocks",
            "Verify",
        ),
        // The narrowest identity that is verified counts; one that is not does not stand in the way of its domain.
        (
            by_ses(),
            "email",
            json!({ "ses": { "identities": [identity(from, false), domain()] } }),
            "",
            "",
            "",
        ),
        (by_ses(), "email", json!({ "ses": { "identities": [identity(from, true)] } }), "", "", ""),
        (by_sns(), "sms", json!({}), "", "", ""),
        (
            by_sns(),
            "sms",
            json!({ "sns": { "sandbox": true } }),
            "sandbox",
            "limits",
            "verified there",
        ),
        (
            by_sns(),
            "sms",
            json!({ "sns": { "monthly_spend_limit": "1" } }),
            "spend_limit",
            "limits",
            "the default",
        ),
        (
            by_sns(),
            "sms",
            json!({ "sns": { "monthly_spend_limit": null } }),
            "spend_limit",
            "limits",
            "the default",
        ),
        (
            by_sns(),
            "sms",
            json!({ "sns": { "monthly_spend_limit": "0" } }),
            "spend_limit",
            "blocks",
            "MonthlySpendLimit",
        ),
        (
            by_sns(),
            "sms",
            json!({ "sns": { "denied": ["sns:GetSMSAttributes"] } }),
            "permission",
            "blocks",
            "sns:GetSMSAttributes",
        ),
        (
            by_sns(),
            "sms",
            json!({ "sns": { "denied": ["sns:GetSMSSandboxAccountStatus"] } }),
            "permission",
            "blocks",
            "sns:GetSMSSandboxAccountStatus",
        ),
        (by_twilio(NUMBER), "sms", json!({}), "", "", ""),
        (by_twilio("Portal"), "sms", json!({}), "sender_unchecked", "unchecked", "test message"),
        (
            by_twilio(NUMBER),
            "sms",
            json!({ "twilio": { "numbers": ["+12025550199"] } }),
            "number_unknown",
            "blocks",
            "one of the account's numbers",
        ),
        (
            by_twilio(NUMBER),
            "sms",
            json!({ "twilio": { "status": "suspended" } }),
            "paused",
            "blocks",
            "suspended",
        ),
        (
            by_twilio(NUMBER),
            "sms",
            json!({ "twilio": { "type": "Trial" } }),
            "sandbox",
            "limits",
            "on trial",
        ),
        (
            by_twilio(NUMBER),
            "sms",
            json!({ "twilio": { "secret": "another" } }),
            "credentials",
            "blocks",
            "Check all three",
        ),
    ] {
        world.set_accounts(state.clone()).await;
        let answer = world.put_settings(settings).await;
        let wanted = if severity == "blocks" { 422 } else { 200 };
        assert_eq!(answer.status, wanted, "{state}: {:?}", answer.body);
        match found(&answer.body, channel).as_slice() {
            [] => assert_eq!(code, "", "{state}: {:?}", answer.body),
            [(found, how, said)] => {
                assert_eq!((found.as_str(), how.as_str()), (code, severity), "{state}: {said}");
                assert!(said.contains(words), "{state}: {said}");
            }
            more => panic!("{state}: {more:?}"),
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a5_a_check_of_settings_without_any_sender_is_not_healthy() {
    let world = World::start().await;
    let saved = world.put_settings(json!({ "countries": ["NZ"] })).await;
    assert_eq!(saved.status, 200, "{:?}", saved.body);
    for channel in ["email", "sms"] {
        assert_eq!(found(&saved.body, channel)[0].0, "not_configured");
    }
    let check = format!("{PATH}/check");
    let refused = world.admin("POST", &check, None, None).await;
    assert_eq!(refused.problem(), (422, "settings_refused"));
    assert_eq!(refused.body["findings"].as_array().unwrap().len(), 2);
    assert_eq!(world.put_settings(by_ses()).await.status, 200);
    let healthy = world.admin_ok("POST", &check, None).await;
    assert_eq!(found(&healthy, "email"), []);
    assert_eq!(found(&healthy, "sms")[0].0, "not_configured");
}

#[tokio::test(flavor = "multi_thread")]
async fn a5_a_sender_that_the_stack_gave_no_permission_for_is_refused() {
    let world = World::start().await;
    let settings = json!({ "email_from": "no-reply@other.example", "countries": ["NZ"] });
    let refused = world.put_settings(settings).await;
    assert_eq!(refused.problem(), (422, "settings_refused"));
    let (code, _, said) = &found(&refused.body, "email")[0];
    assert_eq!(code, "permission");
    assert!(said.contains("EmailIdentity=portal.example"), "{said}");
}
