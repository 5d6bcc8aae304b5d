//! How many codes were sent, and how many of them were typed: where the two drift apart, somebody has messages sent for
//! their price (SMS pumping), or messages do not arrive.

use portcullis_domain::{
    Method, PortalId, Timestamp,
    user::{Entry, EntryKind},
};
use serde_json::json;

/// What the entries of one record add up to.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Counted {
    sent: u32,
    accepted: u32,
}

impl Counted {
    /// Counts an entry that is new in the log. What may have been sent has its price too.
    pub(crate) fn add(&mut self, entry: &Entry) {
        let delivered = matches!(entry.method, Some(Method::Email | Method::Sms));
        match entry.kind {
            EntryKind::CodeSent | EntryKind::CodeUnknown => self.sent += 1,
            EntryKind::CodeAccepted if delivered => self.accepted += 1,
            _ => {}
        }
    }

    /// The line CloudWatch takes metrics from (its embedded metric format), where there is anything to count. They have no
    /// dimension: each portal as one would be a metric to pay for. The portal stands beside them, to search for.
    pub(crate) fn line(&self, portal: &PortalId, now: Timestamp) -> Option<String> {
        let Self { sent, accepted } = self;
        let metric = |name: &str| json!({ "Name": name, "Unit": "Count" });
        let line = json!({
            "_aws": {
                "Timestamp": now.unix() * 1_000,
                "CloudWatchMetrics": [{
                    "Namespace": "Portcullis",
                    "Dimensions": [[]],
                    "Metrics": [metric("CodesSent"), metric("SentCodesAccepted")],
                }],
            },
            "CodesSent": sent,
            "SentCodesAccepted": accepted,
            "portal": portal.as_str(),
        });
        (*self != Self::default()).then(|| line.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::from_unix(1_800_000_000);

    #[test]
    fn what_was_sent_and_what_was_typed_of_it_is_counted_and_an_apps_codes_are_not() {
        let mut counted = Counted::default();
        for kind in EntryKind::ALL {
            for method in Method::ALL {
                counted.add(&kind.at(NOW).by_method(method));
            }
        }
        assert_eq!(counted, Counted { sent: 6, accepted: 2 });
    }

    #[test]
    fn s17_the_line_is_one_that_cloudwatch_reads_and_nothing_counted_is_no_line() {
        let portal = PortalId::parse("acme").unwrap();
        assert_eq!(Counted::default().line(&portal, NOW), None);
        let line = Counted { sent: 2, accepted: 1 }.line(&portal, NOW).unwrap();
        let line: serde_json::Value = serde_json::from_str(&line).unwrap();
        assert_eq!((&line["CodesSent"], &line["SentCodesAccepted"]), (&json!(2), &json!(1)));
        let metrics = &line["_aws"]["CloudWatchMetrics"][0];
        for metric in metrics["Metrics"].as_array().unwrap() {
            assert!(line[metric["Name"].as_str().unwrap()].is_number());
        }
        assert_eq!(metrics["Dimensions"], json!([[]]));
    }
}
