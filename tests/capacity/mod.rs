//! The share of each limit of AWS that a sign-in takes, and its cost: counted from its calls, and
//! multiplied. These tests compute the tables in the documents.

mod dollars;
mod limits;
mod load;
mod log;
pub mod page;
pub mod prices;
mod quotas;
mod sign_ins;
mod template;

use self::{
    dollars::idle_month,
    load::{Copies, DAY_MINUTES, Load, all_limits, count},
    page::{dollars, hold, paragraph, table, thousands},
    sign_ins::Taken,
    template::Template,
};
use crate::harness::World;
use portcullis_domain::portal::LogDays;
use tokio::sync::OnceCell;

// The load that everything is asserted at.
const A_MINUTE: f64 = 10_000.0;
// The most that a class of keys may take of a partition at that load.
const HALF: f64 = 0.5;

const CAPACITY: &str = "operate/capacity.md";
const COST: &str = "evaluate/cost.md";

/// Everything that is counted, once for all tests.
struct Counted {
    sign_ins: Vec<Taken>,
    copies: Copies,
}

async fn counted() -> &'static Counted {
    static COUNTED: OnceCell<Counted> = OnceCell::const_new();
    COUNTED.get_or_init(count_all).await
}

async fn count_all() -> Counted {
    let mut sign_ins = sign_ins::with_an_app().await;
    sign_ins.extend(sign_ins::with_a_passkey().await);
    sign_ins.extend(sign_ins::with_a_message().await);
    Counted { sign_ins, copies: copies().await }
}

/// Counts the copies of the documents that every sign-in reads.
async fn copies() -> Copies {
    let world = World::start().await;
    let portal = format!("PORTAL#{}#", world.portal("always_on").id);
    let settings = world.admin("GET", "/v1/admin/settings", None, None).await.body;
    assert_eq!(world.put_settings(settings).await.status, 200);
    let items = world.raw_items().await;
    let of = |start: &str| count(items.iter().filter(|(key, _)| key.starts_with(start)).count());
    Copies { settings: of("SYSTEM#settings#"), portal: of(&portal) }
}

impl Counted {
    fn of(&self, name: &str) -> &Taken {
        let found = self.sign_ins.iter().find(|taken| taken.name == name);
        found.unwrap_or_else(|| panic!("{name} was not counted"))
    }
}

// The sign-ins with the most calls, which the tables of limits and costs are about.
const EMAIL: &str = "email, hosted prompt";
const APP: &str = "app, API mode";
// All of them, in the order of the table of costs.
const KINDS: [&str; 5] =
    [APP, "app, code with the opening", "passkey, API mode", EMAIL, "text message, hosted prompt"];
// The sign-ins in a minute that costs are computed for: batches are smaller at fewer.
const RATES: [f64; 3] = [A_MINUTE, 1_000.0, 100.0];
// The dollars that a million sign-ins by an app may cost at the first rate, so that no change makes
// them dearer unnoticed.
const AT_MOST: [(&str, f64); 2] = [(APP, 6.05), ("app, code with the opening", 3.70)];

#[tokio::test(flavor = "multi_thread")]
async fn no_class_of_keys_takes_more_than_half_of_a_partition_at_10_000_sign_ins_a_minute() {
    let counted = counted().await;
    let mut rows = vec![];
    for of in &counted.sign_ins {
        assert!(of.lines() > 0 && of.calls() > 0, "{of:?}");
        let load = Load { of, a_minute: A_MINUTE };
        for class in of.classes() {
            let (units, spread) = (of.of(class), counted.copies.spread(class));
            let share = load.share(&spread);
            assert!(share <= HALF, "{}: {class} takes {share:.2} of a partition", of.name);
            let over = spread.over.map_or("each its own".to_owned(), |over| format!("{over:.0}"));
            rows.push([
                of.name.to_owned(),
                format!("`{class}`"),
                units.read.to_string(),
                units.write.to_string(),
                over,
                format!("{:.0} %", share * 100.0),
            ]);
        }
    }
    let head = [
        "sign-in",
        "keys",
        "read units",
        "write units",
        "partitions",
        "of one, at 10,000 a minute",
    ];
    let words = paragraph(
        "Counted from the calls of a settled user's sign-in, with everything that `activity` does \
         for it, and multiplied by 10,000 sign-ins a minute in one portal. A partition answers \
         3,000 reads or 1,000 writes a second; no class of keys takes more than half of one. \
         `tests/run capacity::` computes the tables of this page, and holds them.",
    );
    let text = format!("{words}\n{}", table(head, &rows));
    hold(CAPACITY, "Units of a sign-in", &text);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_limit_that_nobody_can_raise_allows_10_000_sign_ins_a_minute() {
    let (counted, template) = (counted().await, Template::read());
    let mut text = paragraph(
        "Each limit that such sign-ins meet, and the sign-ins in a minute that it allows, the \
         tightest first. What AWS raises on request is under [quotas](quotas.md). What nothing \
         offline can measure is taken for granted in `tests/capacity/limits.rs`.",
    );
    for name in [EMAIL, APP] {
        let of = counted.of(name);
        let limits = all_limits(of, counted.copies, &template);
        for limit in &limits {
            let ours = ["throttle", "`", "the stream"];
            let is_ours = ours.iter().any(|start| limit.what.starts_with(start));
            let wanted = if is_ours { A_MINUTE } else { 0.0 };
            assert!(limit.allows > wanted, "{name}: {} allows {:.0}", limit.what, limit.allows);
        }
        let row = |limit: &load::Limit| {
            [limit.what.clone(), limit.value.clone(), thousands(limit.allows)]
        };
        let rows: Vec<_> = limits.iter().map(row).collect();
        let calls = format!("{} calls, {} lines of the log", of.calls(), of.lines());
        text.push_str(&format!("\n{name} ({calls}):\n\n"));
        text.push_str(&table(["limit", "is", "allows a minute"], &rows));
    }
    hold(CAPACITY, "What each limit allows", &text);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_cost_of_a_million_sign_ins_is_the_sum_of_its_services() {
    let (counted, template) = (counted().await, Template::read());
    let of = |name, a_minute| Load { of: counted.of(name), a_minute }.million(&template);
    let sum = |all: &[(&str, f64)]| all.iter().map(|(_, cost)| cost).sum::<f64>();
    assert_eq!((LogDays::USUAL.days(), template.archive_days()), (90, 400.0), "as rows say");
    let columns = KINDS.map(|name| of(name, A_MINUTE));
    let mut services = columns[0].clone();
    services.sort_by(|(_, one), (_, other)| other.total_cmp(one));
    let row = |service: &str| {
        let in_column = |column: &Vec<(&str, f64)>| {
            dollars(column.iter().find(|(name, _)| *name == service).unwrap().1)
        };
        six(service, columns.each_ref().map(in_column))
    };
    let mut rows: Vec<[String; 6]> = services.iter().map(|(service, _)| row(service)).collect();
    let millions = A_MINUTE * DAY_MINUTES / 1_000_000.0;
    for (what, times) in
        [("a million sign-ins", 1.0), ("a day", millions), ("a week", 7.0 * millions)]
    {
        rows.push(six(what, columns.each_ref().map(|column| dollars(times * sum(column)))));
    }
    for (name, at_most) in AT_MOST {
        let cost = sum(&of(name, A_MINUTE));
        assert!(cost <= at_most, "{name}: {cost:.3}");
    }
    let head = six("service", KINDS.map(str::to_owned));
    let by_service = table(head.each_ref().map(String::as_str), &rows);
    let (words, beside) = (words_above(), words_below(counted, &template));
    let text = format!("{words}\n{by_service}\n{beside}");
    hold(COST, "Prices", &prices::printed());
    hold(COST, "A week at 10,000 sign-ins a minute", &text);
    let rows: Vec<[String; 6]> = RATES
        .iter()
        .map(|rate| six(&thousands(*rate), KINDS.map(|name| dollars(sum(&of(name, *rate))))))
        .collect();
    let head = six("sign-ins a minute", KINDS.map(str::to_owned));
    let by_rate = table(head.each_ref().map(String::as_str), &rows);
    hold(COST, "At other rates", &format!("{}\n{by_rate}", rates_words(counted, &template)));
}

fn six(first: &str, others: [String; 5]) -> [String; 6] {
    let [a, b, c, d, e] = others;
    [first.to_owned(), a, b, c, d, e]
}

fn bus(of: &Taken) -> f64 {
    1e6 * count(of.lines()) * prices::price("event")
}

fn words_above() -> String {
    let [a_la_carte, essentials] =
        ["email", "email of Essentials"].map(|name| dollars(1_000.0 * prices::price(name)));
    paragraph(&format!(
        "10,000 sign-ins in each minute of a day are 14,400,000. [Prices](#prices): {}. The table \
         has the dollars of a million such sign-ins by settled users, with everything that is on \
         by default. Text messages themselves are not in it: SNS and Twilio have a price for each \
         country. Nor are data out to the internet, discounts and free tiers. The log of 90 days \
         is what its lines cost until they go; a portal that keeps them longer pays for more. SES \
         is counted à la carte. An account of SES that is new since 2026-07-21 begins with the \
         plan Essentials, which has {essentials} instead of {a_la_carte} for 1,000 emails: switch \
         it.",
        prices::of(),
    ))
}

fn words_below(counted: &Counted, template: &Template) -> String {
    paragraph(&format!(
        "A bus of your own for events is off by default; it costs {} for a million lines of the \
         log: {}. What costs the same whether anybody signs in or not is {} a month for the key of \
         KMS and an idle queue, and {} alarms, which are added up in \
         [what to watch](../operate/watch.md).",
        dollars(1e6 * prices::price("event")),
        KINDS.map(|name| format!("{} for {name}", dollars(bus(counted.of(name))))).join(", "),
        dollars(idle_month()),
        template.alarms(),
    ))
}

fn rates_words(counted: &Counted, template: &Template) -> String {
    let batch = |rate| {
        let load = Load { of: counted.of(APP), a_minute: rate };
        format!("{:.1} at {}", load.records_per_batch(template), thousands(rate))
    };
    paragraph(&format!(
        "Dollars of a million sign-ins, if a deployment has so many in a minute. What differs is \
         the archive: it gets an object for each batch of the stream, and a batch is what comes \
         within {:.0} seconds on one of {:.0} ways, at most {:.0} records. For an app in API mode \
         these are {}. That each way gathers for itself is taken for granted: AWS does not say \
         it, and otherwise batches are larger.",
        template.batch_window(),
        limits::SHARDS * template.parallel_batches(),
        template.batch_size(),
        RATES.map(batch).join(", "),
    ))
}
