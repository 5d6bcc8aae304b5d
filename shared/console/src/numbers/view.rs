use askama::Template;
use portcullis_domain::{Method, Named as _, user::EntryKind};
use portcullis_http::wire::admin::{DayState, EventCount, NumbersDays, PortalNumbers};

use crate::{Bar, Frame, bars};

#[derive(Template)]
#[template(path = "numbers/page.html")]
pub struct Numbers {
    frame: Frame,
    portal: String,
    /// The numbers of days that can be chosen, each with true if it is shown.
    choices: Vec<(u8, bool)>,
    /// Each sum as a bar.
    chart: String,
    /// The names of the sums, in the order of each row.
    figures: Vec<String>,
    rows: Vec<DayRow>,
    /// The entries behind the sums: event, method and count.
    events: Vec<(String, String, u64)>,
}

/// A day: its date, its sums, and a note on how far it was counted.
struct DayRow {
    day: String,
    counts: Vec<u64>,
    note: Option<String>,
}

impl Numbers {
    pub fn of(frame: Frame, portal: String, days: NumbersDays, numbers: &PortalNumbers) -> Self {
        let words = frame.words.clone();
        let figures = numbers.total.figures();
        let named = |name: &str| words.word("figure", name);
        let count = |count: u64| usize::try_from(count).unwrap_or(usize::MAX);
        let bar = |(name, sum): &(&str, u64)| Bar { label: named(name), count: count(*sum) };
        let sums: Vec<Bar> = figures.iter().map(bar).collect();
        let note = |state| match state {
            DayState::Closed => None,
            DayState::Open => Some(words.say("console-numbers-open")),
            DayState::Today => Some(words.say("console-numbers-today")),
            DayState::TodayInPart => Some(words.say("console-numbers-today-in-part")),
            DayState::Uncounted => Some(words.say("console-numbers-uncounted")),
        };
        let rows = numbers.days.iter().map(|day| DayRow {
            day: day.day.0.to_string(),
            counts: day.numbers.figures().into_iter().map(|(_, count)| count).collect(),
            note: note(day.state),
        });
        let event = |EventCount { event, method, count }: &EventCount| {
            let method = method.map(|method| words.method(Method::from(method)));
            let event = words.word("entry", EntryKind::from(*event).name());
            (event, method.unwrap_or_default(), *count)
        };
        Self {
            portal,
            choices: NumbersDays::ALL.map(|choice| (choice.count(), choice == days)).into(),
            chart: bars(&words.say("console-numbers"), &sums),
            figures: figures.iter().map(|(name, _)| named(name)).collect(),
            rows: rows.collect(),
            events: numbers.total.events.iter().map(event).collect(),
            frame,
        }
    }
}
