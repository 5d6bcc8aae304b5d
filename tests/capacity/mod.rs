//! The share of each limit of AWS that a sign-in takes, and its cost: counted from its calls, and
//! multiplied. These tests compute the tables in the documents.

mod limits;
mod load;
mod log;
mod page;
pub mod prices;
mod quotas;
mod sign_ins;
mod template;

use self::{
    load::{Copies, DAY_MINUTES, Load, all_limits, count},
    page::{dollars, hold, paragraph, table, thousands},
    sign_ins::Taken,
    template::Template,
};
use crate::harness::World;
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
async fn the_cost_of_a_day_and_a_week_is_the_sum_of_its_services() {
    let (counted, template) = (counted().await, Template::read());
    let [email, app] = [EMAIL, APP].map(|name| Load { of: counted.of(name), a_minute: A_MINUTE });
    let (days, of_app) = (email.day(&template), app.day(&template));
    let in_app = |service: &str| of_app.iter().find(|(name, _)| *name == service).unwrap().1;
    let mut rows: Vec<[String; 3]> = days
        .iter()
        .map(|(service, cost)| [(*service).to_owned(), dollars(*cost), dollars(in_app(service))])
        .collect();
    let sum = |day: &[(&str, f64)]| day.iter().map(|(_, cost)| cost).sum::<f64>();
    let (a_day, app_day) = (sum(&days), sum(&of_app));
    rows.push(["a day".to_owned(), dollars(a_day), dollars(app_day)]);
    rows.push(["a week".to_owned(), dollars(7.0 * a_day), dollars(7.0 * app_day)]);
    let million = 1_000_000.0 / (A_MINUTE * DAY_MINUTES);
    rows.push([
        "a million sign-ins".to_owned(),
        dollars(million * a_day),
        dollars(million * app_day),
    ]);
    let [a_la_carte, essentials] =
        ["email", "email of Essentials"].map(|name| dollars(1_000.0 * prices::price(name)));
    assert!(app_day < a_day, "two calls cost less than {}", email.of.calls());
    let words = paragraph(&format!(
        "10,000 sign-ins in each minute of a day are 14,400,000. [Prices](#prices): {}. Text \
         messages are not in it: SNS and Twilio have a price for each country. Nor are data out to \
         the internet, discounts and free tiers. The log of 400 days is what the day's lines cost \
         until they go. {} alarms are added up in [what to watch](../operate/watch.md). SES is \
         counted à la carte. An account of SES that is new since 2026-07-21 begins with the plan \
         Essentials, which has {essentials} instead of {a_la_carte} for 1,000 emails: switch it.",
        prices::of(),
        template.alarms(),
    ));
    let text = format!("{words}\n{}", table(["service", EMAIL, APP], &rows));
    hold(COST, "Prices", &prices::printed());
    hold(COST, "A week at 10,000 sign-ins a minute", &text);
}
