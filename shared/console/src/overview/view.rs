use askama::Template;
use portcullis_domain::{
    Channel, ListedState, Method, Named as _, PortalId, Settings,
    admin::{Right, Role},
    decision::{PortalNeed, daily_cap, messages_sent},
    settings::{Estimate, Prices},
    user::{DayNumbers, EntryKind, Figure, TextCounts},
};
use portcullis_http::wire::admin::{DayState, Numbers, NumbersDays, NumbersOfDay};

use crate::{Chart, ChartDay, Frame, Plot, Series, Words};

/// The first page about a portal: who gets in, who does not and why, and what is sent.
#[derive(Template)]
#[template(path = "overview/page.html")]
pub struct Overview {
    frame: Frame,
    portal: String,
    /// The numbers of days that can be chosen, each with true if it is shown.
    choices: Vec<(u8, bool)>,
    /// A sentence on how far today was counted.
    today: String,
    needs: Vec<Need>,
    tiles: Vec<Tile>,
    /// The users who cannot get in, by state: the word, the count, and the state on the wire.
    shut_out: Vec<(String, u64, &'static str)>,
    more_users: bool,
    charts: Vec<(String, String, Chart)>,
    failures: Vec<Failure>,
    channels: Vec<ChannelRow>,
    texts: Vec<TextRow>,
    /// The currency, if there are prices.
    currency: Option<String>,
    shows_cost: bool,
    figures: Vec<String>,
    rows: Vec<(ChartDay, Vec<u64>)>,
}

/// A thing to look at, and the page that mends it.
pub struct Need {
    pub text: String,
    pub href: String,
}

struct Tile {
    name: String,
    value: String,
    hint: String,
}

/// A reason for which users did not get in, or messages did not.
pub struct Failure {
    pub kind: EntryKind,
    pub count: u64,
    /// The log with these entries alone.
    pub href: String,
}

struct ChannelRow {
    name: String,
    sent: u64,
    not_sent: u64,
    delivered: String,
    returned: String,
    cap: String,
    cost: String,
}

struct TextRow {
    code: String,
    sent: u64,
    accepted: u64,
    cost: String,
}

pub struct About<'a> {
    pub portal: &'a PortalId,
    pub role: &'a Role,
    pub days: NumbersDays,
    pub numbers: &'a Numbers,
    pub settings: &'a Settings,
    pub needs: Vec<PortalNeed>,
    /// The reasons that were counted, with links.
    pub failures: Vec<Failure>,
    pub shows_cost: bool,
}

impl Overview {
    pub fn of(frame: Frame, about: About<'_>) -> Self {
        let About { portal, role, days, numbers, settings, needs, failures, shows_cost } = about;
        let words = frame.words.clone();
        let today = numbers.days.first();
        let of_today = today.map(|today| &today.numbers);
        let prices = settings.prices.as_ref().filter(|_| shows_cost);
        let channel =
            |channel| channel_row(&words, &numbers.total, of_today, settings, prices, channel);
        let state = |state: &ListedState| {
            (words.word("state", state.name()), numbers.users.of(*state), state.name())
        };
        let need = |need: &PortalNeed| said(&words, role, portal, *need);
        let figures = Figure::ALL.iter().map(|figure| words.word("figure", figure.name()));
        let row = |of: &NumbersOfDay| {
            let counts = Figure::ALL.iter().map(|figure| of.numbers.total(*figure)).collect();
            (chart_day(&words, of), counts)
        };
        Self {
            choices: NumbersDays::ALL.map(|choice| (choice.count(), choice == days)).into(),
            today: words.say(match today.map(|today| today.state) {
                Some(DayState::TodayInPart) => "console-overview-today-in-part",
                _ => "console-overview-today",
            }),
            needs: needs.iter().map(need).collect(),
            tiles: tiles(&words, numbers),
            shut_out: ListedState::SHUT_OUT.iter().map(state).collect(),
            more_users: numbers.users.more,
            charts: charts(&words, numbers),
            failures,
            channels: Channel::ALL.map(channel).into(),
            texts: texts(&numbers.total, prices),
            currency: prices.map(|prices| prices.currency.to_string()),
            shows_cost,
            figures: figures.collect(),
            rows: numbers.days.iter().map(row).collect(),
            portal: portal.to_string(),
            frame,
        }
    }
}

/// Says a need of a portal, with the page that mends it.
pub fn said(words: &Words, role: &Role, portal: &PortalId, need: PortalNeed) -> Need {
    let at = |rest: &str| format!("/console/portals/{portal}{rest}");
    let channel = |channel: Channel| words.word("settings-channel", channel.as_str());
    let (text, href) = match need {
        PortalNeed::NobodyEnrols => (words.say("console-portal-nobody-enrols"), at("")),
        PortalNeed::NoProvider(of) => {
            (words.fill("console-need-no-provider").with("channel", channel(of)).into(), at(""))
        }
        PortalNeed::HeldBack => (words.say("console-need-held-back"), at("/overview")),
        PortalNeed::CapNear(of) => (
            words.fill("console-need-cap-near").with("channel", channel(of)).into(),
            at("/overview"),
        ),
        PortalNeed::KeyExpires => {
            let keys = role.reach(Right::ChangePortals, portal).map_or("", |_| "/keys");
            (words.say("console-need-key-expires"), at(keys))
        }
    };
    Need { text, href }
}

fn chart_day(words: &Words, of: &NumbersOfDay) -> ChartDay {
    let note = match of.state {
        DayState::Closed => None,
        DayState::Open => Some("console-numbers-open"),
        DayState::Today => Some("console-numbers-today"),
        DayState::TodayInPart => Some("console-numbers-today-in-part"),
        DayState::Uncounted => Some("console-numbers-uncounted"),
    };
    ChartDay { date: of.day.to_string(), note: note.map(|key| words.say(key)) }
}

/// Writes a percentage, or a dash if there is nothing to take one of.
pub fn percentage(share: Option<u64>) -> String {
    share.map_or("–".to_owned(), |share| format!("{share}\u{a0}%"))
}

fn tiles(words: &Words, numbers: &Numbers) -> Vec<Tile> {
    let users = numbers.users.on_a_day();
    let and_more = |count: u64| {
        let more = if users.more { words.say("console-and-more") } else { String::new() };
        format!("{count}{more}")
    };
    let enrolled = words.fill("console-overview-of-users").with("count", and_more(users.users));
    let tile =
        |name: &str, value: String, hint: String| Tile { name: words.say(name), value, hint };
    let say = |key: &str| words.say(key);
    vec![
        tile(
            "console-overview-sign-ins",
            numbers.total.total(Figure::LetIn).to_string(),
            say("console-overview-sign-ins-hint"),
        ),
        tile(
            "console-overview-success",
            percentage(numbers.total.success()),
            say("console-overview-success-hint"),
        ),
        tile("console-overview-enrolled", percentage(users.percent_enrolled()), enrolled.into()),
        tile(
            "console-overview-shut-out",
            and_more(users.shut_out),
            say("console-overview-shut-out-hint"),
        ),
    ]
}

/// Returns the charts, each with its heading and a sentence on what it counts.
fn charts(words: &Words, numbers: &Numbers) -> Vec<(String, String, Chart)> {
    let oldest_first = || numbers.days.iter().rev();
    let days: Vec<ChartDay> = oldest_first().map(|day| chart_day(words, day)).collect();
    let counted =
        |day: &NumbersOfDay, count: u64| (day.state != DayState::Uncounted).then_some(count);
    let of_figure = |figure: Figure| Series {
        name: words.word("figure", figure.name()),
        values: oldest_first().map(|day| counted(day, day.numbers.total(figure))).collect(),
    };
    let sent_by = |method: Method| Series {
        name: words.method(method),
        values: oldest_first()
            .map(|day| counted(day, day.numbers.of_method(Figure::Sent, method)))
            .collect(),
    };
    let share = |day: &NumbersOfDay| day.users.and_then(|users| users.percent_enrolled());
    let enrolled = Series {
        name: words.say("console-overview-enrolled"),
        values: oldest_first().map(share).collect(),
    };
    let plots = [
        (
            "sign-ins",
            "console-overview-sign-ins",
            "console-overview-sign-ins-what",
            Plot::Bars([Figure::LetIn, Figure::Refused, Figure::Denied].map(of_figure).into()),
        ),
        (
            "enrolled",
            "console-overview-enrolled",
            "console-overview-enrolled-what",
            Plot::Line(enrolled),
        ),
        (
            "sends",
            "console-overview-sends",
            "console-overview-sends-what",
            Plot::Bars([Method::Email, Method::Sms].map(sent_by).into()),
        ),
    ];
    let chart = |(name, heading, what, plot): (&'static str, &str, &str, Plot)| {
        let heading = words.say(heading);
        let chart = Chart::of(words, name, &heading, &days, &plot);
        (heading, words.say(what), chart)
    };
    plots.map(chart).into()
}

fn channel_row(
    words: &Words,
    total: &DayNumbers,
    today: Option<&DayNumbers>,
    settings: &Settings,
    prices: Option<&Prices>,
    channel: Channel,
) -> ChannelRow {
    let of = |figure| total.of_method(figure, channel.method());
    let (all, delivered, returned) =
        (of(Figure::Sent), of(Figure::Delivered), of(Figure::Returned));
    let is_reported = delivered.saturating_add(returned) > 0;
    let rate = |count: u64| {
        let share = count.saturating_mul(100).checked_div(all).map(|share| share.min(100));
        match share.filter(|_| is_reported) {
            Some(share) => format!("{count} ({share}\u{a0}%)"),
            None => words.say("console-overview-no-reports"),
        }
    };
    let cost = prices.map(|prices| {
        let estimate = match channel {
            Channel::Email => total.cost_of_emails(prices),
            Channel::Sms => total.cost_of_texts(prices),
        };
        cost(words, &estimate)
    });
    ChannelRow {
        name: words.word("settings-channel", channel.as_str()),
        sent: all,
        not_sent: of(Figure::NotSent),
        delivered: rate(delivered),
        returned: rate(returned),
        cap: words
            .fill("console-overview-of-cap")
            .with("count", today.map_or(0, |today| messages_sent(today, channel)))
            .with("most", daily_cap(&settings.caps, channel))
            .into(),
        cost: cost.unwrap_or_default(),
    }
}

/// Writes an estimate, and how many messages have no price.
fn cost(words: &Words, Estimate { cost, unpriced }: &Estimate) -> String {
    if *unpriced == 0 {
        return cost.to_string();
    }
    let without = words.fill("console-overview-unpriced").with("count", unpriced);
    format!("{cost} {without}")
}

fn texts(total: &DayNumbers, prices: Option<&Prices>) -> Vec<TextRow> {
    let row = |(code, TextCounts { sent, accepted })| {
        let price = prices.and_then(|prices| prices.of_text(code));
        let cost = price.map(|price| price.of(sent).to_string()).unwrap_or_default();
        TextRow { code: String::from(code), sent, accepted, cost }
    };
    total.texts().map(row).collect()
}

fn reason(frame: &Frame, failure: &Failure) -> String {
    frame.word("reason", failure.kind.name())
}
