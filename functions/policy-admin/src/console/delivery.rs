use axum::{extract::State, response::Response};
use http::StatusCode;
use portcullis_console::{Bar, Form, Frame, Words, bars, delivery::view::Delivery, page};
use portcullis_domain::{Method, user::EntryKind};
use portcullis_http::{
    Problem,
    admin::{PermittedOn, ReadActivity},
};
use portcullis_store::{LogLine, LogPlace};
use std::collections::BTreeMap;

use crate::AppState;

/// The days that the charts show, and the most entries that they count.
const DAYS: i64 = 7;
const LINES: usize = 5_000;
const PAGE: usize = 500;

/// Shows charts of the last days' messages by channel and country.
pub(crate) async fn show(
    State(AppState { context, .. }): State<AppState>,
    by: PermittedOn<ReadActivity>,
    form: Form,
) -> Result<Response, Problem> {
    let settings = context.store().settings().await?;
    let caps = settings.map(|stored| stored.value.caps).unwrap_or_default();
    let today = context.now().day();
    let mut at = LogPlace::after(context.now());
    let partitions = context.store().log_partitions(&by.portal).await?;
    let mut lines: Vec<LogLine> = vec![];
    while at.day > today - DAYS && lines.len() < LINES {
        let page = context.store().log_before(&by.portal, partitions, &at, PAGE).await?;
        let whole_day = page.len() < PAGE;
        for (place, line) in page {
            at = place;
            lines.push(line);
        }
        if whole_day {
            at = at.day_before();
        }
    }
    let texts = lines.iter().filter(|line| {
        is_about(line, EntryKind::CodeSent, Method::Sms) && line.entry.at.day() == today
    });
    let texts = (texts.count(), caps.texts_per_portal_per_day);
    let words = &form.words;
    let mut charts = vec![];
    for method in Method::ALL.into_iter().filter(|method| method.is_delivered()) {
        let heading = words.fill("console-delivery-codes").with("method", words.method(method));
        let heading = heading.to_string();
        let chart = bars(&heading, &outcomes(words, &lines, method));
        charts.push((heading, chart));
    }
    let heading = words.say("console-delivery-countries");
    let countries = countries(words, &lines);
    if !countries.is_empty() {
        charts.push((heading.clone(), bars(&heading, &countries)));
    }
    let note = if lines.len() < LINES {
        words.fill("console-delivery-days").with("days", DAYS)
    } else {
        words.fill("console-delivery-entries").with("count", LINES)
    };
    let (frame, portal) =
        (Frame::of(form.say("console-delivery"), &by.admin, &form), by.portal.to_string());
    Ok(page(StatusCode::OK, &Delivery { frame, portal, charts, texts, note: note.into() }))
}

fn is_about(line: &LogLine, kind: EntryKind, method: Method) -> bool {
    line.entry.kind == kind && line.entry.method == Some(method)
}

fn outcomes(words: &Words, lines: &[LogLine], method: Method) -> Vec<Bar> {
    let kinds = [
        ("console-delivery-sent", EntryKind::CodeSent),
        ("console-delivery-may", EntryKind::CodeUnknown),
        ("console-delivery-not-sent", EntryKind::CodeNotSent),
        ("console-delivery-accepted", EntryKind::CodeAccepted),
    ];
    let bar = |(key, kind): (&str, EntryKind)| Bar {
        label: words.say(key),
        count: lines.iter().filter(|line| is_about(line, kind, method)).count(),
    };
    kinds.map(bar).into()
}

/// Counts text messages sent and codes accepted by country code, which a masked number still shows.
/// Many sent and few accepted may mean fraud by SMS pumping.
fn countries(words: &Words, lines: &[LogLine]) -> Vec<Bar> {
    let mut counted: BTreeMap<String, [usize; 2]> = BTreeMap::new();
    for (n, kind) in [EntryKind::CodeSent, EntryKind::CodeAccepted].into_iter().enumerate() {
        for line in lines.iter().filter(|line| is_about(line, kind, Method::Sms)) {
            let code = line.entry.to.as_ref().and_then(|to| to.as_str().split('*').next());
            let counts = counted.entry(code.unwrap_or_default().to_owned()).or_default();
            if let Some(count) = counts.get_mut(n) {
                *count += 1;
            }
        }
    }
    let bar =
        |key, code: &str, count| Bar { label: words.fill(key).with("country", code).into(), count };
    let bars = counted.into_iter().flat_map(|(code, [sent, accepted])| {
        [
            bar("console-delivery-country-sent", &code, sent),
            bar("console-delivery-country-accepted", &code, accepted),
        ]
    });
    bars.collect()
}
