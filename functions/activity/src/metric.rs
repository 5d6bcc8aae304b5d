//! The numbers of codes sent, of sent codes accepted, and of users whose messages a full cap held
//! back. If the first two drift apart, or there are any of the third, messages do not arrive, or
//! somebody has them sent for their price (SMS pumping).

use portcullis_delivery::namespace;
use portcullis_domain::{
    Method, PortalId, Timestamp,
    user::{Entry, MetricEvent},
};
use serde_json::{Value, json};

/// Returns the line in CloudWatch's embedded metric format, or `None` if the entry does not count.
///
/// The portal is a property of the line and no dimension: each would be a metric to pay for.
pub(crate) fn line(portal: &PortalId, entry: &Entry) -> Option<String> {
    let counts: &[(&str, u32)] = match entry.kind.metric()? {
        // With a zero, so that the share of codes that are typed has a value if none is.
        MetricEvent::CodeSent => &[("CodesSent", 1), ("SentCodesAccepted", 0)],
        MetricEvent::SendHeldBack => &[("SendsLimited", 1)],
        MetricEvent::CodeAccepted if entry.method.is_some_and(Method::is_delivered) => {
            &[("SentCodesAccepted", 1)]
        }
        MetricEvent::CodeAccepted => return None,
    };
    Some(count(counts, portal, entry.at))
}

/// Returns the line that counts something.
pub(crate) fn count(counts: &[(&str, u32)], portal: &PortalId, at: Timestamp) -> String {
    let names = counts.iter().map(|(name, _)| json!({ "Name": name, "Unit": "Count" }));
    let metrics = json!({
        "Namespace": namespace(),
        "Dimensions": [[]],
        "Metrics": names.collect::<Vec<_>>(),
    });
    let at = at.unix() * 1_000;
    let mut line = json!({
        "_aws": { "Timestamp": at, "CloudWatchMetrics": [metrics] }, "portal": portal.as_str(),
    });
    if let Value::Object(members) = &mut line {
        members.extend(counts.iter().map(|(name, count)| ((*name).to_owned(), json!(count))));
    }
    line.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use portcullis_domain::user::EntryKind;
    use std::collections::BTreeMap;

    #[test]
    fn s17_what_was_sent_and_what_was_typed_of_it_is_counted_as_cloudwatch_reads_it() {
        let portal = PortalId::parse("acme").unwrap();
        let mut counted = BTreeMap::<String, u64>::new();
        for (kind, method) in EntryKind::ALL.iter().flat_map(|k| Method::ALL.map(|m| (k, m))) {
            let entry = kind.at(Timestamp::from_unix(1_800_000_000)).by_method(method);
            let Some(line) = line(&portal, &entry) else { continue };
            let line: Value = serde_json::from_str(&line).unwrap();
            let metric = &line["_aws"]["CloudWatchMetrics"][0];
            assert_eq!((&metric["Dimensions"], &line["portal"]), (&json!([[]]), &json!("acme")));
            assert_eq!(line["_aws"]["Timestamp"], 1_800_000_000_000_u64);
            for metric in metric["Metrics"].as_array().unwrap() {
                let name = metric["Name"].as_str().unwrap();
                *counted.entry(name.to_owned()).or_default() += line[name].as_u64().unwrap();
            }
        }
        // Five methods, each sent or unknown; of those accepted, the two that are sent count.
        let wanted = [("CodesSent", 10), ("SendsLimited", 5), ("SentCodesAccepted", 2)];
        assert_eq!(counted, wanted.map(|(name, count)| (name.to_owned(), count)).into());
    }
}
