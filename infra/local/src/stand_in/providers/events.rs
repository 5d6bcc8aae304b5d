//! The events of SES: from its configuration set to the default bus of EventBridge, by the rule of
//! template.yaml to a queue (Amazon SES Developer Guide, "Examples of event data that Amazon SES
//! publishes to Amazon EventBridge").

use aws_sdk_dynamodb::primitives::{DateTime, DateTimeFormat};
use portcullis_domain::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use crate::stand_in::queues::{ACCOUNT, Queues};

/// The behaviour of a mailbox (Amazon SES Developer Guide, "Using the mailbox simulator", each
/// address with any label after a `+`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Mailbox {
    Success,
    /// A permanent bounce: SMTP 550 5.1.1, "Unknown User".
    Bounce,
    /// It is on the suppression list: a permanent bounce, without a try.
    Suppressed,
    Complaint,
    /// A soft bounce, such as of a full mailbox.
    Full,
    Delay,
    /// SES finds a virus in the message, and does not deliver it.
    Rejected,
}

impl Mailbox {
    /// Returns the behaviour of an address of the simulator.
    pub(super) fn of_simulator(address: &str) -> Option<Self> {
        let local = address.strip_suffix("@simulator.amazonses.com")?;
        match local.split('+').next().unwrap_or_default() {
            "success" => Some(Self::Success),
            "bounce" => Some(Self::Bounce),
            "complaint" => Some(Self::Complaint),
            "suppressionlist" => Some(Self::Suppressed),
            _ => None,
        }
    }

    /// Returns true if somebody finds the message in it.
    pub(super) const fn receives(self) -> bool {
        match self {
            Self::Success | Self::Complaint | Self::Delay => true,
            Self::Bounce | Self::Suppressed | Self::Full | Self::Rejected => false,
        }
    }
}

/// An email that SES took, as far as its events say something of it.
pub(super) struct Mail<'a> {
    pub(super) from: &'a str,
    pub(super) to: &'a str,
    pub(super) configuration_set: &'a str,
    pub(super) tags: Vec<(String, String)>,
}

/// The queue of template.yaml that the rule brings the events to.
pub(crate) const REPORT_QUEUE: &str = "DeliveryEvents";

/// Puts the events of a mail into the queue, as the rule does.
pub(super) fn report(queues: &Queues, now: Timestamp, mail: &Mail<'_>, mailbox: Mailbox) {
    let now = rfc_3339(now);
    let kinds: &[(&str, &str)] = match mailbox {
        Mailbox::Success => &[("Email Delivered", "Delivery")],
        Mailbox::Bounce | Mailbox::Suppressed | Mailbox::Full => &[("Email Bounced", "Bounce")],
        Mailbox::Complaint => {
            &[("Email Delivered", "Delivery"), ("Email Complaint Received", "Complaint")]
        }
        Mailbox::Delay => &[("Email Delivery Delayed", "DeliveryDelay")],
        Mailbox::Rejected => &[("Email Rejected", "Reject")],
    };
    for (detail_type, event_type) in kinds {
        let event = json!({
            "version": "0", "id": format!("local-{event_type}"), "detail-type": detail_type,
            "source": "aws.ses", "account": ACCOUNT, "time": now, "region": "eu-west-1",
            "resources": [format!("arn:aws:ses:eu-west-1:{ACCOUNT}:configuration-set/local")],
            "detail": detail(mail, mailbox, event_type, &now),
        });
        if queues.put(REPORT_QUEUE, None, event.to_string()).is_none() {
            tracing::error!("template.yaml has no queue for reports");
        }
    }
}

fn rfc_3339(at: Timestamp) -> String {
    let text = DateTime::from_secs(at.unix()).fmt(DateTimeFormat::DateTime).unwrap_or_default();
    text.replace('Z', ".000Z")
}

fn detail(mail: &Mail<'_>, mailbox: Mailbox, event_type: &str, now: &str) -> Value {
    let mut tags: Map<String, Value> =
        mail.tags.iter().map(|(name, value)| (name.clone(), json!([value]))).collect();
    // SES adds tags of its own ("Auto-tags").
    tags.insert("ses:configuration-set".to_owned(), json!([mail.configuration_set]));
    let mut detail = json!({
        "eventType": event_type,
        "mail": {
            "timestamp": now, "source": mail.from, "messageId": "local",
            "sendingAccountId": ACCOUNT, "destination": [mail.to], "tags": tags,
        },
    });
    let (name, own) = match (event_type, mailbox) {
        ("Bounce", mailbox) => {
            let (kind, sub_type) = match mailbox {
                Mailbox::Suppressed => ("Permanent", "OnAccountSuppressionList"),
                Mailbox::Full => ("Transient", "MailboxFull"),
                _ => ("Permanent", "General"),
            };
            let bounced = json!({ "emailAddress": mail.to, "action": "failed" });
            let own = json!({
                "bounceType": kind, "bounceSubType": sub_type, "bouncedRecipients": [bounced],
                "timestamp": now, "feedbackId": "local",
            });
            ("bounce", own)
        }
        ("Complaint", _) => {
            let own = json!({
                "complainedRecipients": [{ "emailAddress": mail.to }],
                "complaintFeedbackType": "abuse", "timestamp": now,
            });
            ("complaint", own)
        }
        ("DeliveryDelay", _) => {
            ("deliveryDelay", json!({ "delayType": "MailboxFull", "timestamp": now }))
        }
        ("Reject", _) => ("reject", json!({ "reason": "Bad content" })),
        _ => {
            let own = json!({ "timestamp": now, "recipients": [mail.to] });
            ("delivery", own)
        }
    };
    if let Value::Object(members) = &mut detail {
        members.insert(name.to_owned(), own);
    }
    detail
}
