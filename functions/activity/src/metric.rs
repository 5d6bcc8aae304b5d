//! How many codes were sent, and how many of them were typed: where the two drift apart, somebody has messages sent for
//! their price (SMS pumping), or messages do not arrive.

use portcullis_domain::{
    Method, PortalId,
    user::{Entry, EntryKind},
};
use serde_json::json;

/// The line CloudWatch takes a metric from (its embedded metric format), where an entry is one that counts. What may have
/// been sent has its price too. There is no dimension: each portal as one would be a metric to pay for. The portal stands
/// beside it, to search for.
pub(crate) fn line(portal: &PortalId, entry: &Entry) -> Option<String> {
    let delivered = entry.method.is_some_and(Method::is_delivered);
    let name = match entry.kind {
        EntryKind::CodeSent | EntryKind::CodeUnknown => "CodesSent",
        EntryKind::CodeAccepted if delivered => "SentCodesAccepted",
        _ => return None,
    };
    let metric = json!({
        "Namespace": "Portcullis",
        "Dimensions": [[]],
        "Metrics": [{ "Name": name, "Unit": "Count" }],
    });
    let at = entry.at.unix() * 1_000;
    let line = json!({
        "_aws": { "Timestamp": at, "CloudWatchMetrics": [metric] }, name: 1, "portal": portal.as_str(),
    });
    Some(line.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use portcullis_domain::Timestamp;
    use serde_json::Value;
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
            let name = metric["Metrics"][0]["Name"].as_str().unwrap();
            *counted.entry(name.to_owned()).or_default() += line[name].as_u64().unwrap();
        }
        // By any of three methods, sent or perhaps sent; and an app's codes are not among those accepted.
        let wanted = [("CodesSent".to_owned(), 6), ("SentCodesAccepted".to_owned(), 2)];
        assert_eq!(counted, wanted.into());
    }
}
