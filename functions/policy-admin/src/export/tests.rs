use super::*;
use crate::activity::Search;
use portcullis_domain::user::EntryKind;
use portcullis_http::{Sentence, wire::admin::AdminEntryView};
use portcullis_store::LogPlace;

fn entry(n: i64, reason: String) -> AdminEntryView {
    AdminEntryView {
        id: n.to_string(),
        portal: "acme".to_owned(),
        at: 1_795_858_200 - n,
        event: EntryKind::Reset.into(),
        kind: "Multi-factor authentication",
        detail: Sentence::of("activity-reset"),
        user: None,
        method: None,
        to: None,
        actor: None,
        reason: Some(reason),
        device: None,
        ground: None,
        checked_by: None,
        sessions_not_before: None,
        changes: vec![],
        sign_in: None,
    }
}

fn range(up_to: Option<LogPlace>) -> Range<LogPlace> {
    Range { number: 1, after: LogPlace::end_of(0), up_to }
}

fn csv<'a>(entries: &[AdminEntryView], range: &Range<LogPlace>) -> (Rows<Search<'a>>, usize) {
    let mut file = Rows::of(FormatName::Csv, range).unwrap();
    let fit = entries.iter().take_while(|entry| file.add(*entry).unwrap()).count();
    (file, fit)
}

#[test]
fn v18_a_file_has_a_byte_order_mark_and_a_time_to_read() {
    let entries = [entry(0, "a, \"b\"".to_owned()), entry(61, "=x".to_owned())];
    let (file, fit) = csv(&entries, &range(None));
    let ends = ["20261128T093000Z", "20261128T092859Z"].map(str::to_owned).into();
    assert_eq!((fit, file.ends), (2, Some(ends)));
    let rows: Vec<&str> = file.body.lines().collect();
    assert!(rows[0].starts_with("\u{feff}at,time,event,type"), "{}", rows[0]);
    assert!(rows[1].starts_with("1795858200,2026-11-28T09:30:00Z,reset,"), "{}", rows[1]);
    assert!(rows[1].contains(",\"a, \"\"b\"\"\",0,") && rows[2].contains(",'=x,61,"));
}

#[test]
fn v18_a_file_ends_where_lambda_would_refuse_it_and_one_that_was_said_before_has_more_room() {
    // Quotation marks take two bytes each in CSV, and four in an answer.
    let long: Vec<_> = (0..2_000).map(|n| entry(n, "\"".repeat(4_000))).collect();
    let (file, fit) = csv(&long, &range(None));
    assert_eq!(in_json(&file.body).unwrap() - 2, file.bytes - 2 * (fit + 1), "as counted");
    assert!(file.bytes <= MOST_BYTES && fit > 0 && fit < long.len());
    let (again, more) = csv(&long, &range(Some(LogPlace::end_of(0))));
    assert!(again.bytes > MOST_BYTES && again.bytes < 6_000_000 && more > fit);
    let short: Vec<_> = (0..12_000).map(|n| entry(n, String::new())).collect();
    assert_eq!(csv(&short, &range(None)).1, MOST_ROWS);
}
