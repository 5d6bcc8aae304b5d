//! Charts as SVG. Those of days have the same numbers in a table, and series that differ by pattern
//! too. Places across are in percent and heights in pixels, so that text is never scaled.

mod counts;

pub use counts::{Count, Counts};

use askama::Template;

use crate::Words;

/// The part of the width, in hundredths of a percent, that the numbers of the scale take.
const GUTTER: u64 = 1_400;
const WIDTH: u64 = 10_000;
/// The plot, in pixels.
const TOP: u64 = 14;
const PLOT: u64 = 140;
/// The part of its room that a bar takes, in percent.
const BAR: u64 = 80;

/// The counts of the days, oldest first. A day that was not counted has no value.
#[derive(Clone, Debug)]
pub struct Series {
    pub name: String,
    pub values: Vec<Option<u64>>,
}

/// The days below a chart, oldest first, each as a date, with a note on how far it was counted.
#[derive(Clone, Debug)]
pub struct ChartDay {
    pub date: String,
    pub note: Option<String>,
}

#[derive(Clone, Debug)]
pub enum Plot {
    /// Up to three series, one upon the other.
    Bars(Vec<Series>),
    /// Percentages.
    Line(Series),
}

/// A chart with its table.
#[derive(Template)]
#[template(path = "chart/chart.html")]
pub struct Chart {
    words: Words,
    /// A name that no other chart of the page has.
    name: &'static str,
    /// The chart in a sentence, for screen readers.
    about: String,
    legend: Vec<String>,
    grid: Vec<GridLine>,
    bars: Vec<Bar>,
    dots: Vec<Dot>,
    strokes: Vec<Stroke>,
    dates: Vec<DateLabel>,
    rows: Vec<(ChartDay, Vec<String>)>,
}

struct GridLine {
    y: u64,
    label: String,
}

struct Bar {
    series: usize,
    x: String,
    y: u64,
    width: String,
    height: u64,
}

struct Dot {
    x: String,
    y: u64,
}

struct Stroke {
    from: Dot,
    to: Dot,
}

struct DateLabel {
    x: String,
    anchor: &'static str,
    date: String,
}

/// The highest value of the scale, and how a value is written.
#[derive(Clone, Copy)]
struct Scale {
    most: u64,
    unit: &'static str,
}

impl Scale {
    /// Returns the height of a value above the axis, in pixels.
    fn height(self, value: u64) -> u64 {
        value.min(self.most).saturating_mul(PLOT) / self.most.max(1)
    }

    fn y(self, value: u64) -> u64 {
        TOP + PLOT - self.height(value)
    }

    fn said(self, value: u64) -> String {
        format!("{value}{}", self.unit)
    }

    /// Says a value of the axis, short enough for the gutter.
    fn short(self, value: u64) -> String {
        let (whole, unit) = match value {
            0..10_000 => return self.said(value),
            10_000..10_000_000 => (value / 1_000, "k"),
            10_000_000.. => (value / 1_000_000, "M"),
        };
        format!("{whole}{unit}")
    }
}

/// Returns the first of 2, 4, 6, 8, 10, 20, 40 ... that is not less: its half is a whole number.
fn round_up(most: u64) -> u64 {
    let mut step = 1_u64;
    loop {
        let found = [2, 4, 6, 8, 10].map(|n: u64| n.saturating_mul(step));
        if let Some(enough) = found.into_iter().find(|n| *n >= most || *n == u64::MAX) {
            return enough;
        }
        step = step.saturating_mul(10);
    }
}

fn percent(hundredths: u64) -> String {
    format!("{}.{:02}%", hundredths / 100, hundredths % 100)
}

/// Returns the left edge and the width of the room that a day has, in hundredths of a percent.
fn room(day: usize, days: usize) -> (u64, u64) {
    let (day, days) = (day as u64, days.max(1) as u64);
    let at = |day: u64| GUTTER + (WIDTH - GUTTER) * day / days;
    (at(day), at(day + 1) - at(day))
}

impl Chart {
    /// Draws a chart. Each series has a value for each day.
    pub fn of(
        words: &Words,
        name: &'static str,
        title: &str,
        days: &[ChartDay],
        plot: &Plot,
    ) -> Self {
        let (series, scale) = match plot {
            Plot::Bars(series) => {
                let sum = |day: usize| series.iter().filter_map(|of| value(of, day)).sum::<u64>();
                let most = (0..days.len()).map(sum).max().unwrap_or(0);
                (series.as_slice(), Scale { most: round_up(most), unit: "" })
            }
            Plot::Line(series) => {
                (std::slice::from_ref(series), Scale { most: 100, unit: "\u{a0}%" })
            }
        };
        let (bars, dots) = match plot {
            Plot::Bars(series) => (bars(series, days.len(), scale), vec![]),
            Plot::Line(series) => (vec![], dots(series, days.len(), scale)),
        };
        let edge = |day: Option<&ChartDay>| day.map(|day| day.date.clone()).unwrap_or_default();
        let about = words.fill("console-chart-about").with("title", title);
        let about = about.with("from", edge(days.first())).with("to", edge(days.last()));
        let cell = |of: &Series, day| value(of, day).map_or("–".to_owned(), |n| scale.said(n));
        let row = |(n, day): (usize, &ChartDay)| {
            (day.clone(), series.iter().map(|of| cell(of, n)).collect())
        };
        Self {
            words: words.clone(),
            name,
            about: about.with("most", scale.said(scale.most)).into(),
            legend: series.iter().map(|series| series.name.clone()).collect(),
            grid: [0, scale.most / 2, scale.most]
                .map(|value| GridLine { y: scale.y(value), label: scale.short(value) })
                .into(),
            bars,
            strokes: strokes(&dots),
            dots: dots.into_iter().flatten().collect(),
            dates: dates(days),
            rows: days.iter().enumerate().rev().map(row).collect(),
        }
    }

    const fn bottom(&self) -> u64 {
        TOP + PLOT
    }
}

fn value(series: &Series, day: usize) -> Option<u64> {
    series.values.get(day).copied().flatten()
}

fn bars(series: &[Series], days: usize, scale: Scale) -> Vec<Bar> {
    let mut bars = vec![];
    for day in 0..days {
        let (left, room) = room(day, days);
        let (x, width) = (left + room * (100 - BAR) / 200, room * BAR / 100);
        let mut below = 0_u64;
        for (n, of) in series.iter().enumerate() {
            let Some(value) = value(of, day).filter(|value| *value > 0) else { continue };
            let above = below.saturating_add(value);
            // The smallest count is seen, too.
            let height = scale.height(above).saturating_sub(scale.height(below)).max(1);
            let y = scale.y(below).saturating_sub(height);
            bars.push(Bar { series: n, x: percent(x), y, width: percent(width), height });
            below = above;
        }
    }
    bars
}

/// Returns a dot for each day that has a value.
fn dots(series: &Series, days: usize, scale: Scale) -> Vec<Option<Dot>> {
    let dot = |day| {
        let (left, room) = room(day, days);
        value(series, day).map(|value| Dot { x: percent(left + room / 2), y: scale.y(value) })
    };
    (0..days).map(dot).collect()
}

/// Returns the lines from each dot to the next. Over a day without a value the line goes on.
fn strokes(dots: &[Option<Dot>]) -> Vec<Stroke> {
    let known: Vec<&Dot> = dots.iter().flatten().collect();
    let copy = |dot: &Dot| Dot { x: dot.x.clone(), y: dot.y };
    let stroke = |pair: &[&Dot]| match pair {
        [from, to] => Some(Stroke { from: copy(from), to: copy(to) }),
        _ => None,
    };
    known.windows(2).filter_map(stroke).collect()
}

/// Returns the first, the middle and the last date; there is room for no more on a phone.
fn dates(days: &[ChartDay]) -> Vec<DateLabel> {
    let last = days.len().saturating_sub(1);
    let middle = (last > 1).then_some((last / 2, "middle"));
    let ends = [(0, "start"), (last, "end")];
    let places = ends.into_iter().take(days.len().min(2)).chain(middle);
    let label = |(day, anchor): (usize, &'static str)| {
        let (left, room) = room(day, days.len());
        let x = match anchor {
            "start" => left,
            "end" => left + room,
            _ => left + room / 2,
        };
        days.get(day).map(|day| DateLabel { x: percent(x), anchor, date: day.date.clone() })
    };
    places.filter_map(label).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(count: usize) -> Vec<ChartDay> {
        let date = |n| ChartDay { date: format!("2026-01-{:02}", n + 1), note: None };
        (0..count).map(date).collect()
    }

    fn series(name: &str, values: &[Option<u64>]) -> Series {
        Series { name: name.to_owned(), values: values.to_vec() }
    }

    fn drawn(days: &[ChartDay], plot: &Plot) -> String {
        Chart::of(&Words::default(), "x", "Sign-ins", days, plot).to_string()
    }

    /// Returns the values of an attribute of the elements of a class.
    fn numbers(svg: &str, class: &str, attribute: &str) -> Vec<u64> {
        let chart = svg.split("</svg>").next().unwrap();
        let elements = chart.split('<').filter(|part| part.contains(&format!("class=\"{class}\"")));
        let value = |element: &str| {
            let rest = element.split(&format!(" {attribute}=\"")).nth(1).unwrap().to_owned();
            rest.split('"').next().unwrap().parse().unwrap()
        };
        elements.map(value).collect()
    }

    #[test]
    fn bars_stand_upon_each_other_to_one_scale_and_the_smallest_is_seen() {
        let of = [
            series("in", &[Some(50), Some(10_000), None, Some(0)]),
            series("out", &[Some(50), Some(1), None, Some(0)]),
        ];
        let svg = drawn(&days(4), &Plot::Bars(of.into()));
        // The scale goes to 20,000.
        assert_eq!(numbers(&svg, "bar s0", "height"), [1, 70], "{svg}");
        assert_eq!(numbers(&svg, "bar s1", "height"), [1, 1]);
        let (below, above) = (numbers(&svg, "bar s0", "y"), numbers(&svg, "bar s1", "y"));
        assert_eq!((below[1], above[1]), (TOP + PLOT - 70, TOP + PLOT - 71));
        assert!(svg.contains(">20k<") && svg.contains(">10k<") && svg.contains(">0<"), "{svg}");
    }

    #[test]
    fn each_day_has_its_room_and_no_bar_leaves_the_chart() {
        for count in [1, 2, 7, 30, 90] {
            let mut end = GUTTER;
            for day in 0..count {
                let (left, width) = room(day, count);
                assert_eq!(left, end, "{day} of {count}");
                end = left + width;
            }
            assert_eq!(end, WIDTH, "{count}");
        }
    }

    #[test]
    fn a_scale_ends_at_a_round_number_that_has_a_whole_half() {
        let cases =
            [(0, 2), (1, 2), (3, 4), (9, 10), (11, 20), (99, 100), (101, 200), (4_001, 6_000)];
        for (most, wanted) in cases {
            assert_eq!(round_up(most), wanted, "{most}");
        }
        assert_eq!(round_up(u64::MAX), u64::MAX);
    }

    #[test]
    fn a_line_goes_from_dot_to_dot_over_days_without_a_value() {
        let of = series("share", &[None, Some(0), None, Some(50), Some(100)]);
        let svg = drawn(&days(5), &Plot::Line(of));
        assert_eq!(numbers(&svg, "dot", "cy"), [TOP + PLOT, TOP + PLOT / 2, TOP]);
        assert_eq!(numbers(&svg, "stroke", "y1"), [TOP + PLOT, TOP + PLOT / 2]);
        assert_eq!(numbers(&svg, "stroke", "y2"), [TOP + PLOT / 2, TOP]);
        assert!(svg.contains(">50\u{a0}%<") && svg.contains(">–<"), "{svg}");
    }

    #[test]
    fn a_chart_has_a_name_dates_and_its_numbers_in_a_table_and_its_texts_are_text() {
        let mut days = days(30);
        days[29].note = Some("so <far>".to_owned());
        let of = series("<b>", &[Some(7); 30]);
        let svg = drawn(&days, &Plot::Bars(vec![of, series("second", &[None; 30])]));
        for date in ["2026-01-01", "2026-01-15", "2026-01-30"] {
            let label = format!(">{date}</text>");
            assert_eq!(svg.matches(&label).count(), 1, "{date}: {svg}");
        }
        assert_eq!(svg.matches("<tr>").count(), 31, "a row for each day");
        let row = |date| svg.find(&format!("<th scope=\"row\">{date}")).unwrap();
        assert!(row("2026-01-30") < row("2026-01-29"), "the newest first");
        assert!(svg.contains("so &#60;far&#62;"), "{svg}");
        assert!(svg.contains("role=\"img\" aria-label=\"") && !svg.contains("<b>"), "{svg}");
        assert!(!svg.contains("style=") && !svg.contains("<script"), "the policy forbids both");
        // The legend has each series with its pattern.
        assert!(svg.contains("<pattern id=\"x-hatch\"") && svg.contains("url(#x-hatch)"), "{svg}");
        for (count, labels) in [(0, 0), (1, 1), (2, 2), (3, 3), (7, 3)] {
            let svg = drawn(&self::days(count), &Plot::Bars(vec![series("one", &[])]));
            assert_eq!(svg.matches("class=\"date\"").count(), labels, "{count}");
        }
    }
}
