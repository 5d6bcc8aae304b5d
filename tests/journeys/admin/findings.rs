//! Findings of the check of the settings, and those that refuse them.

use crate::harness::{World, by_twilio};
use serde_json::{Value, json};

const PATH: &str = "/v1/admin/settings";
const NUMBER: &str = "+12025550100";

fn by_ses() -> Value {
    json!({ "email_from": "no-reply@portal.example", "countries": ["NZ"] })
}

fn by_sns() -> Value {
    json!({ "sms": { "provider": "sns" }, "countries": ["NZ"] })
}

fn sends_from(from: &str) -> Value {
    let mut sms = by_twilio();
    sms["from"] = json!(from);
    json!({ "sms": sms, "countries": ["NZ"] })
}

/// Returns code, severity and text of each finding about a channel.
fn found(body: &Value, channel: &str) -> Vec<(String, String, String)> {
    let findings = body["findings"].as_array().cloned().unwrap_or_default();
    let of = |finding: &Value, name: &str| finding[name].as_str().unwrap().to_owned();
    let about = findings.iter().filter(|finding| finding["channel"] == channel);
    about.map(|f| (of(f, "code"), of(f, "severity"), of(f, "detail"))).collect()
}

/// A state of the provider's account, the code and severity of the finding about it (empty for
/// none), and words of its text.
type AccountState = (Value, &'static str, &'static str);

fn ses_states() -> Vec<AccountState> {
    let from = "no-reply@portal.example";
    let identity = |name: &str, verified: bool| json!({ "name": name, "verified": verified });
    let domain = || identity("portal.example", true);
    let ses = |account: Value| json!({ "ses": account });
    let identities = |all: Value| ses(json!({ "identities": all }));
    let unverified = "identity_unverified blocks";
    vec![
        (json!({}), "", ""),
        (ses(json!({ "sandbox": true, "quota": 200.0 })), "sandbox limits", "verified in SES"),
        (ses(json!({ "paused": true })), "paused blocks", "resume sending"),
        (ses(json!({ "enforcement": "SHUTDOWN" })), "paused blocks", "dashboard"),
        (ses(json!({ "enforcement": "PROBATION" })), "under_review limits", "dashboard"),
        (ses(json!({ "quota": 200.0, "sent": 200.0 })), "quota blocks", "200 of 200"),
        (ses(json!({ "quota": 200.0, "sent": 190.0 })), "quota limits", "190 of 200"),
        (denied("ses", "GetAccount"), "permission blocks", "ses:GetAccount"),
        (denied("ses", "GetEmailIdentity"), "permission blocks", "ses:GetEmailIdentity"),
        (identities(json!([])), unverified, "Verify portal.example"),
        (identities(json!([identity("portal.example", false)])), unverified, "Verify"),
        // The narrowest verified identity counts; an unverified one does not hide its domain.
        (identities(json!([identity(from, false), domain()])), "", ""),
        (identities(json!([identity(from, true)])), "", ""),
    ]
}

fn sns_states() -> Vec<AccountState> {
    let limit = |limit: Value| json!({ "sns": { "monthly_spend_limit": limit } });
    let sandbox_status = "GetSMSSandboxAccountStatus";
    vec![
        (json!({}), "", ""),
        (json!({ "sns": { "sandbox": true } }), "sandbox limits", "verified there"),
        (limit(json!("1")), "spend_limit limits", "the default"),
        (limit(json!(null)), "spend_limit limits", "the default"),
        (limit(json!("0")), "spend_limit blocks", "MonthlySpendLimit"),
        (denied("sns", "GetSMSAttributes"), "permission blocks", "sns:GetSMSAttributes"),
        (denied("sns", sandbox_status), "permission blocks", "sns:GetSMSSandboxAccountStatus"),
    ]
}

fn twilio_states() -> Vec<AccountState> {
    let twilio = |account: Value| json!({ "twilio": account });
    let others = twilio(json!({ "numbers": ["+12025550199"] }));
    vec![
        (json!({}), "", ""),
        (others, "number_unknown blocks", "one of the account's numbers"),
        (twilio(json!({ "status": "suspended" })), "paused blocks", "suspended"),
        (twilio(json!({ "type": "Trial" })), "sandbox limits", "on trial"),
        (twilio(json!({ "secret": "another" })), "credentials blocks", "Check all three"),
    ]
}

fn denied(service: &str, action: &str) -> Value {
    json!({ service: { "denied": [format!("{service}:{action}")] } })
}

#[tokio::test(flavor = "multi_thread")]
async fn a5_each_thing_that_sending_needs_is_found_and_named() {
    let world = World::start().await;
    let by_name = vec![(json!({}), "sender_unchecked unchecked", "test message")];
    for (settings, channel, states) in [
        (by_ses(), "email", ses_states()),
        (by_sns(), "sms", sns_states()),
        (sends_from(NUMBER), "sms", twilio_states()),
        (sends_from("Portal"), "sms", by_name),
    ] {
        for (state, finding, words) in states {
            world.set_accounts(state.clone()).await;
            let answer = world.put_settings(settings.clone()).await;
            let wanted = if finding.ends_with(" blocks") { 422 } else { 200 };
            assert_eq!(answer.status, wanted, "{state}: {:?}", answer.body);
            match found(&answer.body, channel).as_slice() {
                [] => assert_eq!(finding, "", "{state}: {:?}", answer.body),
                [(code, severity, said)] => {
                    assert_eq!(format!("{code} {severity}"), finding, "{state}: {said}");
                    assert!(said.contains(words), "{state}: {said}");
                }
                more => panic!("{state}: {more:?}"),
            }
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
