//! The events in which SES reports what became of a message: by its configuration set to the
//! default bus of EventBridge, and by a rule from there to a queue.
//!
//! The shapes are those of the Amazon SES Developer Guide, "Examples of event data that Amazon SES
//! publishes", and of the Amazon EventBridge User Guide, "Events from Amazon SES".

use aws_sdk_dynamodb::primitives::{DateTime, DateTimeFormat};
use portcullis_delivery::MESSAGE_TAG;
use portcullis_domain::{
    Timestamp,
    account::Report,
    user::{Fate, ReturnReason},
};
use serde_json::Value;

use crate::{ActivityHandler, Failure};

/// Takes the report that a message of the queue holds. One of a message that was not sent from here
/// changes nothing.
///
/// # Errors
/// [`Failure`] if it must come again; what cannot be read comes until the queue puts it aside.
pub(crate) async fn take(handler: &ActivityHandler, body: &str) -> Result<(), Failure> {
    let event: Value = serde_json::from_str(body).map_err(|_| Failure::MalformedReport)?;
    let detail = event.get("detail").ok_or(Failure::MalformedReport)?;
    // Whoever else sends by this configuration set has no such tag.
    let tag = format!("/mail/tags/{MESSAGE_TAG}/0");
    let Some(message) = detail.pointer(&tag).and_then(Value::as_str) else {
        tracing::warn!("an event names no message of this service");
        return Ok(());
    };
    let Some(report) = report(detail)? else { return Ok(()) };
    match handler.context.take_email_report(message, &report).await? {
        Some(noted) => tracing::info!(?noted, fate = ?report.fate, "a report was taken"),
        None => tracing::warn!("an event names a message that was not sent from here"),
    }
    Ok(())
}

/// Reads the report; `None` of an event that says nothing of a message's end.
fn report(detail: &Value) -> Result<Option<Report>, Failure> {
    let text = |pointer: &str| detail.pointer(pointer).and_then(Value::as_str);
    let at = |pointer: &str| text(pointer).and_then(moment).ok_or(Failure::MalformedReport);
    let suppressed = |sub_type: Option<&str>| match sub_type {
        Some("Suppressed" | "OnAccountSuppressionList") => true,
        Some(_) | None => false,
    };
    let (fate, at, word) = match text("/eventType").ok_or(Failure::MalformedReport)? {
        "Bounce" => {
            let sub_type = text("/bounce/bounceSubType");
            let fate = match text("/bounce/bounceType").ok_or(Failure::MalformedReport)? {
                "Permanent" if suppressed(sub_type) => Fate::Returned(ReturnReason::Suppressed),
                "Permanent" => Fate::Returned(ReturnReason::Bounced),
                // A soft bounce, or one that SES cannot tell: the next message may arrive.
                _ => Fate::Delayed,
            };
            (fate, at("/bounce/timestamp")?, sub_type)
        }
        "Complaint" => {
            let why = if suppressed(text("/complaint/complaintSubType")) {
                ReturnReason::Suppressed
            } else {
                ReturnReason::Complained
            };
            let word = text("/complaint/complaintFeedbackType");
            (Fate::Returned(why), at("/complaint/timestamp")?, word)
        }
        "Delivery" => (Fate::Delivered, at("/delivery/timestamp")?, None),
        // SES found a virus and did not try: that says nothing of the mailbox.
        "Reject" => (Fate::Delayed, at("/mail/timestamp")?, Some("Rejected")),
        "DeliveryDelay" => {
            (Fate::Delayed, at("/deliveryDelay/timestamp")?, text("/deliveryDelay/delayType"))
        }
        _ => return Ok(None),
    };
    Ok(Some(Report { fate, at, detail: word.and_then(short).map(str::to_owned) }))
}

/// Takes a word of SES. It never holds an address: anything but a word is left out.
fn short(word: &str) -> Option<&str> {
    let good = word.len() <= 40 && word.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    good.then_some(word)
}

fn moment(text: &str) -> Option<Timestamp> {
    let moment = DateTime::from_str(text, DateTimeFormat::DateTime).ok()?;
    Some(Timestamp::from_unix(moment.secs()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const AT: &str = "2027-01-15T08:00:00.000Z";

    fn fate(detail: &Value) -> (Fate, Option<String>) {
        let report = report(detail).unwrap().unwrap();
        assert_eq!(report.at.unix(), 1_800_000_000);
        (report.fate, report.detail)
    }

    #[test]
    fn each_event_of_ses_is_read_by_what_it_says_of_the_mailbox() {
        let bounce = |kind: &str, sub: &str| {
            fate(&json!({ "eventType": "Bounce", "mail": { "timestamp": AT },
                "bounce": { "bounceType": kind, "bounceSubType": sub, "timestamp": AT } }))
        };
        let returned = |why| Fate::Returned(why);
        let said = |word: &str| Some(word.to_owned());
        assert_eq!(
            bounce("Permanent", "General"),
            (returned(ReturnReason::Bounced), said("General"))
        );
        for sub in ["OnAccountSuppressionList", "Suppressed"] {
            assert_eq!(bounce("Permanent", sub), (returned(ReturnReason::Suppressed), said(sub)));
        }
        assert_eq!(bounce("Transient", "MailboxFull"), (Fate::Delayed, said("MailboxFull")));
        assert_eq!(bounce("Undetermined", "Undetermined"), (Fate::Delayed, said("Undetermined")));
        assert_eq!(bounce("Transient", "a@b.example").1, None, "an address is left out");
        let complaint = json!({ "eventType": "Complaint", "complaint": {
            "complaintFeedbackType": "abuse", "timestamp": AT } });
        assert_eq!(fate(&complaint), (returned(ReturnReason::Complained), said("abuse")));
        let delivery = json!({ "eventType": "Delivery", "delivery": { "timestamp": AT } });
        assert_eq!(fate(&delivery), (Fate::Delivered, None));
        let reject = json!({ "eventType": "Reject", "mail": { "timestamp": AT } });
        assert_eq!(fate(&reject), (Fate::Delayed, said("Rejected")));
        let delay = json!({ "eventType": "DeliveryDelay", "deliveryDelay": {
            "delayType": "MailboxFull", "timestamp": AT } });
        assert_eq!(fate(&delay), (Fate::Delayed, said("MailboxFull")));
        let sent = json!({ "eventType": "Send", "mail": { "timestamp": AT } });
        assert!(report(&sent).unwrap().is_none());
        for wrong in [json!({}), json!({ "eventType": "Bounce" }), json!({ "eventType": 1 })] {
            assert!(report(&wrong).is_err(), "{wrong}");
        }
    }
}
