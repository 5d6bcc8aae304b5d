//! Makes each AWS call that asks what sending needs fail: what was not answered is unknown, never
//! ready, and whoever reads it is told what to do.

use crate::harness::{Fault, World};
use serde_json::{Value, json};

/// A call, and the channel and lines that its answer decides.
struct Question {
    operation: &'static str,
    action: &'static str,
    channel: &'static str,
    open: &'static [&'static str],
    /// True if settings are refused without its answer.
    blocks: bool,
}

const OF_SES: &[&str] = &["permission", "identity", "sending", "sandbox", "quota", "reports"];
const OF_SNS: &[&str] = &["permission", "sandbox", "spend_limit"];

const QUESTIONS: [Question; 5] = [
    Question {
        operation: "GetAccount",
        action: "SES did not answer ses:GetAccount.",
        channel: "email",
        open: OF_SES,
        blocks: true,
    },
    Question {
        operation: "GetEmailIdentity",
        action: "SES did not answer ses:GetEmailIdentity.",
        channel: "email",
        open: OF_SES,
        blocks: true,
    },
    // Messages are sent without reports too, so nothing else is in doubt.
    Question {
        operation: "GetConfigurationSetEventDestinations",
        action: "SES did not answer ses:GetConfigurationSetEventDestinations.",
        channel: "email",
        open: &["reports"],
        blocks: false,
    },
    Question {
        operation: "GetSMSSandboxAccountStatus",
        action: "SNS did not answer sns:GetSMSSandboxAccountStatus.",
        channel: "sms",
        open: OF_SNS,
        blocks: true,
    },
    Question {
        operation: "GetSMSAttributes",
        action: "SNS did not answer sns:GetSMSAttributes.",
        channel: "sms",
        open: OF_SNS,
        blocks: true,
    },
];

impl Question {
    /// Checks that the lines of its channel are unknown which it decides, and no others.
    fn leaves_open(&self, readiness: &Value, what: &str) {
        let lines = readiness["lines"].as_array().unwrap().iter();
        // SNS reports nowhere, whether it answers or not.
        let of_channel = |line: &&Value| line["channel"] == self.channel;
        let lines = lines.filter(of_channel).filter(|line| !is_reports_of_sns(line));
        for line in lines {
            let is_open = self.open.contains(&line["item"].as_str().unwrap());
            let wanted = if is_open { "unknown" } else { "ready" };
            assert_eq!(line["state"], wanted, "{what}: {line}");
            let said = line["detail"].as_str().unwrap();
            let says = said == format!("{} Try again in a moment.", self.action);
            assert_eq!(says, is_open, "{what}: {line}");
        }
    }
}

fn is_reports_of_sns(line: &Value) -> bool {
    (&line["channel"], &line["item"]) == (&json!("sms"), &json!("reports"))
}

#[tokio::test(flavor = "multi_thread")]
async fn s19_what_a_provider_does_not_answer_is_unknown_and_the_next_check_settles_it() {
    let world = World::start().await;
    let check = async || world.admin("POST", "/v1/admin/settings/check", None, None).await;
    assert_eq!(check().await.status, 200);
    for question in &QUESTIONS {
        for fault in [Fault::Refused, Fault::ReplyLost, Fault::Throttled, Fault::TimedOut] {
            let what = format!("{} {fault:?}", question.operation);
            world.aws.fault_at(question.operation, fault, 100);
            let readiness = world.admin("GET", "/v1/admin/settings/readiness", None, None).await;
            let checked = check().await;
            world.aws.mend();
            assert_eq!(readiness.status, 200, "{what}: {:?}", readiness.body);
            question.leaves_open(&readiness.body, &what);
            let (status, code, severity) = if question.blocks {
                (422, "no_answer", "blocks")
            } else {
                (200, "not_reported", "unchecked")
            };
            assert_eq!(checked.status, status, "{what}: {:?}", checked.body);
            let findings = checked.body["findings"].as_array().unwrap().iter();
            let about = findings.filter(|finding| finding["channel"] == question.channel);
            let about: Vec<&Value> = about.collect();
            assert_eq!(about.len(), 1, "{what}: {about:?}");
            let found = about[0];
            assert_eq!((&found["code"], &found["severity"]), (&json!(code), &json!(severity)));
            assert_eq!(found["detail"], format!("{} Try again in a moment.", question.action));
            assert_eq!(check().await.status, 200, "{what}: and afterwards");
        }
    }
}
