use crate::harness::{World, settings_with_twilio};
use serde_json::{Value, json};

const PATH: &str = "/v1/admin/settings/readiness";

async fn lines(world: &World) -> (bool, Vec<(String, String)>) {
    let answer = world.admin_ok("GET", PATH, None).await;
    let line = |line: &Value| {
        let text = |name: &str| line[name].as_str().unwrap().to_owned();
        assert!(text("detail").ends_with('.'), "{line}");
        (format!("{} {}", text("channel"), text("item")), text("state"))
    };
    let lines = answer["lines"].as_array().unwrap().iter().map(line).collect();
    (answer["ready"].as_bool().unwrap(), lines)
}

fn state<'a>(lines: &'a [(String, String)], wanted: &str) -> &'a str {
    let line = lines.iter().find(|(name, _)| name == wanted);
    &line.unwrap_or_else(|| panic!("{wanted}: {lines:?}")).1
}

#[tokio::test(flavor = "multi_thread")]
async fn e8_each_line_says_what_is_missing_and_none_is_ready_that_could_not_be_asked() {
    let world = World::start().await;
    assert_eq!(world.put_settings(settings_with_twilio()).await.status, 200);
    let (ready, all) = lines(&world).await;
    assert!(ready && all.len() == 12, "{all:?}");
    for (accounts, line, wanted) in [
        (json!({ "ses": { "sandbox": true } }), "email sandbox", "not_ready"),
        (json!({ "ses": { "paused": true } }), "email sending", "not_ready"),
        (json!({ "ses": { "quota": 10.0, "sent": 10.0 } }), "email quota", "not_ready"),
        (json!({ "ses": { "identities": [] } }), "email identity", "not_ready"),
        (json!({ "ses": { "reports": false } }), "email reports", "not_ready"),
        (json!({ "ses": { "configuration_set": "other" } }), "email reports", "not_ready"),
        (json!({ "ses": { "denied": ["ses:GetAccount"] } }), "email permission", "not_ready"),
        (json!({ "ses": { "denied": ["ses:GetAccount"] } }), "email quota", "unknown"),
        (json!({ "twilio": { "secret": "another" } }), "sms credentials", "not_ready"),
        (json!({ "twilio": { "type": "Trial" } }), "sms sandbox", "not_ready"),
        (json!({ "twilio": { "numbers": [] } }), "sms sender", "not_ready"),
    ] {
        world.set_accounts(accounts.clone()).await;
        let (ready, all) = lines(&world).await;
        assert!(!ready, "{accounts}");
        assert_eq!(state(&all, line), wanted, "{accounts}: {all:?}");
    }
    let page = world.admin("GET", PATH, None, None).await;
    assert_eq!(page.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn e8_what_is_not_set_is_one_line_and_sns_reports_nowhere() {
    let world = World::start().await;
    assert_eq!(world.put_settings(json!({ "sms": { "provider": "sns" } })).await.status, 200);
    let (ready, all) = lines(&world).await;
    assert!(!ready);
    assert_eq!(state(&all, "email sender"), "not_ready");
    assert_eq!(state(&all, "sms reports"), "unknown");
    assert_eq!(all.iter().filter(|(name, _)| name.starts_with("email")).count(), 1);
}
